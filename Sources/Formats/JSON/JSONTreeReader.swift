/// Reads one top-level object with long arrays in it. The elements of these are returned one by one, in memory that
/// depends only on the longest.
///
///     {"result":{"updated":[{…},{…}],"deleted":[]},"success":true}
public struct JSONTreeReader {
    /// A member of the object, or one element of a long array.
    public struct Piece {
        /// The names that lead to the value: `["result", "updated"]`.
        public let path: [String]
        /// The value at the path.
        public let value: JSONValue
        /// Whether the value is an element of one of the listed arrays.
        public let isElement: Bool
    }

    private enum Level {
        case object(isFirst: Bool)
        case list(isFirst: Bool)
    }

    private var window: JSONWindow
    private let lists: [[String]]
    private let maximumLength: Int
    private var parser: JSONParser
    private var levels: [Level] = []
    private var path: [String] = []
    private var hasBegun = false

    /// Creates a reader for a source that contains one JSON object.
    ///
    /// - Parameters:
    ///   - lists: the paths of the arrays whose elements are returned one by one.
    ///   - maximumLength: the maximum number of bytes of one element, and of any other member.
    ///   - replacingLoneSurrogates: whether half of a surrogate pair is read as U+FFFD.
    public init(
        _ source: ByteSource,
        lists: [[String]],
        maximumLength: Int = 16 * 1024 * 1024,
        replacingLoneSurrogates: Bool = false
    ) {
        window = JSONWindow(source)
        self.lists = lists
        self.maximumLength = maximumLength
        parser = JSONParser(replacingLoneSurrogates: replacingLoneSurrogates)
    }

    /// The number of lone surrogates that were replaced so far, if the reader replaces them.
    public var replacedCount: Int { parser.replacedCount }

    /// Returns the next member or element; nil after the last.
    public mutating func next() throws(JSONError) -> Piece? {
        if !hasBegun {
            hasBegun = true
            try window.pass(UInt8(ascii: "{"))
            levels = [.object(isFirst: true)]
        }
        while let level = levels.last {
            switch level {
            case .object(let isFirst):
                if try close(UInt8(ascii: "}"), isFirst: isFirst) { continue }
                levels[levels.count - 1] = .object(isFirst: false)
                path.append(try readName())
                if try descend() { continue }
                let piece = Piece(path: path, value: try readValue(), isElement: false)
                path.removeLast()
                return piece
            case .list(let isFirst):
                if try close(UInt8(ascii: "]"), isFirst: isFirst) { continue }
                levels[levels.count - 1] = .list(isFirst: false)
                return Piece(path: path, value: try readValue(), isElement: true)
            }
        }
        if try window.skipWhitespace() { throw .trailingData(at: window.position) }
        return nil
    }

    /// Ends the innermost level if its closing bracket is next; otherwise consumes the comma before the next item.
    /// Returns whether the level ended.
    private mutating func close(_ bracket: UInt8, isFirst: Bool) throws(JSONError) -> Bool {
        if try window.nextByte() == bracket {
            window.consume(1)
            levels.removeLast()
            if !path.isEmpty { path.removeLast() }
            return true
        }
        if !isFirst { try window.pass(UInt8(ascii: ",")) }
        return false
    }

    /// Enters the next value if it is a long array or contains one. Returns whether it did.
    private mutating func descend() throws(JSONError) -> Bool {
        switch try window.nextByte() {
        case UInt8(ascii: "[") where lists.contains(path): levels.append(.list(isFirst: true))
        case UInt8(ascii: "{") where lists.contains { $0.count > path.count && $0.starts(with: path) }:
            levels.append(.object(isFirst: true))
        default: return false
        }
        window.consume(1)
        return true
    }

    private mutating func readName() throws(JSONError) -> String {
        let byte = try window.nextByte()
        guard byte == UInt8(ascii: "\"") else { throw .unexpectedByte(byte, at: window.position) }
        var length = 1
        while true {
            while length < window.available, window.bytes[length] != UInt8(ascii: "\"") {
                length += window.bytes[length] == UInt8(ascii: "\\") ? 2 : 1
            }
            if length < window.available { break }
            guard length <= maximumLength else { throw .tooLong(limit: maximumLength, at: window.position) }
            guard try window.fill() else { throw .unexpectedEnd(at: window.position) }
        }
        guard case .string(let name) = try parse(length + 1) else { throw .unexpectedByte(byte, at: window.position) }
        try window.pass(UInt8(ascii: ":"))
        return name
    }

    private mutating func readValue() throws(JSONError) -> JSONValue {
        let byte = try window.nextByte()
        var extent = JSONExtent()
        while !extent.advance(over: window.bytes, window.available) {
            guard extent.length <= maximumLength else { throw .tooLong(limit: maximumLength, at: window.position) }
            guard try window.fill() else { throw .unexpectedEnd(at: window.position) }
        }
        guard extent.length > 0 else { throw .unexpectedByte(byte, at: window.position) }
        return try parse(extent.length)
    }

    private mutating func parse(_ length: Int) throws(JSONError) -> JSONValue {
        let start = window.position
        return try parser.parse(window.take(length), from: start)
    }
}
