// `make golden` writes this file.

extension Schema {
    /// The digest of the names of the program's own indexes, as ``ForeignSchema/indexDigest()`` computes it for a file.
    /// Computing it here would require all definitions whenever a file is opened for writing. An outdated digest makes
    /// opening slower and has no other effect.
    static let indexDigest = "0c880c56f88cb3e1e3fa7bb48f4b9ceffae6d3fd55aaa2461f79eaa3223fe79f"
}
