/// The content of JSON strings, shared by parser and writer.
enum JSONString {
    /// Returns the index of the first byte from `start` on that is a quote, a backslash, a control character or not
    /// ASCII; `end` if there is none.
    @inline(__always)
    static func nextSpecial(_ first: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
        var index = start
        while index &+ 8 <= end {
            let word = ByteWord(loading: first + index)
            let found = word.matches(.quote) | word.matches(.backslash) | word.isBelow(0x20) | word.nonASCII
            if found != 0 { return index &+ found.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < end && isPlain(first[index]) { index &+= 1 }
        return index
    }

    /// Returns the replacement for a byte that cannot be in a string: an escape, or U+FFFD for a byte of malformed
    /// UTF-8.
    static func escape(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "\""): "\\\""
        case UInt8(ascii: "\\"): "\\\\"
        case 0x08: "\\b"
        case 0x09: "\\t"
        case 0x0A: "\\n"
        case 0x0C: "\\f"
        case 0x0D: "\\r"
        case ..<0x20: "\\u" + byte.digits(radix: 16, atLeast: 4)
        default: "\u{FFFD}"
        }
    }

    /// Returns whether a byte is an ASCII character that needs no escape in a string.
    @inline(__always)
    static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
}
