import SQLite

extension Database {
    /// Returns the SQL statements that created the tables and indexes, by name.
    func schemaStatements() throws(SQLiteError) -> [String: String] {
        let rows = try all("SELECT \"name\", \"sql\" FROM sqlite_schema WHERE \"type\" IN ('table', 'index', 'view')")
        return Dictionary(rows.map { ($0[0].text ?? "", $0[1].text ?? "") }) { first, _ in first }
    }
}
