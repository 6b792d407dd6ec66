/// Makes characters visible that would control a terminal instead of being shown, so that data cannot move the cursor,
/// recolour the screen or reorder the text.
public enum Sanitizer {
    /// Replaces hidden characters (``HiddenCharacter``) by the escapes of Swift and JSON: `\n`, `\r`, `\t`, otherwise
    /// `\u{1b}` with the scalar in hexadecimal. A backslash is not escaped: the result is for display only, not for
    /// parsing.
    public static func visible(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
        var look = HiddenCharacter()
        guard text.unicodeScalars.contains(where: { look.isNext($0.value) }) else { return text }
        var visible = ""
        look = HiddenCharacter()
        for scalar in text.unicodeScalars {
            if look.isNext(scalar.value) {
                visible += escape(for: scalar.value)
            } else {
                visible.unicodeScalars.append(scalar)
            }
        }
        return visible
    }

    /// Also replaces characters that are invisible or look like a space: every other format character (General_Category
    /// Cf) and spaces other than the ASCII one (Zs). It serves messages that show what is wrong with a text; even the
    /// joiners of an emoji are replaced.
    public static func revealed(_ text: String) -> String {
        let text = visible(text)
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var revealed = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .format,
                .spaceSeparator where scalar != " ":
                revealed += escape(for: scalar.value)
            default: revealed.unicodeScalars.append(scalar)
            }
        }
        return revealed
    }

    private static func escape(for scalar: UInt32) -> String {
        switch scalar {
        case 0x09: "\\t"
        case 0x0A: "\\n"
        case 0x0D: "\\r"
        default: "\\u{\(String(scalar, radix: 16))}"
        }
    }
}
