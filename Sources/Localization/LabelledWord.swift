extension Text {
    /// Creates a word to write, followed by its label: `negotiation (Negociación/Revisión)`. The label is left out if
    /// it is empty, or differs from the word only in case or in spaces for `_` and `-`.
    public init(word: String, label: Text) {
        self.init(en: Self.labelled(word, label.en), es: Self.labelled(word, label.es))
    }

    private static func labelled(_ word: String, _ label: String) -> String {
        func plain(_ text: String) -> [UInt8] {
            text.lowercased().utf8.map { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") ? UInt8(ascii: " ") : $0 }
        }
        return label.isEmpty || plain(word) == plain(label) ? word : "\(word) (\(label))"
    }

    /// Joins texts with a comma or another separator.
    public init(joining texts: [Text], with separator: String = ", ") {
        self.init(
            en: texts.map(\.en).joined(separator: separator),
            es: texts.map(\.es).joined(separator: separator)
        )
    }
}
