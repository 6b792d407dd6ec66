/// Marks and quotes in cells of a table, around or instead of values.
enum SpreadsheetWords {
    /// Returns the word for a mark that means yes or no in a cell, or for one of the numbers 1 and 0 with decimals; any
    /// other text unchanged.
    static func word(forMark text: String) -> String {
        let mark = Fold.fold(text.withoutUnseen.trimmed)
        return ticks.contains(mark) ? "yes" : crosses.contains(mark) ? "no" : text
    }

    /// Whether a cell has a mark for yes.
    static func isMark(_ text: String) -> Bool { word(forMark: text) == "yes" }

    /// Returns the text between the quotes, single or typographic, that some programs put around every cell: `'Ruiz'`,
    /// `“Ruiz”`; any other text unchanged.
    static func unquoted(_ text: String) -> String {
        guard let byte = text.utf8.first, byte == UInt8(ascii: "'") || byte == 0xE2, text.count > 2,
            let first = text.first, let last = text.last, quotes[first] == last
        else { return text }
        let inner = text.dropFirst().dropLast()
        return inner.contains(first) || inner.contains(last) ? text : String(inner)
    }

    /// Returns a text without the apostrophe by which a spreadsheet marks a cell as text, `'0601`, and which some programs
    /// write into the cell. With one at the end too the apostrophes are quotes.
    static func withoutTextMark(_ text: String) -> String {
        guard text.utf8.first == UInt8(ascii: "'"), text.utf8.count == 1 || text.utf8.last != UInt8(ascii: "'") else {
            return text
        }
        return String(text.dropFirst())
    }

    /// Returns a cell that holds one word or a reference, without the blanks and quotes around it.
    static func bare(_ text: String) -> String {
        if PlainCell.isBare(text) { return text }
        let inner = unquoted(text.trimmed)
        return inner.utf8.first == UInt8(ascii: " ") || inner.utf8.last == UInt8(ascii: " ") ? inner.trimmed : inner
    }

    /// Returns the lines of a cell as one, with a blank for each line break and tab; `nil` for a cell of one line.
    static func oneLine(_ text: String) -> String? {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0xE2 }), case let text = text.trimmed,
            text.contains(where: { $0.isNewline || $0 == "\t" })
        else { return nil }
        return text.split { $0.isNewline || $0 == "\t" }.map { String($0).trimmed }.filter { !$0.isEmpty }
            .joined(separator: " ")
    }

    private static let quotes: [Character: Character] = ["'": "'", "‘": "’", "“": "”", "”": "”"]

    private static let ticks: Set<String> = [
        "x", "\u{2713}", "\u{2714}", "\u{2611}", "\u{2705}", "checked", "1.0", "1,0", "1.00", "1,00",
    ]
    private static let crosses: Set<String> = [
        "\u{2717}", "\u{2718}", "\u{2716}", "\u{2610}", "\u{274C}", "\u{274E}", "unchecked", "0.0", "0,0", "0.00",
        "0,00",
    ]
}
