/// Reads the East Asian encodings in which a character is an ASCII byte or several bytes, like the decoders of the
/// WHATWG Encoding Standard (sections 10 to 14): an ASCII byte that cannot follow a lead byte remains a character.
struct MultibyteReader {
    private let bytes: [UInt8]
    private var next = 0
    private var output = ScalarOutput()

    init(bytes: [UInt8]) { self.bytes = bytes }

    var text: String { output.text }
    var faults: Int { output.faults }

    /// Advances past ASCII to the first byte of another character; nil at the end.
    mutating func nextLead() -> UInt8? {
        while next < bytes.count {
            let byte = bytes[next]
            next += 1
            if byte >= 0x80 { return byte }
            output.append(UInt32(byte))
        }
        return nil
    }

    /// The byte after the lead byte, not yet consumed.
    private var trail: UInt8? { next < bytes.count ? bytes[next] : nil }

    /// Ends a character with the trail byte. If there is no code point, an ASCII trail byte is not consumed.
    private mutating func end(_ point: UInt32?) {
        if let trail, point != nil || trail >= 0x80 { next += 1 }
        output.append(point)
    }

    mutating func gb18030(_ lead: UInt8) {
        if lead == 0x80 { return output.append(0x20AC) }
        guard lead != 0xFF, let second = trail else { return output.append(nil) }
        if 0x30...0x39 ~= second {
            guard next + 2 < bytes.count, 0x81...0xFE ~= bytes[next + 1], 0x30...0x39 ~= bytes[next + 2] else {
                return output.append(nil)
            }
            let (third, fourth) = (bytes[next + 1], bytes[next + 2])
            let high = (UInt32(lead) - 0x81) * 12600 + (UInt32(second) - 0x30) * 1260
            next += 3
            return output.append(
                CharacterSetIndex.fourBytes(high + (UInt32(third) - 0x81) * 10 + UInt32(fourth) - 0x30)
            )
        }
        guard 0x40...0x7E ~= second || 0x80...0xFE ~= second else { return end(nil) }
        end(CharacterSetIndex.gb18030[(Int(lead) - 0x81) * 190 + Int(second) - (second < 0x7F ? 0x40 : 0x41)])
    }

    mutating func big5(_ lead: UInt8) {
        guard 0x81...0xFE ~= lead, let second = trail else { return output.append(nil) }
        guard 0x40...0x7E ~= second || 0xA1...0xFE ~= second else { return end(nil) }
        let pointer = (Int(lead) - 0x81) * 157 + Int(second) - (second < 0x7F ? 0x40 : 0x62)
        // Four pointers stand for two characters each.
        let pairs: [Int: (UInt32, UInt32)] = [
            1133: (0xCA, 0x304), 1135: (0xCA, 0x30C), 1164: (0xEA, 0x304), 1166: (0xEA, 0x30C),
        ]
        if 1133...1166 ~= pointer, let (first, second) = pairs[pointer] {
            output.append(first)
            return end(second)
        }
        end(CharacterSetIndex.big5[pointer])
    }

    mutating func eucJP(_ lead: UInt8) {
        guard lead == 0x8E || lead == 0x8F || 0xA1...0xFE ~= lead, let second = trail else { return output.append(nil) }
        if lead == 0x8E { return end(0xA1...0xDF ~= second ? 0xFF61 - 0xA1 + UInt32(second) : nil) }
        guard 0xA1...0xFE ~= second else { return end(nil) }
        guard lead == 0x8F else {
            return end(CharacterSetIndex.jis0208[(Int(lead) - 0xA1) * 94 + Int(second) - 0xA1])
        }
        next += 1
        guard let third = trail, 0xA1...0xFE ~= third else { return output.append(nil) }
        end(CharacterSetIndex.jis0212[(Int(second) - 0xA1) * 94 + Int(third) - 0xA1])
    }

    mutating func shiftJIS(_ lead: UInt8) {
        if lead == 0x80 { return output.append(0x80) }
        if 0xA1...0xDF ~= lead { return output.append(0xFF61 - 0xA1 + UInt32(lead)) }
        guard 0x81...0x9F ~= lead || 0xE0...0xFC ~= lead, let second = trail else { return output.append(nil) }
        guard 0x40...0x7E ~= second || 0x80...0xFC ~= second else { return end(nil) }
        let pointer = (Int(lead) - (lead < 0xA0 ? 0x81 : 0xC1)) * 188 + Int(second) - (second < 0x7F ? 0x40 : 0x41)
        // User-defined characters map to Unicode's private use area.
        if 8836...10715 ~= pointer { return end(UInt32(0xE000 - 8836 + pointer)) }
        end(CharacterSetIndex.jis0208[pointer])
    }

    mutating func eucKR(_ lead: UInt8) {
        guard 0x81...0xFE ~= lead, let second = trail else { return output.append(nil) }
        guard 0x41...0xFE ~= second else { return end(nil) }
        end(CharacterSetIndex.eucKR[(Int(lead) - 0x81) * 190 + Int(second) - 0x41])
    }
}

/// ISO-2022-JP, in which escape sequences switch the character set of the following bytes (section 12.2 of the
/// standard; JIS X 0212 as in ISO-2022-JP-1, RFC 2237).
enum ISO2022JP {
    private enum Mode {
        case ascii, roman, katakana, jis0208, jis0212
    }

    private static let escapes: [(bytes: [UInt8], mode: Mode)] = [
        (Array("(B".utf8), .ascii), (Array("(J".utf8), .roman), (Array("(I".utf8), .katakana),
        (Array("$@".utf8), .jis0208), (Array("$B".utf8), .jis0208), (Array("$(D".utf8), .jis0212),
    ]

    /// Returns whether there is an escape sequence. In mail without a declared charset, this identifies the encoding.
    static func isEscaped(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.firstIndex(of: 0x1B) else { return false }
        return escapes.contains { bytes[(first + 1)...].starts(with: $0.bytes) }
    }

    /// Decodes bytes; before the first escape sequence they are ASCII.
    static func decode(_ bytes: [UInt8]) -> (text: String, faults: Int) {
        var output = ScalarOutput()
        var mode = Mode.ascii
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == 0x1B {
                if let escape = escapes.first(where: { bytes[index...].starts(with: $0.bytes) }) {
                    mode = escape.mode
                    index += escape.bytes.count
                } else {
                    output.append(nil)
                }
                continue
            }
            let isTwoBytes = (mode == .jis0208 || mode == .jis0212) && 0x21...0x7E ~= byte
            guard isTwoBytes else {
                output.append(single(byte, mode))
                continue
            }
            guard index < bytes.count, 0x21...0x7E ~= bytes[index] else {
                output.append(nil)
                continue
            }
            let pointer = (Int(byte) - 0x21) * 94 + Int(bytes[index]) - 0x21
            index += 1
            output.append(mode == .jis0208 ? CharacterSetIndex.jis0208[pointer] : CharacterSetIndex.jis0212[pointer])
        }
        return (output.text, output.faults)
    }

    private static func single(_ byte: UInt8, _ mode: Mode) -> UInt32? {
        switch (mode, byte) {
        case (_, 0x80...): nil
        case (.roman, 0x5C): 0xA5
        case (.roman, 0x7E): 0x203E
        case (.katakana, 0x21...0x5F): 0xFF61 - 0x21 + UInt32(byte)
        case (.katakana, 0x60...0x7E): nil
        default: UInt32(byte)
        }
    }
}
