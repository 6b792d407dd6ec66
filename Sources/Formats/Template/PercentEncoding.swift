/// Percent-encoding of text in an address (RFC 3986, section 2.1).
public enum PercentEncoding {
    /// A place in a web address.
    public enum Place: Sendable {
        /// In the path, or in a mail address.
        case path
        /// In a name or value of the query, or in the fragment.
        case query

        /// The characters besides letters and digits that need no encoding there.
        fileprivate var plain: String.UTF8View {
            switch self {
            case .path: "-._~!$&'()*+,;=:@/".utf8
            case .query: "-._~".utf8
            }
        }
    }

    /// Returns the text with all bytes percent-encoded that have a special meaning there, or are not allowed.
    public static func encoded(_ text: String, in place: Place) -> String {
        func isPlain(_ byte: UInt8) -> Bool { byte.isLetterOrDigit || place.plain.contains(byte) }
        guard text.utf8.contains(where: { !isPlain($0) }) else { return text }
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isPlain(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
