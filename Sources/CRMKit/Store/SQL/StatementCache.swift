import SQLite

/// Prepared statements that are kept for the next call with the same SQL, the most recently used of them: what a row
/// changes may differ from row to row, and each statement costs some memory.
final class StatementCache {
    private struct Entry {
        let statement: Statement
        var lastUse: Int
    }

    /// More than a command of many rows uses by turns.
    private static let most = 128

    private let database: Database
    private var entries: [String: Entry] = [:]
    private var uses = 0

    init(_ database: Database) { self.database = database }

    /// The statement of some SQL. It comes reset.
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
