/// A strict parser of JSON texts (RFC 8259): well-formed UTF-8, no lone surrogates unless it is told to replace them, no
/// repeated names in an object (compared byte by byte after unescaping), and only white space after the value. A byte
/// order mark at the start is skipped.
///
/// A parser can be reused for many texts and retains its working memory between them.
public struct JSONParser {
    /// The default limit for the nesting of arrays and objects.
    public static let defaultMaximumDepth = 256

    /// The greatest number of members for which space is reserved: one large object must not make small ones after it
    /// take as much.
    private static let maximumExpectedMembers = 32

    let maximumDepth: Int
    let replacesLoneSurrogates: Bool
    /// The number of lone surrogates that were replaced in all texts so far.
    public internal(set) var replacedCount = 0
    // The text being parsed, and the position of its first byte in the input.
    var text: UnsafeBufferPointer<UInt8> = .init(start: nil, count: 0)
    var origin = TextPosition.start
    var at = 0
    /// The bytes of the present string, if it has escapes.
    var unescaped: [UInt8] = []
    var names = JSONNames()
    /// The number of members of the last object, for which space is reserved in the next.
    private var expectedMembers = 0

    /// Creates a parser that accepts arrays and objects nested up to `maximumDepth` deep.
    ///
    /// - Parameter replacingLoneSurrogates: whether half of a surrogate pair without the other half is read as U+FFFD.
    ///   Programs whose strings are UTF-16 write such halves where they have cut a text.
    public init(maximumDepth: Int = JSONParser.defaultMaximumDepth, replacingLoneSurrogates: Bool = false) {
        self.maximumDepth = maximumDepth
        replacesLoneSurrogates = replacingLoneSurrogates
    }

    /// Parses a whole text.
    public mutating func parse(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> JSONValue {
        let length = bytes.starts(with: ByteSource.byteOrderMark) ? ByteSource.byteOrderMark.count : 0
        let text = UnsafeRawBufferPointer(rebasing: bytes[length...]).assumingMemoryBound(to: UInt8.self)
        return try parse(text, from: TextPosition(line: 1, column: length + 1, offset: length))
    }

    /// Parses a whole text.
    public mutating func parse(_ string: String) throws(JSONError) -> JSONValue {
        var value = JSONValue.null
        try string.withUTF8Bytes { bytes throws(JSONError) in value = try parse(bytes) }
        return value
    }

    /// Parses a text that begins at `origin` in the input.
    mutating func parse(
        _ text: UnsafeBufferPointer<UInt8>,
        from origin: TextPosition
    ) throws(JSONError) -> JSONValue {
        self.text = text
        self.origin = origin
        at = 0
        names.removeAll()
        let value = try parseValue(depth: 0)
        skipWhitespace()
        if at < text.count { throw .trailingData(at: position(of: at)) }
        return value
    }

    private mutating func parseValue(depth: Int) throws(JSONError) -> JSONValue {
        switch try nextByte() {
        case UInt8(ascii: "{"): return try parseObject(depth: depth + 1)
        case UInt8(ascii: "["): return try parseArray(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try parseNumber())
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): return try parseWord()
        case let byte: throw .unexpectedByte(byte, at: position(of: at))
        }
    }

    private mutating func parseObject(depth: Int) throws(JSONError) -> JSONValue {
        try checkDepth(depth)
        at += 1
        if try nextByte() == UInt8(ascii: "}") {
            at += 1
            return .object([])
        }
        var members: [JSONMember] = []
        members.reserveCapacity(min(expectedMembers, JSONParser.maximumExpectedMembers))
        let outer = names.beginObject()
        while true {
            let byte = try nextByte()
            guard byte == UInt8(ascii: "\"") else { throw .unexpectedByte(byte, at: position(of: at)) }
            let place = at
            let name = try parseString()
            if !names.insert(name, after: members) { throw .duplicateKey(name, at: position(of: place)) }
            try pass(UInt8(ascii: ":"))
            members.append(JSONMember(name, try parseValue(depth: depth)))
            if try passEnd(UInt8(ascii: "}")) { break }
        }
        names.endObject(outer)
        expectedMembers = members.count
        return .object(members)
    }

    private mutating func parseArray(depth: Int) throws(JSONError) -> JSONValue {
        try checkDepth(depth)
        at += 1
        if try nextByte() == UInt8(ascii: "]") {
            at += 1
            return .array([])
        }
        var elements: [JSONValue] = []
        repeat {
            elements.append(try parseValue(depth: depth))
        } while try !passEnd(UInt8(ascii: "]"))
        return .array(elements)
    }

    private mutating func parseNumber() throws(JSONError) -> JSONNumber {
        let rest = UnsafeBufferPointer(rebasing: text[at...])
        guard let first = rest.baseAddress else { throw .unexpectedEnd(at: position(of: at)) }
        switch JSONNumber.scan(first, rest.count) {
        case .broken(let index):
            throw .invalidNumber(at: position(of: at + index))
        case .complete(let length):
            at += length
            return JSONNumber(checked: String(decoding: rest[..<length], as: UTF8.self))
        }
    }

    private mutating func parseWord() throws(JSONError) -> JSONValue {
        let word = text[at...].prefix(while: \.isLetter)
        let value: JSONValue
        switch word.count {
        case 4 where word.elementsEqual("true".utf8): value = .bool(true)
        case 4 where word.elementsEqual("null".utf8): value = .null
        case 5 where word.elementsEqual("false".utf8): value = .bool(false)
        default: throw .invalidLiteral(String(decoding: word.prefix(16), as: UTF8.self), at: position(of: at))
        }
        at += word.count
        return value
    }

    private func checkDepth(_ depth: Int) throws(JSONError) {
        if depth > maximumDepth { throw .tooDeep(limit: maximumDepth, at: position(of: at)) }
    }

    /// Consumes a comma (returns false) or the closing bracket (returns true).
    private mutating func passEnd(_ closing: UInt8) throws(JSONError) -> Bool {
        let byte = try nextByte()
        guard byte == closing || byte == UInt8(ascii: ",") else { throw .unexpectedByte(byte, at: position(of: at)) }
        at += 1
        return byte == closing
    }

    private mutating func pass(_ expected: UInt8) throws(JSONError) {
        let byte = try nextByte()
        guard byte == expected else { throw .unexpectedByte(byte, at: position(of: at)) }
        at += 1
    }

    /// Advances to the next byte that is not white space, and returns it without consuming it.
    @inline(__always)
    private mutating func nextByte() throws(JSONError) -> UInt8 {
        skipWhitespace()
        guard at < text.count else { throw .unexpectedEnd(at: position(of: at)) }
        return text[at]
    }

    @inline(__always)
    private mutating func skipWhitespace() {
        while at < text.count && JSONParser.isWhitespace(text[at]) { at += 1 }
    }

    /// Returns whether a byte is white space in JSON (RFC 8259 section 2).
    @inline(__always)
    static func isWhitespace(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): true
        default: false
        }
    }

    /// Returns the position in the input of a byte of the text.
    @inline(never)
    func position(of index: Int) -> TextPosition {
        guard let first = text.baseAddress else { return origin }
        return origin.advanced(over: first, index)
    }
}
