/// The content of a report that groups records by any keys and computes figures of each group.
///
/// Each record contributes its facts once to each group it belongs to, however many links lead there.
struct ReportGroups: Sendable {
    /// A value of each record, with a name for use in figures.
    struct Fact: Sendable {
        let name: String
        let value: @Sendable (ReportContext) -> SQLFragment
        /// Whether figures use the median or a percentile of the fact.
        let isRanked: Bool

        init(
            _ name: String,
            isRanked: Bool = false,
            _ value: @escaping @Sendable (ReportContext) -> SQLFragment
        ) {
            self.name = name
            self.value = value
            self.isRanked = isRanked
        }

        /// Returns the fact for an amount of the record.
        static func amount(_ key: String) -> Fact {
            Fact(key) { $0.amount(.column(key, of: ReportContext.alias)) }
        }

        /// Returns the fact for a field of the record.
        static func field(_ key: String, as name: String? = nil) -> Fact {
            Fact(name ?? key) { _ in .column(key, of: ReportContext.alias) }
        }
    }

    /// The default keys to group records by, as in `summarize --by`; empty for none.
    let keys: String
    /// Returns the condition for the records that count.
    let restriction: @Sendable (ReportContext) -> SQLFragment
    /// The values computed for each record.
    let facts: [Fact]
    /// Whether groups are separated by the currency of the records.
    let partsByCurrency: Bool
    /// The figures, in the order of the report's columns without the currency.
    let figures: @Sendable (ReportContext) -> [SQLFragment]
}

/// The query of a report with groups.
struct ReportGrouping {
    let groups: ReportGroups
    let columns: [Report.Column]
    /// The keys to group records by.
    let keys: [Key]
    /// The compiler of the terms, with the tables they need.
    let terms: TermCompiler
    let context: ReportContext

    /// A key to group records by.
    struct Key {
        let expression: Named<Expression>
        let term: Term

        /// The name of the key's column.
        var name: String { expression.name ?? expression.content.text }
    }

    /// The query for the rows: the keys of the groups, then the report's columns.
    var sql: SQLFragment {
        var list = keys.indices.map { "\(groupKeys.key($0)) AS \(name: SummaryPass.key($0))" as SQLFragment }
        for place in keys.indices where keys[place].term.shown != nil {
            list.append("min(\(name: SummaryPass.shown(place))) AS \(name: SummaryPass.shown(place))")
        }
        if groups.partsByCurrency {
            list.append("\(groupKeys.key(keys.count)) AS \(name: ReportContext.currencyColumn)")
        }
        let figured = columns.filter { $0.key != ReportContext.currencyColumn }
        for (column, figure) in zip(figured, groups.figures(context)) {
            list.append("\(figure) AS \(name: column.key)")
        }
        let by = groupKeys.places.map { SQLFragment.name(keyNames[$0]) }
        let grouping: SQLFragment = by.isEmpty ? SQLFragment() : " GROUP BY \(by.joined(", "))"
        let rows: SQLFragment = "SELECT \(list.joined(", ")) FROM (\(ranked(by)))\(grouping)"
        return withEmptyPeriods(rows, figured)
    }

    /// The names of the columns by which rows are grouped: those of the keys, then the currency's.
    private var keyNames: [String] {
        keys.indices.map(SummaryPass.key) + (groups.partsByCurrency ? [ReportContext.currencyColumn] : [])
    }

    private var groupKeys: GroupKeys {
        var terms = keys.map(\.term)
        if groups.partsByCurrency {
            terms.append(Term(context.currency(of: self.terms.root.alias), .currency, label: ""))
        }
        return GroupKeys(zip(keyNames, terms).map { ($0, $1) })
    }

    /// Returns the rows with the empty periods of a time axis, if a key is one. Additive figures are zero in them, and
    /// other figures are null.
    private func withEmptyPeriods(_ rows: SQLFragment, _ figured: [Report.Column]) -> SQLFragment {
        guard let place = Period.filled(among: keys.map(\.term.period)), let period = keys[place].term.period else {
            return rows
        }
        let (groups, series) = (SQLFragment.name("g"), SQLFragment.name("s"))
        let key = SQLFragment.name(SummaryPass.key(place))
        let others = keys.indices.filter { $0 != place }
        var parting = others.map { SummaryPass.key($0) }
        if self.groups.partsByCurrency { parting.append(ReportContext.currencyColumn) }
        var empty = keys.indices.map { $0 == place ? TimeAxis.start : SQLFragment.name(SummaryPass.key($0)) }
        empty += keys.indices.filter { keys[$0].term.shown != nil }.map { .name(SummaryPass.shown($0)) }
        if self.groups.partsByCurrency { empty.append(.name(ReportContext.currencyColumn)) }
        empty += figured.map { $0.isAdditive ? "0" : "NULL" }
        let shown = others.filter { keys[$0].term.shown != nil }.map { SummaryPass.shown($0) }
        let parts = parting.map { SQLFragment.name($0) }
        let list = parts + shown.map { "min(\(name: $0)) AS \(name: $0)" as SQLFragment }
        // Groups without other keys form one series, if there are any.
        let grouping: SQLFragment = parts.isEmpty ? " LIMIT 1" : " GROUP BY \(parts.joined(", "))"
        let same = parting.map { SQLFunctions.isSame(.column($0, of: "g"), .column($0, of: "s")) }
        let isThere = ["\(column: SummaryPass.key(place), of: "g") = \(TimeAxis.start)"] + same
        return """
            WITH RECURSIVE \(groups) AS (\(rows)), \(TimeAxis.definition(of: key, in: groups, by: period)) \
            SELECT * FROM \(groups) UNION ALL SELECT \(empty.joined(", ")) FROM \
            (SELECT \((list.isEmpty ? ["1"] : list).joined(", ")) FROM \(groups) WHERE \(key) IS NOT NULL\(grouping)) \
            AS \(series) CROSS JOIN \(TimeAxis.name) WHERE \(TimeAxis.isFilled) \
            AND NOT EXISTS (SELECT 1 FROM \(groups) WHERE \(isThere.conjunction))
            """
    }

    /// The facts of the records, with one row for each record and group.
    private var records: SQLFragment {
        let root = terms.root
        var list = zip(groupKeys.columns, keyNames).map { "\($0) AS \(name: $1)" as SQLFragment }
        for (place, key) in keys.enumerated() {
            if let shown = key.term.shown { list.append("\(shown) AS \(name: SummaryPass.shown(place))") }
        }
        list.append("\(root.id) AS \(name: "id")")
        list += groups.facts.map { "\($0.value(context)) AS \(name: $0.name)" }
        let distinct: SQLFragment = terms.isFlat ? SQLFragment() : "DISTINCT "
        return """
            SELECT \(distinct)\(list.joined(", ")) FROM \(root.module.rows) AS \(name: root.alias)\(terms.joins.sql) \
            WHERE (\(context.condition)) AND (\(groups.restriction(context)))
            """
    }

    /// Returns the records with the ranks of the facts of which medians and percentiles are needed.
    private func ranked(_ by: [SQLFragment]) -> SQLFragment {
        let facts = groups.facts.filter(\.isRanked)
        if facts.isEmpty { return records }
        let places = facts.flatMap { Ranking($0.name).columns(of: .name($0.name), in: by) }
        return "SELECT *, \(places.joined(", ")) FROM (\(records))"
    }
}
