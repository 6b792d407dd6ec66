import CLIKit
import CRMKit
import Formats
import Localization

/// The options and operands of a report's command line.
struct ReportRequest {
    /// The name of the format of labels.
    static let labels = "labels"

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
        skipped = isMailing ? try Self.skipped(invocation, on: sheet) : 0
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

    /// Returns the number of used labels, of which a sheet must leave one.
    private static func skipped(_ invocation: Invocation, on sheet: LabelSheet) throws -> Int {
        let count = try invocation[ReportOptions.skip] ?? 0
        guard count < sheet.count else {
            let (option, name) = (ReportOptions.skip.spelling, sheet.rawValue)
            throw CRMError(
                .usage,
                Text(
                    en: "\(option) \(count): a sheet of \(name) has \(sheet.count) labels",
                    es: "\(option) \(count): una hoja de \(name) tiene \(sheet.count) etiquetas"
                )
            )
        }
        return count
    }

    func run(in session: Session) throws {
        let store = try session.openStore(for: .reading)
        var query = query
        query.parameters = try query.parameters.map { key, text in
            guard let columns = query.report.files[key] else { return (key, text) }
            return (key, try Self.table(session.readWhole(text, atMost: Self.longestFile), columns, option: key))
        }
        let isLabels = !query.report.labelLines.isEmpty && session.invocation.formName == Self.labels
        let form = query.report.picture == nil ? nil : try session.chartForm(isAsked: hasChart)
        if isLabels || form != nil {
            query.columns = []
        } else {
            let format = try session.outputFormat
            query.withNames = format.printsNames
            query.hasRecordsAlone = format == .id
            query.withRecordIds = format == .table
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
                skipping: skipped,
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

    /// Returns a table in plain form.
    ///
    /// - Parameter option: the option that names its file, for messages.
    private static func table(_ bytes: [UInt8], _ columns: [Field], option: String) throws -> String {
        do {
            return try ReportTable(columns: columns).plainText(of: ByteSource(bytes: bytes))
        } catch let problem as RowProblem {
            let cell = [problem.field, problem.value.map { "'\($0)'" }].compactMap(\.self).joined(separator: " ")
            let place = cell.isEmpty ? "" : ", \(cell)"
            throw CRMError(
                .usage,
                Text(
                    en: "--\(option), line \(problem.line)\(place): \(problem.reason.en)",
                    es: "--\(option), línea \(problem.line)\(place): \(problem.reason.es)"
                )
            )
        }
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
        let command = "\(session.program) \(module.name.noun) list --where \(filter.inShellQuotes)"
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
