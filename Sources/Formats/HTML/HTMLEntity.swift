/// Character references of HTML: the names of HTML 4.01 (section 24) and `apos`, and all numbers.
public enum HTMLEntity {
    /// Returns the character of a character reference.
    ///
    /// - Parameter name: the text between `&` and `;`: `eacute`, `#233`, `#xe9`.
    static func scalar(of name: [UInt8]) -> Unicode.Scalar? {
        guard name.first == UInt8(ascii: "#") else {
            return names[String(decoding: name, as: UTF8.self)].flatMap(Unicode.Scalar.init)
        }
        var digits = name.dropFirst()
        var radix = 10
        if digits.first == UInt8(ascii: "x") || digits.first == UInt8(ascii: "X") {
            digits = digits.dropFirst()
            radix = 16
        }
        guard !digits.isEmpty, let number = UInt32(String(decoding: digits, as: UTF8.self), radix: radix) else {
            return nil
        }
        // The numbers of C1 control characters mean the windows-1252 characters of these bytes (HTML Standard, section
        // 13.2.5.80).
        if number < 0x100, UpperHalf.controls.contains(UInt8(number)) {
            return UpperHalf.windows1252.scalar(of: UInt8(number)).flatMap { Unicode.Scalar(UInt32($0)) }
        }
        return number == 0 ? "\u{FFFD}" : Unicode.Scalar(number) ?? "\u{FFFD}"
    }

    /// Returns a text with its character references resolved.
    public static func resolved(_ text: String) -> String { resolve(Array(text.utf8)[...]) }

    /// Returns bytes as text with character references resolved.
    static func resolve(_ text: ArraySlice<UInt8>) -> String {
        guard text.contains(UInt8(ascii: "&")) else { return String(decoding: text, as: UTF8.self) }
        var resolved: [UInt8] = []
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == UInt8(ascii: "&"),
                let end = text[index...].prefix(12).firstIndex(of: UInt8(ascii: ";")),
                let scalar = scalar(of: Array(text[(index + 1)..<end]))
            {
                resolved += String(scalar).utf8
                index = end + 1
            } else {
                resolved.append(text[index])
                index += 1
            }
        }
        return String(decoding: resolved, as: UTF8.self)
    }

    /// The code points by the names in the table, where each name precedes its number.
    private static let names: [String: UInt32] = {
        var names: [String: UInt32] = ["apos": 0x27]
        var words = HTMLEntityTable.names.split(separator: " ").makeIterator()
        while let name = words.next(), let number = words.next() { names[String(name)] = UInt32(number, radix: 16) }
        return names
    }()
}
