import Formats

/// Which pairs may be linked: a Bloom filter over those that are, ended links included. Most links of an input are new,
/// and to look for each in the table costs a tenth of what the input does.
struct LinkedPairs {
    /// A mebibyte of bits: one pair in twenty of a million is taken for one that may be linked, and is looked for.
    private static let bits: UInt64 = 1 << 23

    private var words = [UInt64](repeating: 0, count: Int(bits / 64))

    /// Whether a pair may be among them; `false` is certain.
    func mayHold(contact: Int64, record: Int64) -> Bool {
        let (first, second) = Self.places(contact, record)
        return words[Int(first >> 6)] & 1 << (first & 63) != 0 && words[Int(second >> 6)] & 1 << (second & 63) != 0
    }

    /// Adds a pair.
    mutating func insert(contact: Int64, record: Int64) {
        let (first, second) = Self.places(contact, record)
        words[Int(first >> 6)] |= 1 << (first & 63)
        words[Int(second >> 6)] |= 1 << (second & 63)
    }

    /// Two bits for a pair.
    private static func places(_ contact: Int64, _ record: Int64) -> (UInt64, UInt64) {
        let hash = (UInt64(bitPattern: contact) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(bitPattern: record)).mixed
        return (hash & (bits - 1), hash >> 32 & (bits - 1))
    }
}
