import Formats

/// The escapes that programs write into cells for characters they consider dangerous: web pages `O&#039;Brien &amp;
/// Paz`, programs that write workbooks `_x000D_` for the end of a line.
enum ForeignEscapes {
    /// Whether an escape begins with a byte.
    static func isSign(_ byte: UInt8) -> Bool { byte == ampersand || byte == lowLine || byte == verticalTab }

    /// Whether one of eight bytes of ASCII may be such a byte.
    static func mayHoldSign(_ bytes: UInt64) -> Bool {
        bytes.mayHold(ampersand) || bytes.mayHold(lowLine) || bytes.mayHold(verticalTab)
    }

    // Each by itself: several in one pattern would be looked up, as if they were computed, for every byte.
    private static let ampersand = UInt8(ascii: "&")
    private static let lowLine = UInt8(ascii: "_")
    /// By which Access and Word break a line within a text.
    private static let verticalTab: UInt8 = 0x0B

    /// Returns a text with its escapes resolved; `nil` for a text without any.
    static func resolved(_ text: String) -> String? {
        var (hasAmpersand, hasEnd, hasCode, hasTab) = (false, false, false, false)
        var matched = 0
        let code = code
        for byte in text.utf8 {
            if byte == ampersand { hasAmpersand = true }
            if byte == verticalTab { hasTab = true }
            if byte == UInt8(ascii: ";") { hasEnd = hasAmpersand }
            matched = byte == code[matched] ? matched + 1 : byte == code[0] ? 1 : 0
            if matched == code.count { (hasCode, matched) = (true, 0) }
        }
        guard hasEnd || hasCode || hasTab else { return nil }
        var resolved = hasTab ? text.replacing("\u{0B}", with: "\n") : text
        if hasEnd { resolved = HTMLEntity.resolved(resolved).replacing("\u{A0}", with: " ") }
        if hasCode { resolved = withoutCharacterCodes(resolved) }
        return resolved == text || !resolved.unicodeScalars.allSatisfy(isText) ? nil : resolved
    }

    /// Whether a character can stand in a cell.
    private static func isText(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && scalar != "\u{FFFD}" || "\t\n\r".unicodeScalars.contains(scalar)
    }

    /// The beginning of an escaped character code.
    private static let code = Array("_x00".utf8)

    /// Returns a text with the codes of line ends and tabs replaced (ECMA-376, Part 1, section 22.9.2.19). A code and
    /// the line end after it are one line end. Line ends at the end of the text are removed.
    private static func withoutCharacterCodes(_ text: String) -> String {
        var plain = text.replacing("_x000D_\r\n", with: "\n").replacing("_x000D_\n", with: "\n")
            .replacing("_x000D__x000A_", with: "\n").replacing("_x000D_", with: "\n").replacing("_x000A_", with: "\n")
            .replacing("_x0009_", with: "\t")
        if plain == text { return text }
        while plain.last == "\n" { plain.removeLast() }
        return plain
    }
}

extension UInt64 {
    /// Whether one of the eight bytes, all of ASCII, may be this one; a byte above such a one may be taken for it too
    /// (Hacker's Delight, section 6-1: find a zero byte).
    @inline(__always)
    func mayHold(_ byte: UInt8) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let others = self ^ (ones &* UInt64(byte))
        return (others &- ones) & ~others & (ones << 7) != 0
    }
}
