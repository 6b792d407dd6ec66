import CLIKit
import CRMKit
import Localization

/// The options of a report.
struct ReportOptions {
    private static let byText = Text(
        en: "Group by these, separated by commas, in place of what it groups by",
        es: "Agrupar por estos, separados por comas, en lugar de lo habitual"
    )

    let view: ValueOption<String>?
    let filter: ListOption<String>?
    let by: ListOption<String>?
    let having: ListOption<String>
    let sort: ListOption<String>
    let columns: ListOption<String>
    /// The option for the currency of a report with amounts.
    let currency: ValueOption<String>?
    let rateDate: ValueOption<String>?
    let parameters: FieldOptions
    /// The options for printing labels, for a report that can.
    private let labels: [any OptionDeclaration]
    /// The options for drawing charts, for a report that can.
    private let charts: [any OptionDeclaration]

    static let sheet = ValueOption<LabelSheet>(
        "sheet",
        Placeholder.kind,
        summary: Text(
            en: "Labels of this size, a4-24 unless given",
            es: "Etiquetas de este tamaño, a4-24 si no se indica"
        ),
        discussion: Text(
            en: """
                With --format labels. a4-24 has 24 of 70 by 37 mm, a4-21 63.5 by 38.1, a4-14 99.1 by 38.1, letter-30 2 5/8 \
                by 1 inch, letter-14 4 by 1 1/3 inches.
                """,
            es: """
                Con --format labels. a4-24 tiene 24 de 70 por 37 mm, a4-21 de 63,5 por 38,1, a4-14 de 99,1 por 38,1, \
                letter-30 de 2 5/8 por 1 pulgadas y letter-14 de 4 por 1 1/3.
                """
        ),
        completion: .words(LabelSheet.allCases.map { ($0.rawValue, Text("\($0.count)")) })
    ) { text throws(ExpectedValue) in
        if let sheet = LabelSheet(rawValue: text) { return sheet }
        let list = LabelSheet.allCases.map(\.rawValue).joined(separator: ", ")
        throw .worded(
            Text(en: "there is no sheet '\(text)'", es: "no existe la hoja '\(text)'"),
            hint: Text(en: "it is one of \(list)", es: "es una de \(list)")
        )
    }.synonyms("hoja")
    static let skip = ValueOption<Int>(
        "skip",
        "N",
        in: 0...10_000,
        summary: Text(
            en: "So many labels of the first sheet are used",
            es: "Tantas etiquetas de la primera hoja ya se usaron"
        ),
        discussion: Text(
            en: "They are left empty; fewer than the sheet has.",
            es: "Se dejan vacías; menos de las que tiene la hoja."
        )
    ).synonyms("omitir saltar")

    private static func chart(of picture: Report.Picture) -> Flag {
        let figures = picture.figures.joined(separator: ", ")
        return SummarizeVerb.chart.described(
            as: Text(en: "Draw a chart of its figures", es: "Dibujar un gráfico de sus cifras"),
            Text(
                en: """
                    It draws \(figures), each in a chart of its own and for each currency, as summarize does. --format svg \
                    and --format html print it as a picture and a page that stand alone.
                    """,
                es: """
                    Dibuja \(figures), cada una en su propio gráfico y por moneda, como summarize. --format svg y --format \
                    html lo imprimen como imagen y como página independientes.
                    """
            )
        )
    }

    init(_ report: Report, _ registry: Registry) {
        labels = report.labelLines.isEmpty ? [] : [Self.sheet, Self.skip]
        charts = report.picture.map { [Self.chart(of: $0), SummarizeVerb.chartKind] } ?? []
        view = report.module.map { SharedOptions.chosenView(.module($0)) }
        filter = report.module.map { SharedOptions.filter(.module($0)) }
        let options = SummaryOptions(registry[report.module ?? registry.center])
        by = report.grouping.map { keys in
            options.by.described(
                as: Self.byText,
                keys.isEmpty
                    ? Text(
                        en: "It groups by nothing unless asked to. The expressions are those of summarize.",
                        es: "No agrupa por nada si no se pide. Las expresiones son las de summarize."
                    )
                    : Text(
                        en: "It groups by \(keys) unless asked to otherwise. The expressions are those of summarize.",
                        es: "Agrupa por \(keys) si no se pide otra cosa. Las expresiones son las de summarize."
                    )
            )
        }
        having = options.having.described(
            as: Text(en: "Only rows that match", es: "Solo filas que coincidan"),
            Text(
                en: "A filter as for --where over the columns of the report.",
                es: "Un filtro como el de --where sobre las columnas del informe."
            )
        )
        sort = options.sort.described(
            as: Text(
                en: "Order by these columns, - before one that descends",
                es: "Ordenar por estas columnas, - antes de una descendente"
            ),
            Self.sorting(report)
        )
        columns = SharedOptions.columns().described(
            as: Text(
                en: "Print these columns, separated by commas",
                es: "Imprimir estas columnas, separadas por comas"
            ),
            Text(
                en: """
                    Columns of the report, in the order given; all unless given. A column with a record may be followed by \
                    a field of it, as in contact.name, contact.id or contact.email: --format csv and tsv have ids of records \
                    unless their names are chosen, and a table has names.
                    """,
                es: """
                    Columnas del informe, en el orden dado; todas si no se indica. A una columna con un registro puede \
                    seguirla un campo suyo, como contact.name, contact.id o contact.email: --format csv y tsv llevan los id \
                    de los registros si no se eligen sus nombres, y una tabla lleva nombres.
                    """
            )
        ).completing(.words(report.columns.flatMap(Self.words(of:))))
        currency = report.partsByCurrency ? Self.converting : nil
        rateDate = report.partsByCurrency ? SummarizeVerb.rateDate(of: report.module.map { registry[$0] }) : nil
        parameters = FieldOptions(report)
    }

    /// Returns a column's words for completion: its key and, of a record, its id and name.
    private static func words(of column: Report.Column) -> [(String, Text)] {
        let paths = column.isRecord ? ["\(column.key).id", "\(column.key).name"] : []
        return ([column.key] + paths).map { ($0, column.meaning) }
    }

    private static func sorting(_ report: Report) -> Text {
        let order = report.order.joined(separator: ",")
        return order.isEmpty
            ? Text(
                en: "Columns of the report. Rows come in the order of what it groups by unless it is given.",
                es: "Columnas del informe. Si no se indica, las filas siguen el orden de aquello por lo que agrupa."
            )
            : Text(
                en: "Columns of the report, \(order) unless given.",
                es: "Columnas del informe; si no se indica, \(order)."
            )
    }

    private static let converting = SummarizeVerb.currency.described(
        as: SummarizeVerb.currency.option.summary,
        Text(
            en: """
                By the rates that the command rate keeps: each amount by the newest on or before the date of its record, \
                or today where it has none, as summarize does; --rate-date says which date. An amount without a rate is an \
                error.
                """,
            es: """
                Con los tipos de cambio que lleva el comando rate: cada importe con el más nuevo de la fecha de su \
                registro o anterior, o de hoy si no la tiene, como summarize; --rate-date dice qué fecha. Un importe sin \
                tipo de cambio es un error.
                """
        )
    )

    var all: [any OptionDeclaration] {
        let own: [(any OptionDeclaration)?] = [
            by, view, filter, having, sort, columns, currency, rateDate, SharedOptions.limit,
        ]
        return parameters.forAdding + own.compactMap { $0 } + labels + charts
    }
}
