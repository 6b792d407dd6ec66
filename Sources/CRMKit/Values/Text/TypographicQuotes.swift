/// The quotation marks into which telephones and word processors turn plain ones.
enum TypographicQuotes {
    private static let marks: Set<Character> = ["‘", "’", "‚", "“", "”", "„", "«", "»"]

    /// Whether a text begins or ends with such a mark.
    static func enclose(_ text: String) -> Bool {
        // Most texts begin and end in ASCII, and need no look at characters.
        let isInASCII = [text.utf8.first, text.utf8.last].allSatisfy { $0.map { $0 < 0x80 } ?? true }
        if isInASCII { return false }
        return text.first.map(marks.contains) ?? false || text.last.map(marks.contains) ?? false
    }

    /// Returns the text between two such marks, without blanks around it; any other text unchanged.
    static func plain(_ text: String) -> String {
        guard enclose(text), let first = text.first, let last = text.last, text.count > 2, marks.contains(first),
            marks.contains(last)
        else { return text }
        return String(text.dropFirst().dropLast()).trimmed
    }
}
