/// Marks the words of a record's name and keys in the index, so that they differ from the words of other texts. A
/// search for a common word that occurs in no name then does not go through all texts with that word.
///
/// The mark replaces the first letter of a word by one for private use, so that prefixes keep their length. The initials
/// of the words follow as words of their own: a prefix of one letter is not combined from all the names it begins.
enum NameMark {
    /// U+E000, the first code point for private use: marked letters.
    private static let letters: UInt32 = 0xE000
    /// U+E100, beyond the marked letters: initials.
    private static let initials: UInt32 = 0xE100
    /// The bytes inserted before a non-ASCII letter.
    private static let beyond = Array("\u{E0FF}".utf8)

    /// Appends words with their marks, with spaces before, between and after them.
    static func append(_ words: [UInt8], to marked: inout [UInt8]) {
        words.withUnsafeBufferPointer { words in
            // What precedes a mark is copied at once.
            var start = 0
            for place in words.indices.dropFirst() where words[place - 1] == Fold.space {
                let byte = words[place]
                if byte == Fold.space || byte == SearchDocument.mark { continue }
                marked.append(contentsOf: UnsafeBufferPointer(rebasing: words[start..<place]))
                if byte < 0x80 {
                    append(byte, from: letters, to: &marked)
                    start = place + 1
                } else {
                    marked += beyond
                    start = place
                }
            }
            marked.append(contentsOf: UnsafeBufferPointer(rebasing: words[start...]))
        }
    }

    /// Returns a word in its form in the index.
    static func marked(_ word: String) -> String {
        var marked: [UInt8] = []
        append([Fold.space] + Array(word.utf8), to: &marked)
        return String(decoding: marked.dropFirst(), as: UTF8.self)
    }

    /// Appends the ASCII initials of words, each once and with a space after it. No phrase comes to them, since no word
    /// of a search begins with such a letter.
    static func appendInitials(of words: [UInt8], to marked: inout [UInt8]) {
        // Two words of 64 bits each, a bit for each ASCII letter.
        var seen: (UInt64, UInt64) = (0, 0)
        var isFirst = false
        for byte in words {
            defer { isFirst = byte == Fold.space }
            guard isFirst, byte < 0x80, byte != Fold.space, byte != SearchDocument.mark else { continue }
            let bit: UInt64 = 1 << UInt64(byte & 0x3F)
            let isSeen = (byte < 0x40 ? seen.0 : seen.1) & bit != 0
            if isSeen { continue }
            if byte < 0x40 { seen.0 |= bit } else { seen.1 |= bit }
            append(byte, from: initials, to: &marked)
            marked.append(Fold.space)
        }
    }

    /// Returns the word for an initial; `nil` for a text of more than one ASCII letter.
    static func initial(_ text: String) -> String? {
        guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80 else { return nil }
        var initial: [UInt8] = []
        append(byte, from: initials, to: &initial)
        return String(decoding: initial, as: UTF8.self)
    }

    /// Appends the private use letter for an ASCII letter, in UTF-8.
    private static func append(_ byte: UInt8, from first: UInt32, to marked: inout [UInt8]) {
        let scalar = first + UInt32(byte)
        marked.append(0xEE)
        marked.append(0x80 | UInt8(truncatingIfNeeded: scalar >> 6 & 0x3F))
        marked.append(0x80 | UInt8(truncatingIfNeeded: scalar & 0x3F))
    }
}
