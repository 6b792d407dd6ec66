import SQLite

/// The parameters of one row, gathered in memory that the next row uses again, then bound where they stand.
///
/// A row has dozens of texts: to bind each as it comes would be an allocation and a copy by SQLite for every one.
struct RowParameters {
    private enum Parameter {
        case null
        case integer(Int64)
        case real(Double)
        case text(Range<Int>)
        case blob(Range<Int>)
    }

    private var parameters: [Parameter] = []
    /// The texts one after the other, in UTF-8, and the bytes of blobs.
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
        case .real(let real): parameters.append(.real(real))
        case .text(let text): appendText { $0.append(contentsOf: text.utf8) }
        case .blob(let blob):
            bytes.append(contentsOf: blob)
            parameters.append(.blob((bytes.count - blob.count)..<bytes.count))
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
        // Most parameters of most rows are NULL, and this makes all of them so at once.
        statement.clearBindings()
        try bytes.withUnsafeBytes { bytes in
            for (index, parameter) in parameters.enumerated() {
                switch parameter {
                case .null: break
                case .integer(let integer): try statement.bind(integer, at: index + 1)
                case .real(let real): try statement.bind(.real(real), at: index + 1)
                case .text(let range):
                    try statement.bindBorrowed(text: UnsafeRawBufferPointer(rebasing: bytes[range]), at: index + 1)
                case .blob(let range): try statement.bind(.blob(Array(bytes[range])), at: index + 1)
                }
            }
            try body()
        }
    }
}
