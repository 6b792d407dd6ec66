extension String {
    /// As many characters as a message shows of one value: more nobody reads, and it may be a cell of a megabyte.
    private static let mostShown = 200

    /// The text as a message shows it, what is beyond cut off with an ellipsis.
    public var abridged: String {
        guard utf8.count > Self.mostShown else { return self }
        let end = unicodeScalars.index(startIndex, offsetBy: Self.mostShown, limitedBy: endIndex) ?? endIndex
        return end == endIndex ? self : "\(self[..<end])…"
    }

    /// The text with every word in it as a message shows it: a word without a space may be as long as a value.
    public var withAbridgedWords: String {
        var (length, longest) = (0, 0)
        for byte in utf8 {
            length = byte == UInt8(ascii: " ") ? 0 : length + 1
            longest = max(longest, length)
        }
        guard longest > Self.mostShown else { return self }
        return split(separator: " ", omittingEmptySubsequences: false).map { String($0).abridged }
            .joined(separator: " ")
    }
}
