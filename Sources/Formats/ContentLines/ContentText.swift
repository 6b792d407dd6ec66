/// The escapes in values (RFC 2426 section 5, RFC 6350 section 3.4, RFC 5545 section 3.3.11). All of them allow `\;`
/// even where it is not needed.
enum ContentText {
    private static let backslash = UInt8(ascii: "\\")

    /// Returns a text with the escapes of a value.
    static func escape(_ text: String) -> String {
        guard text.utf8.contains(where: needsEscape) else { return text }
        var bytes: [UInt8] = []
        for byte in escapingLineBreaks(text, escapingBackslashes: true).utf8 {
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") { bytes.append(backslash) }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == backslash || isLineBreak(byte)
    }

    private static func isLineBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

    /// Returns texts with their escapes, joined into one value.
    static func join(_ texts: [String], _ separator: String) -> String {
        texts.map(escape).joined(separator: separator)
    }

    /// Returns the value with `\n` for each line break (CR LF, CR or LF) and, if requested, `\\` for each backslash.
    static func escapingLineBreaks(_ value: String, escapingBackslashes: Bool = false) -> String {
        guard value.utf8.contains(where: { isLineBreak($0) || escapingBackslashes && $0 == backslash }) else {
            return value
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(value.utf8.count)
        for byte in joiningLineBreaks(value).utf8 {
            switch byte {
            case UInt8(ascii: "\n"): bytes += [backslash, UInt8(ascii: "n")]
            case backslash where escapingBackslashes: bytes += [backslash, backslash]
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Returns the text with LF for each line break (CR LF, CR or LF).
    static func joiningLineBreaks(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "\r")) else { return text }
        var bytes: [UInt8] = []
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte != UInt8(ascii: "\n") || previous != UInt8(ascii: "\r") {
                bytes.append(byte == UInt8(ascii: "\r") ? UInt8(ascii: "\n") : byte)
            }
            previous = byte
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Returns the text of a value. Most values have no escapes.
    static func unescape(_ value: String) -> String {
        value.utf8.contains(backslash) ? unescape(value.utf8) : value
    }

    /// Returns the text of a value. In `\:`, `\'` and `\"`, which some programs write, the backslash is removed; before
    /// any other character that needs none it stays.
    static func unescape(_ value: some Sequence<UInt8>) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(value.underestimatedCount)
        var isEscaped = false
        for byte in value {
            if isEscaped {
                isEscaped = false
                switch byte {
                case UInt8(ascii: "n"), UInt8(ascii: "N"): bytes.append(UInt8(ascii: "\n"))
                case backslash, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "'"),
                    UInt8(ascii: "\""):
                    bytes.append(byte)
                default: bytes += [backslash, byte]
                }
            } else if byte == backslash {
                isEscaped = true
            } else {
                bytes.append(byte)
            }
        }
        if isEscaped { bytes.append(backslash) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Returns the parts of a value between separators without a backslash before them, with their escapes.
    static func split<Bytes: Collection<UInt8>>(_ value: Bytes, _ separator: UInt8) -> [Bytes.SubSequence] {
        var parts: [Bytes.SubSequence] = []
        var start = value.startIndex
        var isEscaped = false
        for index in value.indices {
            if isEscaped {
                isEscaped = false
            } else if value[index] == backslash {
                isEscaped = true
            } else if value[index] == separator {
                parts.append(value[start..<index])
                start = value.index(after: index)
            }
        }
        parts.append(value[start...])
        return parts
    }
}
