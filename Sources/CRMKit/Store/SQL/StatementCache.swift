import SQLite

/// A cache of prepared statements by their SQL, limited to the most recently used. The SQL may differ from row to row
/// with the fields that are changed, and each statement takes some memory.
final class StatementCache {
    private struct Entry {
        let statement: Statement
        var lastUse: Int
    }

    /// The maximum number of statements, more than a command with many rows uses in turn.
    private static let most = 128

    private let database: Database
    private var entries: [String: Entry] = [:]
    private var uses = 0

    init(_ database: Database) { self.database = database }

    /// Returns the statement for some SQL, after a reset.
    func statement(_ sql: String) throws(SQLiteError) -> Statement {
        uses += 1
        if let index = entries.index(forKey: sql) {
            let statement = entries.values[index].statement
            entries.values[index].lastUse = uses
            statement.reset()
            return statement
        }
        let statement = try database.prepare(sql, persistent: true)
        if entries.count >= Self.most { forgetOlderHalf() }
        entries[sql] = Entry(statement: statement, lastUse: uses)
        return statement
    }

    private func forgetOlderHalf() {
        let middle = entries.values.map(\.lastUse).sorted()[entries.count / 2]
        entries = entries.filter { $0.value.lastUse >= middle }
    }
}
