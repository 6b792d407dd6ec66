/// An error in a delimited text.
public enum CSVError: FormatError, Equatable {
    /// A position in a delimited text.
    public struct Position: InputPosition, Equatable {
        /// The record, from 1; 0 for a header read with `readHeader()`.
        public let record: Int
        /// The field within the record, from 1.
        public let field: Int
        /// The line of the input, from 1, including empty lines and line ends inside quotes.
        public let line: Int
        /// The byte within the line, from 1; a byte order mark is not counted.
        public let column: Int

        /// Creates a position from its four numbers.
        public init(record: Int, field: Int, line: Int, column: Int) {
            self.record = record
            self.field = field
            self.line = line
            self.column = column
        }

        /// `record R, field F (line L, column C)`.
        public var description: String { "record \(record), field \(field) (line \(line), column \(column))" }
    }

    /// The input could not be read. Ends the reading.
    case unreadable(ReadError)
    /// The record that begins at the position is longer than the limit, in bytes. Ends the reading.
    case recordTooLong(limit: Int, at: Position)
    /// The quote at the position is never closed. Ends the reading.
    case unterminatedQuote(at: Position)
    /// A double quote in a field that did not begin with one.
    case bareQuote(at: Position)
    /// Text between a closing quote and the end of the field.
    case textAfterQuote(at: Position)
    /// A carriage return outside quotes that is not followed by a line feed.
    case bareCarriageReturn(at: Position)
    /// A NUL byte.
    case nulByte(at: Position)
    /// A byte that is not part of well-formed UTF-8, or that the encoding of a decoded input does not define.
    case invalidUTF8(UInt8, at: Position)
    /// A backslash that does not begin `\t`, `\n`, `\r` or `\\`, in a dialect that escapes with backslashes.
    case unknownEscape(at: Position)
    /// A record with more or fewer fields than the first. The position is that of the first excess field, or of the
    /// record's end. If there are too many fields, `cells` has those up to the first excess one that is not empty.
    case raggedRow(expected: Int, found: Int, cells: [String] = [], at: Position)

    /// The position of the error; nil when the input could not be read.
    public var position: Position? {
        switch self {
        case .unreadable: nil
        case .recordTooLong(_, let position), .raggedRow(_, _, _, let position), .unterminatedQuote(let position),
            .bareQuote(let position), .textAfterQuote(let position), .bareCarriageReturn(let position),
            .nulByte(let position), .invalidUTF8(_, let position), .unknownEscape(let position):
            position
        }
    }

    /// What is wrong, in English.
    public var reason: String {
        switch self {
        case .unreadable(let error): error.description
        case .recordTooLong(let limit, _): "record longer than \(limit) bytes"
        case .unterminatedQuote: "quote never closed"
        case .bareQuote: "quote inside an unquoted field"
        case .textAfterQuote: "text after a closing quote"
        case .bareCarriageReturn: "carriage return without line feed"
        case .nulByte: "NUL byte"
        case .invalidUTF8(let byte, _): "invalid UTF-8, byte 0x\(String(byte, radix: 16))"
        case .unknownEscape: "unknown escape"
        case .raggedRow(let expected, let found, _, _): "\(found) fields where \(expected) are expected"
        }
    }
}
