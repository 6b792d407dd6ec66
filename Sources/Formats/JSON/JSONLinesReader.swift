/// Reads JSON Lines: one JSON text a line, in memory that depends only on the longest line.
///
/// Lines end with LF or CR LF; the last may have no end. A byte order mark at the start and blank lines are skipped.
/// After an error `next()` continues with the following line if possible: see `stoppedEarly`.
///
/// On request it also reads texts that are spread over lines, as `jq` and pretty-printers write them. The first line then
/// decides: if it is an opening brace alone, each text that begins with a bracket alone on its line ends on the line with
/// its closing bracket.
public struct JSONLinesReader {
    private var scanner: LineScanner
    private var parser: JSONParser
    private let maximumLength: Int
    /// Whether texts may be spread over lines; `nil` until the first line decides it.
    private var areSpread: Bool?
    /// The lines of a text that is spread over several.
    private var joined: [UInt8] = []
    private var isJoined = false

    /// The number of the line on which the value begins that `next()` last examined, from 1; 0 before the first.
    public private(set) var line = 0
    /// The number of values and of faulty lines so far.
    public private(set) var recordNumber = 0
    private var raw = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

    /// True when an error left the rest of the input unread.
    public private(set) var stoppedEarly = false

    /// The line that `next()` last returned or rejected, byte for byte as in the input (in UTF-8 if that is decoded),
    /// without its line end; the lines of a text that is spread over several, joined by LF. It is empty after the last
    /// line and after one that is too long or could not be read.
    public var rawLine: [UInt8] { isJoined ? joined : Array(raw) }

    /// The number of lone surrogates that were replaced so far, if the reader replaces them.
    public var replacedCount: Int { parser.replacedCount }

    /// Creates a reader of lines of up to `maximumLength` bytes.
    ///
    /// - Parameters:
    ///   - joinsLines: whether texts that are spread over lines are read too, each of up to as many bytes.
    ///   - replacingLoneSurrogates: whether half of a surrogate pair is read as U+FFFD.
    public init(
        _ source: ByteSource,
        maximumDepth: Int = JSONParser.defaultMaximumDepth,
        maximumLength: Int = 16 * 1024 * 1024,
        joinsLines: Bool = false,
        replacingLoneSurrogates: Bool = false
    ) {
        scanner = LineScanner(source, maximumLength: maximumLength)
        parser = JSONParser(maximumDepth: maximumDepth, replacingLoneSurrogates: replacingLoneSurrogates)
        self.maximumLength = maximumLength
        areSpread = joinsLines ? nil : false
    }

    /// Returns the next value; nil after the last.
    public mutating func next() throws(JSONError) -> JSONValue? {
        raw = .init(start: nil, count: 0)
        isJoined = false
        while let text = try nextLine() {
            line = text.position.line
            if text.bytes.allSatisfy(JSONParser.isWhitespace) { continue }
            recordNumber += 1
            let bracket = areSpread == false ? nil : Self.onlyByte(of: text.bytes)
            if areSpread == nil { areSpread = bracket == UInt8(ascii: "{") }
            if areSpread == true, bracket == UInt8(ascii: "{") || bracket == UInt8(ascii: "[") {
                return try join(text)
            }
            raw = text.bytes
            return try parser.parse(text.bytes, from: text.position)
        }
        return nil
    }

    /// Returns the value that begins with a line and ends on a later one.
    private mutating func join(_ first: LineScanner.Line) throws(JSONError) -> JSONValue {
        let start = first.position
        isJoined = true
        joined = Array(first.bytes)
        var extent = JSONExtent()
        while !extent.isWhole(joined) {
            guard joined.count <= maximumLength else {
                stoppedEarly = true
                joined = []
                throw .tooLong(limit: maximumLength, at: start)
            }
            guard let line = try nextLine() else { break }
            joined.append(UInt8(ascii: "\n"))
            joined += line.bytes
        }
        let text = joined
        do throws(JSONError) {
            return try text.withUnsafeBufferPointer { bytes throws(JSONError) in
                try parser.parse(bytes, from: start)
            }
        } catch {
            // Where the end is missing, the beginnings of what follows are lost in it.
            if case .unexpectedEnd = error { stoppedEarly = true }
            throw error
        }
    }

    /// Returns the byte that is alone on a line but for white space; nil for any other line.
    private static func onlyByte(of bytes: UnsafeBufferPointer<UInt8>) -> UInt8? {
        guard let first = bytes.firstIndex(where: { !JSONParser.isWhitespace($0) }),
            bytes[(first + 1)...].allSatisfy(JSONParser.isWhitespace)
        else { return nil }
        return bytes[first]
    }

    private mutating func nextLine() throws(JSONError) -> LineScanner.Line? {
        guard !stoppedEarly else { return nil }
        do throws(LineScanner.Failure) {
            return try scanner.next()
        } catch {
            stoppedEarly = true
            throw error.asError { .tooLong(limit: maximumLength, at: $0) }
        }
    }
}
