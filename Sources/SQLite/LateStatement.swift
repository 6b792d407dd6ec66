/// A statement that is prepared when it is first used, and kept for further uses.
public struct LateStatement {
    private let sql: String
    private var prepared: Statement?

    /// - Parameter sql: one statement, which is looked at when it is first used.
    public init(_ sql: String) { self.sql = sql }

    /// Returns the statement.
    ///
    /// - Throws: what preparing throws.
    public mutating func prepared(in database: Database) throws(SQLiteError) -> Statement {
        if let prepared { return prepared }
        let statement = try database.prepare(sql, persistent: true)
        prepared = statement
        return statement
    }
}
