extension Text {
    /// Returns the word that agrees with a number: `file` for one, `files` for none and for several.
    public static func counting(
        _ count: Int,
        en: (one: String, many: String),
        es: (one: String, many: String)
    ) -> Text {
        count == 1 ? Text(en: en.one, es: es.one) : Text(en: en.many, es: es.many)
    }
}
