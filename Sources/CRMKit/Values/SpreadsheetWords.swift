/// What people put into the cells of a table beside values: that there is none, that something is so.
enum SpreadsheetWords {
    /// No such word has more bytes.
    static let longest = 20

    /// Whether a cell says that there is no value.
    static func isNothing(_ text: String) -> Bool { nothing.contains(Fold.fold(text.trimmed)) }

    /// Whether a cell has the mark by which people say yes.
    static func isMark(_ text: String) -> Bool { marks.contains(Fold.fold(text.trimmed)) }

    private static let nothing: Set<String> = [
        "-", "--", "---", "\u{2013}", "\u{2014}", "n/a", "n.a.", "n/d", "n.d.", "s/d", "s/n", "#n/a", "#n/d", "na",
        "nd",
        "nan", "null", "none", "ninguno", "ninguna", "no tiene", "no hay", "no aplica", "no disponible", "sin dato",
        "sin datos", "sin correo", "sin telefono", "not available", "not applicable",
    ]

    private static let marks: Set<String> = ["x", "\u{2713}", "\u{2714}", "\u{2611}"]
}
