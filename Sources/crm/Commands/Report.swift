import CLIKit
import CRMKit
import Formats
import Localization

/// `crm report list` and `crm report NAME`: predefined queries over many records.
enum ReportCommand: ProgramCommand {
    static let name = "report"
    static let summary = Text(
        en: "Answer questions over many records",
        es: "Responder preguntas sobre muchos registros"
    )

    static func command(in registry: Registry) -> Command {
        Command(
            name,
            summary: summary,
            discussion: [
                Text(
                    en: """
                        Every report prints rows as list does, in any format; \(ProgramName.placeholder) help report NAME says how its figures are \
                        computed. Those with groups take --by, as summarize does; of those whose rows are about \
                        records, of the report's module or else others, --format id prints the ids, each once, for link \
                        --input - and others. What no report answers summarize does, with figures of your own.
                        """,
                    es: """
                        Cada informe imprime filas como list, en cualquier formato; \(ProgramName.placeholder) help report NOMBRE dice cómo se \
                        calculan sus cifras. Los que agrupan aceptan --by, como summarize; de los que tienen filas sobre \
                        registros, del módulo del informe o, si no, de otro, --format id imprime los id, cada uno una \
                        vez, para link --input - y otros. Lo que ningún informe responde lo hace summarize, con cifras \
                        propias.
                        """
                )
            ],
            examples: [
                Example(
                    "\(ProgramName.placeholder) report forecast",
                    Text(en: "What should come in, month by month", es: "Lo que debería entrar, mes a mes")
                ),
                Example(
                    "\(ProgramName.placeholder) report quote-conversion --by organization.industry --json",
                    Text(en: "Conversion by the client's industry", es: "Conversión por sector del cliente")
                ),
                Example(
                    "\(ProgramName.placeholder) report untouched-contacts --days 90 --format id | "
                        + "\(ProgramName.placeholder) campaign link contact 3 --input -",
                    Text(en: "They are written to again", es: "Se les vuelve a escribir")
                ),
                Example(
                    "\(ProgramName.placeholder) report untouched-contacts --days 60 --where 'tags = vip'",
                    Text(
                        en: "Important contacts that nobody spoke to",
                        es: "Contactos importantes con los que nadie habló"
                    )
                ),
            ],
            seeAlso: ["rate"],
            subcommands: [ReportListing.entry] + Report.all.map { ReportGrammar($0, registry).entry },
            synonyms: ["informe", "informes", "reporte", "reportes", "reports"]
        )
    }
}

/// `crm report list`: lists the reports.
private enum ReportListing {
    static let summary = Text(en: "List the reports", es: "Listar los informes")

    static var entry: Subcommand {
        Subcommand("list", summary: summary) {
            Command(
                "list",
                summary: summary,
                discussion: [Text(en: "Each with what it answers.", es: "Cada uno con lo que responde.")],
                run: { session in try run(in: session) }
            )
        }
    }

    private static func run(in session: Session) throws {
        let columns = [
            Listing.Column("name", en: "Name", es: "Nombre"), Listing.Column("module", en: "Module", es: "Módulo"),
            Listing.Column("summary", en: "What it answers", es: "Qué responde"),
        ]
        try session.printListing(of: columns) { listing in
            for report in Report.all {
                let summary = report.summary(in: session.language)
                let cells = [report.name, report.module?.noun ?? "", summary]
                let module = report.module.map { session.registry[$0].label(in: session.language) } ?? ""
                let members = zip(columns, cells).map { JSONMember($0.key, $1.isEmpty ? .null : .string($1)) }
                let people = [report.name, module, summary]
                try listing.write(Listing.Row(machine: cells, people: people, json: .object(members)))
            }
        }
    }
}

/// The grammar of the command of a report.
private struct ReportGrammar {
    private let report: Report
    private let registry: Registry

    init(_ report: Report, _ registry: Registry) {
        self.report = report
        self.registry = registry
    }

    /// The entry of the command.
    var entry: Subcommand { Subcommand(report.name, summary: report.summary) { command } }

    private var command: Command {
        let options = ReportOptions(report, registry)
        return Command(
            report.name,
            summary: report.summary,
            discussion: [report.discussion],
            options: options.all,
            examples: [
                Example(
                    "\(ProgramName.placeholder) report \(report.name) --format csv",
                    Text(en: "For a spreadsheet", es: "Para una hoja de cálculo")
                )
            ],
            sections: [
                Section(
                    title: Text(en: "COLUMNS", es: "COLUMNAS"),
                    [.definitions(report.columns.map { (term: $0.key, meaning: $0.meaning) })]
                )
            ],
            seeAlso: ["report list"],
            synonyms: report.synonyms,
            run: { session in try ReportRequest(session.invocation, report, options).run(in: session) }
        )
    }
}

/// The options of a report.
private struct ReportOptions {
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
        discussion: Text(en: "They are left empty.", es: "Se dejan vacías.")
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
                en: "Columns of the report, in the order given; all unless given.",
                es: "Columnas del informe, en el orden dado; todas si no se indica."
            )
        ).completing(.words(report.columns.map { ($0.key, $0.meaning) }))
        currency = report.partsByCurrency ? Self.converting : nil
        rateDate = report.partsByCurrency ? SummarizeVerb.rateDate(of: report.module.map { registry[$0] }) : nil
        parameters = FieldOptions(report)
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

/// The options and operands of a report's command line.
private struct ReportRequest {
    private var query: ReportQuery
    private let sheet: LabelSheet
    private let skipped: Int
    private let hasChart: Bool
    private let chartKind: SummaryChart.Kind?
    /// The view whose filter is added to the others.
    private let view: (name: String, module: ModuleName)?

    init(_ invocation: Invocation, _ report: Report, _ options: ReportOptions) throws {
        query = ReportQuery(report)
        let name = options.view.flatMap { invocation[$0] }
        view = name.flatMap { name in report.module.map { (name, $0) } }
        let isMailing = !report.labelLines.isEmpty
        sheet = isMailing ? try invocation[ReportOptions.sheet] ?? .a4x24 : .a4x24
        skipped = isMailing ? try invocation[ReportOptions.skip] ?? 0 : 0
        chartKind = report.picture == nil ? nil : try invocation[SummarizeVerb.chartKind]
        hasChart = report.picture != nil && (invocation[SummarizeVerb.chart] || chartKind != nil)
        if let filter = options.filter { query.filters = invocation[filter] }
        if let by = options.by {
            query.keys = try invocation[by].flatMap { try SummaryParser.keys($0, option: by.spelling) }
        }
        query.having = invocation[options.having]
        query.sort = invocation[options.sort]
        query.columns = invocation[options.columns]
        if let option = options.currency, let code = invocation[option] {
            query.currency = try RateCommand.currency(code)
        }
        query.rateDate = options.rateDate.flatMap { invocation[$0] }
        query.limit = try invocation[SharedOptions.limit]
        query.parameters = try options.parameters.inputs(in: invocation).compactMap { input in
            guard case .set(let text) = input.change else { return nil }
            return (input.field, text)
        }
    }

    func run(in session: Session) throws {
        let store = try session.openStore(for: .reading)
        var query = query
        query.parameters = try query.parameters.map { key, text in
            guard query.report.files.contains(key) else { return (key, text) }
            let bytes = try session.readWhole(text, atMost: Self.longestFile)
            return (key, String(decoding: bytes, as: UTF8.self))
        }
        let isLabels = !query.report.labelLines.isEmpty && session.invocation.formName == "labels"
        let form = query.report.picture == nil ? nil : try session.chartForm(isAsked: hasChart)
        if isLabels || form != nil {
            query.columns = []
        } else {
            let format = try session.outputFormat
            query.withNames = format.printsNames
            query.hasRecordsAlone = format == .id
        }
        if let module = query.report.module.map({ session.registry[$0] }) {
            try session.reportDoubts(of: query.filters, on: module, in: store)
        }
        if let view {
            query.filters += try store.filters(ofView: view.name, of: session.registry[view.module])
        }
        if let form, let result = try query.figures(in: store) {
            try session.print(SummaryChart(result, as: chartKind, for: session.audience).charts, as: form)
            return try tellCut(result.groups, in: session)
        }
        let rows = try query.rows(in: store)
        if isLabels {
            try session.printLabels(
                rows,
                lines: query.report.labelLines,
                on: sheet,
                skipping: skipped % sheet.count,
                titled: query.report.summary(in: session.language),
                home: try store.readSettings().country ?? ""
            )
        } else {
            let areChosen = !self.query.columns.isEmpty
            try session.print(rows, columnsAreChosen: areChosen, hidesCurrency: !areChosen)
        }
        try tellCut(rows, in: session)
        try tellLeftOut(by: query.filters, in: session, store)
    }

    private func tellCut(_ rows: Rows, in session: Session) throws {
        guard rows.isCut, let limit = query.limit else { return }
        let rows = Text.counting(limit, en: ("row", "rows"), es: ("fila", "filas"))
        try session.note(Text(en: "stopped after \(limit) \(rows.en)", es: "detenido después de \(limit) \(rows.es)"))
    }

    /// Informs the user how many records the report cannot cover, and how to list them.
    private func tellLeftOut(by filters: [String], in session: Session, _ store: Store) throws {
        guard let noun = query.report.leftOut?.noun, let module = query.report.module.map({ session.registry[$0] }),
            let filter = try query.filterOfOmitted(in: store)
        else { return }
        var list = try store.list(module)
        list.filters = filters + [filter]
        let count = try list.count(in: store)
        guard count > 0 else { return }
        let words = count == 1 ? noun.one : noun.several
        let command = "\(session.program) \(module.name.noun) list --where '\(filter)'"
        let besides = filters.isEmpty ? Text("") : Text(en: ", with the same filters", es: ", con los mismos filtros")
        try session.note(
            Text(
                en: "left out: \(count) \(words.en); see \(command)\(besides.en)",
                es: "sin incluir: \(count) \(words.es); ver \(command)\(besides.es)"
            )
        )
    }

    /// The greatest length of a file, in bytes: enough for the distances between a thousand places.
    private static let longestFile = 64 << 20
}
