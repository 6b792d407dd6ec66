import CLIKit
import CRMKit
import Localization

/// The manual's text on the program as a whole.
enum ProgramManual {
    /// Returns the summary of a module's command, in a phrase.
    static func summary(of module: Module) -> Text {
        Text(en: "Work with \(module.several.en)", es: "Trabajar con \(module.several.es)")
    }

    static var discussion: [Text] {
        [
            Text(
                en: """
                    Keeps contacts and what hangs on them - assets, projects, opportunities, quotes, cases and more - \
                    in one SQLite file, for shell scripts, cron jobs and people at a terminal. Every module has the \
                    same verbs, and the same option means the same everywhere.
                    """,
                es: """
                    Guarda contactos y lo que depende de ellos (activos, proyectos, oportunidades, cotizaciones, \
                    casos y más) en un archivo SQLite, para scripts, cron y personas en una terminal. Cada módulo \
                    tiene los mismos verbos, y la misma opción significa lo mismo en todas partes.
                    """
            ),
            Text(
                en: """
                    A reference names one record: by its id, by a bare e-mail address, or by a key with its prefix, \
                    as in ext:K-7, phone:5512345678, serial:X1 or name:"Ana Ruiz". One that matches nothing, or more \
                    than one record, is an error and never a guess. The case of letters does not matter in names and \
                    e-mail addresses; codes and serial numbers are compared exactly: serial:x1 is another than serial:X1.
                    """,
                es: """
                    Una referencia nombra un registro: por su id, por un correo electrónico, o por una clave con su \
                    prefijo, como ext:K-7, phone:5512345678, serial:X1 o name:"Ana Ruiz". Una que no coincide con \
                    nada, o con más de un registro, es un error y nunca una conjetura. En nombres y correos no importan las \
                    mayúsculas; las claves y los números de serie se comparan tal cual: serial:x1 es otro que serial:X1.
                    """
            ),
            Text(
                en: """
                    Dates are written YYYY-MM-DD, as people do (31/12/2026, Dec 31 2026, tomorrow, Monday), or as a \
                    distance from today such as +30d, -2w, +3m, +1y; config set country decides whether 05/06/2026 is in \
                    June or in May, save in a file that is imported, where --dates does. Amounts and quantities may have groups, a sign and a unit: 12500, $1,200.50, \
                    "900 USD", "3 pieces". A choice is named by its key or by its label in either language, whatever the \
                    case and the accents. \(ProgramName.placeholder) help values says more.
                    """,
                es: """
                    Las fechas se escriben AAAA-MM-DD, como de costumbre (31/12/2026, 31 dic 2026, mañana, el lunes) o \
                    como distancia desde hoy: +30d, -2w, +3m, +1y; config set country decide si 05/06/2026 es de junio o \
                    de mayo, salvo en un archivo que se importa, donde lo hace --dates. Los importes y cantidades admiten separadores, signo y unidad: 12500, $1,200.50, "900 USD", \
                    "3 piezas". Una opción se nombra por su clave o por su etiqueta en cualquiera de los dos idiomas, sin \
                    importar mayúsculas ni acentos. \(ProgramName.placeholder) help values dice más.
                    """
            ),
            Text(
                en: """
                    Standard output carries the result alone. On a terminal it is a table that fits; on a pipe the \
                    same columns separated by tabs, with keys for headers. JSON has \
                    every field of a record; errors and notices are then objects too, one a line on standard error, \
                    called error and note. Beside a note of a value by which other records are named as well stands \
                    an array, duplicates, with an object for each of those: record, field and value tell what was \
                    written, module, id, name and details who has it.
                    """,
                es: """
                    La salida estándar lleva solo el resultado. En una terminal es una tabla que cabe; en una \
                    tubería, las mismas columnas separadas por tabuladores, con claves por encabezado. JSON tiene \
                    todos los campos de un registro; también los errores y avisos son entonces objetos, uno por línea \
                    en el error estándar, llamados error y note. Junto al aviso de un valor que identifica también a \
                    otros registros va un arreglo, duplicates, con un objeto por cada uno: record, field y value dicen \
                    qué se escribió; module, id, name y details, quién lo tiene.
                    """
            ),
        ]
    }

    static var examples: [Example] {
        [
            Example(
                "\(ProgramName.placeholder) contact add --first-name Ana --last-name Ruiz --email ana@example.org",
                Text(en: "Add a contact", es: "Agregar un contacto")
            ),
            Example(
                "\(ProgramName.placeholder) asset add --name Laptop --serial X1 --contact ana@example.org --role custodian",
                Text(en: "Add an asset that somebody holds", es: "Agregar un activo que alguien tiene")
            ),
            Example(
                Text(
                    en: "\(ProgramName.placeholder) contact link asset --input links.csv",
                    es: "\(ProgramName.placeholder) contact link asset --input vinculos.csv"
                ),
                Text(en: "Link in bulk", es: "Vincular en bloque")
            ),
            Example(
                Text(en: opportunities(named: "Renewal"), es: opportunities(named: "Renovación")),
                Text(
                    en: "An opportunity for everyone who holds an asset",
                    es: "Una oportunidad para cada quien tiene un activo"
                )
            ),
        ]
    }

    private static func opportunities(named name: String) -> String {
        "\(ProgramName.placeholder) contact list --where 'has asset' --format id | "
            + "\(ProgramName.placeholder) opportunity add --contact - --name \(name) "
            + "--amount 12500 --close-date +90d --stage qualification"
    }

    static var sections: [Section] {
        HelpTopic.allCases.map(section)
    }

    /// Returns the chapter about a topic.
    static func section(_ topic: HelpTopic) -> Section {
        switch topic {
        case .tutorial: Tutorial.section
        case .options: options
        case .values: ValueManual.section
        case .columns: paths
        case .filters: filters
        case .figures: SummaryManual.section
        case .environment: environment
        case .files: files
        case .exitStatus: exitStatus
        }
    }

    private static var options: Section {
        Section(
            title: Text(en: "COMMON OPTIONS", es: "OPCIONES COMUNES"),
            [
                .paragraph(
                    Text(
                        en: "Every command takes these, before or after its name.",
                        es: "Todos los comandos las admiten, antes o después de su nombre."
                    )
                ),
                .options(GlobalOptions.all.map(\.option)),
            ]
        )
    }

    private static var paths: Section {
        Section(
            title: Text(en: "COLUMNS AND SORT KEYS", es: "COLUMNAS Y CLAVES DE ORDEN"),
            [
                .paragraph(
                    Text(
                        en: """
                            Columns, sort keys, filters and headers of imports name things by the same paths. A field \
                            stands by itself: city. A field that refers to a record is followed by one of that record's: \
                            organization.name. The plural of a noun is always what is linked with the record or points \
                            at it, and what belongs to it: contacts.name, contacts.link.role, opportunities.stage, \
                            points.value. The singular is the same where no field has the name: an asset's contact.name \
                            is its holders', an opportunity's contact.name that of its field. Paths go on: \
                            contacts.organization.name.
                            """,
                        es: """
                            Columnas, claves de orden, filtros y encabezados de importaciones nombran las cosas con las \
                            mismas rutas. Un campo va solo: city. Un campo que se refiere a un registro va seguido de uno \
                            de ese registro: organization.name. El plural de un nombre es siempre lo vinculado con el \
                            registro o lo que apunta a él, y lo que le pertenece: contacts.name, contacts.link.role, \
                            opportunities.stage, points.value. El singular es lo mismo si ningún campo se llama así: \
                            contact.name de un activo es de quienes lo tienen; de una oportunidad, el de su campo. Las \
                            rutas siguen: contacts.organization.name.
                            """
                    )
                ),
                .paragraph(
                    Text(
                        en: """
                            A path over what is linked, or points here, has several values, even where there is one or \
                            none: an array in JSON, null in it for a record without the value; elsewhere the values there \
                            are, with "; " between them. Only open links count. The values come in the order in which \
                            links began, without a date first, then of ids; what belongs to a record in the order of \
                            positions. A sort key of several values is the first of them. A reference to any module, \
                            about, goes on with name, id or module, or with the noun of one and its fields: \
                            about.case.status.
                            """,
                        es: """
                            Una ruta por lo vinculado, o por lo que apunta aquí, tiene varios valores, aunque haya uno o \
                            ninguno: un arreglo en JSON, con null por cada registro sin el valor; en otros formatos, los \
                            valores que haya, separados por "; ". Solo cuentan los vínculos abiertos. Los valores van en \
                            el orden en que empezaron los vínculos, primero los que no tienen fecha, y luego por id; lo \
                            que pertenece a un registro, por posición. Una clave de orden con varios valores es el \
                            primero. Una referencia a cualquier módulo, about, sigue con name, id o module, o con el \
                            nombre de uno y sus campos: about.case.status.
                            """
                    )
                ),
            ]
        )
    }

    private static var filters: Section {
        Section(
            title: Text(en: "FILTERS", es: "FILTROS"),
            [
                .paragraph(
                    Text(
                        en: """
                            A filter compares fields with values: = folds case and accents save in keys and codes, != \
                            also finds what has no value, ~ means contains. Of several values, as of assets.status, one must pass, and with not \
                            before it none may. has looks at what is linked, points here or belongs to the record, the \
                            noun in either number, and never at a field of that name: has asset(status = in_service and \
                            link.role = user) asks for one and the same. Only open links count, unless link.until is \
                            named: those that have not ended, one that is still to begin among them; who holds it now \
                            is has contact(link.since is empty or link.since <= today). Dates may be relative: today, \
                            -30d, +2w, -3m, +1y. Of who works on something me is whoever asks: assigned_to = me.
                            """,
                        es: """
                            Un filtro compara campos con valores: = ignora mayúsculas y acentos, salvo en claves y \
                            códigos, != también encuentra lo que no tiene valor, ~ significa contiene. De varios valores, como los de assets.status, \
                            basta que uno cumpla, y con not delante, ninguno debe cumplir. has mira lo vinculado, lo que \
                            apunta aquí o lo que pertenece al registro, con el nombre en singular o en plural, y nunca un \
                            campo de ese nombre: has asset(status = in_service and link.role = user) pide uno y el mismo. \
                            Solo cuentan los vínculos abiertos, salvo que se nombre link.until: los que no han terminado, \
                            también el que aún no empieza; quien lo tiene ahora es has contact(link.since is empty or \
                            link.since <= today). Las fechas pueden ser relativas: hoy, -30d, +2w, -3m, +1y. De quien \
                            trabaja en algo, yo (o me) es quien pregunta: assigned_to = yo.
                            """
                    )
                ),
                .paragraph(
                    Text(
                        en: """
                            A word on the right that is itself a path to a field of the same kind is that field: \
                            used_units >= total_units, close_date < created_at, name = organization.name. A date and a \
                            time are compared by the local day, amounts only where both are in one currency. Choices \
                            never are fields, and quotes make any word a text: last_name = 'title'. The grammar in EBNF:
                            """,
                        es: """
                            Una palabra a la derecha que es la ruta de un campo de la misma clase es ese campo: \
                            used_units >= total_units, close_date < created_at, name = organization.name. Una fecha y una \
                            hora se comparan por el día local; los importes, solo si ambos están en una moneda. Las \
                            opciones nunca son campos, y entre comillas toda palabra es un texto: last_name = 'title'. La \
                            gramática en EBNF:
                            """
                    )
                ),
                .code(FilterParser.grammar),
            ]
        )
    }

    private static var environment: Section {
        Section(
            title: Text(en: "ENVIRONMENT", es: "ENTORNO"),
            [
                .definitions(ownVariables + sharedVariables)
            ]
        )
    }

    /// Those that this program alone reads.
    private static let ownVariables: [(term: String, meaning: Text)] = [
        (
            term: "CRM_DB",
            meaning: Text(
                en: "The database, where --db is not given.",
                es: "La base de datos, si no se da --db."
            )
        ),
        (
            term: "CRM_LANG",
            meaning: Text(
                en: "The language, before the user's configuration and LC_ALL, LC_MESSAGES and LANG.",
                es: "El idioma, antes de la configuración del usuario y de LC_ALL, LC_MESSAGES y LANG."
            )
        ),
        (
            term: "CRM_USER",
            meaning: Text(
                en: "Who is writing, for the history; else LOGNAME, then USER.",
                es: "Quién escribe, para el historial; si no, LOGNAME y luego USER."
            )
        ),
        (
            term: "CRM_TIMEOUT",
            meaning: Text(
                en: "Seconds to wait for a busy database.",
                es: "Segundos de espera si la base de datos está ocupada."
            )
        ),
    ]

    /// Those of the system, which other programs read as well.
    private static let sharedVariables: [(term: String, meaning: Text)] = [
        (
            term: "TZ",
            meaning: Text(
                en: "The time zone of local times and of today.",
                es: "La zona horaria de las horas locales y de hoy."
            )
        ),
        (
            term: "PAGER",
            meaning: Text(
                en: "Shows long tables on a terminal; LESS is FRX unless set.",
                es: "Muestra tablas largas en una terminal; LESS es FRX si no está definido."
            )
        ),
        (term: "COLUMNS", meaning: Text(en: "The width of the terminal.", es: "El ancho de la terminal.")),
        (
            term: "NO_COLOR, CLICOLOR_FORCE",
            meaning: Text(
                en: "Turn colour off, or on for a pipe.",
                es: "Desactivan el color, o lo activan en una tubería."
            )
        ),
        (
            term: "XDG_DATA_HOME, XDG_CONFIG_HOME, HOME",
            meaning: Text(
                en: "Where the default database and the configuration are.",
                es: "Dónde están la base de datos predeterminada y la configuración."
            )
        ),
    ]

    private static var files: Section {
        Section(
            title: Text(en: "FILES", es: "ARCHIVOS"),
            [
                .definitions([
                    (
                        term: "~/.local/share/crm/crm.db",
                        meaning: Text(
                            en: "The default database, made by the first write.",
                            es: "La base de datos predeterminada, que crea la primera escritura."
                        )
                    ),
                    (
                        term: "~/.config/crm/config",
                        meaning: Text(en: "The user's configuration.", es: "La configuración del usuario.")
                    ),
                ])
            ]
        )
    }

    private static var exitStatus: Section {
        Section(
            title: Text(en: "EXIT STATUS", es: "ESTADO DE SALIDA"),
            [
                .definitions([
                    (term: "0", meaning: Text(en: "Done, or already so.", es: "Hecho, o ya estaba así.")),
                    (term: "1", meaning: Text(en: "Failed.", es: "Falló.")),
                    (
                        term: "2",
                        meaning: Text(en: "The command line is wrong.", es: "La línea de comandos es incorrecta.")
                    ),
                    (
                        term: "3",
                        meaning: Text(en: "Something named does not exist.", es: "Algo que se nombra no existe.")
                    ),
                    (term: "4", meaning: Text(en: "A reference is ambiguous.", es: "Una referencia es ambigua.")),
                    (term: "5", meaning: Text(en: "A rule refuses.", es: "Una regla se opone.")),
                    (
                        term: "6",
                        meaning: Text(en: "Rows of an input were rejected.", es: "Se rechazaron filas de una entrada.")
                    ),
                    (term: "74", meaning: Text(en: "Input or output failed.", es: "Falló la entrada o la salida.")),
                    (
                        term: "75",
                        meaning: Text(
                            en: "The database is busy; try again.",
                            es: "La base de datos está ocupada; reintentar."
                        )
                    ),
                    (
                        term: "78",
                        meaning: Text(
                            en: "The database or the configuration cannot be used.",
                            es: "La base de datos o la configuración no sirven."
                        )
                    ),
                    (
                        term: "130, 141",
                        meaning: Text(
                            en: """
                                Interrupted; the reader of the output went away, and of what was to be saved it is told how far it came.
                                """,
                            es: """
                                Interrumpido; quien leía la salida se fue, y de lo que había que guardar se indica hasta dónde llegó.
                                """
                        )
                    ),
                ])
            ]
        )
    }
}
