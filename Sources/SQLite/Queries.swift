import CSQLite

extension Database {
    /// Prepares one statement, to run once or many times.
    ///
    /// - Parameters:
    ///   - sql: one statement, with or without its semicolon.
    ///   - persistent: whether the statement will be used for long; SQLite then spares the memory for short-lived ones.
    /// - Throws: `.error` for wrong SQL; `.misuse` for no statement, for more than one, or for a NUL in the text.
    public func prepare(_ sql: String, persistent: Bool = false) throws(SQLiteError) -> Statement {
        var script = try Script(sql)
        let statement = try script.next(on: connection, flags: persistent ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0)
        guard let statement else { throw .misuse("no statement", sql: sql) }
        // A comment may follow, but not a further statement, which would be ignored silently.
        while !script.isAtEnd {
            guard try script.next(on: connection) == nil else { throw .misuse("more than one statement", sql: sql) }
        }
        return statement
    }

    /// Runs the statements of a script in order until one fails. Rows they return are discarded.
    ///
    /// - Throws: the error of preparing or running the failing statement. The statements before it remain executed.
    public func execute(_ sql: String) throws(SQLiteError) {
        var script = try Script(sql)
        while !script.isAtEnd {
            if let statement = try script.next(on: connection) { try statement.finish() }
        }
    }

    /// Runs one statement; the rows it returns are discarded.
    ///
    /// - Parameter values: one for each parameter, in order.
    /// - Returns: the number of rows it inserted, updated or deleted; 0 for any other statement.
    @discardableResult
    public func run(_ sql: String, _ values: [Value] = []) throws(SQLiteError) -> Int {
        try prepare(sql).run(values)
    }

    /// Returns the first row of a query; `nil` if it has none.
    public func first(_ sql: String, _ values: [Value] = []) throws(SQLiteError) -> [Value]? {
        try readFirst(sql, values) { $0.row }
    }

    /// Returns the first column of the first row of a query; `nil` if it has no row.
    public func scalar(_ sql: String, _ values: [Value] = []) throws(SQLiteError) -> Value? {
        try readFirst(sql, values) { $0.value(at: 0) }
    }

    /// Returns all rows of a query, in memory at once. Step through a large result instead.
    public func all(_ sql: String, _ values: [Value] = []) throws(SQLiteError) -> [[Value]] {
        let statement = try prepare(sql)
        try statement.bind(all: values)
        var rows: [[Value]] = []
        while try statement.step() { rows.append(statement.row) }
        return rows
    }

    private func readFirst<T>(
        _ sql: String,
        _ values: [Value],
        _ read: (Statement) -> T
    ) throws(SQLiteError) -> T? {
        let statement = try prepare(sql)
        try statement.bind(all: values)
        guard try statement.step() else { return nil }
        let result = read(statement)
        // A write with RETURNING commits at its end, and only a step reports that the commit failed.
        if !statement.isReadOnly { try statement.finish() }
        return result
    }
}

/// The text of a script of any number of statements, which are prepared one after another.
private struct Script {
    private let text: ContiguousArray<CChar>
    private var position = 0

    init(_ sql: String) throws(SQLiteError) {
        // SQLite would take a NUL for the end and ignore the text behind it.
        guard !sql.utf8.contains(0) else { throw .misuse("a NUL in the SQL", sql: sql) }
        text = sql.utf8CString
    }

    var isAtEnd: Bool { text[position] == 0 }

    /// Prepares the next statement; `nil` if only space or a comment is left.
    mutating func next(on connection: Connection, flags: UInt32 = 0) throws(SQLiteError) -> Statement? {
        let start = position
        let handle = try text.withUnsafeBufferPointer { (text) throws(SQLiteError) -> OpaquePointer? in
            guard let base = text.baseAddress else { return nil }
            var handle: OpaquePointer?
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v3(connection.handle, base + start, -1, flags, &handle, &tail)
            guard code == SQLITE_OK, let tail else {
                throw SQLiteError(code, on: connection.handle, sql: String(cString: base + start))
            }
            position = tail - base
            return handle
        }
        return handle.map { Statement(owning: $0, of: connection) }
    }
}
