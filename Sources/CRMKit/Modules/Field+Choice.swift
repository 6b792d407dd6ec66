extension Field {
    /// One of a list of choices, or nothing.
    static func choice(_ key: String, en: String, es: String, _ choices: [Choice]) -> Field {
        .choice(key, en: en, es: es, [], choices)
    }
}
