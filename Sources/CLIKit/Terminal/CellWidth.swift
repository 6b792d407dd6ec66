/// How many cells of a terminal text takes, from tables of our own, so that the locale has no say.
///
/// Widths follow UAX #11 (East Asian Width; ambiguous characters are narrow) and UTS #51 (emoji): letters take one cell,
/// wide characters and emoji two, combining marks, format and control characters none. A grapheme cluster (UAX #29) that
/// is one emoji takes two cells however many scalars spell it: flags, keycaps, skin tones, families joined by U+200D,
/// and symbols with variation selector 16.
public enum CellWidth {
    /// The width of a text. Control characters count nothing: they are to be made visible before, see ``Sanitizer``.
    public static func of(_ text: String) -> Int {
        var text = text
        if let width = text.withUTF8(simpleWidth) {
            return width
        }
        return text.reduce(0) { $0 + of($1) }
    }

    /// The width of a grapheme cluster.
    public static func of(_ character: Character) -> Int {
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
                // What is joined to an emoji is drawn into the same two cells.
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

    /// Shortens a text to at most `width` cells. What was cut is replaced by `…`, and a grapheme cluster is kept whole or
    /// cut whole, so that the result can be narrower by the rest of one.
    ///
    /// - Parameter width: At least 1.
    public static func truncated(_ text: String, to width: Int) -> String {
        guard of(text) > width else { return text }
        var end = text.startIndex
        var used = 0
        while end < text.endIndex {
            used += of(text[end])
            if used > width - 1 { break }
            end = text.index(after: end)
        }
        return text[..<end] + "…"
    }

    /// Whether text holds only scalars below U+0300, where clusters need not be looked for, and how wide it is then.
    private static func simpleWidth(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var width = 0
        var previous: UInt8 = 0
        for byte in bytes {
            // 0xCC leads U+0300, the first scalar that combines.
            if byte >= 0xCC { return nil }
            let isContinuation = byte & 0xC0 == 0x80
            let isC1Control = previous == 0xC2 && byte < 0xA0
            if isContinuation ? !isC1Control && previous >= 0xC2 : byte >= 0x20 && byte < 0x7F {
                width += 1
            }
            previous = byte
        }
        return width
    }

    private static let zeroWidthJoiner: Unicode.Scalar = "\u{200D}"
    private static let emojiSelector: Unicode.Scalar = "\u{FE0F}"
    private static let skinTones: ClosedRange<Unicode.Scalar> = "\u{1F3FB}"..."\u{1F3FF}"
}

extension CellWidth {
    /// What the table says of one scalar.
    private struct Properties {
        /// 0, 1 or 2 cells.
        var width: Int
        /// Variation selector 16 makes it an emoji, two cells wide.
        let hasEmojiForm: Bool

        init(width: Int, hasEmojiForm: Bool) {
            self.width = width
            self.hasEmojiForm = hasEmojiForm
        }

        init(of scalar: Unicode.Scalar) {
            var low = 0
            var high = CellWidthTable.count
            // The run sought is the last one that starts at or before the scalar.
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
