extension QuotedPrintable {
    /// Encodes text with `\n` at the ends of its lines as ASCII in lines of at most 76 characters.
    ///
    /// Beginnings of lines that mbox files and servers interpret, `From ` and a dot, are escaped as well.
    static func encode(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var line: [UInt8] = []
        for (index, byte) in text.enumerated() {
            if byte == UInt8(ascii: "\n") {
                result += line + [byte]
                line = []
                continue
            }
            let isLast = index + 1 == text.count || text[index + 1] == UInt8(ascii: "\n")
            let isBlank = byte.isSpaceOrTab
            let isFirst = line.isEmpty && (byte == UInt8(ascii: "F") || byte == UInt8(ascii: "."))
            let isPlain = (0x21..<0x7F).contains(byte) && byte != UInt8(ascii: "=") && !isFirst || isBlank && !isLast
            let encoded = isPlain ? [byte] : [UInt8(ascii: "=")] + hexadecimal(byte)
            // Space is left for the sign that the line continues.
            if line.count + encoded.count > longestLine - 1 {
                result += line + Array("=\n".utf8)
                line = []
            }
            line += encoded
        }
        return result + line
    }

    private static let longestLine = 76

    private static func hexadecimal(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
    }
}
