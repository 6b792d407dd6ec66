/// An error in a line of a list.
public enum LineError: FormatError, Equatable {
    /// The input could not be read.
    case unreadable(ReadError)
    /// The line is longer than the reader's limit, in bytes.
    case tooLong(limit: Int, at: TextPosition)
    /// The line contains a NUL byte.
    case nulByte(at: TextPosition)
    /// The line contains a byte that is not part of well-formed UTF-8, or that the encoding of a decoded input does not
    /// define.
    case invalidUTF8(UInt8, at: TextPosition)

    /// The position of the error; nil when the input could not be read.
    public var position: TextPosition? {
        switch self {
        case .unreadable: nil
        case .tooLong(_, let position), .nulByte(let position), .invalidUTF8(_, let position): position
        }
    }

    /// What is wrong, in English.
    public var reason: String {
        switch self {
        case .unreadable(let error): error.description
        case .tooLong(let limit, _): "line longer than \(limit) bytes"
        case .nulByte: "NUL byte"
        case .invalidUTF8(let byte, _): "invalid UTF-8, byte 0x\(String(byte, radix: 16))"
        }
    }
}

/// Reads a list with one entry per line, such as ids.
///
/// Lines end with LF or CR LF; the last may have no end. A byte order mark at the start and empty lines are skipped.
/// After an error `next()` continues with the following line if possible: see `stoppedEarly`.
public struct LinesReader {
    /// A line of at least one byte.
    public struct Line {
        /// The line without its end, in well-formed UTF-8; valid until the reader's next call.
        public let bytes: UnsafeRawBufferPointer
        /// The line's number in the input, from 1, including empty lines.
        public let number: Int

        /// The line as a string.
        public var string: String { String(decoding: bytes, as: UTF8.self) }
    }

    private var scanner: LineScanner
    private let maximumLength: Int
    /// True when an error left the rest of the input unread.
    public private(set) var stoppedEarly = false

    /// Creates a reader of lines of up to `maximumLength` bytes.
    public init(_ source: ByteSource, maximumLength: Int = 1024 * 1024) {
        scanner = LineScanner(source, maximumLength: maximumLength)
        self.maximumLength = maximumLength
    }

    /// Returns the next line that is not empty; nil after the last.
    public mutating func next() throws(LineError) -> Line? {
        while let line = try nextRaw() {
            if line.bytes.isEmpty { continue }
            try check(line)
            return Line(bytes: UnsafeRawBufferPointer(line.bytes), number: line.position.line)
        }
        return nil
    }

    private mutating func nextRaw() throws(LineError) -> LineScanner.Line? {
        guard !stoppedEarly else { return nil }
        do throws(LineScanner.Failure) {
            return try scanner.next()
        } catch {
            stoppedEarly = true
            throw error.asError { .tooLong(limit: maximumLength, at: $0) }
        }
    }

    private func check(_ line: LineScanner.Line) throws(LineError) {
        guard let first = line.bytes.baseAddress else { return }
        var index = 0
        while index < line.bytes.count {
            let byte = first[index]
            if byte == 0 { throw .nulByte(at: line.position.advanced(over: first, index)) }
            if byte < 0x80 {
                index += 1
                continue
            }
            let length = UTF8Sequence.length(at: first + index, available: line.bytes.count - index)
            if length == 0 { throw .invalidUTF8(byte, at: line.position.advanced(over: first, index)) }
            index += length
        }
    }
}
