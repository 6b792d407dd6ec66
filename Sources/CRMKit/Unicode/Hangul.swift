/// Composition and decomposition of Hangul syllables, which is arithmetic and needs no table (Unicode, section 3.12).
enum Hangul {
    private static let leading: UInt32 = 0x1100
    private static let leadingCount: UInt32 = 19
    private static let vowel: UInt32 = 0x1161
    private static let vowelCount: UInt32 = 21
    private static let trailing: UInt32 = 0x11A7
    private static let trailingCount: UInt32 = 28
    private static let syllable: UInt32 = 0xAC00
    private static let syllableCount = leadingCount * vowelCount * trailingCount

    /// Returns the syllable of a leading consonant and a vowel, or of a syllable without a final consonant and such a
    /// consonant; otherwise `nil`.
    @inline(__always)
    static func compose(_ first: UInt32, _ second: UInt32) -> UInt32? {
        guard second >= vowel, second < trailing + trailingCount else { return nil }
        if first &- leading < leadingCount, second - vowel < vowelCount {
            return syllable + ((first - leading) * vowelCount + second - vowel) * trailingCount
        }
        if first &- syllable < syllableCount, (first - syllable) % trailingCount == 0, second > trailing {
            return first + second - trailing
        }
        return nil
    }

    /// Returns the two scalars from which ``compose(_:_:)`` makes a syllable; `nil` for any other scalar.
    static func decompose(_ scalar: UInt32) -> (first: UInt32, second: UInt32)? {
        guard scalar >= syllable, scalar - syllable < syllableCount else { return nil }
        let (pair, final) = (scalar - syllable).quotientAndRemainder(dividingBy: trailingCount)
        if final > 0 { return (scalar - final, trailing + final) }
        let (consonant, sound) = pair.quotientAndRemainder(dividingBy: vowelCount)
        return (leading + consonant, vowel + sound)
    }
}
