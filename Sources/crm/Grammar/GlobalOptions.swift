import CLIKit
import Localization

/// The options that every command takes, before or after its name.
enum GlobalOptions {
    static let group = Text(en: "Common options", es: "Opciones comunes")

    static var all: [Option] {
        [
            Option(
                "db",
                .value("FILE"),
                summary: Text(en: "Use this database", es: "Usar esta base de datos"),
                group: group,
                completion: .files
            ),
            Option(
                "format",
                .value("FORMAT"),
                summary: Text(
                    en: "Print in this form, a table by default",
                    es: "Imprimir de esta forma, por omisión una tabla"
                ),
                group: group,
                completion: .words(OutputFormat.allCases.map { ($0.rawValue, Text($0.rawValue)) })
            ),
            Option("json", summary: Text(en: "Short for --format json", es: "Equivale a --format json"), group: group),
            Option(
                "no-header",
                summary: Text(
                    en: "Leave the header out of CSV, TSV and piped tables",
                    es: "Omitir el encabezado en CSV, TSV y tablas en tubería"
                ),
                group: group
            ),
            Option(
                "lang",
                .value("LANG"),
                summary: Text(en: "Speak this language", es: "Hablar este idioma"),
                group: group,
                completion: .words([("en", "English"), ("es", "Español")])
            ),
            Option(
                "quiet",
                short: "q",
                summary: Text(en: "Print no hints and notices", es: "No imprimir sugerencias ni avisos"),
                group: group
            ),
            Option(
                "no-pager",
                summary: Text(en: "Do not page long output", es: "No paginar la salida larga"),
                group: group
            ),
            Option(
                "timeout",
                .value("SECONDS"),
                summary: Text(
                    en: "Wait this long for a busy database; 10 is the default",
                    es: "Esperar este tiempo si la base de datos está ocupada; por omisión, 10"
                ),
                group: group
            ),
            Option.help(group: group),
            Option(
                "version",
                isInherited: false,
                summary: Text(en: "Print the version and exit", es: "Mostrar la versión y salir"),
                group: group
            ),
        ]
    }
}

/// Options that several verbs share.
enum SharedOptions {
    static let create = Option(
        "create",
        summary: Text(
            en: "Make the database if it is not there",
            es: "Crear la base de datos si no existe"
        )
    )
    static let dryRun = Option(
        "dry-run",
        short: "n",
        summary: Text(
            en: "Do everything, report it, and take it back",
            es: "Hacerlo todo, informarlo y deshacerlo"
        )
    )
    static let input = Option(
        "input",
        short: "i",
        .value("FILE"),
        summary: Text(
            en: "Take rows from a file, - for standard input",
            es: "Tomar filas de un archivo, - para la entrada estándar"
        ),
        completion: .files
    )
    static let limit = Option(
        "limit",
        short: "L",
        .value("N"),
        summary: Text(en: "Stop after this many rows", es: "Detenerse después de tantas filas")
    )

    /// Columns of a module.
    static func columns(_ module: String) -> Option {
        Option(
            "columns",
            short: "c",
            .value("LIST"),
            isRepeatable: true,
            summary: Text(
                en: "Print these columns, separated by commas",
                es: "Imprimir estas columnas, separadas por comas"
            ),
            completion: .dynamic("column:\(module)")
        )
    }

    /// The order of a module's records.
    static func sort(_ module: String) -> Option {
        Option(
            "sort",
            short: "s",
            .value("LIST"),
            isRepeatable: true,
            summary: Text(
                en: "Order by these columns, - before one that descends",
                es: "Ordenar por estas columnas, - antes de una descendente"
            ),
            completion: .dynamic("column:\(module)")
        )
    }

    /// Filters over the records of a module.
    static func filter(_ module: String) -> Option {
        Option(
            "where",
            short: "w",
            .value("FILTER"),
            isRepeatable: true,
            summary: Text(
                en: "Only records that match; repeated filters must all match",
                es: "Solo registros que coincidan; si se repite, deben cumplirse todos"
            ),
            completion: .dynamic("filter:\(module)")
        )
    }
}
