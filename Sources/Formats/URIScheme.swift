extension StringProtocol {
    /// Returns what follows the scheme of a URI, `mailto:`, which is compared without case (RFC 3986, section 3.1).
    ///
    /// - Parameter scheme: the scheme in lower case with its colon, or with the beginning of what it names:
    ///   `urn:uuid:`.
    /// - Returns: nil for text that does not begin so.
    public func after(scheme: String) -> SubSequence? {
        let length = scheme.utf8.count
        guard utf8.count >= length, zip(utf8, scheme.utf8).allSatisfy({ $0.asciiLowercased == $1 }) else { return nil }
        return self[utf8.index(utf8.startIndex, offsetBy: length)...]
    }
}
