/// A copy of the bytes of a source's window. In the window itself, a reader overwrites escapes when it moves values
/// together.
struct CSVRawBytes {
    /// The number of consumed bytes that may remain at the front, since removing them moves the others.
    private static let longestRest = 1024 * 1024

    private var bytes: [UInt8] = []
    /// The offset of the first byte in the input.
    private var offset = 0

    /// Copies the bytes that the source has read since the last call. Those that were in its window then may have
    /// changed.
    mutating func keep(_ source: ByteSource) {
        let passed = source.offset - offset
        if passed >= bytes.count {
            bytes.removeAll(keepingCapacity: true)
            offset = source.offset
        } else if passed > CSVRawBytes.longestRest {
            bytes.removeFirst(passed)
            offset = source.offset
        }
        let known = offset + bytes.count - source.offset
        bytes.append(contentsOf: UnsafeBufferPointer(start: source.window + known, count: source.available - known))
    }

    /// Returns the record at offset `start` of the input, `length` bytes long with its line end, without that line end.
    ///
    /// - Parameter endsInCarriageReturn: whether CR alone is a line end.
    func record(at start: Int, length: Int, endsInCarriageReturn: Bool) -> [UInt8] {
        guard length > 0 else { return [] }
        var record = bytes[(start - offset)..<(start - offset + length)]
        let endsInLineFeed = record.last == UInt8(ascii: "\n")
        if endsInLineFeed { record.removeLast() }
        if endsInLineFeed || endsInCarriageReturn, record.last == UInt8(ascii: "\r") { record.removeLast() }
        return Array(record)
    }
}
