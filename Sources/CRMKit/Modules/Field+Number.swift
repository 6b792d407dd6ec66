import Localization

extension Field {
    /// The number of a document, which no other has and which a new one is given.
    ///
    /// - Parameter word: what the numbers begin with unless the file configures a pattern.
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
            ),
            pattern: .yearly(word)
        )
    }
}
