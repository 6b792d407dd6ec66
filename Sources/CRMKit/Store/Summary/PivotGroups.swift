import SQLite

/// The groups of a summary in which the values of a key become columns. They are computed in one pass over the records
/// and stored in a temporary table, which spills to disk; every row of the result is combined from them.
struct PivotGroups {
    /// The indices in the table of the keys of the groups.
    let keys: [Int]
    /// The expressions that combine a figure over several groups, by its index; missing for figures that cannot be
    /// combined.
    let figures: [Int: @Sendable (SQLFragment) -> SQLFragment]

    private static let table = SQLFragment.name("kept_group")

    /// Refers to the groups that were stored last.
    init(keys: [Int], figures: [Int: @Sendable (SQLFragment) -> SQLFragment]) {
        (self.keys, self.figures) = (keys, figures)
    }

    /// Computes and stores the groups of a plan.
    init(keeping groups: SQLFragment, of plan: SummaryPlan, in database: Database) throws {
        let table: SQLFragment = "CREATE TEMP TABLE \(Self.table) AS \(groups)"
        try database.prepare(fragment: "DROP TABLE IF EXISTS \(Self.table)").run()
        try database.prepare(fragment: table).run(table.bindings)
        var figures: [Int: @Sendable (SQLFragment) -> SQLFragment] = [:]
        // A record with several values belongs to several groups.
        if plan.isFlat {
            for (place, entry) in plan.figures.enumerated() { figures[place] = entry.figure.whole }
        }
        self.init(keys: Array(plan.keys.indices), figures: figures)
    }

    /// The stored groups.
    var all: SQLFragment { "SELECT * FROM \(Self.table)" }

    /// Returns the groups combined by some of the keys.
    ///
    /// - Parameters:
    ///   - parting: whether each key separates groups.
    ///   - shown: the indices of the keys whose shown value differs from the compared one.
    ///   - wanted: whether each figure is needed; the others are null.
    /// - Returns: `nil` if a figure is requested that cannot be computed from those of the groups.
    func groups(by parting: [Bool], shown: [Int], wanted: [Bool]) -> SQLFragment? {
        var list = zip(keys, parting).enumerated().map { place, key in
            let column: SQLFragment = key.1 ? .name(SummaryPass.key(key.0)) : "NULL"
            return "\(column) AS \(name: SummaryPass.key(place))" as SQLFragment
        }
        for place in shown {
            let column: SQLFragment = parting[place] ? .name(SummaryPass.shown(keys[place])) : "NULL"
            list.append("min(\(column)) AS \(name: SummaryPass.shown(place))")
        }
        for (place, isWanted) in wanted.enumerated() {
            let column = SummaryPass.figure(place)
            guard isWanted else {
                list.append("min(NULL) AS \(name: column)")
                continue
            }
            guard let whole = figures[place] else { return nil }
            list.append("\(whole(.name(column))) AS \(name: column)")
        }
        let places = parting.indices.filter { parting[$0] }.map { SQLFragment(definition: String($0 + 1)) }
        let grouping: SQLFragment = places.isEmpty ? SQLFragment() : " GROUP BY \(places.joined(", "))"
        return "SELECT \(list.joined(", ")) FROM \(Self.table)\(grouping)"
    }
}

extension SummaryPlan {
    /// Returns the groups of an extent, combined from the stored groups.
    ///
    /// - Parameter isPivoted: whether they are also separated by the pivot's values.
    /// - Returns: `nil` when the records must be read.
    func keptGroups(_ extent: Extent, isPivoted: Bool) -> SQLFragment? {
        guard let kept else { return nil }
        let parting = keys.map { extent.has($0) && (isPivoted || !$0.isPivot) }
        if isPivoted, parting.allSatisfy(\.self) { return kept.all }
        let ofAll = figuresOfAll
        return kept.groups(
            by: parting,
            shown: keys.indices.filter { keys[$0].term.shown != nil },
            wanted: figures.indices.map { isPivoted || ofAll.contains($0) }
        )
    }

    /// The figures that are needed over all columns of the pivot, and not only within them.
    private var figuresOfAll: Set<Int> {
        let named = Set(namedColumns.map(\.column.text))
        let needed = columns.filter { column in
            query.hasTotal || column.isShare || named.contains(column.name) || named.contains(column.measure.text)
        }
        return Set(needed.map(\.figure))
    }
}
