/// What people put into a cell of a table beside values.
enum SpreadsheetWords {
    /// The word for the mark by which people say yes or no in a cell; any other text as it is.
    static func word(forMark text: String) -> String {
        let mark = Fold.fold(text.withoutUnseen.trimmed)
        return ticks.contains(mark) ? "yes" : crosses.contains(mark) ? "no" : text
    }

    /// Whether a cell has the mark by which people say yes.
    static func isMark(_ text: String) -> Bool { word(forMark: text) == "yes" }

    /// What stands between the quotes, single or typographic, in which some programs put every cell: `'Ruiz'`, `“Ruiz”`; any
    /// other text as it is.
    static func unquoted(_ text: String) -> String {
        guard let byte = text.utf8.first, byte == UInt8(ascii: "'") || byte == 0xE2, text.count > 2,
            let first = text.first, let last = text.last, quotes[first] == last
        else { return text }
        let inner = text.dropFirst().dropLast()
        return inner.contains(first) || inner.contains(last) ? text : String(inner)
    }

    private static let quotes: [Character: Character] = ["'": "'", "‘": "’", "“": "”", "”": "”"]

    private static let ticks: Set<String> = ["x", "\u{2713}", "\u{2714}", "\u{2611}", "\u{2705}"]
    private static let crosses: Set<String> = ["\u{2717}", "\u{2718}", "\u{2716}", "\u{2610}", "\u{274C}", "\u{274E}"]
}
