extension String.UTF8View {
    /// Whether the bytes contain a byte. The standard library searches by index, which takes several times as long;
    /// this function is called for every cell of every row.
    func contains(_ byte: UInt8) -> Bool {
        withContiguousStorageIfAvailable { $0.contains(byte) } ?? contains { $0 == byte }
    }

    /// Whether all bytes are visible ASCII characters.
    var areVisibleASCII: Bool {
        let isVisible = { (byte: UInt8) in byte > 0x20 && byte < 0x7F }
        return withContiguousStorageIfAvailable { $0.allSatisfy(isVisible) } ?? allSatisfy(isVisible)
    }
}
