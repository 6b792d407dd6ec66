/// The width of text on a terminal, in cells, computed from the program's own tables, so that the locale has no
/// influence.
///
/// Widths follow UAX #11 (East Asian Width; ambiguous characters are narrow) and UTS #51 (emoji): letters take one
/// cell, wide characters and emoji two, combining marks, format and control characters none. A grapheme cluster (UAX
/// #29) that is one emoji takes two cells however many scalars spell it: flags, keycaps, skin tones, families joined by
/// U+200D, and symbols with variation selector 16.
public enum CellWidth {
    /// Returns the width of a text. Control characters have none: make them visible first with ``Sanitizer``.
    public static func of(_ text: String) -> Int {
        var text = text
        if let simple = text.withUTF8({ simplePrefix(of: $0, cells: .max) }) {
            return simple.cells
        }
        return text.reduce(0) { $0 + of($1) }
    }

    /// Returns the width of a grapheme cluster.
    public static func of(_ character: Character) -> Int {
        if character.utf8.count == 1 {
            return character.utf8.first.map(isPrintable) == true ? 1 : 0
        }
        var width = 0
        var last = Properties(width: 0, hasEmojiForm: false)
        var joins = false
        for scalar in character.unicodeScalars {
            switch scalar {
            case zeroWidthJoiner:
                joins = true
                continue
            case emojiSelector where last.width > 0, skinTones where last.width > 0:
                if last.hasEmojiForm, last.width == 1 {
                    width += 1
                    last.width = 2
                }
            default:
                let properties = Properties(of: scalar)
                // Scalars joined to an emoji are drawn in its two cells.
                if joins, properties.hasEmojiForm || properties.width == 2 { break }
                width += properties.width
                if properties.width > 0 {
                    last = properties
                }
            }
            joins = false
        }
        return width
    }

    /// Shortens a text to at most `width` cells, with `…` in place of what was cut. Grapheme clusters are never split,
    /// so the result can be one cell narrower.
    ///
    /// - Parameter width: the greatest width, at least 1.
    public static func truncated(_ text: String, to width: Int) -> String {
        fitted(text, to: width).text
    }

    /// Splits a text wider than `width` cells into two lines, at the blank that minimizes the width of the wider line.
    /// A text that fits, or has no blank, becomes the lower line.
    static func halves(of text: String, besides width: Int) -> (upper: String, lower: String) {
        guard of(text) > width else { return ("", text) }
        let parts = text.indices.filter { text[$0] == " " }.map { blank in
            (upper: String(text[..<blank]), lower: String(text[text.index(after: blank)...]))
        }
        return parts.min { max(of($0.upper), of($0.lower)) < max(of($1.upper), of($1.lower)) } ?? ("", text)
    }

    /// Breaks a word wider than `width` cells between syllables into the fewest parts that fit, all but the last with a
    /// hyphen and all of about the same width; anywhere where a syllable has no room. A word that fits remains whole, as does
    /// any if there is no room beside a hyphen.
    static func broken(_ word: String, to width: Int) -> [String] {
        guard of(word) > width else { return [word] }
        let spoken = Syllables.of(word)
        let syllables = parts(of: spoken, to: width) == nil ? word.map { String($0) } : spoken
        guard width > 2, of(word) == word.count, let fewest = parts(of: syllables, to: width) else { return [word] }
        for narrower in stride(from: 2, to: width, by: 1) {
            if let parts = parts(of: syllables, to: narrower), parts.count == fewest.count { return parts }
        }
        return fewest
    }

    /// Returns syllables joined to parts of at most `width` cells, each as wide as can be; `nil` if one has no room.
    private static func parts(of syllables: [String], to width: Int) -> [String]? {
        var parts: [String] = []
        var part = ""
        for (index, syllable) in syllables.enumerated() {
            let hyphen = index + 1 < syllables.count ? 1 : 0
            if of(part) + of(syllable) + hyphen <= width {
                part += syllable
            } else {
                guard !part.isEmpty, of(syllable) + hyphen <= width else { return nil }
                parts.append(part + "-")
                part = syllable
            }
        }
        return parts + [part]
    }

    /// Returns the result of ``truncated(_:to:)`` and its width in cells.
    static func fitted(_ text: String, to width: Int) -> (text: String, cells: Int) {
        var text = text
        let cells = of(text)
        if cells <= width { return (text, cells) }
        let simple = text.withUTF8 { bytes in
            // The whole text must be simple, since scalars behind the cut may combine with those before it.
            simplePrefix(of: bytes, cells: .max).flatMap { _ in simplePrefix(of: bytes, cells: width - 1) }
        }
        let prefix = simple ?? clusterPrefix(of: text, cells: width - 1)
        let end = text.utf8.index(text.startIndex, offsetBy: prefix.bytes)
        return (text[..<end] + "…", prefix.cells + 1)
    }

    /// Returns the length of the longest prefix of whole grapheme clusters that fits into `cells` cells, in bytes and
    /// in cells.
    private static func clusterPrefix(of text: String, cells limit: Int) -> (bytes: Int, cells: Int) {
        var prefix = (bytes: 0, cells: 0)
        for character in text {
            let width = of(character)
            if prefix.cells + width > limit { break }
            prefix.bytes += character.utf8.count
            prefix.cells += width
        }
        return prefix
    }

    /// Returns the same as `clusterPrefix(of:cells:)`, but faster, for text that holds only scalars below U+0300, each
    /// of which is a cluster of its own; `nil` if the text holds another scalar.
    private static func simplePrefix(
        of text: UnsafeBufferPointer<UInt8>,
        cells limit: Int
    ) -> (bytes: Int, cells: Int)? {
        var position = 0
        var cells = 0
        while position < text.count {
            let byte = text[position]
            // 0xCC leads U+0300, the first combining scalar.
            if byte >= 0xCC { return nil }
            let isTwoBytes = byte >= 0x80
            let isC1Control = byte == 0xC2 && text[position + 1] < 0xA0
            if isTwoBytes ? !isC1Control : isPrintable(byte) {
                if cells == limit { break }
                cells += 1
            }
            position += isTwoBytes ? 2 : 1
        }
        return (position, cells)
    }

    private static func isPrintable(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F
    }

    private static let zeroWidthJoiner: Unicode.Scalar = "\u{200D}"
    private static let emojiSelector: Unicode.Scalar = "\u{FE0F}"
    private static let skinTones: ClosedRange<Unicode.Scalar> = "\u{1F3FB}"..."\u{1F3FF}"
}

extension CellWidth {
    /// The entry of the table for one scalar.
    private struct Properties {
        /// The width in cells: 0, 1 or 2.
        var width: Int
        /// Whether variation selector 16 makes it an emoji, two cells wide.
        let hasEmojiForm: Bool

        init(width: Int, hasEmojiForm: Bool) {
            self.width = width
            self.hasEmojiForm = hasEmojiForm
        }

        init(of scalar: Unicode.Scalar) {
            var low = 0
            var high = CellWidthTable.count
            // The search ends at the last run that starts at or before the scalar.
            while high - low > 1 {
                let middle = (low + high) / 2
                if CellWidthTable.run(at: middle) >> 3 <= scalar.value {
                    low = middle
                } else {
                    high = middle
                }
            }
            let run = CellWidthTable.run(at: low)
            self.init(width: Int(run & 3), hasEmojiForm: run & 4 != 0)
        }
    }
}

extension CellWidthTable {
    fileprivate static func run(at index: Int) -> UInt32 {
        var value: UInt32 = 0
        for position in index * 4..<index * 4 + 4 {
            value = value << 6 | UInt32(runs.utf8Start[position] &- 0x30)
        }
        return value
    }
}
