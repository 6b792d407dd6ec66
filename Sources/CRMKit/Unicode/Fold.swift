import Formats

/// Folding of text for matching and sorting: texts that differ only by case, accents or spacing have the same folded
/// form, in every locale.
///
/// The rules, in this order, each from the Unicode Character Database:
/// - White space (`White_Space`) is trimmed at both ends, and each run of it inside becomes one space.
/// - Ignorable characters (`Default_Ignorable_Code_Point`: zero-width spaces and joiners, soft hyphens, variation
///   selectors, tags) are dropped.
/// - Text is decomposed canonically, so that precomposed text (NFC) and decomposed text (NFD) fold alike. Hangul is
///   composed instead: jamo become syllables.
/// - Diacritics are dropped: `José` becomes `jose`, `ñ` becomes `n`, `ё` becomes `е`, `й` becomes `и`. So are the
///   points of Hebrew and Arabic. Marks that distinguish words stay: nukta, kana voicing, virama, and the vowels and
///   tones of Thai and Tibetan.
/// - Full case folding: `ß` and `ẞ` become `ss` like their capitals, and ligatures such as `ﬁ` become their letters.
///   `ı` becomes `i`, since its capital is `I` and the two cannot be distinguished without a locale.
///
/// Letters that Unicode does not decompose are unchanged: `ø`, `đ`, `ł`, `æ`. For other Latin text the result equals
/// that of the tokenizer `unicode61 remove_diacritics 2` of FTS5 (https://www.sqlite.org/fts5.html, section 4.3.1),
/// with these differences: the tokenizer does not change `ß`, `ı` and ligatures, and it keeps the accents of `ǣ`, `ǿ`,
/// `ǯ` and `ǡ` and of precomposed Greek and Cyrillic letters.
///
/// Folding is idempotent: a folded text folds to itself.
public enum Fold {
    /// Folds a string.
    public static func fold(_ text: String) -> String {
        var text = text
        var output: [UInt8] = []
        text.withUTF8 { fold(UnsafeRawBufferPointer($0), into: &output) }
        return String(decoding: output, as: UTF8.self)
    }

    /// Folds UTF-8 bytes and appends the result in UTF-8. The bytes already in `output` are not affected.
    ///
    /// Malformed bytes become U+FFFD, one for each maximal subpart (Unicode, section 3.9).
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
}

// MARK: - The ASCII fast path

extension Fold {
    /// Folds the leading run of ASCII, eight bytes at a time where they contain neither control characters nor spaces
    /// that would collapse.
    ///
    /// - Returns: the number of bytes of `text` that were read. The output may end with one space for a run of white
    ///   space.
    private static func appendFoldedASCII(_ text: UnsafeRawBufferPointer, to output: inout [UInt8]) -> Int {
        let start = output.count
        // A folded ASCII text is never longer than the text, so that room is made once and the rest removed.
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
                if !byte.isBlank {
                    target[written] = byte.asciiLowercased
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
    /// - Returns: `nil` if they contain anything but printable ASCII, or a space after another one (or at the front,
    ///   when `afterSpace`), which the slower path has to collapse.
    @inline(__always)
    static func foldedWord(_ word: UInt64, afterSpace: Bool) -> UInt64? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = ones << 7
        // No byte has its high bit set from here on, so that the sums below do not carry into the next byte.
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
