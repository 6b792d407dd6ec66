import CLIKit
import CRMKit
import Localization

/// The options of every command, before or after its name.
enum GlobalOptions {
    static let group = Text(en: "Common options", es: "Opciones comunes")

    static let database = ValueOption<String>(
        "db",
        Placeholder.file,
        summary: Text(en: "Use this database", es: "Usar esta base de datos"),
        discussion: Text(
            en: "Without it CRM_DB names the file, and without that the user's own one is used.",
            es: "Sin ella, CRM_DB indica el archivo y, si falta, se usa el propio del usuario."
        ),
        group: group,
        completion: .files
    ).synonyms("base base-de-datos database bd")
    static let format = ValueOption<String>(
        "format",
        Placeholder.format,
        summary: Text(
            en: "Print in this form, a table by default",
            es: "Imprimir de esta forma, por omisión una tabla"
        ),
        discussion: Text(
            en: """
                A table is for people: labels, local times, amounts with their currency. On a pipe it becomes its \
                columns with tabs between them, keys and times in UTC, never cut. id prints the number of each record. \
                Where a command has other forms, its help tells them.
                """,
            es: """
                Una tabla es para personas: etiquetas, horas locales, importes con su moneda. En una tubería se \
                convierte en sus columnas separadas por tabuladores, con claves y horas UTC, sin recortar nada. id \
                imprime el número de cada registro. Si un comando tiene otras formas, su ayuda las dice.
                """
        ),
        group: group,
        completion: completion(of: OutputFormat.names)
    ).synonyms("formato")

    /// Returns the option of the format for a command that prints in some forms.
    static func format(among names: [String]) -> ValueOption<String> {
        var own = format.completing(completion(of: names)).described(
            as: Text(en: "Print in this form", es: "Imprimir de esta forma"),
            format.option.discussion
        )
        own.option.group = nil
        return own
    }

    private static func completion(of names: [String]) -> Completion { .words(names.map { ($0, Text($0)) }) }

    /// Returns the hint at the names of formats.
    static func hint(at names: [String]) -> Text {
        let list = names.joined(separator: ", ")
        return names.count == 1
            ? Text(en: "its format is \(list)", es: "su formato es \(list)")
            : Text(en: "a format is one of \(list)", es: "un formato es uno de \(list)")
    }
    static let json = Flag(
        "json",
        summary: Text(en: "Short for --format json", es: "Equivale a --format json"),
        discussion: Text(
            en: "Notices and errors on standard error are then JSON as well, an object a line.",
            es: "Los avisos y errores de la salida de error también son entonces JSON, un objeto por línea."
        ),
        group: group
    )
    static let noHeader = Flag(
        "no-header",
        summary: Text(
            en: "Leave the header out of CSV, TSV and piped tables",
            es: "Omitir el encabezado en CSV, TSV y tablas en tubería"
        ),
        discussion: Text(
            en: "For tools that read lines and know the columns, which --columns can fix.",
            es: "Para herramientas que leen líneas y conocen las columnas, que --columns puede fijar."
        ),
        group: group
    ).synonyms("sin-encabezado")
    static let language = ValueOption<Language>(
        "lang",
        Placeholder.language,
        summary: Text(en: "Speak this language", es: "Hablar este idioma"),
        discussion: Text(
            en:
                "It changes labels, help and messages, never what machines read. Without it CRM_LANG, the user's configuration and the locale decide.",
            es:
                "Cambia etiquetas, ayuda y mensajes, nunca lo que leen las máquinas. Sin ella deciden CRM_LANG, la configuración del usuario y la localización."
        ),
        group: group,
        completion: .words([("en", Text(en: "English", es: "inglés")), ("es", Text(en: "Spanish", es: "español"))])
    ) { text throws(ExpectedValue) in
        if let language = Language(localeName: text) { return language }
        let names = Language.allCases.map(\.rawValue).joined(separator: ", ")
        throw .worded(
            Text(en: "there is no language \"\(text)\"", es: "no existe el idioma «\(text)»"),
            hint: Text(en: "a language is one of \(names)", es: "un idioma es uno de \(names)")
        )
    }
    static let quiet = Flag(
        "quiet",
        short: "q",
        summary: Text(en: "Print no hints and notices", es: "No imprimir sugerencias ni avisos"),
        discussion: Text(
            en: "Results and errors are printed all the same, and progress is not shown.",
            es: "Los resultados y errores se imprimen de todos modos, y no se muestra el progreso."
        ),
        group: group
    ).synonyms("silencio silencioso silent")
    static let noPager = Flag(
        "no-pager",
        summary: Text(en: "Do not page long output", es: "No paginar la salida larga"),
        discussion: Text(
            en: "On a terminal long tables otherwise go through PAGER, less by default.",
            es: "En una terminal, las tablas largas pasan si no por PAGER, por omisión less."
        ),
        group: group
    )
    static let allowForeignSchema = Flag(
        "allow-foreign-schema",
        summary: Text(
            en: "Write although others have added to the schema",
            es: "Escribir aunque otros hayan ampliado el esquema"
        ),
        discussion: Text(
            en: """
                Triggers, views, generated columns and indexes that this program has not made run whenever something is \
                written. This is for who has added an index by hand; 'check' names them.
                """,
            es: """
                Los disparadores, vistas, columnas generadas e índices que este programa no creó actúan cada vez que se \
                escribe. Es para quien agregó un índice a mano; 'check' los nombra.
                """
        ),
        group: group
    )
    static let timeout = ValueOption<Int32>(
        "timeout",
        Placeholder.seconds,
        summary: Text(
            en: "Wait this long for a busy database; 10 is the default",
            es: "Esperar este tiempo si la base de datos está ocupada; por omisión, 10"
        ),
        discussion: Text(
            en:
                "Another command that writes holds the database meanwhile. When the time is up the exit status is 75; CRM_TIMEOUT sets another default.",
            es:
                "Mientras tanto la retiene otro comando que escribe. Al agotarse el tiempo, el estado de salida es 75; CRM_TIMEOUT define otro valor predeterminado."
        ),
        group: group,
        parse: Timeout.seconds
    )
    static let help = Flag.help(group: group)
    static let version = Flag(
        "version",
        isInherited: false,
        summary: Text(en: "Print the version and exit", es: "Mostrar la versión y salir"),
        discussion: Text(
            en: "The command line and the JSON follow Semantic Versioning.",
            es: "La línea de comandos y el JSON siguen el versionado semántico."
        ),
        group: group
    )

    /// Returns the database named in the words of a command line, before there is a grammar to parse them; `nil` if
    /// there is none.
    static func database(in words: [String]) -> String? {
        let spelling = database.spelling
        var words = words.prefix { $0 != "--" }
        var file: String?
        while let word = words.popFirst() {
            if word == spelling { file = words.first ?? file }
            if word.hasPrefix(spelling + "=") { file = String(word.dropFirst(spelling.count + 1)) }
        }
        return file
    }

    static var all: [any OptionDeclaration] {
        [database, format, json, noHeader, language, quiet, noPager, timeout, allowForeignSchema, help, version]
    }
}

/// The time to wait for a database locked by another process.
enum Timeout {
    /// The default, in seconds.
    static let standard: Int32 = 10

    /// Reads a number of seconds.
    static func seconds(_ text: String) throws(ExpectedValue) -> Int32 {
        if let seconds = Int32(text), (0...86_400).contains(seconds) { return seconds }
        throw .worded(
            Text(
                en: "\"\(text)\" is no number of seconds to wait",
                es: "«\(text)» no es un número de segundos de espera"
            ),
            hint: Text(
                en: "--timeout and CRM_TIMEOUT take whole seconds from 0 to 86400",
                es: "--timeout y CRM_TIMEOUT admiten segundos enteros de 0 a 86400"
            )
        )
    }
}

/// The options of commands that write, which apply to every write of a session.
enum WritingOptions {
    static let create = Flag(
        "create",
        summary: Text(en: "Make the database if it is not there", es: "Crear la base de datos si no existe"),
        discussion: Text(
            en:
                "The user's own database is made by the first write anyway; one that --db or CRM_DB names only so, lest a misspelt name become a file.",
            es:
                "La base propia del usuario la crea de todos modos la primera escritura; la que indican --db o CRM_DB, solo así, para que un nombre mal escrito no se vuelva un archivo."
        )
    )
    .synonyms("crear")
    static let dryRun = Flag(
        "dry-run",
        short: "n",
        summary: Text(en: "Do everything, report it, and take it back", es: "Hacerlo todo, informarlo y deshacerlo"),
        discussion: Text(
            en:
                "It asks nothing, needs no --yes that only confirms, ends as the real run would then, exit status included, and leaves nothing.",
            es:
                "No pregunta nada, no necesita un --yes que solo confirma, termina como lo haría entonces la ejecución real, incluido el estado de salida, y no deja nada."
        )
    ).synonyms("simular simulacro ensayo prueba simulate")
    static let noDuplicates = Flag(
        "no-duplicates",
        summary: Text(
            en: "Refuse what others are named by already: an e-mail, a telephone, a serial number",
            es: "Rechazar lo que ya identifica a otros: un correo, un teléfono, un número de serie"
        ),
        discussion: Text(
            en: """
                Without it such values are saved and told on standard error, with who has them. They are compared as \
                references compare them, among all fields and contact points of their kind, and codes without regard to \
                capitals.
                """,
            es: """
                Sin ella esos valores se guardan y se avisa en la salida de error, con quién los tiene. Se comparan \
                como lo hacen las referencias, entre todos los campos y puntos de contacto de su tipo, y los códigos sin \
                distinguir mayúsculas.
                """
        )
    )
    .synonyms("sin-duplicados unique")
    /// Returns the option that rejects shared values, for a module that has such values; none otherwise.
    static func noDuplicates(of module: Module) -> [any OptionDeclaration] {
        module.hasSharedKeys ? [noDuplicates] : []
    }
    static let force = Flag(
        "force",
        summary: Text(
            en: "Go on where a rule that can be overridden refuses",
            es: "Continuar aunque se oponga una regla que admite excepciones"
        ),
        discussion: Text(
            en: "The message of such a rule says that it can be overridden; what is malformed or missing cannot.",
            es: "El mensaje de una regla así dice que admite excepciones; lo mal escrito o faltante no las admite."
        )
    ).synonyms("forzar")
}

extension Invocation {
    /// The name of the output format in lower case, known or unknown; `nil` if none is given.
    var formName: String? { self[GlobalOptions.json] ? "json" : text(of: GlobalOptions.format)?.lowercased() }

    /// The names of the formats in which the command prints.
    var formatNames: [String] { path.words(of: GlobalOptions.format) }

    /// The named format of records.
    ///
    /// - Throws: `UsageError` for a name of no such format, with those of the command.
    var namedFormat: OutputFormat? {
        get throws {
            guard let name = formName else { return nil }
            guard let format = OutputFormat(rawValue: name) else { throw unknownFormat(name) }
            return format
        }
    }

    /// Returns the error for a format in which the command does not print.
    func unknownFormat(_ name: String) -> UsageError {
        .invalidValue(
            option: GlobalOptions.format.spelling,
            value: name,
            expected: .worded(
                Text(
                    en: "'\(path.line)' has no format \"\(name)\"",
                    es: "'\(path.line)' no tiene el formato «\(name)»"
                ),
                hint: hint(at: name) ?? GlobalOptions.hint(at: formatNames)
            )
        )
    }

    /// Returns the hint at another name of a format, or at the option for the form of the input; `nil` for other words.
    private func hint(at name: String) -> Text? {
        let input = "input-format"
        if path.words(ofOptionNamed: input).contains(name) { return Text(thatIs: ["--\(input) \(name)"]) }
        if formatNames.contains("csv"), FileEnding.spreadsheets.contains(name) || name == "excel" {
            return Self.spreadsheets
        }
        let meant = Self.otherFormats.filter { $0.names.contains(name) }.map(\.format)
        return Text(thatIs: meant.filter(formatNames.contains))
    }

    private static let spreadsheets = Text(
        en: "spreadsheets open --format csv; 'export --excel-es' writes it as Excel in Spanish takes it",
        es: "las hojas de cálculo abren --format csv; «export --excel-es» lo escribe como lo toma Excel en español"
    )

    /// The names that other programs give to formats, or of what only reads one of them.
    private static var otherFormats: [(format: String, names: [String])] {
        [
            ("jsonl", ["ndjson", "jsonlines", "json-lines", "ldjson"]), ("markdown", ["md", "gfm"]),
            ("vcard", ["vcf"]), ("ics", ["ical", "icalendar"]),
            ("table", ["text", "txt", "plain"]), ("id", ["ids"]), ("html", ["htm"]), ("text", ["txt"]),
        ]
    }
}
