/// Reads the elements of one top-level array, one at a time, in memory that depends only on the longest element.
///
/// After an error within an element (a repeated name, invalid UTF-8, an unknown word or escape, a malformed number, too
/// deep a nesting) `next()` continues with the following element. After any other error its beginning cannot be found:
/// `next()` returns nil and `stoppedEarly` is true.
public struct JSONArrayReader {
    private enum State {
        case beforeArray
        case beforeFirst
        case afterElement
        case afterArray
    }

    private var window: JSONWindow
    private var parser: JSONParser
    private let maximumLength: Int
    private var state = State.beforeArray

    private var raw = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

    /// The number of the element that `next()` last examined, from 1; 0 before the first.
    public private(set) var recordNumber = 0
    /// The line on which that element begins, from 1.
    public private(set) var line = 1
    /// True when an error left the rest of the input unread.
    public private(set) var stoppedEarly = false

    /// The element that `next()` last returned or rejected, byte for byte as in the input (in UTF-8 if that is
    /// decoded), with the white space after it. It is empty after the last element, and if its extent could not be
    /// determined.
    public var rawElement: [UInt8] { Array(raw) }

    /// The number of lone surrogates that were replaced so far, if the reader replaces them.
    public var replacedCount: Int { parser.replacedCount }

    /// Creates a reader of the source's array, with elements of up to `maximumLength` bytes.
    ///
    /// - Parameter replacingLoneSurrogates: whether half of a surrogate pair is read as U+FFFD.
    public init(
        _ source: ByteSource,
        maximumDepth: Int = JSONParser.defaultMaximumDepth,
        maximumLength: Int = 16 * 1024 * 1024,
        replacingLoneSurrogates: Bool = false
    ) {
        window = JSONWindow(source)
        parser = JSONParser(maximumDepth: maximumDepth, replacingLoneSurrogates: replacingLoneSurrogates)
        self.maximumLength = maximumLength
    }

    /// Returns the next element; nil after the last.
    public mutating func next() throws(JSONError) -> JSONValue? {
        raw = .init(start: nil, count: 0)
        guard !stoppedEarly else { return nil }
        do throws(JSONError) {
            return try nextElement()
        } catch {
            stoppedEarly = !error.leavesStructureIntact
            throw error
        }
    }

    private mutating func nextElement() throws(JSONError) -> JSONValue? {
        if state == .beforeArray { try openArray() }
        guard state != .afterArray, try !closesArray() else { return nil }
        if state == .afterElement { try window.pass(UInt8(ascii: ",")) }
        state = .afterElement
        recordNumber += 1
        _ = try window.nextByte()
        let length = try elementLength()
        let start = window.position
        line = start.line
        let text = window.take(length)
        guard length > 0 else { throw .unexpectedByte(window.bytes[0], at: start) }
        raw = text
        return try parse(text, from: start)
    }

    private mutating func parse(
        _ text: UnsafeBufferPointer<UInt8>,
        from start: TextPosition
    ) throws(JSONError) -> JSONValue {
        do throws(JSONError) {
            return try parser.parse(text, from: start)
        } catch .trailingData(let position) {
            throw .unexpectedByte(text[position.offset - start.offset], at: position)
        } catch {
            throw error
        }
    }

    private mutating func openArray() throws(JSONError) {
        try window.skipByteOrderMark()
        guard try window.nextByte() == UInt8(ascii: "[") else { throw .notAnArray(at: window.position) }
        window.consume(1)
        state = .beforeFirst
    }

    /// Consumes the end of the array if it is next, and checks that nothing follows. Returns whether it was next.
    private mutating func closesArray() throws(JSONError) -> Bool {
        guard try window.nextByte() == UInt8(ascii: "]") else { return false }
        window.consume(1)
        state = .afterArray
        if try window.skipWhitespace() { throw .trailingData(at: window.position) }
        return true
    }

    /// Returns the length of the element at the beginning of the window: up to a comma or closing bracket outside it,
    /// or to the end of the input.
    private func elementLength() throws(JSONError) -> Int {
        var extent = JSONExtent()
        while !extent.advance(over: window.bytes, window.available) {
            guard extent.length <= maximumLength else { break }
            guard try window.fill() else { return extent.length }
        }
        guard extent.length <= maximumLength else { throw .tooLong(limit: maximumLength, at: window.position) }
        return extent.length
    }
}
