/// Hashes that are the same in every run of the program, unlike those of `Hasher`.
extension UInt64 {
    /// The FNV-1a hash of no bytes (http://www.isthe.com/chongo/tech/comp/fnv/).
    @inlinable @inline(__always)
    public static var hashOfNothing: UInt64 { 0xCBF2_9CE4_8422_2325 }

    /// Returns the FNV-1a hash of the bytes of which this is the hash, and one more.
    @inlinable @inline(__always)
    public func hashed(with byte: UInt8) -> UInt64 { (self ^ UInt64(byte)) &* 0x100_0000_01B3 }

    /// The number after the finalizer of SplitMix64 (https://prng.di.unimi.it/splitmix64.c): each of its bits changes
    /// about half of the result's.
    @inlinable @inline(__always)
    public var mixed: UInt64 {
        var bits = self
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return bits ^ bits >> 31
    }
}
