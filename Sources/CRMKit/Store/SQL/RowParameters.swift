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
    /// The statement that was last bound to, and what its parameters still are.
    private var bound: (statement: Statement, parameters: [(number: Int, parameter: Parameter)])?
    /// The texts one after the other, in UTF-8, and the bytes of blobs.
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
        case .text(let text): append(text)
        case .blob(let blob):
            bytes.append(contentsOf: blob)
            add(.blob((bytes.count - blob.count)..<bytes.count))
        }
    }

    /// Adds a text.
    mutating func append(_ text: String) {
        appendText { bytes in
            let isAdded: Void? = text.utf8.withContiguousStorageIfAvailable { bytes.append(contentsOf: $0) }
            if isAdded == nil { bytes.append(contentsOf: text.utf8) }
        }
    }

    /// Adds a text in UTF-8, which a body appends to the bytes it is given.
    mutating func appendText(_ body: (inout [UInt8]) -> Void) {
        let start = bytes.count
        body(&bytes)
        add(.text(start..<bytes.count))
    }

    private mutating func add(_ parameter: Parameter) {
        count += 1
        parameters.append((count, parameter))
    }

    /// Binds everything, then runs a body. What is bound is valid only within.
    mutating func bind(to statement: Statement, _ body: () throws -> Void) throws {
        var former = try release(for: statement)
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
        swap(&former, &parameters)
        bound = (statement, former)
    }

    /// Makes those parameters of a statement NULL that are not to be bound, which are few where it was bound to last:
    /// mostly the same fields of rows are filled.
    ///
    /// - Returns: memory for the parameters of the next row.
    private mutating func release(for statement: Statement) throws -> [(number: Int, parameter: Parameter)] {
        guard let former = bound.take() else {
            statement.clearBindings()
            return []
        }
        guard former.statement === statement else {
            statement.clearBindings()
            return former.parameters
        }
        var index = 0
        for (number, _) in former.parameters {
            while index < parameters.count, parameters[index].number < number { index += 1 }
            if index == parameters.count || parameters[index].number != number { try statement.bindNull(at: number) }
        }
        return former.parameters
    }
}
