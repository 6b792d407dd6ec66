import SQLite

/// The parameters of one row, gathered in memory that the next row uses again, then bound where they stand.
///
/// A row has dozens of texts: to bind each as it comes would be an allocation and a copy by SQLite for every one.
struct RowParameters {
    private enum Parameter {
        case null
        case integer(Int64)
        case text(Range<Int>)
        case other(Value)
    }

    private var parameters: [Parameter] = []
    /// The texts one after the other, in UTF-8.
    private var bytes: [UInt8] = []

    /// Begins a new row.
    mutating func removeAll() {
        parameters.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }

    /// Adds a value.
    mutating func append(_ value: Value) {
        switch value {
        case .null: parameters.append(.null)
        case .integer(let integer): parameters.append(.integer(integer))
        case .text(let text): appendText { $0.append(contentsOf: text.utf8) }
        case .real, .blob: parameters.append(.other(value))
        }
    }

    /// Adds a text in UTF-8, which a body appends to the bytes it is given.
    mutating func appendText(_ body: (inout [UInt8]) -> Void) {
        let start = bytes.count
        body(&bytes)
        parameters.append(.text(start..<bytes.count))
    }

    /// Binds everything, then runs a body. What is bound is valid only within.
    func bind(to statement: Statement, _ body: () throws -> Void) throws {
        try bytes.withUnsafeBytes { bytes in
            for (index, parameter) in parameters.enumerated() {
                switch parameter {
                case .null: try statement.bindNull(at: index + 1)
                case .integer(let integer): try statement.bind(integer, at: index + 1)
                case .text(let range):
                    try statement.bindBorrowed(text: UnsafeRawBufferPointer(rebasing: bytes[range]), at: index + 1)
                case .other(let value): try statement.bind(value, at: index + 1)
                }
            }
            try body()
        }
    }
}
