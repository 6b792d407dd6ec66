import SQLite

/// The rows of a query, one at a time, read where SQLite has them.
///
///     while try rows.next() {
///         for column in rows.columns where !rows.isNull(column.position) {
///             output.append(contentsOf: rows.bytes(column.position))
///         }
///     }
///
/// Positions count from 0; one that the row does not have reads as null.
public final class Rows {
    /// What each row holds. A column may have further values at other positions: names, currencies.
    public let columns: [OutputColumn]
    @usableFromInline let statement: Statement
    @usableFromInline var remaining: Int64
    /// Whether the limit has left rows out; known once ``next()`` has returned `false`.
    public private(set) var isCut = false

    /// Takes a statement that is ready to run.
    ///
    /// - Parameter limit: how many rows to give; the statement must then give one more, so that it is known whether
    ///   any were left out.
    init(_ statement: Statement, columns: [OutputColumn], limit: Int?) {
        self.statement = statement
        self.columns = columns
        remaining = limit.map { Int64($0) } ?? .max
    }

    /// Goes on to the next row.
    ///
    /// - Returns: `false` after the last one.
    /// - Throws: what SQLite meets on the way: a busy or damaged file, an interruption.
    @inlinable
    public func next() throws(SQLiteError) -> Bool {
        if remaining == 0 { return try finish() }
        remaining -= 1
        if try statement.step() { return true }
        remaining = 0
        isAtEnd = true
        return false
    }

    @usableFromInline var isAtEnd = false

    /// Looks whether there would have been more.
    @usableFromInline
    func finish() throws(SQLiteError) -> Bool {
        guard !isAtEnd else { return false }
        isAtEnd = true
        isCut = try statement.step()
        statement.reset()
        return false
    }

    /// Whether there is no value at a position.
    @inlinable @inline(__always)
    public func isNull(_ position: Int) -> Bool {
        statement.isNull(at: position)
    }

    /// The integer at a position; 0 for null.
    @inlinable @inline(__always)
    public func integer(_ position: Int) -> Int64 {
        statement.integer(at: position)
    }

    /// The text at a position as UTF-8, without a copy; empty for null. The bytes are valid until the next row.
    @inlinable @inline(__always)
    public func bytes(_ position: Int) -> UnsafeRawBufferPointer {
        statement.textBytes(at: position)
    }

    /// The text at a position; empty for null.
    public func text(_ position: Int) -> String {
        statement.text(at: position)
    }

    /// The value at a position.
    public func value(_ position: Int) -> Value {
        statement.value(at: position)
    }
}
