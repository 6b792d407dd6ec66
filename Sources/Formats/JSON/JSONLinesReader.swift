/// Reads JSON Lines: one JSON text a line, in memory that depends only on the longest line.
///
/// Lines end with LF or CR LF; the last may have no end. A byte order mark at the start and blank lines are skipped.
/// After an error `next()` continues with the following line if possible: see `stoppedEarly`.
public struct JSONLinesReader {
    private var scanner: LineScanner
    private var parser: JSONParser
    private let maximumLength: Int

    /// The number of the line that `next()` last examined, from 1; 0 before the first.
    public private(set) var line = 0
    /// The number of values and of faulty lines so far.
    public private(set) var recordNumber = 0
    private var raw = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

    /// True when an error left the rest of the input unread.
    public private(set) var stoppedEarly = false

    /// The line that `next()` last returned or rejected, byte for byte as in the input (in UTF-8 if that is decoded),
    /// without its line end. It is empty after the last line and after one that is too long or could not be read.
    public var rawLine: [UInt8] { Array(raw) }

    /// The number of lone surrogates that were replaced so far, if the reader replaces them.
    public var replacedCount: Int { parser.replacedCount }

    /// Creates a reader of lines of up to `maximumLength` bytes.
    ///
    /// - Parameter replacingLoneSurrogates: whether half of a surrogate pair is read as U+FFFD.
    public init(
        _ source: ByteSource,
        maximumDepth: Int = JSONParser.defaultMaximumDepth,
        maximumLength: Int = 16 * 1024 * 1024,
        replacingLoneSurrogates: Bool = false
    ) {
        scanner = LineScanner(source, maximumLength: maximumLength)
        parser = JSONParser(maximumDepth: maximumDepth, replacingLoneSurrogates: replacingLoneSurrogates)
        self.maximumLength = maximumLength
    }

    /// Returns the value of the next line; nil after the last.
    public mutating func next() throws(JSONError) -> JSONValue? {
        raw = .init(start: nil, count: 0)
        while let text = try nextLine() {
            line = text.position.line
            if text.bytes.allSatisfy(JSONParser.isWhitespace) { continue }
            recordNumber += 1
            raw = text.bytes
            return try parser.parse(text.bytes, from: text.position)
        }
        return nil
    }

    private mutating func nextLine() throws(JSONError) -> LineScanner.Line? {
        guard !stoppedEarly else { return nil }
        do throws(LineScanner.Failure) {
            return try scanner.next()
        } catch {
            stoppedEarly = true
            switch error {
            case .unreadable(let error): throw .unreadable(error)
            case .tooLong(let position): throw .tooLong(limit: maximumLength, at: position)
            }
        }
    }
}
