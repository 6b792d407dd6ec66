import SQLite

/// The changes since a follower last caught up.
struct MissedChanges {
    /// The last change set that it has followed; `nil` for one that has never been asked.
    let mark: Int64?
    /// Whether the follower is called within the transaction that makes the change.
    let isWithinChange: Bool
    let store: Store
    /// The last change set that counts.
    var last = Int64.max

    /// The change set after which they begin.
    var since: Int64 { mark ?? 0 }

    /// The modules whose records, links or rows of parts were touched, and perhaps others whose names begin alike.
    func touched(among names: [ModuleName]) throws -> [ModuleName] {
        let rows = try store.statement(
            """
            SELECT "table_name" FROM "created" WHERE "change_set" > \(bind: .integer(since)) \
            UNION SELECT "table_name" FROM "change" WHERE "change_set" > \(bind: .integer(since))
            """
        )
        defer { rows.reset() }
        var tables: [String] = []
        while try rows.step() { tables.append(rows.text(at: 0)) }
        return names.filter { name in
            tables.contains { $0 == name.rawValue || $0.hasPrefix("\(name.rawValue)_") }
        }
    }

    /// The ids that were given out in a table, in runs.
    func created(in table: String) throws -> [ClosedRange<Int64>] {
        let runs = try store.statement(
            """
            SELECT "first_id", "last_id" FROM "created" WHERE "change_set" > ? AND "change_set" <= ? AND "table_name" = ?
            """
        )
        defer { runs.reset() }
        try runs.bind(since, at: 1)
        try runs.bind(last, at: 2)
        try runs.bind(table, at: 3)
        var ranges: [ClosedRange<Int64>] = []
        while try runs.step() {
            let (first, last) = (runs.integer(at: 0), runs.integer(at: 1))
            if first <= last { ranges.append(first...last) }
        }
        return ranges
    }
}

extension Store {
    /// Returns the ids in a range that exist or are mentioned in the history. The range itself cannot be walked: in a
    /// damaged file it may be practically endless.
    func knownRows(in ids: ClosedRange<Int64>, of table: String) throws -> Statement {
        let rows = try database.prepare(
            """
            SELECT "id" FROM \(table.quotedIdentifier) WHERE "id" BETWEEN ?1 AND ?2 UNION \
            SELECT "record" FROM "change" WHERE "table_name" = ?3 AND "record" BETWEEN ?1 AND ?2 ORDER BY 1
            """
        )
        try rows.bind(ids.lowerBound, at: 1)
        try rows.bind(ids.upperBound, at: 2)
        try rows.bind(table, at: 3)
        return rows
    }
}
