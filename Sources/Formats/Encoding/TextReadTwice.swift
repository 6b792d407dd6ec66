/// UTF-8 text whose bytes a program has read as windows-1252 and encoded in UTF-8 again: `BegoÃ±a` for `Begoña`.
public enum TextReadTwice {
    /// Returns the original of such a text; nil for any other. The whole text must be UTF-8 once decoded: characters
    /// that look so in only one place are correct.
    public static func mended(_ text: String) -> String? {
        guard mayBe(text) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            guard let byte = byte(of: scalar) else { return nil }
            bytes.append(byte)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func byte(of scalar: Unicode.Scalar) -> UInt8? {
        if scalar.isASCII { return UInt8(scalar.value) }
        // The five bytes undefined in windows-1252 are read as the characters of the same number.
        return UpperHalf.windows1252.byte(of: scalar.value)
            ?? (scalar.value < 0x100 ? UInt8(scalar.value) : nil)
    }

    /// Returns whether a text contains a letter that leads such a sequence, `Â`, `Ã` or `â`, with a character beyond
    /// ASCII behind it. It reads the bytes only once, since there may be millions of cells.
    private static func mayBe(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { bytes in
            guard bytes.count > 3 else { return false }
            for index in 0..<(bytes.count - 2) where bytes[index] == 0xC3 {
                let letter = bytes[index + 1]
                if letter == 0x82 || letter == 0x83 || letter == 0xA2, bytes[index + 2] >= 0x80 { return true }
            }
            return false
        } ?? false
    }
}
