/// The bytes of ASCII, whose kinds are one definition for every target. They are asked for every byte of an input.
extension UInt8 {
    /// Whether the byte is an ASCII letter, in either case.
    @inlinable @inline(__always)
    public var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    /// Whether the byte is an ASCII digit.
    @inlinable @inline(__always)
    public var isDigit: Bool { self &- 0x30 < 10 }
    /// Whether the byte is an ASCII letter or digit.
    @inlinable @inline(__always)
    public var isLetterOrDigit: Bool { isLetter || isDigit }
    /// The value of an ASCII digit, 0 to 9.
    @inlinable @inline(__always)
    public var digit: Int { Int(self) - 0x30 }
    /// Whether the byte is ASCII white space: a space, a tab, a line feed, a vertical tab, a form feed or a carriage
    /// return.
    @inlinable @inline(__always)
    public var isBlank: Bool { self == 0x20 || self &- 0x09 < 5 }
    /// Whether the byte is a space or a tab, the white space within a line.
    var isSpaceOrTab: Bool { self == 0x20 || self == 0x09 }
    /// The lower-case letter of an ASCII capital; any other byte unchanged.
    @inlinable @inline(__always)
    public var asciiLowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}

extension StringProtocol {
    /// Whether the text contains only ASCII digits; also true for an empty text.
    public var isASCIIDigits: Bool { utf8.allSatisfy(\.isDigit) }
}

extension BidirectionalCollection<UInt8> {
    /// The bytes without trailing white space.
    var trimmingTrailingBlanks: SubSequence {
        guard let last = lastIndex(where: { !$0.isBlank }) else { return self[startIndex..<startIndex] }
        return self[...last]
    }
}
