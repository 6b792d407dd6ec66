extension Text {
    /// A word to write with what people call it: `negotiation (Negociación/Revisión)`; the word alone where both are the
    /// same but for case and for what joins their parts.
    public init(word: String, label: Text) {
        self.init(en: Self.labelled(word, label.en), es: Self.labelled(word, label.es))
    }

    private static func labelled(_ word: String, _ label: String) -> String {
        func plain(_ text: String) -> String { String(text.lowercased().map { "_-".contains($0) ? " " : $0 }) }
        return label.isEmpty || plain(word) == plain(label) ? word : "\(word) (\(label))"
    }

    /// Words with commas, or something else, between them.
    public init(joining texts: [Text], with separator: String = ", ") {
        self.init(
            en: texts.map(\.en).joined(separator: separator),
            es: texts.map(\.es).joined(separator: separator)
        )
    }
}
