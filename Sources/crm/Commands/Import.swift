import CLIKit
import CRMKit
import Formats
import Localization

extension Verb {
    /// `crm MODULE import [FILE]`: records from other systems, new or matched.
    static let importing = Verb(
        "import",
        summary: { Text(en: "Import \($0.several.en)", es: "Importar \($0.several.es)") },
        command: { module, registry in ImportGrammar(module, registry: registry).command },
        run: { session, module in try ImportRun(session: session, module: module).run() }
    )
}

/// The grammar of `import`.
struct ImportGrammar {
    private let module: Module
    private let registry: Registry

    init(_ module: Module, registry: Registry) {
        self.module = module
        self.registry = registry
    }

    private static let reading = Text(en: "Reading", es: "Lectura")
    private static let matching = Text(en: "Matching", es: "Emparejamiento")

    var command: Command {
        Command(
            "import",
            summary: Text(
                en: "Import \(module.several.en) from a file",
                es: "Importar \(module.several.es) de un archivo"
            ),
            discussion: discussion,
            operands: [
                Operand(
                    "FILE",
                    .optional,
                    summary: module.cards == nil
                        ? Text(en: "the file, - for standard input", es: "el archivo, - para la entrada estándar")
                        : Text(
                            en: "the file, - for standard input, or a folder of vCards",
                            es: "el archivo, - para la entrada estándar, o una carpeta de vCards"
                        ),
                    completion: .files
                )
            ],
            options: reading + matching + writing,
            examples: examples,
            seeAlso: ["\(module.name.noun) export", "undo"]
        )
    }

    /// The options that decide which records rows become: who goes on with a stopped import gives the same.
    var meaningful: [Option] { reading + matching }

    private var discussion: [Text] { tables + (module.cards == nil ? [] : [cards]) }

    private var cards: Text {
        Text(
            en: """
                vCards of version 2.1, 3.0 and 4.0 are read from a file or from all .vcf files of a folder. The UID is the \
                external id, by which cards are matched unless --match says otherwise: then a card is the whole of its \
                contact, and what it no longer holds goes, addresses included; one without UID is a new contact. \
                Matched by another field, a card only adds. The first e-mails, the telephones by their TYPE and the addresses become records; everything \
                else on a card, such as PHOTO, is kept for the way back. The organization must exist, or be made by \
                --create-missing organization.
                """,
            es: """
                Las vCards de las versiones 2.1, 3.0 y 4.0 se leen de un archivo o de todos los archivos .vcf de una \
                carpeta. El UID es el id externo, por el que se emparejan las tarjetas si --match no dice otra cosa: \
                entonces una tarjeta es todo su contacto, y lo que ya no contiene se quita, también las direcciones; \
                una sin UID es un contacto nuevo. \
                Emparejada por otro campo, una tarjeta solo agrega. Los primeros correos, los teléfonos según su TYPE y \
                las direcciones se convierten en registros; todo lo demás de una tarjeta, como PHOTO, se guarda para \
                volver a escribirlo. La organización debe existir, o crearse con --create-missing organization.
                """
        )
    }

    /// The names of the formats that are read.
    static func formats(of module: Module) -> [String] {
        ["csv", "tsv", "json", "jsonl"] + (module.cards == nil ? [] : [InputFormat.vcard.rawValue])
    }

    private var tables: [Text] {
        [
            Text(
                en: """
                    Headers may be keys, labels in English or Spanish, or those of a vtiger export; a reference may be \
                    named by any key, as in organization.name. The whole input is checked and every bad row reported; \
                    when there is one, nothing is written unless --continue-on-error is given.
                    """,
                es: """
                    Los encabezados pueden ser claves, etiquetas en inglés o español, o los de una exportación de \
                    vtiger; una referencia puede nombrarse por cualquier clave, como organization.name. Se revisa toda \
                    la entrada y se informa de cada fila incorrecta; si hay alguna no se escribe nada, salvo con \
                    --continue-on-error.
                    """
            ),
            Text(
                en: """
                    With --match, rows update the records that have the same values in those fields; a row that \
                    changes nothing writes nothing, so that importing a file twice is importing it once. A row with \
                    none of those values is rejected, save one without an id: that is a new record. An empty cell \
                    takes the value away; a column that is not there leaves it.
                    """,
                es: """
                    Con --match, las filas actualizan los registros que tienen los mismos valores en esos campos; una \
                    fila que no cambia nada no escribe nada, de modo que importar un archivo dos veces es importarlo \
                    una. Una fila sin ninguno de esos valores se rechaza, salvo la que no tiene id: es un registro \
                    nuevo. Una celda vacía quita el valor; una columna que falta lo deja.
                    """
            ),
        ]
    }

    private var reading: [Option] {
        [
            Option(
                "input-format",
                .value("FORMAT"),
                summary: module.cards == nil
                    ? Text(
                        en: "Read the input as csv, tsv, json or jsonl; told by the file's name",
                        es: "Leer la entrada como csv, tsv, json o jsonl; según el nombre del archivo"
                    )
                    : Text(
                        en: "Read the input as csv, tsv, json, jsonl or vcard; told by the file's name",
                        es: "Leer la entrada como csv, tsv, json, jsonl o vcard; según el nombre del archivo"
                    ),
                group: Self.reading,
                completion: .words(Self.formats(of: module).map { ($0, Text($0)) })
            ),
            Option(
                "map",
                .value("COLUMN=FIELD"),
                isRepeatable: true,
                summary: Text(
                    en: "Take a column of theirs as this field, or pass it over as -",
                    es: "Tomar una columna suya como este campo, u omitirla con -"
                ),
                group: Self.reading
            ),
            Option(
                "ignore-unknown",
                summary: Text(en: "Pass over columns that mean nothing", es: "Omitir columnas que no significan nada"),
                group: Self.reading
            ),
            Option(
                "show-mapping",
                summary: Text(
                    en: "Say what each column would become, and import nothing",
                    es: "Decir en qué se convertiría cada columna, sin importar nada"
                ),
                group: Self.reading
            ),
        ] + DialectOptions.reading(group: Self.reading)
    }

    private var matching: [Option] {
        [
            Option(
                "match",
                .value("FIELDS"),
                isRepeatable: true,
                summary: Text(
                    en: "Fields that tell which record a row is about, such as external_id or email",
                    es: "Campos que dicen de qué registro trata una fila, como external_id o email"
                ),
                group: Self.matching,
                completion: .dynamic("column:\(module.name.noun)")
            ),
            Option(
                "on-match",
                .value("ACTION"),
                summary: Text(
                    en: "What to do with a row that matches; update is the default",
                    es: "Qué hacer con una fila que coincide; por omisión, update"
                ),
                group: Self.matching,
                completion: .words([
                    ("update", Text(en: "bring the record up to date", es: "actualizar el registro")),
                    ("skip", Text(en: "pass the row over", es: "omitir la fila")),
                    ("error", Text(en: "reject the row", es: "rechazar la fila")),
                ])
            ),
            Option(
                "only-empty",
                summary: Text(en: "Fill only fields without a value", es: "Llenar solo los campos sin valor"),
                group: Self.matching
            ),
            Option(
                "delete-missing",
                summary: Text(
                    en: "Delete the records that no row matches; refused for an input that looks empty or cut",
                    es:
                        "Eliminar los registros que ninguna fila empareja; se niega si la entrada parece vacía o cortada"
                ),
                group: Self.matching
            ),
            Option(
                "create-missing",
                .value("MODULE"),
                isRepeatable: true,
                summary: Text(
                    en: "Make the records of this module that rows name and that do not exist",
                    es: "Crear los registros de este módulo que las filas nombran y no existen"
                ),
                group: Self.matching,
                completion: .words(registry.names.map { ($0.noun, Text($0.noun)) })
            ),
        ]
    }

    private var writing: [Option] {
        [
            Option(
                "continue-on-error",
                summary: Text(en: "Write the good rows", es: "Escribir las filas correctas")
            ),
            Option(
                "rejects",
                .value("FILE"),
                summary: Text(
                    en: "Write the bad rows here, in the input's format, with an error column",
                    es: "Escribir aquí las filas incorrectas, en el formato de la entrada, con una columna error"
                ),
                completion: .files
            ),
            Option(
                "batch-size",
                .value("N"),
                summary: Text(
                    en: "Commit after every N rows; the journal tells where to go on",
                    es: "Confirmar cada N filas; el diario dice dónde continuar"
                )
            ),
            Option(
                "journal",
                .value("FILE"),
                summary: Text(
                    en: "Keep here how far the import has come, and go on from there",
                    es: "Guardar aquí hasta dónde llegó la importación, y continuar desde ahí"
                ),
                completion: .files
            ),
            Option(
                "force",
                summary: Text(
                    en: "Go on where a rule that can be overridden refuses",
                    es: "Continuar aunque se oponga una regla que admite excepciones"
                )
            ),
            SharedOptions.dryRun, SharedOptions.create,
        ]
    }

    private var examples: [Example] {
        let noun = module.name.noun
        return [
            Example(
                "\(ProgramName.placeholder) \(noun) import \(noun).csv --match external_id",
                Text(en: "Bring records up to date from a file", es: "Actualizar registros desde un archivo")
            ),
            Example(
                "\(ProgramName.placeholder) \(noun) import export.csv --show-mapping",
                Text(en: "See what would become what", es: "Ver qué se convertiría en qué")
            ),
        ]
    }
}
