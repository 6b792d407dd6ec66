/// A position in an input text.
public struct TextPosition: InputPosition, Equatable {
    /// The line, from 1. Lines end with LF, or CR LF.
    public let line: Int
    /// The byte within the line, from 1; a byte order mark at the start of the input counts as three bytes.
    public let column: Int
    /// The byte within the input, from 0.
    public let offset: Int

    /// Creates a position from its three numbers.
    public init(line: Int, column: Int, offset: Int) {
        self.line = line
        self.column = column
        self.offset = offset
    }

    /// The position of the first byte of an input.
    static let start = TextPosition(line: 1, column: 1, offset: 0)

    /// Returns the position after the `length` bytes that begin here.
    func advanced(over bytes: UnsafePointer<UInt8>, _ length: Int) -> TextPosition {
        var breaks = 0
        var next = 0
        while let end = UnsafeBufferPointer(start: bytes + next, count: length - next).firstLineFeed {
            breaks += 1
            next += end + 1
        }
        guard breaks > 0 else { return TextPosition(line: line, column: column + length, offset: offset + length) }
        return TextPosition(line: line + breaks, column: length - next + 1, offset: offset + length)
    }

    /// `line L, column C`.
    public var description: String { "line \(line), column \(column)" }
}
