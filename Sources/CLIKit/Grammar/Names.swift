extension StringProtocol {
    /// Whether two names of commands or options are the same, `_` and `-` being the same letter.
    func isSameName(as other: some StringProtocol) -> Bool {
        utf8.elementsEqual(other.utf8) { foldedNameByte($0) == foldedNameByte($1) }
    }

    /// Whether a name begins as another one does, `_` and `-` being the same letter.
    func hasNamePrefix(_ prefix: some StringProtocol) -> Bool {
        utf8.lazy.map(foldedNameByte).starts(with: prefix.utf8.lazy.map(foldedNameByte))
    }
}

/// A byte of a name as it is compared.
func foldedNameByte(_ byte: UInt8) -> UInt8 {
    byte == UInt8(ascii: "_") ? UInt8(ascii: "-") : byte
}
