/// UTF-7, in which characters beyond ASCII are UTF-16 in Base64 between `+` and `-` (RFC 2152).
enum UTF7 {
    /// Decodes bytes.
    ///
    /// A `+` that begins no Base64 stands for itself, as in mail that was never encoded: nothing of the text is lost.
    static func decode(_ bytes: [UInt8]) -> (text: String, faults: Int) {
        var output = ScalarOutput()
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            guard byte == UInt8(ascii: "+") else {
                output.append(byte < 0x80 ? UInt32(byte) : nil)
                continue
            }
            let end = bytes[index...].firstIndex { sextet($0) == nil } ?? bytes.endIndex
            let isClosed = end < bytes.count && bytes[end] == UInt8(ascii: "-")
            if end == index {
                output.append(UInt32(byte))
                if isClosed { index += 1 }
                continue
            }
            append(bytes[index..<end], to: &output)
            index = isClosed ? end + 1 : end
        }
        return (output.text, output.faults)
    }

    /// Appends the characters of a run of Base64.
    private static func append(_ run: ArraySlice<UInt8>, to output: inout ScalarOutput) {
        var (bits, count): (UInt32, UInt32) = (0, 0)
        var high: UInt32?
        for byte in run {
            bits = bits << 6 | (sextet(byte) ?? 0)
            count += 6
            guard count >= 16 else { continue }
            count -= 16
            let unit = bits >> count & 0xFFFF
            bits &= 1 << count - 1
            if let first = high, 0xDC00...0xDFFF ~= unit {
                output.append(0x10000 + (first & 0x3FF) << 10 + (unit & 0x3FF))
                high = nil
                continue
            }
            if high != nil { output.append(nil) }
            high = 0xD800...0xDBFF ~= unit ? unit : nil
            // The second half of a pair alone is no character.
            if high == nil { output.append(unit) }
        }
        // What fills up the last byte is zero.
        if high != nil || count >= 6 || bits != 0 { output.append(nil) }
    }

    private static func sextet(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte) - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
