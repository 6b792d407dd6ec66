/// Makes characters visible that would steer a terminal instead of being shown, so that data cannot move the cursor,
/// recolour the screen or reorder what a person reads.
public enum Sanitizer {
    /// Replaces control characters by escapes as Swift and JSON people read them: `\n`, `\r`, `\t`, otherwise `\u{1b}`
    /// with the scalar in hexadecimal.
    ///
    /// Replaced are C0, DEL and C1 (ECMA-48), the line and paragraph separators U+2028 and U+2029, and the bidirectional
    /// embeddings, overrides and isolates U+202A–202E and U+2066–2069 (UAX #9). A backslash stays as it is: the result is
    /// for eyes, not to be read back.
    public static func visible(_ text: String) -> String {
        var text = text
        guard let escaped = text.withUTF8(escapedBytes) else { return text }
        return String(decoding: escaped, as: UTF8.self)
    }

    /// Replaces also what cannot be told from nothing, or from a space: formats such as zero-width spaces, marks of byte
    /// order and soft hyphens (General_Category Cf), and spaces other than that of ASCII (Zs). It is for messages, which
    /// show what is wrong with a text; what joins an emoji stays seen there too.
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

    /// The bytes with escapes in them, or `nil` when there is nothing to replace.
    private static func escapedBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard let first = bytes.indices.first(where: { control(in: bytes, at: $0) != nil }) else { return nil }
        var output = Array(bytes[..<first])
        var position = first
        while position < bytes.count {
            if let (scalar, length) = control(in: bytes, at: position) {
                output.append(contentsOf: escape(for: scalar).utf8)
                position += length
            } else {
                output.append(bytes[position])
                position += 1
            }
        }
        return output
    }

    /// The control character that begins at a position of valid UTF-8, and the bytes it takes.
    @inline(__always)
    private static func control(
        in bytes: UnsafeBufferPointer<UInt8>,
        at position: Int
    ) -> (scalar: UInt32, length: Int)? {
        let byte = bytes[position]
        if byte >= 0x20, byte != 0x7F, byte != 0xC2, byte != 0xE2 { return nil }
        switch byte {
        case 0xC2:
            let second = bytes[position + 1]
            return second < 0xA0 ? (UInt32(second), 2) : nil
        case 0xE2:
            let scalar = 0x2000 | UInt32(bytes[position + 1] & 0x3F) << 6 | UInt32(bytes[position + 2] & 0x3F)
            let isControl = (0x2028...0x202E).contains(scalar) || (0x2066...0x2069).contains(scalar)
            return isControl ? (scalar, 3) : nil
        default:
            return (UInt32(byte), 1)
        }
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
