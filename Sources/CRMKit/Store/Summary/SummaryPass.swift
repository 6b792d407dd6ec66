/// One pass over the records of a summary: it computes the groups, and the figures that need the same form of rows.
struct SummaryPass {
    /// The keys to group records by; `nil` for a key over which groups are combined.
    let keys: [Term?]
    /// Whether the shown value of each key differs from the compared one.
    let hasShown: [Bool]
    /// The figures with their indices among all figures.
    private(set) var figures: [(place: Int, figure: Figure)]
    /// The total number of figures of all passes.
    let figureCount: Int
    let terms: TermCompiler
    /// The conditions that records must pass.
    let conditions: [SQLFragment]

    /// Returns passes without one that only counts records, if another has the same rows and can count them.
    static func combined(_ passes: [SummaryPass]) -> [SummaryPass] {
        guard let counting = passes.firstIndex(where: { $0.figures.allSatisfy(\.figure.isCountOfRecords) }),
            let other = passes.indices.first(where: { $0 != counting && passes[$0].hasRows(of: passes[counting]) })
        else { return passes }
        var combined = passes
        combined[other].figures += passes[counting].figures
        combined.remove(at: counting)
        return combined
    }

    /// Whether the rows are those of a pass that counts records, each possibly in several rows.
    private func hasRows(of counting: SummaryPass) -> Bool {
        !isRepeating && !isRanked && !terms.hops.isEmpty && terms.hops == counting.terms.hops
    }

    /// Returns the name of the column for a key.
    static func key(_ place: Int) -> String { "k\(place)" }
    /// Returns the name of the column for the shown value of a key.
    static func shown(_ place: Int) -> String { "s\(place)" }
    /// Returns the name of the column for a figure.
    static func figure(_ place: Int) -> String { "m\(place)" }

    /// Returns the source of a key among the columns of groups.
    ///
    /// - Parameter alias: the alias of the groups.
    static func source(of term: Term, named name: String, at place: Int, in alias: String) -> Scope.Source {
        let key = SQLFragment.column(Self.key(place), of: alias)
        let field = Field(name, term.type, label: term.label)
        if let period = term.period {
            let name = PeriodFunctions.name(of: period, starting: key)
            return Scope.Source(field: field, alias: alias, column: name, compared: name)
        }
        let shown = term.shown == nil ? key : Spelling.plain(.column(Self.shown(place), of: alias))
        return Scope.Source(field: field, alias: alias, column: shown, compared: key)
    }

    private static func argument(_ place: Int) -> String { "a\(place)" }

    /// The query for the groups: keys, shown values, then every figure, null for those of other passes.
    var sql: SQLFragment {
        guard groupKeys.areDerived else { return groups }
        var list = keys.indices.map { "\(groupKeys.key($0)) AS \(name: Self.key($0))" as SQLFragment }
        list += keys.indices.filter { hasShown[$0] }.map { .name(Self.shown($0)) }
        list += (0..<figureCount).map { .name(Self.figure($0)) }
        return "SELECT \(list.joined(", ")) FROM (\(groups))"
    }

    private var groupKeys: GroupKeys { GroupKeys(keys.enumerated().map { (Self.key($0), $1) }) }

    /// The query for the groups, with the columns of their keys by which rows are grouped.
    private var groups: SQLFragment {
        var rows = source
        var keyed = groupKeys.columns
        var shown = keys.map { $0?.shown ?? "NULL" }
        var arguments = figures.map(\.figure.argument)
        if isRepeating {
            rows = "(SELECT \(columns(keyed, shown, arguments)) FROM \(rows)\(grouping(and: entity)))"
            (keyed, shown, arguments) = names
        }
        if isRanked, let argument = arguments.first {
            rows = ranked(rows, keyed, shown, argument)
            (keyed, shown, arguments) = names
            arguments = figures.map { _ in .name(Self.argument(0)) }
        }
        var list = Self.named(keyed)
        for place in keys.indices where hasShown[place] {
            list.append("min(\(shown[place])) AS \(name: Self.shown(place))")
        }
        for place in 0..<figureCount {
            let own = zip(figures, arguments).first { $0.0.place == place }
            let value = own.map { result(of: $0.0.figure, $0.1) } ?? "NULL"
            list.append("\(value) AS \(name: Self.figure(place))")
        }
        return "SELECT \(list.joined(", ")) FROM \(rows)\(grouping(and: nil))"
    }

    /// The query for an empty group, if there are no records.
    var nothing: SQLFragment {
        let columns = keys.count + hasShown.count { $0 } + figureCount
        let nulls = (0..<columns).map { _ in "NULL" as SQLFragment }
        return "SELECT \(nulls.joined(", ")) WHERE NOT EXISTS (SELECT 1 FROM \(source))"
    }

    /// The records and the tables joined to them.
    private var source: SQLFragment {
        let root = terms.root
        var source: SQLFragment = "\(root.module.rows) AS \(name: root.alias)\(terms.joins.sql)"
        if !conditions.isEmpty { source.append(" WHERE \(conditions.conjunction)") }
        return source
    }

    private var isRanked: Bool {
        figures.contains { entry in if case .ranked = entry.figure.pass { true } else { false } }
    }

    private var grain: Term.Grain? { figures.first?.figure.grain }

    /// The expression that identifies the records of the figures.
    private var entity: SQLFragment { grain?.id ?? terms.root.id }

    /// Returns a figure. A count of records counts different ones if its rows may contain a record several times.
    private func result(of figure: Figure, _ argument: SQLFragment) -> SQLFragment {
        let isOnce = isRepeating || isRanked || terms.hops.isEmpty
        return figure.isCountOfRecords && !isOnce ? "count(DISTINCT \(argument))" : figure.result(argument)
    }

    /// Whether all figures only count different values or records.
    private var isCountingOnly: Bool {
        figures.allSatisfy { $0.figure.pass == .distinct || $0.figure.isCountOfRecords }
    }

    /// Whether a group may have several rows of a record while a figure needs one.
    private var isRepeating: Bool {
        if isCountingOnly { return false }
        if grain?.isRepeated == true { return true }
        return !terms.hops.isSubset(of: grain?.chain ?? [])
    }

    /// The names of the row's columns.
    private var names: ([SQLFragment], [SQLFragment], [SQLFragment]) {
        (
            keys.indices.map { .name(Self.key($0)) }, keys.indices.map { .name(Self.shown($0)) },
            figures.indices.map { .name(Self.argument($0)) }
        )
    }

    /// Returns the columns of the keys by which rows are grouped, under their names.
    private static func named(_ keyed: [SQLFragment]) -> [SQLFragment] {
        keyed.enumerated().map { "\($1) AS \(name: key($0))" as SQLFragment }
    }

    /// Returns the columns of the query with one row for each record and group.
    private func columns(
        _ keyed: [SQLFragment],
        _ shown: [SQLFragment],
        _ arguments: [SQLFragment]
    ) -> SQLFragment {
        var list = Self.named(keyed)
        for place in keys.indices { list.append("min(\(shown[place])) AS \(name: Self.shown(place))") }
        for (place, argument) in arguments.enumerated() {
            list.append("min(\(argument)) AS \(name: Self.argument(place))")
        }
        return list.joined(", ")
    }

    /// Returns the rows of each group with their rank by an argument and the number of its values.
    private func ranked(
        _ rows: SQLFragment,
        _ keyed: [SQLFragment],
        _ shown: [SQLFragment],
        _ argument: SQLFragment
    ) -> SQLFragment {
        var list = Self.named(keyed)
        for place in keys.indices { list.append("\(shown[place]) AS \(name: Self.shown(place))") }
        list.append("\(argument) AS \(name: Self.argument(0))")
        let groups = groupKeys.places.map { keyed[$0] }
        list += Figure.ranking.columns(of: argument, in: groups)
        return "(SELECT \(list.joined(", ")) FROM \(rows))"
    }

    /// Returns the GROUP BY clause for the keys, which are the first columns, and another expression.
    private func grouping(and other: SQLFragment?) -> SQLFragment {
        let places = groupKeys.places.map { SQLFragment(definition: String($0 + 1)) }
        let all = places + (other.map { [$0] } ?? [])
        return all.isEmpty ? SQLFragment() : " GROUP BY \(all.joined(", "))"
    }
}

/// Combines the groups of several passes, and adds the empty periods of a time axis.
struct SummaryMerging {
    /// One of the passes, all of which have the same columns.
    let pass: SummaryPass

    func sql(_ passes: [SQLFragment], axis: (key: Int, period: Period)?) -> SQLFragment {
        let all = passes.joined(" UNION ALL ")
        let merged = "SELECT \(columns) FROM " as SQLFragment
        guard let axis else { return "\(merged)(\(all))\(grouping(keys))" }
        let (start, rows, place) = (TimeAxis.start, SQLFragment.name("p"), axis.key)
        let key = SQLFragment.name(SummaryPass.key(place))
        let others = keys.filter { $0 != place }
        var list = pass.keys.indices.map { $0 == place ? "NULL" : SQLFragment.name(SummaryPass.key($0)) }
        list += shown.map { "min(\(name: SummaryPass.shown($0))) AS \(name: SummaryPass.shown($0))" }
        let series: SQLFragment = """
            SELECT \(list.joined(", ")) FROM \(rows) WHERE \(key) IS NOT NULL\(grouping(others))
            """
        var empty = pass.keys.indices.map { $0 == place ? start : SQLFragment.name(SummaryPass.key($0)) }
        empty += shown.map { .name(SummaryPass.shown($0)) }
        empty += (0..<pass.figureCount).map { _ in "NULL" }
        return """
            WITH RECURSIVE \(rows) AS (\(all)), \(TimeAxis.definition(of: key, in: rows, by: axis.period)) \
            \(merged)(SELECT * FROM \(rows) UNION ALL \
            SELECT \(empty.joined(", ")) FROM (\(series)) CROSS JOIN \(TimeAxis.name) WHERE \(TimeAxis.isFilled))\
            \(grouping(keys))
            """
    }

    private var keys: [Int] { pass.keys.indices.filter { pass.keys[$0] != nil } }

    private var shown: [Int] { pass.keys.indices.filter { pass.hasShown[$0] } }

    private var columns: SQLFragment {
        let keyed = pass.keys.indices.map { SQLFragment.name(SummaryPass.key($0)) }
        let words = shown.map { "min(\(name: SummaryPass.shown($0))) AS \(name: SummaryPass.shown($0))" as SQLFragment }
        let figures = (0..<pass.figureCount).map { place in
            "max(\(name: SummaryPass.figure(place))) AS \(name: SummaryPass.figure(place))" as SQLFragment
        }
        return (keyed + words + figures).joined(", ")
    }

    private func grouping(_ places: [Int]) -> SQLFragment {
        if places.isEmpty { return SQLFragment() }
        return " GROUP BY \(places.map { SQLFragment(definition: String($0 + 1)) }.joined(", "))"
    }
}
