/// A detector of characters that must not be written to a terminal as they are: control characters and invisible ones.
struct HiddenCharacter {
    /// The preceding character, 0 if it was hidden. Joiners and variation selectors show only after a visible one.
    private var previous: UInt32 = 0

    /// Returns whether the next character of a text is hidden.
    ///
    /// Hidden characters are C0, DEL and C1 (ECMA-48), the line and paragraph separators, the bidirectional marks,
    /// embeddings, overrides and isolates (UAX #9), and others that are invisible by default
    /// (Default_Ignorable_Code_Point of the Unicode Character Database), such as zero-width spaces, byte order marks,
    /// soft hyphens, fillers and tags. Joiners between emoji or letters of joining scripts are not hidden, nor are
    /// variation selectors after a visible character.
    mutating func isNext(_ scalar: UInt32) -> Bool {
        let isHidden =
            switch scalar {
            case 0x20..<0x7F: false
            case ..<0xA0: true
            case 0x200C, 0x200D: !Self.joins(previous)
            case 0x180B...0x180D, 0x180F, 0xFE00...0xFE0F, 0xE0100...0xE01EF:
                previous <= 0x20 || Self.isVariation(previous)
            default: Self.isIgnored(scalar)
            }
        previous = isHidden ? 0 : scalar
        return isHidden
    }

    /// Returns whether a joiner has an effect after a scalar. European letters are never joined.
    private static func joins(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x0590..<0x2000, 0x2070..<0x3000, 0x3001...: true
        default: false
        }
    }

    private static func isVariation(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x180B...0x180D, 0x180F, 0xFE00...0xFE0F, 0xE0100...0xE01EF: true
        default: false
        }
    }

    private static func isIgnored(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0xAD, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180E, 0x200B...0x200F, 0x2028...0x202E,
            0x2060...0x206F, 0x3164, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A,
            0xE0000...0xE0FFF:
            true
        default: false
        }
    }
}
