/// Names and parameter values in content lines.
enum ContentToken {
    /// Returns whether a byte can be part of a name: a letter, a digit or a hyphen, as in the RFCs, or an underscore,
    /// which some programs use.
    static func contains(_ byte: UInt8) -> Bool {
        byte.isLetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    /// Returns whether two names are equal, ignoring case.
    static func isSame(_ one: String, _ other: String) -> Bool {
        guard one.utf8.count == other.utf8.count else { return false }
        if one == other { return true }
        return zip(one.utf8, other.utf8).allSatisfy { one, other in
            one == other || one ^ other == 0x20 && one.isLetter
        }
    }

    /// Returns the bytes of a name, with a hyphen for each byte that a name cannot contain.
    static func encodeName(_ name: String) -> [UInt8] {
        name.isEmpty ? [UInt8(ascii: "-")] : name.utf8.map { contains($0) ? $0 : UInt8(ascii: "-") }
    }

    /// Decodes a parameter value, given without its quotes (RFC 6868 section 3.2).
    static func decodeParameter(_ value: ArraySlice<UInt8>) -> String {
        guard value.contains(UInt8(ascii: "^")) else { return String(decoding: value, as: UTF8.self) }
        var bytes: [UInt8] = []
        var index = value.startIndex
        while index < value.endIndex {
            let next = index + 1 < value.endIndex ? value[index + 1] : 0
            let decoded: UInt8? =
                switch (value[index], next) {
                case (UInt8(ascii: "^"), UInt8(ascii: "n")): UInt8(ascii: "\n")
                case (UInt8(ascii: "^"), UInt8(ascii: "'")): UInt8(ascii: "\"")
                case (UInt8(ascii: "^"), UInt8(ascii: "^")): UInt8(ascii: "^")
                default: nil
                }
            bytes.append(decoded ?? value[index])
            index += decoded == nil ? 1 : 2
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Encodes a parameter value, in quotes if it needs them (RFC 6868 section 3.1).
    static func encodeParameter(_ value: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var needsQuotes = false
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\n"): bytes += Array("^n".utf8)
            case UInt8(ascii: "\""): bytes += Array("^'".utf8)
            case UInt8(ascii: "^"): bytes += Array("^^".utf8)
            default:
                needsQuotes = needsQuotes || [UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: ",")].contains(byte)
                bytes.append(byte)
            }
        }
        return needsQuotes ? [UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")] : bytes
    }
}
