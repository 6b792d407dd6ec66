import Localization

extension PersonName {
    /// Returns a name that begins with the family names, with a comma after them: `Ruiz Mora Ana` becomes `Ruiz Mora,
    /// Ana`. Of two words, one is the family name; of three or four, two are.
    ///
    /// - Throws: ``ValueError`` for a name in which the end of the family names cannot be determined.
    static func familyFirst(_ text: String) throws(ValueError) -> String {
        let words = text.split { $0.isWhitespace }.map(String.init)
        guard words.count > 1, !text.contains(","), !CompanyName.hasLegalForm(text) else { return text }
        guard words.count < 5, !words.contains(where: { particles.contains(Fold.fold($0)) || $0.hasSuffix(".") }) else {
            throw ValueError(
                en: """
                    where do the family names end? write a comma behind them, as in Ruiz de la Mora, Ana, or part the \
                    column into two, last_name and first_name
                    """,
                es: """
                    ¿dónde terminan los apellidos? escribir una coma tras ellos, como en Ruiz de la Mora, Ana, o separar la \
                    columna en dos, last_name y first_name
                    """
            )
        }
        let count = words.count == 2 ? 1 : 2
        return words[..<count].joined(separator: " ") + ", " + words[count...].joined(separator: " ")
    }
}
