import CLIKit
import CRMKit
import Formats
import Localization

/// The options of `import` for one module.
struct ImportVerbOptions {
    private let module: Module
    private let registry: Registry

    init(_ module: Module, _ registry: Registry) {
        self.module = module
        self.registry = registry
    }

    private static let reading = Text(en: "Reading", es: "Lectura")
    private static let matching = Text(en: "Matching", es: "Emparejamiento")

    var all: [any OptionDeclaration] {
        meaningful
            + [Self.continueOnError, Self.rejects, Self.batchSize, Self.journal]
            + [WritingOptions.force, WritingOptions.dryRun, WritingOptions.create]
    }

    /// The options that determine the records from the rows. Continuing a stopped import requires the same ones.
    var meaningful: [any OptionDeclaration] {
        [inputFormat, Self.map, Self.ignoreUnknown, Self.showMapping]
            + DialectOptions.reading(group: Self.reading)
            + [match, Self.onMatch, Self.onRepeat, Self.onlyEmpty, Self.deleteMissing, createMissing]
            + handingOver
            + WritingOptions.noDuplicates(of: module)
    }

    /// The option to hand records over to the linked contacts, for modules with links.
    private var handingOver: [any OptionDeclaration] { LinkGrammar.canLink(module) ? [Self.replace] : [] }

    // MARK: - Reading

    /// The formats that can be read.
    private var formats: [InputFormat] {
        [.csv, .tsv, .json, .jsonl] + (module.cards == nil ? [] : [.vcard])
            + (module.calendar == nil ? [] : [.ics]) + (module.takesInvoices ? [.cfdi] : [])
    }

    /// The names of the formats for a sentence.
    private var formatNames: Text {
        let (names, last) = (
            formats.dropLast().map(\.rawValue).joined(separator: ", "), formats.last?.rawValue ?? ""
        )
        return Text(en: "\(names) or \(last)", es: "\(names) o \(last)")
    }

    var inputFormat: ValueOption<InputFormat> {
        ValueOption<InputFormat>(
            "input-format",
            Placeholder.format,
            among: formats,
            summary: Text(
                en: "Read the input as \(formatNames.en); told by the file's name",
                es: "Leer la entrada como \(formatNames.es); según el nombre del archivo"
            ),
            discussion: module.takesInvoices
                ? Text(
                    en:
                        "A name that tells nothing, and standard input, are read as csv, or as cfdi where they are XML.",
                    es:
                        "Un nombre que no dice nada, y la entrada estándar, se leen como csv, o como cfdi si son XML."
                )
                : Text(
                    en: "A name that tells nothing, and standard input, are read as csv.",
                    es: "Un nombre que no dice nada, y la entrada estándar, se leen como csv."
                ),
            group: Self.reading
        )
    }

    static let map = ListOption<ColumnMapping>(
        "map",
        Placeholder.mapping,
        summary: Text(
            en: "Take a column of theirs as this field, or pass it over as -",
            es: "Tomar una columna suya como este campo, u omitirla con -"
        ),
        discussion: Text(
            en:
                "The column is named as the header spells it, the second of two as 'Their Column#2', the fourth of all as '#4'; it goes before what its name would mean by itself, and a table that has no such column is refused.",
            es:
                "La columna se nombra como la escribe el encabezado, la segunda de dos como 'Su columna#2', la cuarta de todas como '#4'; prevalece sobre lo que su nombre significaría, y se rechaza una tabla que no tiene esa columna."
        ),
        group: reading,
        completion: .found(.mapping),
        parse: ColumnMapping.init
    )
    .synonyms("mapa mapear asignar mapping")
    static let ignoreUnknown = SharedOptions.ignoreUnknown(group: reading)
    static let showMapping = Flag(
        "show-mapping",
        summary: Text(
            en: "Say what each column would become, and import nothing",
            es: "Decir en qué se convertiría cada columna, sin importar nada"
        ),
        discussion: Text(
            en: "Only the header is read. What is wrong is mended with --map.",
            es: "Solo se lee el encabezado. Lo incorrecto se corrige con --map."
        ),
        group: reading
    )
    .synonyms("mostrar-mapa")

    // MARK: - Matching

    var match: ListOption<String> {
        ListOption<String>(
            "match",
            Placeholder.fields,
            separatedBy: ",",
            summary: Text(
                en: "Fields that tell which record a row is about, such as external_id or email",
                es: "Campos que dicen de qué registro trata una fila, como external_id o email"
            ),
            discussion: Text(
                en:
                    "A row matches the record that has its values in all of them; a row that matches several is rejected.",
                es:
                    "Una fila coincide con el registro que tiene sus valores en todos ellos; la que coincide con varios se rechaza."
            ),
            group: Self.matching,
            completion: .found(.columns(.module(module.name), link: nil))
        )
    }

    static let onMatch = ValueOption<ImportOptions.OnMatch>(
        "on-match",
        Placeholder.action,
        among: [
            (.update, Text(en: "bring the record up to date", es: "actualizar el registro")),
            (.skip, Text(en: "pass the row over", es: "omitir la fila")),
            (.error, Text(en: "reject the row", es: "rechazar la fila")),
        ],
        summary: Text(
            en: "What to do with a row that matches; update is the default",
            es: "Qué hacer con una fila que coincide; por omisión, update"
        ),
        discussion: Text(
            en: "skip adds only what is new; error makes sure that nothing is there already.",
            es: "skip agrega solo lo nuevo; error asegura que nada esté ya."
        ),
        group: matching
    )
    .synonyms("si-coincide")
    static let onRepeat = ValueOption<ImportOptions.OnRepeat>(
        "on-repeat",
        Placeholder.action,
        among: [
            (.error, Text(en: "reject the later row", es: "rechazar la fila posterior")),
            (.last, Text(en: "let the later row decide", es: "que decida la fila posterior")),
        ],
        summary: Text(
            en: "What to do with rows of the input that meet in one record; error is the default",
            es: "Qué hacer con filas de la entrada que coinciden en un registro; por omisión, error"
        ),
        discussion: Text(
            en: "Two people may share an address: error names both rows, and last takes the second for the first.",
            es:
                "Dos personas pueden compartir un correo: error nombra ambas filas, y last toma la segunda por la primera."
        ),
        group: matching
    )
    .synonyms("si-se-repite")
    static let onlyEmpty = Flag(
        "only-empty",
        summary: Text(en: "Fill only fields without a value", es: "Llenar solo los campos sin valor"),
        discussion: Text(
            en: "What a matching record holds already stays as it is.",
            es: "Lo que el registro coincidente ya tiene queda como está."
        ),
        group: matching
    )
    .synonyms("solo-vacíos")
    static let deleteMissing = Flag(
        "delete-missing",
        summary: Text(
            en: "Delete the records that no row matches; refused for an input that looks empty or cut",
            es: "Eliminar los registros que ninguna fila empareja; se niega si la entrada parece vacía o cortada"
        ),
        discussion: Text(
            en: """
                For an input that is the whole truth, such as a nightly export of another system. It needs --match; \
                records that have nothing in that field stay.
                """,
            es: """
                Para una entrada que es toda la verdad, como la exportación nocturna de otro sistema. Necesita --match; \
                los registros que no tienen nada en ese campo se quedan.
                """
        ),
        group: matching
    )
    .synonyms("eliminar-faltantes")

    static let replace = Flag(
        "replace",
        summary: Text(
            en: "Hand over: whom rows link with a record ends the links of others in the same role",
            es: "Relevo: a quien las filas vinculan con un registro termina los vínculos de otros con el mismo rol"
        ),
        discussion: Text(
            en: """
                For a list of who has what now. Those whom the input names for a record together all keep it; the others \
                end on the day the new link begins, or go where links have no period.
                """,
            es: """
                Para una lista de quién tiene qué ahora. Aquellos que la entrada nombra juntos para un registro lo \
                conservan todos; los demás terminan el día en que empieza el vínculo nuevo, o se quitan si los vínculos \
                no tienen periodo.
                """
        ),
        group: matching
    )
    .synonyms("reemplazar sustituir relevar")

    var createMissing: ListOption<Module> {
        let registry = registry
        return ListOption<Module>(
            "create-missing",
            Placeholder.module,
            separatedBy: ",",
            summary: Text(
                en: "Make the records of this module that rows name and that do not exist",
                es: "Crear los registros de este módulo que las filas nombran y no existen"
            ),
            discussion: Text(
                en:
                    "They get the key or name that the row gives and nothing else; without it such a row is rejected.",
                es: "Reciben la clave o el nombre que da la fila y nada más; sin ella, una fila así se rechaza."
            ),
            group: Self.matching,
            completion: .words(registry.names.map { ($0.noun, Text($0.noun)) }),
            parse: registry.module(named:)
        )
    }

    // MARK: - Writing

    static let continueOnError = Flag(
        "continue-on-error",
        summary: Text(en: "Write the good rows", es: "Escribir las filas correctas"),
        discussion: Text(
            en: "The bad ones are reported, and the exit status is 6.",
            es: "Se informa de las incorrectas, y el estado de salida es 6."
        )
    )
    .synonyms("continuar continue seguir")
    static let rejects = ValueOption<String>(
        "rejects",
        Placeholder.file,
        summary: Text(
            en: "Write the bad rows here, in the input's format, with an error column",
            es: "Escribir aquí las filas incorrectas, en el formato de la entrada, con una columna error"
        ),
        discussion: Text(
            en: """
                Mended, the file is what to import next: rows of one document that stand less than 10,000 rows apart \
                (fewer where rows are long) are taken or rejected together. The numbers that rejected rows name are \
                given to no other record. Of the column error no more is read than that a row was about the record of \
                another one: such a row is rejected again until it is about a record of its own, or its error is emptied.
                """,
            es: """
                Corregido, el archivo es lo que hay que importar después: las filas de un documento a menos de 10,000 \
                filas unas de otras (menos si son largas) se toman o se rechazan juntas. Los números que nombran las \
                filas rechazadas no se dan a ningún otro registro. De la columna error solo se lee si una fila era del \
                registro de otra: una fila así se rechaza de nuevo hasta que sea de un registro propio, o se vacíe su \
                error.
                """
        ),
        completion: .files
    )
    .synonyms("rechazos rechazadas errores")
    static let batchSize = ValueOption<Int>(
        "batch-size",
        "N",
        in: 1...Int(Int32.max),
        summary: Text(
            en: "Commit after every N rows; the journal tells where to go on",
            es: "Confirmar cada N filas; el diario dice dónde continuar"
        ),
        discussion: Text(
            en:
                "It needs --journal; 10000 is the default with one. Each batch is a change set of its own. Rows of one record that follow each other stay together; where others stand between them, those of a later batch go on with it.",
            es:
                "Necesita --journal; con él, lo predeterminado es 10000. Cada lote es un conjunto de cambios propio. Las filas seguidas de un registro quedan juntas; si hay otras en medio, las de un lote posterior lo continúan."
        )
    )
    .synonyms("tamaño-de-lote")
    static let journal = ValueOption<String>(
        "journal",
        Placeholder.file,
        summary: Text(
            en: "Keep here how far the import has come, and go on from there",
            es: "Guardar aquí hasta dónde llegó la importación, y continuar desde ahí"
        ),
        discussion: Text(
            en:
                "After an interruption the same command with the same input goes on; when all is in, the file goes.",
            es:
                "Tras una interrupción, el mismo comando con la misma entrada continúa; al terminar, el archivo se quita."
        ),
        completion: .files
    )
    .synonyms("diario")
}

/// The mapping of a column of another system's file: `Their Column=field`.
struct ColumnMapping: Equatable {
    let column: String
    /// The field, or `-` for none.
    let field: String

    init(_ text: String) throws(ExpectedValue) {
        // The name of a column may contain the separator.
        guard let equals = text.lastIndex(of: "=") else {
            throw .worded(
                Text(en: "--map cannot be \"\(text)\"", es: "--map no puede ser «\(text)»"),
                hint: Text(en: "write it as in 'Their Column=field'", es: "escribirlo como en 'Su columna=campo'")
            )
        }
        column = String(text[..<equals])
        field = String(text[text.index(after: equals)...])
    }
}

extension Registry {
    /// Returns the module named by a word of the command line, which may also be its label in either language.
    ///
    /// - Throws: the known words, if the word is not one of them.
    @Sendable func module(named word: String) throws(ExpectedValue) -> Module {
        if let module = find(ModuleName(rawValue: word)) { return module }
        let labelled = names.lazy.map { self[$0] }.first { module in
            [module.label, module.plural].flatMap { [$0.en, $0.es] }.contains { Fold.fold($0) == Fold.fold(word) }
        }
        if let labelled { return labelled }
        throw .oneOf(names.map(\.noun))
    }
}
