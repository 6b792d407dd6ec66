/// Quoted-printable: bytes as ASCII, most of them unchanged and others as `=` with two hexadecimal digits (RFC 2045
/// section 6.7).
enum QuotedPrintable {
    /// Decodes a text without soft line breaks. An `=` that does not begin an escape stays, as the RFC advises.
    ///
    /// - Parameter escape: the byte that begins an escape; a percent sign in RFC 2231.
    static func decode(_ text: ArraySlice<UInt8>, escape: UInt8 = UInt8(ascii: "=")) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == escape, index + 2 < text.endIndex,
                let high = digit(text[index + 1]), let low = digit(text[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(text[index])
                index += 1
            }
        }
        return bytes
    }

    /// Returns the byte of an escape at the beginning of a text; nil if there is none.
    static func escaped(_ text: ArraySlice<UInt8>) -> UInt8? {
        let head = Array(text.prefix(3))
        guard head.count == 3, head[0] == UInt8(ascii: "="), let high = digit(head[1]), let low = digit(head[2]) else {
            return nil
        }
        return high << 4 | low
    }

    /// Returns the value of a hexadecimal digit; nil for any other byte.
    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
