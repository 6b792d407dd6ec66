import CLIKit
import CRMKit
import Localization

/// `crm MODULE summarize`: computes figures over the records that match filters, group by group.
enum SummarizeVerb: Verb {
    static let name = "summarize"

    static let total = Flag(
        "total",
        summary: Text(en: "A row over all groups at the end", es: "Una fila de todos los grupos al final"),
        discussion: Text(
            en: """
                It counts each record once and, where amounts part by currency, stands for each currency; --having and \
                --limit do not change it. Machine formats have a column total, true in it. Without --by what is printed \
                is over all already, and is that row.
                """,
            es: """
                Cuenta cada registro una vez y, si los importes se separan por moneda, hay una por moneda; --having y \
                --limit no la cambian. Los formatos de máquina tienen una columna total, true en ella. Sin --by lo que se \
                imprime ya es de todos, y es esa fila.
                """
        )
    )
    static let count = SharedOptions.count.described(
        as: Text(en: "How many records each group has", es: "Cuántos registros tiene cada grupo"),
        Text(
            en: "It is what is printed where no other figure is asked for.",
            es: "Es lo que se imprime si no se pide otra cifra."
        )
    )

    static let chart = Flag(
        "chart",
        summary: Text(en: "Draw a chart of the figures", es: "Dibujar un gráfico de las cifras"),
        discussion: Text(
            en: """
                Lines where the first group follows time, else bars, which are stacked where figures add up and a second \
                group or --pivot makes series; --chart-kind draws others. Lines go from the earliest to the latest, \
                whatever --sort says, which then only chooses what --limit keeps; bars are in its order. It fits the terminal; --format svg and --format \
                html print it as a picture and a page that stand alone. Each figure and currency has a chart of its own; \
                totals are not drawn. At most ten series and 2,000 groups.
                """,
            es: """
                Líneas si el primer grupo sigue el tiempo; si no, barras, apiladas cuando las cifras se suman y un segundo \
                grupo o --pivot forma series; --chart-kind dibuja otras. Las líneas van de lo más antiguo a lo más \
                nuevo, diga lo que diga --sort, que entonces solo elige lo que deja --limit; las barras siguen su orden. Se ajusta a la terminal; --format svg y --format \
                html lo imprimen como imagen y como página independientes. Cada cifra y moneda tiene su propio gráfico; no \
                se dibujan totales. A lo sumo diez series y 2.000 grupos.
                """
        )
    ).synonyms("gráfico gráfica plot graph draw")
    static let chartKind = ValueOption<SummaryChart.Kind>(
        "chart-kind",
        Placeholder.kind,
        summary: Text(en: "Draw this kind of chart", es: "Dibujar este tipo de gráfico"),
        discussion: Text(
            en: "bars, stacked or lines; it asks for a chart by itself.",
            es: "bars, stacked o lines (barras, apiladas o líneas); por sí sola pide un gráfico."
        ),
        completion: .words([
            ("bars", Text(en: "a bar for each figure", es: "una barra por cifra")),
            ("stacked", Text(en: "bars made of series", es: "barras formadas por series")),
            ("lines", Text(en: "a line for each series", es: "una línea por serie")),
        ])
    ) { text throws(ExpectedValue) in
        if let kind = SummaryChart.Kind(rawValue: text) { return kind }
        throw .worded(
            Text(en: "there is no chart '\(text)'", es: "no existe el gráfico '\(text)'"),
            hint: Text(en: "it is one of bars, stacked, lines", es: "es uno de bars, stacked, lines")
        )
    }.synonyms("tipo-de-gráfico")
    static let currency = ValueOption<String>(
        "in",
        Placeholder.currency,
        summary: Text(en: "Convert amounts to this currency", es: "Convertir los importes a esta moneda"),
        discussion: Text(
            en: """
                By the rates that the command rate keeps: each amount by the newest on or before the date of its record, \
                or today where it has none; --rate-date says which date. Each is rounded half away from zero to the minor \
                unit before anything is computed of it, so that sums agree with what is converted one by one. An amount \
                without a rate is an error.
                """,
            es: """
                Con los tipos de cambio que lleva el comando rate: cada importe con el más nuevo de la fecha de su \
                registro o anterior, o de hoy si no la tiene; --rate-date dice qué fecha. Cada uno se redondea a la unidad \
                menor, alejándose de cero, antes de calcular con él, así que las sumas coinciden con lo convertido uno a \
                uno. Un importe sin tipo de cambio es un error.
                """
        )
    )
    .synonyms("en moneda currency convert convertir")
    static func rateDate(of module: Module?) -> ValueOption<String> {
        let dates = module?.dateFields ?? []
        return ValueOption<String>(
            "rate-date",
            Placeholder.fieldOrDate,
            summary: Text(
                en: "Convert by the rates of this date",
                es: "Convertir con los tipos de cambio de esta fecha"
            ),
            discussion: Text(
                en: """
                    A date of the records, \(module?.datedBy ?? "today") unless given, or a day, as 2026-11-30 or today, \
                    whose rates all amounts have.
                    """,
                es: """
                    Una fecha de los registros, por omisión \(module?.datedBy ?? "hoy"), o un día, como 2026-11-30 o hoy, \
                    cuyos tipos de cambio tienen todos los importes.
                    """
            ),
            completion: .words(dates.map { ($0.key, $0.label) })
        )
        .synonyms("fecha-de-cambio")
    }

    static func summary(of module: Module) -> Text {
        Text(en: "Count and sum up \(module.several.en)", es: "Resumir \(module.several.es) en cifras")
    }

    static func command(for module: Module, in registry: Registry) -> Command {
        let options = SummaryOptions(module)
        return Command(
            name,
            summary: summary(of: module),
            discussion: SummaryManual.discussion,
            options: [options.by, options.pivot, count] + options.aggregates.map(\.option)
                + [
                    options.measure, SharedOptions.chosenView(.module(module.name)),
                    SharedOptions.filter(.module(module.name)),
                    options.having, options.sort, SharedOptions.limit, total, currency, rateDate(of: module), chart,
                    chartKind,
                ],
            examples: SummaryManual.examples(of: module),
            seeAlso: ["\(module.name.noun) list"],
            run: { session in try SummarizeRequest(session.invocation, options).run(on: module, in: session) }
        )
        .adapting(GlobalOptions.format(among: OutputFormat.namesOfFigures + ChartForm.names))
    }
}

/// The options and operands of `summarize` on a command line.
struct SummarizeRequest: Equatable {
    let view: String?
    let filters: [String]
    let keys: [Named<Expression>]
    let pivot: Named<Expression>?
    let measures: [Named<Measure>]
    let having: [String]
    let sort: [String]
    let limit: Int?
    let hasTotal: Bool
    let currency: Currency?
    let rateDate: String?
    let hasChart: Bool
    let chartKind: SummaryChart.Kind?

    init(_ invocation: Invocation, _ options: SummaryOptions) throws {
        view = invocation[SharedOptions.view()]
        filters = invocation[SharedOptions.filter()]
        having = invocation[options.having]
        sort = invocation[options.sort]
        limit = try invocation[SharedOptions.limit]
        hasTotal = invocation[SummarizeVerb.total]
        currency = try invocation[SummarizeVerb.currency].map { code in try RateCommand.currency(code) }
        rateDate = invocation[SummarizeVerb.rateDate(of: nil)]
        chartKind = try invocation[SummarizeVerb.chartKind]
        hasChart = invocation[SummarizeVerb.chart] || chartKind != nil
        keys = try invocation[options.by].flatMap { try SummaryParser.keys($0, option: options.by.spelling) }
        pivot = try invocation[options.pivot].map { text throws(CRMError) in
            try SummaryParser.key(text, option: options.pivot.spelling)
        }
        var measures: [Named<Measure>] = []
        if invocation[SummarizeVerb.count] {
            measures += try SummaryParser.measures("count", option: SummarizeVerb.count.spelling)
        }
        for (option, aggregate) in options.aggregates {
            for text in invocation[option] {
                measures += try SummaryParser.measures(of: text, aggregate, option: option.spelling)
            }
        }
        for text in invocation[options.measure] {
            measures += try SummaryParser.measures(text, option: options.measure.spelling)
        }
        self.measures = measures
    }

    func run(on module: Module, in session: Session) throws {
        let store = try session.openStore(for: .reading)
        let form = try session.chartForm(isAsked: hasChart)
        var query = try store.summary(of: module)
        query.filters = try store.filters(ofView: view, of: module) + filters
        try session.reportDoubts(of: filters, on: module, in: store)
        query.keys = keys
        query.pivot = pivot
        query.measures = measures
        query.having = having
        query.sort = sort
        query.limit = limit
        query.hasTotal = hasTotal
        query.currency = currency
        query.rateDate = rateDate
        query.withNames = try form != nil || rowFormat(in: session).printsNames
        let result = try query.result(in: store)
        if let form {
            let charts = try SummaryChart(result, as: chartKind, for: session.audience).charts
            try session.print(charts, as: form)
        } else {
            try session.print(
                result.groups,
                totals: result.total,
                columnsAreChosen: true,
                hidesCurrency: !keys.contains { $0.name == Self.currencyKey }
            )
        }
        if result.groups.isCut {
            let groups = Text.counting(limit ?? 0, en: ("group", "groups"), es: ("grupo", "grupos"))
            let (en, es) = ("\(limit ?? 0) \(groups.en)", "\(limit ?? 0) \(groups.es)")
            try session.note(Text(en: "stopped after \(en)", es: "detenido después de \(es)"))
        }
    }

    /// The key that groups by currency.
    private static let currencyKey = "currency"

    /// Returns the format of the rows.
    private func rowFormat(in session: Session) throws -> OutputFormat {
        let format = try session.outputFormat
        guard format == .id else { return format }
        throw CRMError(
            .usage,
            Text(
                en: "groups have no id, which --format id prints",
                es: "los grupos no tienen id, y --format id lo imprime"
            ),
            hint: Text(
                en: "list prints the ids of the records of a group, with --where",
                es: "list imprime los id de los registros de un grupo, con --where"
            )
        )
    }
}
