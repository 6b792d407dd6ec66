/// Marks the words of a record's name and keys in the index, so that they differ from the words of other texts. A
/// search for a common word that occurs in no name then does not go through all texts with that word.
///
/// The mark replaces the first letter of a word by one for private use, so that prefixes keep their length.
enum NameMark {
    /// U+E000, the first code point for private use.
    private static let first: UInt32 = 0xE000
    /// The bytes inserted before a non-ASCII letter.
    private static let beyond = Array("\u{E0FF}".utf8)

    /// Appends words with their marks, with spaces before, between and after them.
    static func append(_ words: [UInt8], to marked: inout [UInt8]) {
        var isFirst = false
        for byte in words {
            defer { isFirst = byte == Fold.space }
            if isFirst, byte != Fold.space, byte != SearchDocument.mark {
                if byte < 0x80 {
                    marked += utf8(byte)
                    continue
                }
                marked += beyond
            }
            marked.append(byte)
        }
    }

    /// Returns a word in its form in the index.
    static func marked(_ word: String) -> String {
        var marked: [UInt8] = []
        append([Fold.space] + Array(word.utf8), to: &marked)
        return String(decoding: marked.dropFirst(), as: UTF8.self)
    }

    /// Returns the private use letter for an ASCII letter, in UTF-8.
    private static func utf8(_ byte: UInt8) -> [UInt8] {
        let scalar = first + UInt32(byte)
        return [0xEE, 0x80 | UInt8(scalar >> 6 & 0x3F), 0x80 | UInt8(scalar & 0x3F)]
    }
}
