extension UInt8 {
    /// A letter of ASCII, in either case.
    var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
    /// A digit of ASCII.
    public var isASCIIDigit: Bool { self &- 0x30 < 10 }
    /// A letter or a digit of ASCII.
    public var isASCIILetterOrDigit: Bool { isASCIILetter || isASCIIDigit }
    /// White space of ASCII: a space, a tab, or what ends a line, a column or a page.
    var isASCIIBlank: Bool { self == 0x20 || self &- 0x09 < 5 }
    /// The lower-case letter for an ASCII capital, any other byte unchanged.
    var asciiLowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}

extension StringProtocol {
    /// Whether there are digits of ASCII alone; true of an empty text too.
    public var isASCIIDigits: Bool { utf8.allSatisfy(\.isASCIIDigit) }
}

extension BidirectionalCollection<UInt8> {
    /// The bytes without white space after them.
    var trimmingTrailingBlanks: SubSequence {
        guard let last = lastIndex(where: { !$0.isASCIIBlank }) else { return self[startIndex..<startIndex] }
        return self[...last]
    }
}
