/// Escapes characters that would control a terminal, or are invisible, in text laid out for programs. They are those
/// that ``Sanitizer/visible(_:)`` replaces, except the line feeds and tabs of the layout.
///
/// A piece may end anywhere: bytes that cannot be decided yet are stored for the next piece.
public final class TerminalFilter {
    private let isJSON: Bool
    private var rest: [UInt8] = []
    private var look = HiddenCharacter()

    /// - Parameter isJSON: whether to write the escapes of JSON, so that the output remains valid.
    public init(isJSON: Bool) { self.isJSON = isJSON }

    /// Returns a piece of the text with hidden characters escaped. An incomplete character at the end is stored for the
    /// next piece.
    public func shown(_ piece: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let bytes = rest + piece
        var shown: [UInt8] = []
        shown.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count {
            let length = Self.length(of: bytes[position...])
            // A carriage return ends a line if a line feed follows; otherwise it would overwrite the line.
            let needed = bytes[position] == 0x0D ? 2 : length
            guard position + needed <= bytes.count else { break }
            let character = bytes[position..<(position + length)]
            let scalar = Self.scalar(character)
            let isLayout = scalar == 0x0A || scalar == 0x09 || scalar == 0x0D && bytes[position + 1] == 0x0A
            if look.isNext(scalar), !isLayout { shown += escape(scalar).utf8 } else { shown += character }
            position += length
        }
        rest = Array(bytes[position...])
        return shown
    }

    /// Returns the length of the first character in UTF-8, in bytes (RFC 3629, section 3); 1 for a byte that does not
    /// begin a character.
    private static func length(of bytes: ArraySlice<UInt8>) -> Int {
        let length =
            switch bytes.first ?? 0 {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        return bytes.dropFirst().prefix(length - 1).allSatisfy { $0 & 0xC0 == 0x80 } ? length : 1
    }

    /// Returns the scalar of a UTF-8 character. A byte that is not UTF-8 gives its own value, which on 8-bit terminals
    /// may be a C1 control.
    private static func scalar(_ character: ArraySlice<UInt8>) -> UInt32 {
        let lead: [UInt8] = [0xFF, 0x1F, 0x0F, 0x07]
        guard let first = character.first else { return 0 }
        return character.dropFirst().reduce(UInt32(first & lead[character.count - 1])) { scalar, byte in
            scalar << 6 | UInt32(byte & 0x3F)
        }
    }

    private func escape(_ scalar: UInt32) -> String {
        let digits = String(scalar, radix: 16)
        if scalar == 0x0D { return "\\r" }
        guard isJSON else { return "\\u{\(digits)}" }
        // RFC 8259, section 7: a scalar above 16 bits is written as two escapes.
        return scalar.utf16Units.map { "\\u" + $0.digits(radix: 16, atLeast: 4) }.joined()
    }
}

extension UInt32 {
    /// The scalar in UTF-16.
    fileprivate var utf16Units: [UInt16] { Unicode.Scalar(self).map { Array(String($0).utf16) } ?? [] }
}

extension FileDescriptor {
    /// Returns lines, each with its newline, as people read them here: on a terminal those that are wider than it are
    /// broken between words, each with the indentation of the line. Commands in them can be pasted.
    public func fitted(_ lines: String, in environment: Environment) -> String {
        guard isTerminal, lines.last == "\n" else { return lines }
        let width = max(lineWidth(in: environment), Self.leastWidth)
        let fitted = lines.dropLast().split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
            let indent = String(line.prefix { $0 == " " })
            let room = max(width - indent.count, Self.leastWidth)
            return LineWrapping.lines(of: String(line.dropFirst(indent.count)), width: room, isPasted: true)
                .map { indent + $0 }
        }
        return fitted.map { $0 + "\n" }.joined()
    }

    /// The least width to which lines are broken, in cells.
    private static let leastWidth = 20

    /// Writes text laid out for programs. On a terminal, hidden characters are escaped.
    ///
    /// - Parameter isJSON: whether to write the escapes of JSON.
    /// - Throws: ``SystemError``, as ``write(_:)`` does.
    public func writeShown(_ bytes: [UInt8], isJSON: Bool) throws(SystemError) {
        guard isTerminal else { return try write(bytes) }
        try write(bytes.withUnsafeBufferPointer(TerminalFilter(isJSON: isJSON).shown))
    }
}
