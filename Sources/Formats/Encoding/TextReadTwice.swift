/// Text in UTF-8 whose bytes a program has taken for windows-1252 and written in UTF-8 again: `BegoÃ±a` for `Begoña`.
public enum TextReadTwice {
    /// What such a text was; nil for any other. All of it has to come out as UTF-8: signs that look so in one place alone are
    /// meant.
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
        // The five bytes that windows-1252 does not know are taken for the characters of their number.
        return UpperHalf.windows1252.byte(of: scalar.value)
            ?? (scalar.value < 0x100 ? UInt8(scalar.value) : nil)
    }

    /// Whether a text has one of the letters that lead such a sequence, `Â`, `Ã` or `â`, and something beyond ASCII behind it;
    /// told by one look at the bytes, as cells pass by in millions.
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
