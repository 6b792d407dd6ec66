/// The ids that were given out, as runs without gaps.
struct CreatedRuns {
    /// The most runs that wait to be written.
    static let most = 512

    /// In the order in which they began.
    ///
    /// An array, for most changes create rows in few tables, and in bulk one lookup a row by a hash is much.
    private(set) var runs: [(table: String, ids: ClosedRange<Int64>)] = []

    var count: Int { runs.count }

    /// Whether an id of a table is among them.
    func contains(_ id: Int64, in table: String) -> Bool {
        runs.contains { $0.table == table && $0.ids.contains(id) }
    }

    /// Adds ids that nobody was given before.
    mutating func add(_ ids: ClosedRange<Int64>, in table: String) {
        // Only the newest run of a table can be continued.
        for index in runs.indices.reversed() where runs[index].table == table {
            guard runs[index].ids.isFollowed(by: ids.lowerBound) else { break }
            runs[index].ids = runs[index].ids.lowerBound...ids.upperBound
            return
        }
        runs.append((table, ids))
    }
}
