extension String {
    /// The most characters of one value that a message shows. Nobody reads more, and a cell may hold a megabyte.
    private static let mostShown = 200

    /// The text as a message shows it: cut off with an ellipsis after 200 characters.
    public var abridged: String {
        guard utf8.count > Self.mostShown else { return self }
        let end = unicodeScalars.index(startIndex, offsetBy: Self.mostShown, limitedBy: endIndex) ?? endIndex
        return end == endIndex ? self : "\(self[..<end])…"
    }

    /// The text with each of its words abridged, since a word without a space may be as long as a value.
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
