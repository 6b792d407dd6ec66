/// Folding of text for matching and sorting: what differs only by case, accents or spacing folds alike, whatever the
/// locale.
///
/// The rules, in this order, each from the Unicode Character Database:
/// - White space (`White_Space`) is trimmed at both ends, and each run of it inside becomes one space.
/// - Ignorable characters (`Default_Ignorable_Code_Point`: zero-width spaces and joiners, soft hyphens, variation
///   selectors, tags) are dropped.
/// - Canonical decomposition, so that precomposed text (NFC) and decomposed text (NFD) fold alike. Hangul goes the other
///   way: jamo are composed to syllables.
/// - Diacritics are dropped: `José` is `jose`, `ñ` is `n`, `ё` is `е`, `й` is `и`, and the points of Hebrew and Arabic go.
///   Marks that spell another word stay: nukta, kana voicing, virama, and the vowels and tones of Thai and Tibetan.
/// - Full case folding: `ß` and `ẞ` are `ss` as their capitals are, and ligatures such as `ﬁ` are their letters. `ı` is
///   `i`: its capital is `I`, so that without a locale the two cannot be told apart.
///
/// Letters that Unicode does not decompose stay themselves: `ø`, `đ`, `ł`, `æ`. On other Latin text this is what the
/// tokenizer `unicode61 remove_diacritics 2` of FTS5 does (https://www.sqlite.org/fts5.html, section 4.3.1), which keeps
/// `ß`, `ı` and ligatures as they are; it leaves the accents of `ǣ`, `ǿ`, `ǯ` and `ǡ`, and those of precomposed letters
/// in Greek and Cyrillic.
///
/// Folding is idempotent: what is folded folds to itself.
public enum Fold {
    /// Folds a string.
    public static func fold(_ text: String) -> String {
        var text = text
        var output: [UInt8] = []
        text.withUTF8 { fold(UnsafeRawBufferPointer($0), into: &output) }
        return String(decoding: output, as: UTF8.self)
    }

    /// Folds UTF-8 bytes and appends the result, which is UTF-8 too. The bytes that `output` already holds are kept and
    /// do not take part.
    ///
    /// Bytes that are not UTF-8 become U+FFFD, one for each maximal subpart (Unicode, section 3.9).
    public static func fold(_ text: UnsafeRawBufferPointer, into output: inout [UInt8]) {
        let start = output.count
        let consumed = appendFoldedASCII(text, to: &output)
        if consumed < text.count {
            var folder = ScalarFolder(start: start)
            folder.append(UnsafeRawBufferPointer(rebasing: text[consumed...]), to: &output)
        }
        if output.count > start, output[output.count - 1] == space {
            output.removeLast()
        }
    }

    static let space = UInt8(ascii: " ")

    /// True for the six white space characters of ASCII.
    @inline(__always)
    static func isASCIISpace(_ byte: UInt8) -> Bool {
        byte == space || (byte >= 0x09 && byte <= 0x0D)
    }

    /// The lower case of an ASCII letter; any other byte is given back.
    @inline(__always)
    static func lowercasedASCII(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }
}

// MARK: - The ASCII fast path

extension Fold {
    /// Folds the leading run of ASCII: eight bytes at a time where they hold neither control characters nor spaces that
    /// would collapse.
    ///
    /// - Returns: How many bytes of `text` were read. What was appended may end with one space that stands for a run.
    private static func appendFoldedASCII(_ text: UnsafeRawBufferPointer, to output: inout [UInt8]) -> Int {
        let start = output.count
        // A folded ASCII text is never longer than the text, so the place is made once and the rest given back.
        output.append(contentsOf: text)
        var read = 0
        var written = 0
        output.withUnsafeMutableBytes { whole in
            let target = UnsafeMutableRawBufferPointer(rebasing: whole[start...])
            var afterSpace = true
            while read < text.count {
                if read + 8 <= text.count {
                    let word = text.loadUnaligned(fromByteOffset: read, as: UInt64.self).littleEndian
                    if let folded = foldedWord(word, afterSpace: afterSpace) {
                        target.storeBytes(of: folded.littleEndian, toByteOffset: written, as: UInt64.self)
                        afterSpace = UInt8(truncatingIfNeeded: folded >> 56) == space
                        read += 8
                        written += 8
                        continue
                    }
                }
                let byte = text[read]
                if byte >= 0x80 { break }
                read += 1
                if !isASCIISpace(byte) {
                    target[written] = lowercasedASCII(byte)
                    written += 1
                    afterSpace = false
                } else if !afterSpace {
                    target[written] = space
                    written += 1
                    afterSpace = true
                }
            }
        }
        if written < text.count { output.removeLast(text.count - written) }
        return read
    }

    /// Folds eight ASCII bytes, the first one lowest.
    ///
    /// - Returns: `nil` if they hold anything but printable ASCII, or a space beside another one (or at the front, when
    ///   `afterSpace`), which the slower path has to collapse.
    @inline(__always)
    static func foldedWord(_ word: UInt64, afterSpace: Bool) -> UInt64? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = ones << 7
        // No byte has its high bit set from here on, so sums below stay inside their byte.
        if word & highs != 0 { return nil }
        let atLeastSpace = (word &+ ones &* (0x80 - 0x20)) & highs
        if atLeastSpace != highs { return nil }
        let spaces = ~(word &+ ones &* (0x80 - 0x21)) & highs
        if spaces & (spaces << 8) != 0 || (afterSpace && spaces & 0x80 != 0) { return nil }
        let atLeastA = word &+ ones &* (0x80 - 0x41)
        let aboveZ = word &+ ones &* (0x80 - 0x5B)
        let upperCase = (atLeastA & ~aboveZ) & highs
        return word | upperCase >> 2
    }
}
