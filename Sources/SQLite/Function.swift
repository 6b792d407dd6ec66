import CSQLite

/// The reason why a function has no result; the statement that calls it fails with the message.
public struct FunctionError: Error, Sendable {
    /// The message that SQLite reports.
    public let message: String

    /// Creates an error with a message.
    public init(_ message: String) { self.message = message }

    /// A number that does not fit 64 bits, worded as in SQLite's own functions.
    public static let overflow = FunctionError("integer overflow")
}

/// The arguments of one call of a function, read from SQLite's memory; valid only during the call.
public struct FunctionArguments: RandomAccessCollection {
    private let values: UnsafeBufferPointer<OpaquePointer?>

    fileprivate init(_ values: UnsafeBufferPointer<OpaquePointer?>) { self.values = values }

    /// The first index, 0.
    public var startIndex: Int { 0 }
    /// The number of arguments.
    public var endIndex: Int { values.count }
    /// Returns the value of an argument, copied.
    public subscript(place: Int) -> Value { Value(values[place]) }

    /// Returns the UTF-8 bytes of a text argument, without a copy; `nil` for an argument that is not text.
    public func textBytes(at place: Int) -> UnsafeRawBufferPointer? {
        let value = values[place]
        guard sqlite3_value_type(value) == SQLITE_TEXT else { return nil }
        let start = sqlite3_value_text(value)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
    }
}

extension Database {
    /// Defines a scalar function for the statements of this connection
    /// (<https://sqlite.org/c3ref/create_function.html>).
    ///
    /// Only statements may call it, not an index, trigger, view or CHECK: other tools could not write to a file whose
    /// schema needed it.
    ///
    /// - Parameters:
    ///   - name: the name, in any case. A second definition with the same name and argument count replaces the first.
    ///   - argumentCount: the number of arguments of the function; -1 for any number.
    ///   - body: must return the same result for the same arguments. It must not retain this database, or neither is
    ///     ever freed.
    /// - Throws: `.misuse` for a name over 255 bytes or more than 127 arguments; `.busy` if a function of the same name
    ///   is in use.
    public func defineFunction(
        _ name: String,
        argumentCount: Int32,
        _ body: @escaping (FunctionArguments) throws(FunctionError) -> Value
    ) throws(SQLiteError) {
        let flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY
        // The last callback releases it; SQLite calls it on failure as well.
        let context = Unmanaged.passRetained(Function(body)).toOpaque()
        try check(
            sqlite3_create_function_v2(
                connection.handle,
                name,
                argumentCount,
                flags,
                context,
                { context, count, arguments in
                    guard let context, let function = sqlite3_user_data(context) else { return }
                    let arguments = FunctionArguments(UnsafeBufferPointer(start: arguments, count: Int(count)))
                    let body = Unmanaged<Function>.fromOpaque(function).takeUnretainedValue().body
                    do throws(FunctionError) {
                        try body(arguments).setAsResult(of: context)
                    } catch {
                        sqlite3_result_error(context, error.message, -1)
                    }
                },
                nil,
                nil,
                { context in
                    if let context { Unmanaged<Function>.fromOpaque(context).release() }
                }
            )
        )
        connection.functions.insert(name.lowercased())
    }

    /// Returns whether a function of a name was defined for the statements of this connection.
    public func hasFunction(_ name: String) -> Bool { connection.functions.contains(name.lowercased()) }
}

/// Carries a closure through C.
private final class Function {
    let body: (FunctionArguments) throws(FunctionError) -> Value

    init(_ body: @escaping (FunctionArguments) throws(FunctionError) -> Value) {
        self.body = body
    }
}

extension Value {
    /// The value of an argument, copied.
    fileprivate init(_ argument: OpaquePointer?) {
        switch sqlite3_value_type(argument) {
        case SQLITE_INTEGER: self = .integer(sqlite3_value_int64(argument))
        case SQLITE_FLOAT: self = .real(sqlite3_value_double(argument))
        case SQLITE_TEXT:
            let start = sqlite3_value_text(argument)
            let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(argument)))
            self = .text(String(decoding: bytes, as: UTF8.self))
        case SQLITE_BLOB:
            let start = sqlite3_value_blob(argument)
            self = .blob(Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(argument)))))
        default: self = .null
        }
    }

    fileprivate func setAsResult(of context: OpaquePointer) {
        switch self {
        case .null: sqlite3_result_null(context)
        case .integer(let integer): sqlite3_result_int64(context, integer)
        case .real(let double): sqlite3_result_double(context, double)
        case .text(var text):
            text.withUTF8 { csqlite_result_text_copy(context, $0.baseAddress, UInt64($0.count)) }
        case .blob(let bytes):
            bytes.withUnsafeBytes { csqlite_result_blob_copy(context, $0.baseAddress, UInt64($0.count)) }
        }
    }
}
