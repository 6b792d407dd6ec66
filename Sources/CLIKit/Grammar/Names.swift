extension Substring {
    /// Returns whether two names of commands or options are equal, taking `_` and `-` as the same character.
    ///
    /// It is declared on a concrete type and compares byte by byte for speed: the grammar compares each of its names at
    /// every start of the program.
    func isSameName(as other: Substring) -> Bool {
        var (own, others) = (utf8.makeIterator(), other.utf8.makeIterator())
        while true {
            switch (own.next(), others.next()) {
            case (nil, nil): return true
            case (let one?, let another?): if foldedNameByte(one) != foldedNameByte(another) { return false }
            default: return false
            }
        }
    }
}

extension String {
    /// Returns whether two names of commands or options are equal, taking `_` and `-` as the same character.
    func isSameName(as other: String) -> Bool { Substring(self).isSameName(as: Substring(other)) }

    /// Returns whether two names of commands or options are equal, taking `_` and `-` as the same character.
    func isSameName(as other: Substring) -> Bool { Substring(self).isSameName(as: other) }
}

extension StringProtocol {
    /// Returns whether a name begins with another one, taking `_` and `-` as the same character.
    func hasNamePrefix(_ prefix: some StringProtocol) -> Bool {
        utf8.lazy.map(foldedNameByte).starts(with: prefix.utf8.lazy.map(foldedNameByte))
    }
}

/// Returns a byte of a name for comparison: `-` for `_`.
func foldedNameByte(_ byte: UInt8) -> UInt8 {
    byte == UInt8(ascii: "_") ? UInt8(ascii: "-") : byte
}
