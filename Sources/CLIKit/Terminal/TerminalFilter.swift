/// Makes visible, in text that is laid out for programs, what would steer a terminal: the characters that
/// ``Sanitizer/visible(_:)`` replaces, but for the line feeds and tabs that lay it out.
///
/// What it is given may end anywhere, and what it cannot yet tell it keeps for the next piece.
public final class TerminalFilter {
    private let isJSON: Bool
    private var rest: [UInt8] = []

    /// - Parameter isJSON: whether escapes are those of JSON, so that what is shown can be read.
    public init(isJSON: Bool) { self.isJSON = isJSON }

    /// What a piece of the text looks like.
    public func shown(_ piece: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let bytes = rest + piece
        var shown: [UInt8] = []
        shown.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            let length = Self.length(bytes[position])
            // A return is one of a line's end, or one that goes back over the line.
            let needed = bytes[position] == 0x0D ? 2 : length
            guard position + needed <= bytes.count else { break }
            let character = bytes[position..<(position + length)]
            if let scalar = Self.control(character), !(scalar == 0x0D && bytes[position + 1] == 0x0A) {
                shown += escape(scalar).utf8
            } else {
                shown += character
            }
            position += length
        }
        rest = Array(bytes[position...])
        return shown
    }

    /// How many bytes a character has that begins so (RFC 3629, section 3); 1 for a byte that begins none.
    private static func length(_ byte: UInt8) -> Int {
        switch byte {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }

    /// The scalar of a character that is not to reach a terminal; a lone byte of C1 is one too, for terminals of 8 bits.
    private static func control(_ character: ArraySlice<UInt8>) -> UInt32? {
        guard let first = character.first else { return nil }
        switch character.count {
        case 1:
            let isControl = first < 0x20 && first != 0x0A && first != 0x09 || (0x7F...0x9F).contains(first)
            return isControl ? UInt32(first) : nil
        case 2:
            let scalar = UInt32(first & 0x1F) << 6 | UInt32(character[character.startIndex + 1] & 0x3F)
            return (0x80...0x9F).contains(scalar) ? scalar : nil
        case 3:
            let (second, third) = (character[character.startIndex + 1], character[character.startIndex + 2])
            let scalar = UInt32(first & 0x0F) << 12 | UInt32(second & 0x3F) << 6 | UInt32(third & 0x3F)
            let isControl = (0x2028...0x202E).contains(scalar) || (0x2066...0x2069).contains(scalar)
            return isControl ? scalar : nil
        default: return nil
        }
    }

    private func escape(_ scalar: UInt32) -> String {
        let digits = String(scalar, radix: 16)
        if scalar == 0x0D { return "\\r" }
        guard isJSON else { return "\\u{\(digits)}" }
        return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }
}
