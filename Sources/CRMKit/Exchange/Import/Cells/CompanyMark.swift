/// A cell that says whether its row is about a company or a person, as in Odoo's exports.
enum CompanyMark {
    /// Whether a text marks a company: `True`, `Sí`, `X`, `Compañía`.
    static func isOne(_ text: String) -> Bool {
        words.contains(Fold.fold(text.trimmed)) || SpreadsheetWords.isMark(text)
    }

    /// Folded.
    private static let words: Set<String> = [
        "true", "verdadero", "1", "yes", "si", "company", "compania", "empresa",
    ]
}
