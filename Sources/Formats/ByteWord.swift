/// Eight bytes examined in one step, the first one lowest.
struct ByteWord {
    static let lowBits: UInt64 = 0x0101_0101_0101_0101
    static let highBits: UInt64 = 0x8080_8080_8080_8080

    static let quote = ByteWord(UInt8(ascii: "\""))
    static let backslash = ByteWord(UInt8(ascii: "\\"))
    static let lineFeed = ByteWord(UInt8(ascii: "\n"))
    static let carriageReturn = ByteWord(UInt8(ascii: "\r"))

    let bits: UInt64

    /// Creates a word with the same byte eight times.
    @inline(__always)
    init(_ byte: UInt8) { bits = UInt64(byte) &* ByteWord.lowBits }

    /// The eight bytes that begin at `first`.
    @inline(__always)
    init(loading first: UnsafePointer<UInt8>) {
        bits = UInt64(littleEndian: UnsafeRawPointer(first).loadUnaligned(as: UInt64.self))
    }

    /// Returns a word with the high bit of each byte set that equals the other's. Above the first such byte, further
    /// bits may be set.
    @inline(__always)
    func matches(_ other: ByteWord) -> UInt64 {
        let difference = bits ^ other.bits
        return (difference &- ByteWord.lowBits) & ~difference & ByteWord.highBits
    }

    /// Returns a word with the high bit of each byte set that is below `bound`, at most 0x80. Above the first such
    /// byte, further bits may be set.
    @inline(__always)
    func isBelow(_ bound: UInt8) -> UInt64 {
        (bits &- UInt64(bound) &* ByteWord.lowBits) & ~bits & ByteWord.highBits
    }

    /// A word with the high bit of each byte set that is 0x80 or more.
    @inline(__always)
    var nonASCII: UInt64 { bits & ByteWord.highBits }
}
