/// A cell that says whether its row is of a company rather than of a person, as Odoo's exports have it.
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
