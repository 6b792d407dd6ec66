/// Base64: bytes as letters, digits, `+` and `/` (RFC 4648 section 4).
public enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    /// Returns bytes in base64, padded, in one line.
    public static func encode(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes { encode($0) } }

    /// Returns bytes in base64, padded, in one line.
    public static func encode(_ bytes: UnsafeRawBufferPointer) -> String {
        String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { text in
            var end = 0
            for start in stride(from: 0, to: bytes.count, by: 3) {
                let count = min(3, bytes.count - start)
                var bits = Int(bytes[start]) << 16
                if count > 1 { bits |= Int(bytes[start + 1]) << 8 }
                if count > 2 { bits |= Int(bytes[start + 2]) }
                for place in 0..<4 {
                    text[end] = place <= count ? alphabet[bits >> (18 - 6 * place) & 0x3F] : padding
                    end += 1
                }
            }
            return end
        }
    }

    /// Returns the bytes of a base64 text, which may contain white space and lack padding; nil for any other text.
    public static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        text.withContiguousStorageIfAvailable(decode(text:)) ?? Array(text).withUnsafeBufferPointer(decode(text:))
    }

    private static func decode(text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var isText = true
        let bytes = values.withUnsafeBufferPointer { values in
            [UInt8](unsafeUninitializedCapacity: text.count / 4 * 3 + 3) { bytes, count in
                var (bits, digits, hasEnded): (UInt32, Int, Bool) = (0, 0, false)
                for byte in text {
                    let value = values[Int(byte)]
                    if value < 64, !hasEnded {
                        bits = bits << 6 | UInt32(value)
                        digits &+= 1
                        guard digits & 3 == 0 else { continue }
                        bytes[count] = UInt8(truncatingIfNeeded: bits >> 16)
                        bytes[count &+ 1] = UInt8(truncatingIfNeeded: bits >> 8)
                        bytes[count &+ 2] = UInt8(truncatingIfNeeded: bits)
                        count &+= 3
                    } else if byte == padding {
                        hasEnded = true
                    } else if !isWhitespace(byte) {
                        return isText = false
                    }
                }
                switch digits & 3 {
                case 0: break
                case 2:
                    bytes[count] = UInt8(truncatingIfNeeded: bits >> 4)
                    count &+= 1
                case 3:
                    bytes[count] = UInt8(truncatingIfNeeded: bits >> 10)
                    bytes[count &+ 1] = UInt8(truncatingIfNeeded: bits >> 2)
                    count &+= 2
                default: isText = false
                }
            }
        }
        return isText ? bytes : nil
    }

    /// The value of each byte as a digit; 64 for a byte that is not one.
    private static let values = (UInt8.min...UInt8.max).map { UInt8(value(of: $0) ?? 64) }

    /// Decodes base64 leniently: other bytes are skipped, and digits may continue after padding.
    static func decodeLeniently(_ text: some Sequence<UInt8>) -> [UInt8] {
        var decoder = Base64Decoder()
        var bytes: [UInt8] = []
        for byte in text { decoder.take(byte, into: &bytes) }
        decoder.finish(into: &bytes)
        return bytes
    }

    /// Returns whether a byte is a base64 digit or padding.
    static func isDigit(_ byte: UInt8) -> Bool { byte == padding || value(of: byte) != nil }

    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
            || byte == UInt8(ascii: "\r")
    }

    static func value(of byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
