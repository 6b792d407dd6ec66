import Localization

/// The keys and labels of a choice field, as words to read.
struct ChoiceText {
    private let choices: [Choice]

    init(_ choices: [Choice]) {
        self.choices = choices
    }

    /// The choice that a key or a label in either language names, whatever the case, the accents, and whether words
    /// are joined by spaces, hyphens or underscores; one that is offered before one that is retired.
    ///
    /// - Throws: ``ValueError`` with the valid keys, the nearest one first.
    func parse(_ text: String) throws(ValueError) -> Choice {
        if let exact = choices.first(where: { $0.key == text }) { return exact }
        let word = Self.words(text)
        let named = choices.filter { Self.spellings(of: $0).contains(word) }
        if let choice = named.first(where: { !$0.isRetired }) ?? named.first { return choice }
        throw error(for: word)
    }

    static func spellings(of choice: Choice) -> [String] {
        [words(choice.key), words(choice.label.en), words(choice.label.es)]
    }

    private static func words(_ text: String) -> String {
        Fold.fold(String(text.map { $0 == "_" || $0 == "-" ? " " : $0 }))
    }

    private func error(for word: String) -> ValueError {
        guard let keys = Self.offered(choices) else {
            return ValueError(
                en: "not a choice, and none is offered: all are retired",
                es: "no es una opción, y no se ofrece ninguna: todas están retiradas"
            )
        }
        guard let nearest = nearest(to: word) else {
            return ValueError(en: "not a choice: write one of \(keys)", es: "no es una opción: escribir una de \(keys)")
        }
        return ValueError(
            en: "not a choice, did you mean \(nearest.key)? Write one of \(keys)",
            es: "no es una opción, ¿quizá \(nearest.key)? Escribir una de \(keys)"
        )
    }

    /// The keys of the choices that can be written, for a message.
    ///
    /// - Returns: `nil` where all are retired.
    static func offered(_ choices: [Choice]) -> String? {
        let keys = choices.filter { !$0.isRetired }.map(\.key)
        return keys.isEmpty ? nil : keys.joined(separator: ", ")
    }

    /// The choice that was mistyped.
    private func nearest(to word: String) -> Choice? {
        let offered = choices.filter { !$0.isRetired }
        let spellings = offered.flatMap(Self.spellings)
        guard word.utf8.count > 1, let nearest = nearestWords(to: word, among: spellings).first else { return nil }
        return offered.first { Self.spellings(of: $0).contains(nearest) }
    }
}

extension Choice {
    /// Whether one of some folded words is its key or a label.
    func isSpelled(asOneOf words: some Collection<String>) -> Bool {
        ChoiceText.spellings(of: self).contains { words.contains($0) }
    }
}
