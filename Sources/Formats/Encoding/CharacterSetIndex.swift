/// The indexes of ``CharacterSetTable``, unpacked on first use.
struct CharacterSetIndex: Sendable {
    /// The code points by pointer; 0 for a pointer without one.
    private let points: [UInt32]

    static let jis0208 = CharacterSetIndex(CharacterSetTable.jis0208)
    static let jis0212 = CharacterSetIndex(CharacterSetTable.jis0212)
    static let eucKR = CharacterSetIndex(CharacterSetTable.eucKR)
    static let big5 = CharacterSetIndex(CharacterSetTable.big5)
    static let gb18030 = CharacterSetIndex(CharacterSetTable.gb18030)

    /// The upper halves of the single-byte encodings, in the order of their names.
    static let singleBytes = CharacterSetTable.singleBytes.withUTF8Buffer { table in
        table.split(separator: UInt8(ascii: " ")).map { CharacterSetIndex($0) }
    }

    private init(_ table: StaticString) {
        self = table.withUTF8Buffer { CharacterSetIndex($0[...]) }
    }

    private init(_ table: Slice<UnsafeBufferPointer<UInt8>>) {
        var reader = SixBitReader(rest: table)
        var points: [UInt32] = []
        var last: UInt32 = 0xFFFF_FFFF
        func run(_ length: UInt32) {
            for _ in 0..<length {
                last &+= 1
                points.append(last)
            }
        }
        while let first = reader.next(1) {
            switch first {
            case ..<48:
                last = first << 12 | reader.rest(2)
                points.append(last)
            case 48...51: run(first - 47)
            case 52: run(reader.rest(2))
            case 53: points.append(contentsOf: repeatElement(0, count: Int(reader.rest(1)) + 1))
            case 54: points.append(contentsOf: repeatElement(0, count: Int(reader.rest(2)) + 1))
            default:
                last &+= (first - 55) << 6 + reader.rest(1) + 2
                points.append(last)
            }
        }
        self.points = points
    }

    /// Returns the code point of a pointer; nil for none.
    subscript(pointer: Int) -> UInt32? {
        guard points.indices.contains(pointer), points[pointer] != 0 else { return nil }
        return points[pointer]
    }

    /// Returns the code point of a four-byte character in GB 18030 (section 10.2 of the standard).
    static func fourBytes(_ pointer: UInt32) -> UInt32? {
        if pointer >= 189_000 { return pointer <= 1_237_575 ? 0x10000 + (pointer - 189_000) : nil }
        guard pointer <= 39_419 else { return nil }
        // In GB 18030-2005, U+1E3F moved to two bytes, and its four bytes became those of the private-use character
        // U+E7C7.
        if pointer == 7457 { return 0xE7C7 }
        let table = CharacterSetTable.gb18030Ranges
        func number(_ index: Int) -> UInt32 {
            (0..<3).reduce(0) { $0 << 6 | UInt32(table.utf8Start[index + $1] &- 0x30) }
        }
        var (low, high) = (0, table.utf8CodeUnitCount / 6)
        while high - low > 1 {
            let middle = (low + high) / 2
            if number(middle * 6) <= pointer { low = middle } else { high = middle }
        }
        return number(low * 6 + 3) + (pointer - number(low * 6))
    }
}

/// Reads numbers written in six-bit characters from the beginning of a table.
private struct SixBitReader {
    var rest: Slice<UnsafeBufferPointer<UInt8>>

    /// Returns the number in the next characters; nil at the end.
    mutating func next(_ characters: Int) -> UInt32? {
        guard rest.count >= characters else { return nil }
        defer { rest = rest.dropFirst(characters) }
        return rest.prefix(characters).reduce(0) { $0 << 6 | UInt32($1 &- 0x30) }
    }

    /// Returns the number in the rest of a token; 0 at the end.
    mutating func rest(_ characters: Int) -> UInt32 { next(characters) ?? 0 }
}
