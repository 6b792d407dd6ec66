import Formats

/// A hash of texts that is the same in every run of the program (FNV-1a).
struct StableHash {
    private var hash = UInt64.hashOfNothing

    /// The hash of the texts so far.
    var value: Int64 { Int64(bitPattern: hash) }

    /// Creates the hash of no texts.
    init() {}

    /// Adds a text.
    mutating func add(_ text: String) {
        // The end of a text is a byte that UTF-8 has not.
        for byte in text.utf8 + [0xff] { hash = hash.hashed(with: byte) }
    }
}
