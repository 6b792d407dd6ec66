import SQLite

/// The rows of a query, read one at a time without copies.
///
///     while try rows.next() {
///         for column in rows.columns where !rows.isNull(column.position) {
///             output.append(contentsOf: rows.bytes(column.position))
///         }
///     }
///
/// Positions count from 0; a position beyond the row reads as null.
public final class Rows {
    /// The columns of each row. A column may have further values at other positions, such as names and currencies.
    public let columns: [OutputColumn]
    @usableFromInline let statement: Statement
    @usableFromInline var remaining: Int64
    @usableFromInline var isAtEnd = false
    private let path: String
    /// Returns those of some positions that have no value in any row.
    private let findEmpty: ((_ positions: [Int]) throws -> Set<Int>)?
    /// Whether the limit has left rows out; known once ``next()`` has returned `false`.
    public private(set) var isCut = false

    /// Wraps a statement that is ready to run.
    ///
    /// - Parameters:
    ///   - limit: the maximum number of rows; the statement must return one more, which shows whether any were left
    ///     out.
    ///   - path: the path of the file, for error messages.
    ///   - findEmpty: returns those of some positions that have no value in any row; by default none.
    init(
        _ statement: Statement,
        columns: [OutputColumn],
        limit: Int?,
        path: String,
        findEmpty: ((_ positions: [Int]) throws -> Set<Int>)? = nil
    ) {
        self.statement = statement
        self.findEmpty = findEmpty
        self.columns = columns
        self.path = path
        remaining = limit.map { Int64($0) } ?? .max
    }

    /// Advances to the next row.
    ///
    /// - Returns: `false` after the last one.
    /// - Throws: ``CRMError`` for errors that SQLite reports: a busy or damaged file, an interruption.
    @inlinable
    public func next() throws(CRMError) -> Bool {
        if remaining == 0 { return try finish() }
        remaining -= 1
        do {
            if try statement.step() { return true }
        } catch {
            throw failure(error)
        }
        remaining = 0
        isAtEnd = true
        return false
    }

    /// Restarts the query with the values bound to the statement at that time.
    func restart() {
        statement.reset()
        remaining = .max
        isAtEnd = false
    }

    /// Returns those of some columns that have no value in any row, read or not. The rows are read until every column
    /// has had a value.
    ///
    /// - Parameter columns: indices in ``columns``.
    /// - Throws: ``CRMError`` for errors that SQLite reports.
    public func emptyColumns(among columns: [Int]) throws(CRMError) -> Set<Int> {
        guard let findEmpty else { return [] }
        do {
            let empty = try findEmpty(columns.map { self.columns[$0].position })
            return Set(columns.filter { empty.contains(self.columns[$0].position) })
        } catch {
            throw CRMError(error, path: path)
        }
    }

    /// Checks whether there are more rows than the limit.
    @usableFromInline
    func finish() throws(CRMError) -> Bool {
        guard !isAtEnd else { return false }
        isAtEnd = true
        do {
            isCut = try statement.step()
        } catch {
            throw failure(error)
        }
        statement.reset()
        return false
    }

    @usableFromInline
    func failure(_ error: SQLiteError) -> CRMError {
        CRMError(error as any Error, path: path)
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
