/// The window of a source from which JSON is read value by value, with its position in the input.
struct JSONWindow {
    private let source: ByteSource
    /// The position of the first byte.
    private(set) var position = TextPosition.start

    init(_ source: ByteSource) { self.source = source }

    /// The first byte; valid until the next ``fill()``.
    var bytes: UnsafeMutablePointer<UInt8> { source.window }
    /// The number of bytes in the window.
    var available: Int { source.available }

    /// Skips a byte order mark if the input begins with one.
    mutating func skipByteOrderMark() throws(JSONError) {
        do throws(ReadError) {
            try source.skipByteOrderMark()
        } catch {
            throw .unreadable(error)
        }
        position = TextPosition(line: 1, column: source.offset + 1, offset: source.offset)
    }

    /// Advances to the next byte that is not white space, and returns it without consuming it.
    mutating func nextByte() throws(JSONError) -> UInt8 {
        guard try skipWhitespace() else { throw .unexpectedEnd(at: position) }
        return bytes[0]
    }

    /// Consumes white space and a required byte.
    mutating func pass(_ expected: UInt8) throws(JSONError) {
        let byte = try nextByte()
        guard byte == expected else { throw .unexpectedByte(byte, at: position) }
        consume(1)
    }

    /// Skips white space. Returns false if the input ends after it.
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

    /// Removes the first bytes from the window.
    mutating func consume(_ length: Int) {
        position = position.advanced(over: bytes, length)
        source.consume(length)
    }

    /// Appends the bytes of the next read. Returns false at the end of the input.
    func fill() throws(JSONError) -> Bool {
        do throws(ReadError) {
            return try source.fill()
        } catch {
            throw .unreadable(error)
        }
    }
}
