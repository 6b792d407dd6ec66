import Localization

extension Field {
    /// Declares the field for the unique number of a document, which a new document gets automatically.
    ///
    /// - Parameter word: the beginning of the numbers, unless the database configures a pattern.
    static func documentNumber(en: String, es: String, word: String) -> Field {
        Field(
            "number",
            .code,
            en: en,
            es: es,
            traits: [.key, .unique],
            note: Text(
                en: "left out, the next one by the pattern that config sets, as \(word)-2026-0007",
                es: "si se omite, el siguiente según el patrón que define config, como \(word)-2026-0007"
            )
        ).with { $0.pattern = .yearly(word) }
    }
}
