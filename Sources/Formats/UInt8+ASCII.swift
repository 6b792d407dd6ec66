extension UInt8 {
    /// Whether the byte is an ASCII letter, in either case.
    var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
    /// Whether the byte is an ASCII digit.
    public var isASCIIDigit: Bool { self &- 0x30 < 10 }
    /// Whether the byte is an ASCII letter or digit.
    public var isASCIILetterOrDigit: Bool { isASCIILetter || isASCIIDigit }
    /// Whether the byte is ASCII white space: a space, a tab, a line feed, a vertical tab, a form feed or a carriage
    /// return.
    var isASCIIBlank: Bool { self == 0x20 || self &- 0x09 < 5 }
    /// Whether the byte is a space or a tab, the white space within a line.
    var isSpaceOrTab: Bool { self == 0x20 || self == 0x09 }
    /// The lower-case letter of an ASCII capital; any other byte unchanged.
    var asciiLowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}

extension StringProtocol {
    /// Whether the text contains only ASCII digits; also true for an empty text.
    public var isASCIIDigits: Bool { utf8.allSatisfy(\.isASCIIDigit) }
}

extension BidirectionalCollection<UInt8> {
    /// The bytes without trailing white space.
    var trimmingTrailingBlanks: SubSequence {
        guard let last = lastIndex(where: { !$0.isASCIIBlank }) else { return self[startIndex..<startIndex] }
        return self[...last]
    }
}
