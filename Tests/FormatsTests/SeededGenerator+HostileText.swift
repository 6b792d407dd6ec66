import TestSupport

extension SeededGenerator {
    /// Text made of what formats stumble over.
    mutating func hostileText() -> String {
        let pieces = [
            "a", "Ana", " ", "\"", "\"\"", ",", ";", "\t", "\n", "\r", "\r\n", "\\", "\\n", "|", "'", "ñ", "José", "日本",
            "👩‍👩‍👧",
            "\u{FEFF}", "\u{2028}", "e\u{301}", "é", "\u{1}", "\u{7F}", "0", "-1.50", "null", "{", "]", "=1+1",
            "\u{10FFFF}",
        ]
        if Int.random(in: 0..<200, using: &self) == 0 {
            return String(repeating: pieces.randomElement(using: &self) ?? "", count: 40_000)
        }
        return (0..<Int.random(in: 0..<6, using: &self)).map { _ in pieces.randomElement(using: &self) ?? "" }.joined()
    }

    /// The bytes with a few of them changed, removed, doubled or put in.
    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let troublesome = Array("\",;\t\n\r\\{}[]:0-e.u".utf8) + [0, 0x1F, 0x80, 0xC3, 0xED, 0xEF, 0xF0, 0xFF]
        for _ in 0..<Int.random(in: 1...4, using: &self) {
            let index = Int.random(in: 0...bytes.count, using: &self)
            let byte = troublesome.randomElement(using: &self) ?? 0
            switch Int.random(in: 0..<4, using: &self) {
            case 0 where index < bytes.count: bytes[index] = byte
            case 1 where index < bytes.count: bytes.remove(at: index)
            case 2: bytes.insert(contentsOf: bytes[index...].prefix(9), at: index)
            default: bytes.insert(byte, at: index)
            }
        }
        return bytes
    }
}
