/// What people put into a cell of a table beside values.
enum SpreadsheetWords {
    /// Whether a cell has the mark by which people say yes.
    static func isMark(_ text: String) -> Bool { marks.contains(Fold.fold(text.trimmed)) }

    private static let marks: Set<String> = ["x", "\u{2713}", "\u{2714}", "\u{2611}"]
}
