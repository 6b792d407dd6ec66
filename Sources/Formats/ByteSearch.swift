import Glibc

extension [UInt8] {
    /// Where some bytes stand first from a place on; `nil` where they do not.
    ///
    /// - Parameter part: at least one byte.
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
