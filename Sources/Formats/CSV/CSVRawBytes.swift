/// The bytes of a source's window as they came, beside the window itself, in which a reader moves values over their
/// escapes.
struct CSVRawBytes {
    /// Bytes that may stay in front after they have been read past, since to take them away moves the others.
    private static let longestRest = 1024 * 1024

    private var bytes: [UInt8] = []
    /// The place of the first byte in the input.
    private var offset = 0

    /// Keeps what the source has read since the last call. Everything that was in its window then may have changed.
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

    /// The record that begins at `start` in the input, `length` bytes with its line end, without that.
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
