/// Splits the bytes of a document into characters, and tracks the position.
struct XMLScanner {
    let source: ByteSource
    /// The position of the next byte.
    private(set) var position = TextPosition.start

    init(_ source: ByteSource) { self.source = source }

    /// Skips a byte order mark.
    mutating func skipByteOrderMark() throws(XMLError) {
        do throws(ReadError) {
            try source.skipByteOrderMark()
        } catch {
            throw .unreadable(error)
        }
        position = TextPosition(line: 1, column: source.offset + 1, offset: source.offset)
    }

    /// Returns the next byte; nil at the end of the input.
    func peek() throws(XMLError) -> UInt8? { try has(1) ? source.window[0] : nil }

    /// Returns whether the input continues with some ASCII text.
    func isAt(_ text: StaticString) throws(XMLError) -> Bool {
        let length = text.utf8CodeUnitCount
        guard try has(length) else { return false }
        return UnsafeBufferPointer(start: source.window, count: length)
            .elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: length))
    }

    /// Consumes a given ASCII text without line ends.
    ///
    /// - Returns: `false` if the input does not continue with the text.
    mutating func take(_ text: StaticString) throws(XMLError) -> Bool {
        guard try isAt(text) else { return false }
        consume(text.utf8CodeUnitCount)
        return true
    }

    /// Skips white space.
    ///
    /// - Returns: whether there was some.
    @discardableResult
    mutating func skipSpace() throws(XMLError) -> Bool {
        var isSpace = false
        while let byte = try peek(), XMLCharacter.isSpace(byte) {
            consume(1)
            isSpace = true
        }
        return isSpace
    }

    /// Consumes the next character; every line end becomes a line feed (XML 1.0, section 2.11).
    mutating func takeCharacter(into bytes: inout [UInt8]) throws(XMLError) {
        guard let byte = try peek() else { throw .unexpectedEnd(at: position) }
        switch byte {
        case 0x0D:
            consume(1)
            if try peek() == 0x0A { consume(1) }
            bytes.append(0x0A)
        case 0x09, 0x0A, 0x20...0x7F:
            consume(1)
            bytes.append(byte)
        case 0..<0x20: throw .invalidCharacter(UInt32(byte), at: position)
        default:
            let (scalar, length) = try sequence()
            guard XMLCharacter.isAllowed(scalar) else { throw .invalidCharacter(scalar, at: position) }
            bytes += UnsafeBufferPointer(start: source.window, count: length)
            consume(length)
        }
    }

    /// Consumes a name.
    ///
    /// - Parameter limit: the maximum number of its bytes.
    mutating func takeName(limit: Int) throws(XMLError) -> String {
        let start = position
        var bytes: [UInt8] = []
        while let byte = try peek() {
            let (scalar, length) = byte < 0x80 ? (UInt32(byte), 1) : try sequence()
            let fits = bytes.isEmpty ? XMLCharacter.beginsName(scalar) : XMLCharacter.continuesName(scalar)
            guard fits else { break }
            guard bytes.count + length <= limit else { throw .beyond(.name, limit: limit, at: start) }
            bytes += UnsafeBufferPointer(start: source.window, count: length)
            consume(length)
        }
        guard !bytes.isEmpty else {
            throw try peek() == nil ? .unexpectedEnd(at: position) : .malformed(.name, at: start)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Returns the next character beyond ASCII, and its number of bytes.
    private func sequence() throws(XMLError) -> (scalar: UInt32, length: Int) {
        _ = try has(UTF8Sequence.maximumLength)
        let length = UTF8Sequence.length(at: source.window, available: source.available)
        guard length > 0 else { throw .invalidUTF8(source.window[0], at: position) }
        return (UTF8Sequence.codePoint(at: source.window, length: length), length)
    }

    private func has(_ length: Int) throws(XMLError) -> Bool {
        if source.available >= length { return true }
        do throws(ReadError) {
            return try source.ensure(length)
        } catch {
            throw .unreadable(error)
        }
    }

    private mutating func consume(_ length: Int) {
        position = position.advanced(over: source.window, length)
        source.consume(length)
    }
}
