extension UnsafeBufferPointer<UInt8> {
    /// Whether a line begins with `From ` behind one or more marks of quotation.
    var isQuotedFrom: Bool {
        guard first == UInt8(ascii: ">") else { return false }
        return drop { $0 == UInt8(ascii: ">") }.starts(with: "From ".utf8)
    }
}

extension UnsafeRawBufferPointer {
    /// Whether a line of some bytes begins with `From ` behind marks of quotation.
    public var holdsQuotedFrom: Bool {
        withMemoryRebound(to: UInt8.self) { bytes in
            var start = 0
            while start < bytes.count {
                let rest = UnsafeBufferPointer(rebasing: bytes[start...])
                if rest.isQuotedFrom { return true }
                guard let end = rest.firstLineFeed else { return false }
                start += end + 1
            }
            return false
        }
    }
}
