// `make golden` writes this file.

extension Schema {
    /// The digest of the names of the program's own indexes, as ``ForeignSchema/indexDigest()`` computes it for a file.
    /// Computing it here would require all definitions whenever a file is opened for writing. An outdated digest makes
    /// opening slower and has no other effect.
    static let indexDigest = "c783a5581f067ffbbca16d928a405a61d377a487edae7e3ee89d7dd939ae232f"
}
