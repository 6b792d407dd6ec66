import Formats

/// Rows from JSON objects.
final class JSONRows {
    private let source: ByteSource
    private var records: JSONRecords
    /// Whether an error left the rest of the input unread.
    private(set) var stoppedEarly = false

    private let nests: Bool

    /// - Parameters:
    ///   - isArray: whether the objects are the elements of an array instead of standing one after another.
    ///   - nests: see ``InputRow``.
    init(_ source: ByteSource, isArray: Bool, nests: Bool) {
        self.source = source
        self.nests = nests
        records =
            isArray
            ? .elements(JSONArrayReader(source, maximumLength: InputRow.mostBytes))
            : .lines(JSONLinesReader(source, maximumLength: InputRow.mostBytes, joinsLines: true))
    }

    /// The bytes of the object that was last read.
    var raw: [UInt8] { records.raw }

    /// Returns the next object as a row; `nil` after the last.
    func next() throws -> InputRow? {
        let value: JSONValue?
        do throws(JSONError) {
            value = try records.next()
        } catch {
            stoppedEarly = records.stoppedEarly
            let problem = error.asInputError(row: records.recordNumber, in: InputEncoding(of: source))
            if case .tooLong = error { throw (problem as? RowProblem)?.advisingWhole ?? problem }
            throw problem
        }
        return try value.map { try InputRow($0, number: records.recordNumber, line: records.line, nests: nests) }
    }
}

/// A reader of JSON values, one after another on lines of their own or all in one array.
private enum JSONRecords {
    case lines(JSONLinesReader)
    case elements(JSONArrayReader)

    mutating func next() throws(JSONError) -> JSONValue? {
        switch self {
        case .lines(var reader):
            defer { self = .lines(reader) }
            return try reader.next()
        case .elements(var reader):
            defer { self = .elements(reader) }
            return try reader.next()
        }
    }

    var recordNumber: Int {
        switch self {
        case .lines(let reader): reader.recordNumber
        case .elements(let reader): reader.recordNumber
        }
    }

    var line: Int {
        switch self {
        case .lines(let reader): reader.line
        case .elements(let reader): reader.line
        }
    }

    var stoppedEarly: Bool {
        switch self {
        case .lines(let reader): reader.stoppedEarly
        case .elements(let reader): reader.stoppedEarly
        }
    }

    var raw: [UInt8] {
        switch self {
        case .lines(let reader): reader.rawLine
        case .elements(let reader): reader.rawElement
        }
    }
}
