import Formats

/// What programs write into cells for characters that they take to be dangerous: web pages `O&#039;Brien &amp; Paz`, and what
/// makes tables of workbooks `_x000D_` for the end of a line.
enum ForeignEscapes {
    /// Whether a byte is one with which an escape begins.
    static func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "&") || byte == UInt8(ascii: "_") }

    /// A text with what its escapes stand for; `nil` for one that has none.
    static func resolved(_ text: String) -> String? {
        var (hasAmpersand, hasEnd, hasUnderscore) = (false, false, false)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): hasAmpersand = true
            case UInt8(ascii: ";"): hasEnd = hasAmpersand
            case UInt8(ascii: "_"): hasUnderscore = true
            default: continue
            }
        }
        guard hasEnd || hasUnderscore else { return nil }
        var resolved = text
        if hasEnd { resolved = HTMLEntity.resolved(text).replacing("\u{A0}", with: " ") }
        if hasUnderscore { resolved = withoutCharacterCodes(resolved) }
        return resolved == text || !resolved.unicodeScalars.allSatisfy(isText) ? nil : resolved
    }

    /// Whether a character can stand in a cell.
    private static func isText(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && scalar != "\u{FFFD}" || "\t\n\r".unicodeScalars.contains(scalar)
    }

    /// The codes of line ends and tabs, and the ends that stand behind them too (ECMA-376, Part 1, section 22.9.2.19).
    private static func withoutCharacterCodes(_ text: String) -> String {
        guard text.contains("_x00") else { return text }
        var plain = text.replacing("_x000D_\r\n", with: "\n").replacing("_x000D_\n", with: "\n")
            .replacing("_x000D__x000A_", with: "\n").replacing("_x000D_", with: "\n").replacing("_x000A_", with: "\n")
            .replacing("_x0009_", with: "\t")
        if plain == text { return text }
        while plain.last == "\n" { plain.removeLast() }
        return plain
    }
}
