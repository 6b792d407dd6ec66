/// A value in one of the five storage classes of SQLite (<https://sqlite.org/datatype3.html>).
public enum Value: Sendable, Hashable {
    /// SQL's NULL.
    case null
    /// A signed integer of 64 bits.
    case integer(Int64)
    /// An IEEE 754 double. SQLite has no NaN and stores it as NULL.
    case real(Double)
    /// Text, which may contain NUL characters.
    case text(String)
    /// Bytes without an interpretation.
    case blob([UInt8])
}

/// The storage class of a value; the raw values are those of `sqlite3_column_type`.
public enum StorageClass: Int32, Sendable, Hashable {
    /// A signed integer of 64 bits.
    case integer = 1
    /// An IEEE 754 double.
    case real = 2
    /// Text.
    case text = 3
    /// Bytes.
    case blob = 4
    /// SQL's NULL.
    case null = 5
}
