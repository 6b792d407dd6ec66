/// The bytes in which windows-1252 differs from ISO-8859-1 (index windows-1252 of the WHATWG's Encoding Standard,
/// without the five bytes that Microsoft's table leaves undefined).
enum Windows1252 {
    /// The bytes that may differ.
    static let range: ClosedRange<UInt8> = 0x80...0x9F

    /// The character of a byte in `range`; nil for a byte that stands for none.
    static func scalar(of byte: UInt8) -> UInt16? {
        let scalar = scalars[Int(byte &- range.lowerBound)]
        return scalar == 0 ? nil : scalar
    }

    /// The byte in `range` that stands for a character, if there is one.
    static func byte(of scalar: UInt32) -> UInt8? {
        guard scalar >= 0x152, let index = scalars.firstIndex(where: { UInt32($0) == scalar }) else { return nil }
        return range.lowerBound + UInt8(index)
    }

    private static let scalars: [UInt16] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
        0x0178,
    ]
}
