import CLIKit
import CRMKit
import Localization

/// Options that several verbs share.
enum SharedOptions {
    static let input = ValueOption<String>(
        "input",
        short: "i",
        Placeholder.file,
        summary: Text(
            en: "Take rows from a file, - for standard input",
            es: "Tomar filas de un archivo, - para la entrada estándar"
        ),
        discussion: Text(
            en: "All rows are one transaction; every bad one is reported, and when there is one nothing is written.",
            es:
                "Todas las filas son una transacción; se informa de cada una incorrecta y, si hay alguna, no se escribe nada."
        ),
        completion: .files
    )
    .synonyms("entrada archivo fichero file from")

    /// Declares the flag that accepts an input with unknown columns.
    static func ignoreUnknown(group: Text) -> Flag {
        Flag(
            "ignore-unknown",
            summary: Text(en: "Pass over columns that mean nothing", es: "Omitir columnas que no significan nada"),
            discussion: Text(
                en: "Without it a column that is no field is an error, so that none is lost unseen.",
                es: "Sin ella, una columna que no es un campo es un error, para que ninguna se pierda sin notarlo."
            ),
            group: group
        )
        .synonyms("ignorar-desconocidas ignorar omitir-desconocidas")
    }

    /// Declares the option for the format of an input other than that of an import.
    ///
    /// - Parameter discussion: the description of the format used if neither this option nor the name of the file
    ///   determines it.
    static func inputFormat(among formats: [InputFormat], _ discussion: Text) -> ValueOption<InputFormat> {
        ValueOption<InputFormat>(
            "input-format",
            Placeholder.format,
            among: formats,
            summary: Text(
                en: "Read the input in this form, by default as the file's name ends",
                es: "Leer la entrada de esta forma, por omisión según termine el nombre del archivo"
            ),
            discussion: discussion
        )
    }

    /// Declares the flag that answers questions in advance.
    ///
    /// - Parameter discussion: the description of the cases that need the option.
    static func yes(_ discussion: Text) -> Flag {
        Flag("yes", short: "y", summary: Text(en: "Do not ask", es: "No preguntar"), discussion: discussion)
            .synonyms("sí")
    }
    static let limit = ValueOption<Int>(
        "limit",
        short: "L",
        "N",
        in: 0...Int(Int32.max),
        summary: Text(en: "Stop after this many rows", es: "Detenerse después de tantas filas"),
        discussion: Text(
            en: "No limit applies without it. Where more would follow a notice says so.",
            es: "Sin ella no hay límite. Si siguieran más, un aviso lo dice."
        )
    ).synonyms("límite tope top max head n")
    static let count = Flag(
        "count",
        summary: Text(en: "Print how many there are", es: "Imprimir cuántos hay"),
        discussion: Text(
            en: "The number alone is printed, of all that pass the filters whatever --limit says.",
            es: "Se imprime solo el número, de todos los que cumplen los filtros, diga lo que diga --limit."
        )
    ).synonyms("contar total cuántos conteo")
    private static let columns = ListOption<String>(
        "columns",
        short: "c",
        Placeholder.list,
        separatedBy: ",",
        summary: Text(
            en: "Print these columns, separated by commas",
            es: "Imprimir estas columnas, separadas por comas"
        ),
        discussion: Text(
            en: """
                They are printed in the order given. A column of a record that a reference names is written with a dot, \
                as in organization.name; so is one of the records that are linked or point here, after the plural of \
                their noun, as in contacts.name and contacts.link.role: it has several values. The chapter COLUMNS AND \
                SORT KEYS of the program's manual says more.
                """,
            es: """
                Se imprimen en el orden dado. Una columna del registro que indica una referencia se escribe con un punto, \
                como organization.name; también una de los registros vinculados o que apuntan aquí, tras el plural de su \
                nombre, como contacts.name y contacts.link.role: tiene varios valores. El capítulo COLUMNAS Y CLAVES DE \
                ORDEN del manual del programa dice más.
                """
        )
    ).synonyms("columnas campos fields select")
    private static let sort = ListOption<String>(
        "sort",
        short: "s",
        Placeholder.list,
        separatedBy: ",",
        summary: Text(
            en: "Order by these columns, - before one that descends",
            es: "Ordenar por estas columnas, - antes de una descendente"
        ),
        discussion: Text(
            en: """
                Text is ordered without regard to case and accents; what has no value stands last, records that are \
                equal by id. Of a column with several values the first counts.
                """,
            es: """
                El texto se ordena sin distinguir mayúsculas ni acentos; lo que no tiene valor va al final, y los iguales \
                por id. De una columna con varios valores cuenta el primero.
                """
        )
    ).synonyms("orden ordenar order order-by sort-by")
    private static let filter = ListOption<String>(
        "where",
        short: "w",
        Placeholder.filter,
        summary: Text(
            en: "Only records that match; repeated filters must all match",
            es: "Solo registros que coincidan; si se repite, deben cumplirse todos"
        ),
        discussion: Text(
            en: "The chapter FILTERS of the program's manual describes the language: comparisons, and, or, not, has.",
            es: "El capítulo FILTROS del manual del programa describe el lenguaje: comparaciones, and, or, not, has."
        )
    ).synonyms("donde filtro filter")

    private static let view = ValueOption<String>(
        "view",
        Placeholder.name,
        summary: Text(
            en: "Begin with the filter, the order and the columns of a view that is kept",
            es: "Partir del filtro, el orden y las columnas de una vista guardada"
        ),
        discussion: Text(
            en: """
                \(ProgramName.placeholder) view save keeps views. --where beside it narrows further; --sort and --columns \
                take the place of the view's.
                """,
            es: """
                \(ProgramName.placeholder) view save guarda vistas. --where, además, acota más; --sort y --columns \
                reemplazan los de la vista.
                """
        )
    ).synonyms("vista")

    /// Returns the option for a view of a module.
    static func view(_ subject: CompletionTag.Subject? = nil) -> ValueOption<String> {
        view.completing(subject.map { .found(.view($0)) } ?? .none)
    }

    /// Returns the option for a view of a module whose filter alone is used.
    static func chosenView(_ subject: CompletionTag.Subject? = nil) -> ValueOption<String> {
        view(subject).described(
            as: Text(en: "Only records of a view that is kept", es: "Solo registros de una vista guardada"),
            Text(
                en: "\(ProgramName.placeholder) view save keeps views. --where beside it narrows further.",
                es: "\(ProgramName.placeholder) view save guarda vistas. --where, además, acota más."
            )
        )
    }

    /// Returns the option for columns of a module.
    ///
    /// - Parameter other: the module whose links with it add columns.
    static func columns(_ subject: CompletionTag.Subject? = nil, over other: ModuleName? = nil) -> ListOption<String> {
        columns.completing(subject.map { .found(.columns($0, link: other)) } ?? .none)
    }

    /// Returns the option for the order of a module's records.
    static func sort(_ subject: CompletionTag.Subject? = nil, over other: ModuleName? = nil) -> ListOption<String> {
        sort.completing(subject.map { .found(.columns($0, link: other)) } ?? .none)
    }

    /// Returns the option for filters of a module's records.
    static func filter(_ subject: CompletionTag.Subject? = nil) -> ListOption<String> {
        filter.completing(subject.map { .found(.filter($0)) } ?? .none)
    }
}
