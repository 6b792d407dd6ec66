import CSQLite

extension Database {
    /// The time at which a transaction takes its locks (<https://sqlite.org/lang_transaction.html>).
    public enum TransactionKind: String, Sendable, Hashable {
        /// With its first statement. A later write may then find the database busy without waiting.
        case deferred = "DEFERRED"
        /// At once, for writing.
        case immediate = "IMMEDIATE"
    }

    /// Runs a closure in a transaction.
    ///
    /// - Returns: the result of `body`, after the commit.
    /// - Throws: the errors of `body`, or the `SQLiteError` of BEGIN or COMMIT (inside a transaction, BEGIN fails); the
    ///   changes made by `body` are then rolled back.
    public func transaction<T>(_ kind: TransactionKind = .immediate, _ body: () throws -> T) throws -> T {
        try execute("BEGIN \(kind.rawValue)")
        return try finish(body, with: "COMMIT", orElse: "ROLLBACK")
    }

    /// Runs a closure as a unit within a transaction: all of its changes are made or none. Outside a transaction, it is
    /// a transaction of its own.
    ///
    /// - Parameter name: any text; savepoints nest, under the same name too.
    /// - Throws: the errors of `body`, or the `SQLiteError` of SAVEPOINT or RELEASE; the changes made by `body` are
    ///   then rolled back, and the surrounding transaction continues.
    public func savepoint<T>(_ name: String, _ body: () throws -> T) throws -> T {
        let name = name.quotedIdentifier
        try execute("SAVEPOINT \(name)")
        return try finish(body, with: "RELEASE \(name)", orElse: "ROLLBACK TO \(name); RELEASE \(name)")
    }

    /// Rolls back the transaction that an error has ended, unless the error has already done so.
    ///
    /// If this fails too, the first error remains the one to report, and SQLite discards the unfinished transaction
    /// when the file is next opened.
    public func rollBackAfterError() { undo(by: "ROLLBACK") }

    private func undo(by sql: String) {
        if isInTransaction { sqlite3_exec(connection.handle, sql, nil, nil, nil) }
    }

    private func finish<T>(_ body: () throws -> T, with end: String, orElse undoing: String) throws -> T {
        do {
            let result = try body()
            try execute(end)
            return result
        } catch {
            undo(by: undoing)
            throw error
        }
    }
}
