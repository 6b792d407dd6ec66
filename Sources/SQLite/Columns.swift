import CSQLite

/// Reading the row that `step()` has reached. Columns are numbered from 0.
///
/// A value of another storage class is converted as by CAST; NULL becomes 0 or is empty. A column that does not exist
/// reads as NULL (<https://sqlite.org/c3ref/column_blob.html>).
extension Statement {
    /// The number of columns of each row; 0 for a statement that gives no rows.
    public var columnCount: Int { Int(sqlite3_column_count(handle)) }

    /// Returns the storage class of a column's value. It is only defined until the value is read by another method,
    /// which may convert it.
    @inlinable
    public func type(at column: Int) -> StorageClass {
        StorageClass(rawValue: sqlite3_column_type(handle, Int32(clamping: column))) ?? .null
    }

    /// Whether the value is NULL.
    @inlinable @inline(__always)
    public func isNull(at column: Int) -> Bool {
        sqlite3_column_type(handle, Int32(clamping: column)) == SQLITE_NULL
    }

    /// The value as an integer; 0 for NULL.
    @inlinable @inline(__always)
    public func integer(at column: Int) -> Int64 {
        sqlite3_column_int64(handle, Int32(clamping: column))
    }

    /// The value as a double; 0 for NULL.
    @inlinable @inline(__always)
    public func double(at column: Int) -> Double {
        sqlite3_column_double(handle, Int32(clamping: column))
    }

    /// The value as text, empty for NULL; invalid UTF-8 in it becomes U+FFFD.
    public func text(at column: Int) -> String {
        String(decoding: textBytes(at: column), as: UTF8.self)
    }

    /// The bytes of the value as text in SQLite's own memory: the fast path from a row to output, without a copy.
    ///
    /// The bytes are valid until the next step, reset or release of the statement, or until the same column is read as
    /// another type. They are empty for NULL, and UTF-8 only if the stored text is.
    @inlinable @inline(__always)
    public func textBytes(at column: Int) -> UnsafeRawBufferPointer {
        let column = Int32(clamping: column)
        // In this order: asking for the text converts the value, and the count is that of the converted one.
        let start = sqlite3_column_text(handle, column)
        return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column)))
    }

    /// The value as bytes, copied; empty for NULL.
    public func blob(at column: Int) -> [UInt8] { Array(blobBytes(at: column)) }

    /// The bytes of the value in SQLite's own memory, without a copy; empty for NULL. They are valid as long as those
    /// of ``textBytes(at:)``.
    public func blobBytes(at column: Int) -> UnsafeRawBufferPointer {
        let column = Int32(clamping: column)
        let start = sqlite3_column_blob(handle, column)
        return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column)))
    }

    /// The value in its own storage class, copied.
    public func value(at column: Int) -> Value {
        switch type(at: column) {
        case .null: .null
        case .integer: .integer(integer(at: column))
        case .real: .real(double(at: column))
        case .text: .text(text(at: column))
        case .blob: .blob(blob(at: column))
        }
    }

    /// All values of the row, copied.
    var row: [Value] {
        (0..<columnCount).map { value(at: $0) }
    }
}
