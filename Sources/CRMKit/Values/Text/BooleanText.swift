import Localization

/// Yes and no, as words.
enum BooleanText {
    private static let yes = ["true", "yes", "y", "si", "s", "1", "on", "verdadero", "v", "t"]
    private static let no = ["false", "no", "n", "0", "off", "falso", "f"]

    /// Reads a word of either language in any case, with or without accents.
    ///
    /// - Throws: ``ValueError`` for any other.
    static func parse(_ text: String) throws(ValueError) -> Bool {
        let word = Fold.fold(text)
        if yes.contains(word) { return true }
        if no.contains(word) { return false }
        throw ValueError(en: "neither yes nor no: write yes or no", es: "no es sí ni no: escribir sí o no")
    }

    /// Whether a text is a word for yes or for no.
    static func isOne(_ text: String) -> Bool {
        guard text.utf8.count <= 9 else { return false }
        let word = Fold.fold(text)
        return yes.contains(word) || no.contains(word)
    }

    /// Returns the word shown to the user.
    static func label(_ isTrue: Bool) -> Text {
        isTrue ? Text(en: "yes", es: "sí") : Text(en: "no", es: "no")
    }
}
