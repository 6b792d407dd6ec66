extension Field {
    /// Declares a field for an optional choice from a list.
    static func choice(_ key: String, en: String, es: String, _ choices: [Choice]) -> Field {
        .choice(key, en: en, es: es, [], choices)
    }
}
