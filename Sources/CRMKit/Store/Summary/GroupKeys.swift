/// The columns by which rows are grouped, and the keys of the groups that these make.
///
/// SQLite sorts rows to group them, and compares the second column of a key with many times the work of the first. The
/// first two keys that are words are therefore joined into one column, and taken apart for each group; periods are
/// grouped by their marks.
struct GroupKeys {
    private let keys: [(name: SQLFragment, term: Term?)]
    /// The indices of the keys that are joined in the column of the first.
    private let joined: (first: Int, second: Int)?

    /// A character that no word has.
    private static let separator: SQLFragment = "char(31)"

    /// - Parameter keys: the keys with the names of their columns; those without a term are null, as groups are
    ///   combined over them.
    init(_ keys: [(name: String, term: Term?)]) {
        self.keys = keys.map { (.name($0.name), $0.term) }
        let words = keys.indices.filter { keys[$0].term?.isWord ?? false }
        joined = words.count > 1 ? (words[0], words[1]) : nil
    }

    /// The columns of the rows, in the order of the keys; null for a key that is joined to another or has no term.
    var columns: [SQLFragment] {
        keys.indices.map { place in
            guard let joined, place == joined.first || place == joined.second else { return own(place) }
            if place == joined.second { return "NULL" }
            return "coalesce(\(own(joined.first)), '') || \(Self.separator) || coalesce(\(own(joined.second)), '')"
        }
    }

    /// The indices of the columns by which rows are grouped.
    var places: [Int] { keys.indices.filter { keys[$0].term != nil && $0 != joined?.second } }

    /// Whether some key of a group differs from its column.
    var areDerived: Bool { joined != nil || keys.contains { $0.term?.mark != nil } }

    /// Returns a key of a group, computed from the columns, by whose names it refers to them.
    func key(_ place: Int) -> SQLFragment {
        var column = keys[place].name
        if let joined, place == joined.first || place == joined.second {
            let both = keys[joined.first].name
            let end: SQLFragment = "instr(\(both), \(Self.separator))"
            column =
                place == joined.first
                ? "nullif(substr(\(both), 1, \(end) - 1), '')" : "nullif(substr(\(both), \(end) + 1), '')"
        }
        guard let term = keys[place].term, term.mark != nil, let period = term.period else { return column }
        return PeriodFunctions.start(of: period, marked: column)
    }

    private func own(_ place: Int) -> SQLFragment { keys[place].term.map { $0.mark ?? $0.sql } ?? "NULL" }
}
