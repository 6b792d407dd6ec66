import Localization
import SQLite

/// A query for a report.
public struct ReportQuery: Sendable {
    /// The report.
    public let report: Report
    /// Filters by ``FilterParser/grammar`` over the records of the report's module; all must hold.
    public var filters: [String] = []
    /// The keys to group records by; without any, the report's default.
    public var keys: [Named<Expression>] = []
    /// The values given for the parameters, by their keys.
    public var parameters: [(key: String, text: String)] = []
    /// Filters on the columns of rows; all must hold.
    public var having: [String] = []
    /// The columns to sort by, with `-` before descending ones; empty for the report's own order.
    public var sort: [String] = []
    /// The keys of the columns in their order; empty for all.
    public var columns: [String] = []
    /// The currency to convert all amounts to; `nil` to keep them apart by currency.
    public var currency: Currency?
    /// The date field of the report's records, or the day, whose rates apply; `nil` for the date that their module
    /// declares.
    public var rateDate: String?
    /// Whether rows are only the records they are about, each once, without rows about no record.
    public var hasRecordsAlone = false
    /// The maximum number of rows; `nil` for all.
    public var limit: Int?
    /// Whether references come with the names of their records.
    public var withNames = true
    /// Whether the id of the record of each row stands before its name, unless columns are chosen or one of the
    /// report's own identifies it.
    public var withRecordIds = false

    /// Creates a query for a report.
    public init(_ report: Report) { self.report = report }

    /// Returns the rows, read on demand.
    ///
    /// - Throws: ``CRMError`` of code `usage` for unknown columns and malformed values, `notFound` and `ambiguous` for
    ///   records; errors that SQLite reports.
    public func rows(in store: Store) throws(CRMError) -> Rows {
        try store.translating {
            let plan = try ReportPlan(self, in: store)
            return try plan.rows(in: store.database, path: store.path)
        }
    }

    /// Returns the filter for the records that the report leaves out on its day.
    ///
    /// - Returns: `nil` for a report that leaves out none.
    /// - Throws: ``CRMError`` of code `usage` for a malformed value of a parameter; errors that SQLite reports.
    public func filterOfOmitted(in store: Store) throws(CRMError) -> String? {
        guard let omission = report.leftOut else { return nil }
        return try store.translating {
            let context = try store.valueContext()
            let values = try store.values(of: parameters, for: report, context)
            return omission.filter(values[Report.Parameter.on]?.text ?? context.clock.today)
        }
    }

    /// Returns the rows with the layout of their columns for a chart.
    ///
    /// - Returns: `nil` for a report without a chart.
    /// - Throws: what ``rows(in:)`` throws.
    public func figures(in store: Store) throws(CRMError) -> SummaryQuery.Result? {
        guard let picture = report.picture else { return nil }
        return try store.translating {
            let plan = try ReportPlan(self, in: store)
            let rows = try plan.rows(in: store.database, path: store.path)
            return SummaryQuery.Result(groups: rows, total: nil, layout: plan.layout(picture))
        }
    }
}

/// The plan of a report's query.
private struct ReportPlan {
    private let query: ReportQuery
    private let registry: Registry
    private let context: ReportContext
    /// The keys of the groups, if the report has groups.
    private var groups: [ReportGrouping.Key] = []
    private var source = SQLFragment()
    private static let alias = "x"

    init(_ query: ReportQuery, in store: Store) throws {
        self.query = query
        registry = store.registry
        let values = try store.valueContext()
        let root = query.report.module.map { Scope(module: store.registry[$0], alias: ReportContext.alias, link: nil) }
        var filters = FilterCompiler(registry: registry, context: values)
        let conditions = try root.map { try filters.conditions(query.filters, in: $0) } ?? []
        context = ReportContext(
            registry: registry,
            context: values,
            condition: conditions.conjunction,
            parameters: try store.values(of: query.parameters, for: query.report, values),
            database: store.database,
            conversion: try Conversion(
                to: query.currency,
                on: query.rateDate,
                of: root?.module,
                values,
                in: store.database
            ),
            dated: root.flatMap { root in root.module.datedBy.flatMap { root.module.field($0) } }
        )
        switch query.report.content {
        case .rows(let make): source = try make(context)
        case .groups(let grouping):
            guard let root else { return }
            var terms = TermCompiler(root: root, registry: registry, context: values)
            var names = ColumnNames(taken: query.report.columns.map(\.key))
            for key in try Self.keys(query, grouping) {
                try names.take(key.name ?? key.content.text, key.origin)
                groups.append(ReportGrouping.Key(expression: key, term: try terms.key(key)))
            }
            source =
                ReportGrouping(
                    groups: grouping,
                    columns: query.report.columns,
                    keys: groups,
                    terms: terms,
                    context: context
                ).sql
        }
    }

    private static func keys(_ query: ReportQuery, _ groups: ReportGroups) throws(CRMError) -> [Named<Expression>] {
        if !query.keys.isEmpty || groups.keys.isEmpty { return query.keys }
        return try SummaryParser.keys(groups.keys, option: "--by")
    }

    // MARK: - Rows

    func rows(in database: Database, path: String) throws -> Rows {
        var selection = Selection(
            registry: registry,
            today: context.context.clock.today,
            withNames: query.withNames
        )
        let record = query.hasRecordsAlone ? try record : nil
        for column in record.map({ [$0] }) ?? columns { try add(column, to: &selection) }
        var conditions: [SQLFragment] = []
        for text in query.having { conditions.append(try condition(SummaryParser.having(text))) }
        var terms: [SQLFragment] = []
        for text in query.sort.isEmpty ? query.report.order : query.sort {
            for (column, isDescending) in try SummaryParser.order(text, option: "--sort") {
                let key = try order(by: column, in: &selection)
                terms.append(RowQuery.sorted(key, isDescending: isDescending))
            }
        }
        for place in groups.indices {
            terms.append(RowQuery.sorted(try selection.order(by: group(place)), isDescending: false))
        }
        if !groups.isEmpty,
            let currency = query.report.columns.first(where: { $0.key == ReportContext.currencyColumn })
        {
            terms.append(RowQuery.sorted(try selection.order(by: value(of: currency)), isDescending: false))
        }
        var rows: SQLFragment = "(\(source)) AS \(name: Self.alias)"
        if let record {
            let id = try known(Path(record), option: "--columns").column
            let condition = (conditions + ["\(id) IS NOT NULL"]).conjunction
            rows = "(SELECT * FROM \(rows) WHERE \(condition) GROUP BY \(id)) AS \(name: Self.alias)"
            conditions = []
        }
        let prepared = try database.prepare(
            fragment: selection.statement(
                from: rows,
                where: conditions,
                order: terms,
                limit: query.limit
            )
        )
        return Rows(prepared, columns: selection.columns, limit: query.limit, path: path)
    }

    // MARK: - Columns

    /// The keys of the columns of each row.
    private var columns: [String] {
        if !query.columns.isEmpty { return query.columns }
        let own = query.report.columns.flatMap { $0.key == identified ? [idPath(of: $0.key), $0.key] : [$0.key] }
        return groups.map(\.name) + own
    }

    /// The key of the column with the record of a row, if its id stands before it.
    private var identified: String? {
        guard query.withRecordIds, groups.isEmpty, let record = query.report.record else { return nil }
        let isTold = query.report.columns.contains { column in
            guard case .field(let module, let name, _) = column.shape, module == record.record else { return false }
            return registry[module].field(required: name).isTelling
        }
        return isTold ? nil : record.key
    }

    private func idPath(of column: String) -> String { "\(column).id" }

    /// Adds a column: one of the report, or a field of the record in one, as in `contact.name`.
    private func add(_ name: String, to selection: inout Selection) throws(CRMError) {
        let path = Path(name)
        guard let reference = reference(path) else {
            try selection.add(known(path, option: "--columns"), key: name, object: nil)
            if groups.contains(where: { $0.name == name }) { selection.preferLast() }
            return
        }
        let isDefault = query.columns.isEmpty
        try selection.add(
            reference.rest,
            ofRecordIn: reference.column,
            of: reference.target,
            key: name,
            label: isDefault ? reference.target.field(required: "id").label : nil
        )
    }

    /// Returns the expression by which a column, or a field of the record in one, orders rows.
    private func order(by path: Path, in selection: inout Selection) throws(CRMError) -> SQLFragment {
        guard let reference = reference(path) else {
            return try selection.order(by: known(path, option: "--sort"))
        }
        return try selection.order(by: reference.rest, ofRecordIn: reference.column, of: reference.target)
    }

    /// The column with the record of a row.
    private var record: String {
        get throws(CRMError) {
            if let column = query.report.record { return column.key }
            if let group = groups.first(where: { $0.term.type.target != nil }) { return group.name }
            throw CRMError(
                .usage,
                Text(
                    en: "rows of this report are about no single record, whose id could be printed",
                    es: "las filas de este informe no son de un solo registro, cuyo id se pueda imprimir"
                ),
                hint: Text(
                    en: "choose another --format; summarize and list --where find the records of a group",
                    es: "elegir otro --format; summarize y list --where hallan los registros de un grupo"
                )
            )
        }
    }

    func layout(_ picture: Report.Picture) -> SummaryQuery.Layout {
        let columns = query.report.columns
        func place(_ key: String) -> Int? { columns.firstIndex { $0.key == key } }
        let isParted = groups.last.map { !$0.term.isElement && $0.term.grain == nil } ?? true
        return SummaryQuery.Layout(
            keys: groups.isEmpty ? picture.keys.compactMap(place) : Array(groups.indices),
            isTimed: groups.first?.term.isTimed ?? picture.isTimed,
            currencies: place(ReportContext.currencyColumn).map { [groups.count + $0] } ?? [],
            figures: picture.figures.compactMap(place).map { place in
                SummaryQuery.Layout.Figure(
                    label: columns[place].field(in: registry).label,
                    columns: groups.count + place..<groups.count + place + 1,
                    isAdditive: columns[place].isAdditive && !columns[place].isOverlapping && isParted,
                    partsByCurrency: false
                )
            },
            pivot: nil
        )
    }

    private func group(_ place: Int) -> Scope.Source {
        let key = groups[place]
        return SummaryPass.source(of: key.term, named: key.name, at: place, in: Self.alias)
    }

    private func value(of column: Report.Column) -> Scope.Source {
        let field = column.field(in: registry)
        let value = SQLFragment.column(column.key, of: Self.alias)
        var source = Scope.Source(field: field, alias: Self.alias, column: value, compared: value)
        if case .own(.duration, _) = column.shape { source.isRounded = true }
        return source
    }

    /// Returns the source of a column; `nil` for an unknown one.
    private func source(named name: String) -> Scope.Source? {
        if let place = groups.firstIndex(where: { $0.name == name || $0.expression.content.text == name }) {
            return group(place)
        }
        return query.report.columns.first { $0.key == name }.map(value(of:))
    }

    /// A field of the record in a column: `contact.name`.
    private struct Reference {
        let column: Scope.Source
        let target: Module
        let rest: Path
    }

    /// Returns the field of the record in a column that a path leads to; `nil` if it begins with no such column.
    private func reference(_ path: Path) -> Reference? {
        if source(named: path.text) != nil { return nil }
        // A sort key is one name, dots and all.
        let names = Path(path.text).names
        for count in (1..<names.count).reversed() {
            let lead = names.prefix(count).joined(separator: ".")
            guard let column = source(named: lead), let target = column.field.type.target else { continue }
            return Reference(column: column, target: registry[target], rest: Path(Array(names.dropFirst(count))))
        }
        return nil
    }

    /// Returns the source of a column.
    ///
    /// - Parameter option: the option that names the column, for messages.
    private func known(_ column: Path, option: String) throws(CRMError) -> Scope.Source {
        let name = column.text
        if let source = source(named: name) { return source }
        let names = groups.map(\.name) + query.report.columns.map(\.key)
        let list = names.joined(separator: ", ")
        throw CRMError(
            .usage,
            Text(
                en: "\(option): the report has no column '\(name)'",
                es: "\(option): el informe no tiene la columna '\(name)'"
            ),
            hint: Text(en: "it has: \(list)", es: "tiene: \(list)")
        )
    }

    private func condition(_ filter: Filter) throws(CRMError) -> SQLFragment {
        try filter.condition { column, test throws(CRMError) in
            try FieldCondition(source: known(column, option: "--having"), registry: registry, context: context.context)
                .condition(test)
        }
    }
}
