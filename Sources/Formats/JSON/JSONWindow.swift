/// The bytes of a source from which JSON is read value by value, and the place where they stand in the input.
struct JSONWindow {
    private let source: ByteSource
    /// The place of the first byte.
    private(set) var position = TextPosition.start

    init(_ source: ByteSource) { self.source = source }

    /// The first byte; valid until the next ``fill()``.
    var bytes: UnsafeMutablePointer<UInt8> { source.window }
    /// The number of bytes in the window.
    var available: Int { source.available }

    /// Goes past a byte order mark if the input begins with one.
    mutating func skipByteOrderMark() throws(JSONError) {
        do throws(ReadError) {
            try source.skipByteOrderMark()
        } catch {
            throw .unreadable(error)
        }
        position = TextPosition(line: 1, column: source.offset + 1, offset: source.offset)
    }

    /// The next byte that is not white space, at which it stops.
    mutating func nextByte() throws(JSONError) -> UInt8 {
        guard try skipWhitespace() else { throw .unexpectedEnd(at: position) }
        return bytes[0]
    }

    /// Goes past a byte that has to come next, white space before it aside.
    mutating func pass(_ expected: UInt8) throws(JSONError) {
        let byte = try nextByte()
        guard byte == expected else { throw .unexpectedByte(byte, at: position) }
        consume(1)
    }

    /// False when the input ends before anything but white space.
    mutating func skipWhitespace() throws(JSONError) -> Bool {
        while true {
            var length = 0
            while length < available && JSONParser.isWhitespace(bytes[length]) { length += 1 }
            consume(length)
            if available > 0 { return true }
            guard try fill() else { return false }
        }
    }

    /// Consumes the first bytes. They stay valid until the next ``fill()``.
    mutating func take(_ length: Int) -> UnsafeBufferPointer<UInt8> {
        let text = UnsafeBufferPointer(start: UnsafePointer(bytes), count: length)
        consume(length)
        return text
    }

    /// Lets go of the first bytes.
    mutating func consume(_ length: Int) {
        position = position.advanced(over: bytes, length)
        source.consume(length)
    }

    /// Adds what the next read gives. False at the end of the input.
    func fill() throws(JSONError) -> Bool {
        do throws(ReadError) {
            return try source.fill()
        } catch {
            throw .unreadable(error)
        }
    }
}
