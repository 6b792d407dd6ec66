import CSQLite

/// A prepared statement: bind its parameters, step through its rows, reset it and start again.
///
/// Parameters are numbered from 1 and columns from 0, as in SQLite.
public final class Statement {
    @usableFromInline let handle: OpaquePointer
    /// The connection, which stays open as long as the statement lives.
    private let connection: Connection

    /// Takes ownership of a statement of the connection.
    init(owning handle: OpaquePointer, of connection: Connection) {
        self.handle = handle
        self.connection = connection
    }

    deinit {
        // It repeats the error of the last step, which was thrown already.
        sqlite3_finalize(handle)
    }

    /// The text of the statement, with its placeholders.
    public var sql: String { sqlite3_sql(handle).map { String(cString: $0) } ?? "" }

    /// Whether the statement does not change the file; also true for BEGIN, COMMIT and the like.
    public var isReadOnly: Bool { sqlite3_stmt_readonly(handle) != 0 }

    /// Steps to the next row.
    ///
    /// - Returns: true if there is one, false at the end; a further step starts the statement again.
    /// - Throws: `.busy`, `.constraint`, `.full` and any other error of running SQL. The statement must then be reset.
    @inlinable @inline(__always)
    public func step() throws(SQLiteError) -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        throw failure(code)
    }

    /// Ends the run and makes the statement ready for the next one. Bound values stay bound.
    ///
    /// A statement that has not reached its end holds its locks until it is reset. Step a statement that writes to its
    /// end: outside a transaction it commits there, and only a step reports that the commit failed.
    @inlinable @inline(__always)
    public func reset() {
        // It repeats the error of the last step, which was thrown already.
        sqlite3_reset(handle)
    }

    /// Runs the statement to its end and resets it, even after an error.
    ///
    /// - Returns: the first column of each row as an integer, 0 for NULL.
    public func integers() throws(SQLiteError) -> [Int64] {
        defer { reset() }
        var integers: [Int64] = []
        while try step() { integers.append(integer(at: 0)) }
        return integers
    }

    /// Binds values to all parameters, runs the statement to its end and resets it, even after an error.
    ///
    /// - Parameter values: one for each parameter, in order.
    /// - Returns: the number of rows it inserted, updated or deleted; 0 for any other statement.
    @discardableResult
    public func run(_ values: [Value] = []) throws(SQLiteError) -> Int {
        try bind(all: values)
        defer { reset() }
        // sqlite3_changes retains the count of an earlier statement if this one is not of a kind that changes rows.
        let before = sqlite3_total_changes64(connection.handle)
        try finish()
        let hasChanged = sqlite3_total_changes64(connection.handle) != before
        return hasChanged ? Int(sqlite3_changes64(connection.handle)) : 0
    }

    /// Steps to the end, past any rows.
    func finish() throws(SQLiteError) {
        while try step() {}
    }

    /// Returns the error that this statement has just reported.
    @usableFromInline @inline(never)
    func failure(_ code: Int32) -> SQLiteError {
        SQLiteError(code, on: connection.handle, sql: sql)
    }
}
