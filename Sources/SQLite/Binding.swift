import CSQLite

/// Binding parameters, which are numbered from 1.
///
/// Each function throws `.range` for a parameter that the statement does not have, `.tooBig` for a value longer than
/// SQLite stores, and `.misuse` between the first row of the statement and its reset.
extension Statement {
    /// Binds a value of any storage class.
    public func bind(_ value: Value, at index: Int) throws(SQLiteError) {
        switch value {
        case .null: try bindNull(at: index)
        case .integer(let integer): try bind(integer, at: index)
        case .real(let double): try check(sqlite3_bind_double(handle, Int32(clamping: index), double))
        case .text(let text): try bind(text, at: index)
        case .blob(let bytes):
            try check(
                bytes.withUnsafeBytes {
                    csqlite_bind_blob_copy(handle, Int32(clamping: index), $0.baseAddress, UInt64($0.count))
                }
            )
        }
    }

    /// Binds values to all parameters, the first to parameter 1.
    ///
    /// - Throws: also `.range` if the number of values is not that of the parameters: one left out would silently be
    ///   NULL.
    public func bind(all values: [Value]) throws(SQLiteError) {
        let count = Int(sqlite3_bind_parameter_count(handle))
        guard values.count == count else {
            let message = "\(values.count) values for \(count) parameters"
            throw SQLiteError(extendedCode: SQLITE_RANGE, message: message, sql: sql)
        }
        for (offset, value) in values.enumerated() { try bind(value, at: offset + 1) }
    }

    /// Binds NULL.
    @inlinable
    public func bindNull(at index: Int) throws(SQLiteError) {
        try check(sqlite3_bind_null(handle, Int32(clamping: index)))
    }

    /// Binds an integer.
    @inlinable
    public func bind(_ integer: Int64, at index: Int) throws(SQLiteError) {
        try check(sqlite3_bind_int64(handle, Int32(clamping: index), integer))
    }

    /// Binds text, copied by SQLite. Empty text is not NULL, and NUL characters are stored.
    @inlinable
    public func bind(_ text: String, at index: Int) throws(SQLiteError) {
        var text = text
        try check(
            text.withUTF8 {
                csqlite_bind_text_copy(handle, Int32(clamping: index), $0.baseAddress, UInt64($0.count))
            }
        )
    }

    /// Binds UTF-8 bytes as text without a copy and without a check, for rows in bulk.
    ///
    /// The bytes must not move or change until the parameter is bound again, the bindings are cleared or the statement
    /// is released: the statement reads them at every step, even after a reset.
    @inlinable
    public func bindBorrowed(text bytes: UnsafeRawBufferPointer, at index: Int) throws(SQLiteError) {
        try check(csqlite_bind_text_borrowed(handle, Int32(clamping: index), bytes.baseAddress, UInt64(bytes.count)))
    }

    /// Binds bytes as a BLOB without a copy, under the terms of ``bindBorrowed(text:at:)``. An empty BLOB is not NULL.
    public func bindBorrowed(blob bytes: UnsafeRawBufferPointer, at index: Int) throws(SQLiteError) {
        try check(csqlite_bind_blob_borrowed(handle, Int32(clamping: index), bytes.baseAddress, UInt64(bytes.count)))
    }

    /// Makes every parameter NULL and releases borrowed bytes.
    public func clearBindings() {
        // It cannot fail: sqlite3_clear_bindings always returns SQLITE_OK.
        sqlite3_clear_bindings(handle)
    }

    @usableFromInline @inline(__always)
    func check(_ code: Int32) throws(SQLiteError) {
        if code != SQLITE_OK { throw failure(code) }
    }
}
