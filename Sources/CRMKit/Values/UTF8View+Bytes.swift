extension String.UTF8View {
    /// Whether a byte is among them. The standard library's own way goes by indices, which costs several times as much: it is
    /// asked of every cell of every row.
    func contains(_ byte: UInt8) -> Bool {
        withContiguousStorageIfAvailable { $0.contains(byte) } ?? contains { $0 == byte }
    }

    /// Whether all of them are visible characters of ASCII.
    var areVisibleASCII: Bool {
        let isVisible = { (byte: UInt8) in byte > 0x20 && byte < 0x7F }
        return withContiguousStorageIfAvailable { $0.allSatisfy(isVisible) } ?? allSatisfy(isVisible)
    }
}
