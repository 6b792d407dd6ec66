import Localization

/// A country's code in ISO 3166-1 alpha-2.
public struct CountryCode: Sendable, Hashable {
    /// Two capital letters.
    public let text: String

    /// Reads a code in any case, or the name of a country in English or Spanish.
    ///
    /// - Throws: ``ValueError`` for any other text.
    public init(parsing text: String) throws(ValueError) {
        guard let code = CountryNames.code(of: text) else {
            throw ValueError(
                en: "not a country: write its two-letter code (ISO 3166-1), as in MX or ES",
                es: "no es un país: escribir su código de dos letras (ISO 3166-1), como MX o ES"
            )
        }
        self.text = code
    }
}
