/// The syntax of domain names in web and e-mail addresses.
enum HostName {
    /// Whether bytes are labels of letters, digits and inner hyphens joined by dots (RFC 1123 section 2.1), with other
    /// scripts in UTF-8 (RFC 5890). The last label is no number, and the whole has at most 253 bytes.
    static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count <= 253 else { return false }
        var rest = bytes
        while let dot = rest.firstIndex(of: UInt8(ascii: ".")) {
            guard isLabel(rest[..<dot]) else { return false }
            rest = rest[(dot + 1)...]
        }
        return isLabel(rest) && !rest.allSatisfy(\.isDigit)
    }

    private static func isLabel(_ bytes: ArraySlice<UInt8>) -> Bool {
        (1...63).contains(bytes.count) && bytes.first != UInt8(ascii: "-") && bytes.last != UInt8(ascii: "-")
            && bytes.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 >= 0x80 }
    }

    /// Whether bytes are four decimal numbers up to 255 joined by dots (RFC 3986 section 3.2.2).
    static func isIPv4(_ bytes: ArraySlice<UInt8>) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.count) && part.allSatisfy(\.isDigit)
                    && part.reduce(0) { $0 * 10 + $1.digit } <= 255
            }
    }

    /// Whether bytes look like an IPv6 address between brackets: only its digits and colons are checked, not their
    /// arrangement.
    static func looksLikeIPv6(_ bytes: ArraySlice<UInt8>) -> Bool {
        let isHexadecimal = { (byte: UInt8) in byte.isDigit || (byte.isLetter && byte | 0x20 <= UInt8(ascii: "f")) }
        return (2...45).contains(bytes.count) && bytes.count { $0 == UInt8(ascii: ":") } >= 2
            && bytes.allSatisfy { isHexadecimal($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
    }
}
