import Glibc

extension UnsafeRawBufferPointer {
    /// Returns the index of the first occurrence of a byte at or after a position; `nil` when there is none.
    public func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        guard let baseAddress, start < count, let found = memchr(baseAddress + start, Int32(byte), count - start) else {
            return nil
        }
        return UnsafeRawPointer(found) - baseAddress
    }
}

extension [UInt8] {
    /// Returns the index of the first occurrence of some bytes at or after a position; `nil` when there is none.
    ///
    /// - Parameter part: the bytes to find, at least one.
    public func firstIndex(of part: [UInt8], from start: Int) -> Int? {
        guard let first = part.first else { return nil }
        return withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            var place = start
            while place + part.count <= bytes.count,
                let found = memchr(base + place, Int32(first), bytes.count - part.count - place + 1)
            {
                place = UnsafeRawPointer(found) - base
                if memcmp(found, part, part.count) == 0 { return place }
                place += 1
            }
            return nil
        }
    }
}
