// `make golden` writes this file.

extension Schema {
    /// The digest of the names of the program's own indexes, as ``ForeignSchema/indexDigest()`` computes it for a file.
    /// Computing it here would require all definitions whenever a file is opened for writing. An outdated digest makes
    /// opening slower and has no other effect.
    static let indexDigest = "42912d7f55730747132a6c582b8ba782d953237c293039f1f61216b080bb085b"
}
