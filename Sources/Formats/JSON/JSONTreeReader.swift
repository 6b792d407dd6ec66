/// Reads one top-level object of which some members are long arrays: the elements of those are given one by one, in
/// memory that depends only on the longest.
///
///     {"result":{"updated":[{…},{…}],"deleted":[]},"success":true}
public struct JSONTreeReader {
    /// A member of the object, or one element of a long array.
    public struct Piece {
        /// The names that lead to it: `["result", "updated"]`.
        public let path: [String]
        /// What stands there.
        public let value: JSONValue
        /// Whether it is an element of a long array.
        public let isElement: Bool
    }

    private enum Level {
        case object(isFirst: Bool)
        case list(isFirst: Bool)
    }

    private let source: ByteSource
    private let lists: [[String]]
    private let maximumLength: Int
    private var parser = JSONParser()
    private var levels: [Level] = []
    private var path: [String] = []
    private var hasBegun = false
    /// The place of the source's window in the input.
    private var position = TextPosition.start

    /// Reads the source's object.
    ///
    /// - Parameters:
    ///   - lists: the paths of the arrays whose elements are given one by one.
    ///   - maximumLength: the most bytes of one element, and of any other member.
    public init(_ source: ByteSource, lists: [[String]], maximumLength: Int = 16 * 1024 * 1024) {
        self.source = source
        self.lists = lists
        self.maximumLength = maximumLength
    }

    /// The next member or element; nil after the last.
    public mutating func next() throws(JSONError) -> Piece? {
        if !hasBegun {
            hasBegun = true
            try pass(UInt8(ascii: "{"))
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
        if try skipWhitespace() { throw .trailingData(at: position) }
        return nil
    }

    /// Ends the innermost level where its closing bracket comes next, else passes the comma before what follows.
    private mutating func close(_ bracket: UInt8, isFirst: Bool) throws(JSONError) -> Bool {
        if try nextByte() == bracket {
            consume(1)
            levels.removeLast()
            if !path.isEmpty { path.removeLast() }
            return true
        }
        if !isFirst { try pass(UInt8(ascii: ",")) }
        return false
    }

    /// Goes into what comes next where a long array is there or within.
    private mutating func descend() throws(JSONError) -> Bool {
        switch try nextByte() {
        case UInt8(ascii: "[") where lists.contains(path): levels.append(.list(isFirst: true))
        case UInt8(ascii: "{") where lists.contains { $0.count > path.count && $0.starts(with: path) }:
            levels.append(.object(isFirst: true))
        default: return false
        }
        consume(1)
        return true
    }

    private mutating func readName() throws(JSONError) -> String {
        let byte = try nextByte()
        guard byte == UInt8(ascii: "\"") else { throw .unexpectedByte(byte, at: position) }
        var length = 1
        while true {
            while length < source.available, source.window[length] != UInt8(ascii: "\"") {
                length += source.window[length] == UInt8(ascii: "\\") ? 2 : 1
            }
            if length < source.available { break }
            guard length <= maximumLength else { throw .tooLong(limit: maximumLength, at: position) }
            guard try fill() else { throw .unexpectedEnd(at: position) }
        }
        guard case .string(let name) = try parse(length + 1) else { throw .unexpectedByte(byte, at: position) }
        try pass(UInt8(ascii: ":"))
        return name
    }

    private mutating func readValue() throws(JSONError) -> JSONValue {
        let byte = try nextByte()
        var extent = JSONExtent()
        while !extent.advance(over: source.window, source.available) {
            guard extent.length <= maximumLength else { throw .tooLong(limit: maximumLength, at: position) }
            guard try fill() else { throw .unexpectedEnd(at: position) }
        }
        guard extent.length > 0 else { throw .unexpectedByte(byte, at: position) }
        return try parse(extent.length)
    }

    private mutating func parse(_ length: Int) throws(JSONError) -> JSONValue {
        let text = UnsafeBufferPointer(start: UnsafePointer(source.window), count: length)
        let start = position
        // The bytes stay where they are until the source reads on.
        consume(length)
        return try parser.parse(text, from: start)
    }

    // MARK: - Bytes

    private mutating func pass(_ expected: UInt8) throws(JSONError) {
        let byte = try nextByte()
        guard byte == expected else { throw .unexpectedByte(byte, at: position) }
        consume(1)
    }

    private mutating func nextByte() throws(JSONError) -> UInt8 {
        guard try skipWhitespace() else { throw .unexpectedEnd(at: position) }
        return source.window[0]
    }

    /// False when the input ends before anything but white space.
    private mutating func skipWhitespace() throws(JSONError) -> Bool {
        while true {
            var length = 0
            while length < source.available && JSONParser.isWhitespace(source.window[length]) { length += 1 }
            consume(length)
            if source.available > 0 { return true }
            guard try fill() else { return false }
        }
    }

    private mutating func consume(_ length: Int) {
        position = position.advanced(over: source.window, length)
        source.consume(length)
    }

    private func fill() throws(JSONError) -> Bool {
        do throws(ReadError) {
            return try source.fill()
        } catch {
            throw .unreadable(error)
        }
    }
}
