extension ByteSource {
    /// Returns whether the first line ends in CR alone and no line that is already read ends in LF. Nothing is
    /// consumed.
    ///
    /// - Parameter quoted: whether line ends between double quotes are ignored.
    /// - Throws: ``ReadError`` if the input cannot be read.
    func endsLinesInCarriageReturns(quoted: Bool) throws(ReadError) -> Bool {
        var isQuoted = false
        var seen = 0
        while true {
            while seen < available {
                switch window[seen] {
                case UInt8(ascii: "\"") where quoted: isQuoted.toggle()
                case UInt8(ascii: "\n") where !isQuoted: return false
                case UInt8(ascii: "\r") where !isQuoted:
                    return try !hasLineFeed(from: seen + 1, quoted: quoted)
                default: break
                }
                seen += 1
            }
            guard available < Self.longestFirstLine, try lookFurther() else { return false }
        }
    }

    /// Returns whether an LF follows outside quotes, as far as the input can be read ahead.
    private func hasLineFeed(from start: Int, quoted: Bool) throws(ReadError) -> Bool {
        while available <= start {
            guard try lookFurther() else { return false }
        }
        if window[start] == UInt8(ascii: "\n") { return true }
        try look(ahead: start + Self.enoughLines)
        var isQuoted = false
        for byte in UnsafeBufferPointer(start: window + start, count: min(available - start, Self.enoughLines)) {
            if quoted, byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted, byte == UInt8(ascii: "\n") { return true }
        }
        return false
    }

    private static let longestFirstLine = 64 * 1024
    private static let enoughLines = 4096
}
