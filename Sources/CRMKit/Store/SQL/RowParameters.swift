import SQLite

/// The parameters of one row, gathered in a buffer that rows reuse, and bound without copying.
///
/// A row has dozens of texts. Binding each by itself would cost an allocation and a copy in SQLite for every one.
struct RowParameters {
    private enum Parameter {
        case integer(Int64)
        case real(Double)
        case text(Range<Int>)
        case blob(Range<Int>)
    }

    /// The parameters that are not NULL, each with its number; most parameters of most rows are NULL.
    private var parameters: [(number: Int, parameter: Parameter)] = []
    private var count = 0
    /// The texts in UTF-8 and the bytes of blobs, one after the other.
    private var bytes: [UInt8] = []

    /// Removes all parameters to begin a new row.
    mutating func removeAll() {
        parameters.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        count = 0
    }

    /// Adds some NULL parameters.
    mutating func skip(_ nulls: Int) { count += nulls }

    /// Adds a value.
    mutating func append(_ value: Value) {
        switch value {
        case .null: skip(1)
        case .integer(let integer): add(.integer(integer))
        case .real(let real): add(.real(real))
        case .text(var text): appendText { bytes in text.withUTF8 { bytes.append(contentsOf: $0) } }
        case .blob(let blob):
            bytes.append(contentsOf: blob)
            add(.blob((bytes.count - blob.count)..<bytes.count))
        }
    }

    /// Adds a text, whose UTF-8 bytes a closure appends to the buffer.
    mutating func appendText(_ body: (inout [UInt8]) -> Void) {
        let start = bytes.count
        body(&bytes)
        add(.text(start..<bytes.count))
    }

    private mutating func add(_ parameter: Parameter) {
        count += 1
        parameters.append((count, parameter))
    }

    /// Binds all parameters to a statement and calls a closure. The bindings are valid only during the call.
    func bind(to statement: Statement, _ body: () throws -> Void) throws {
        // Unbound parameters are NULL.
        statement.clearBindings()
        try bytes.withUnsafeBytes { bytes in
            for (number, parameter) in parameters {
                switch parameter {
                case .integer(let integer): try statement.bind(integer, at: number)
                case .real(let real): try statement.bind(.real(real), at: number)
                case .text(let range):
                    try statement.bindBorrowed(text: UnsafeRawBufferPointer(rebasing: bytes[range]), at: number)
                case .blob(let range): try statement.bind(.blob(Array(bytes[range])), at: number)
                }
            }
            try body()
        }
    }
}
