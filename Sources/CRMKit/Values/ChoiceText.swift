import Localization

/// A parser for the choices of a field, which a text names by key, label or other words.
struct ChoiceText {
    private let choices: [Choice]

    init(_ choices: [Choice]) {
        self.choices = choices
    }

    /// Returns the choice that a text names, by its key or its label in either language. Case and accents do not
    /// matter, nor whether words are joined by spaces, hyphens or underscores. Failing that, other words for the choice
    /// are tried, and then all of these in the other grammatical gender. A choice on offer is preferred to a retired
    /// one.
    func find(_ text: String) -> Choice? {
        if let exact = choices.first(where: { $0.key == text }) { return exact }
        let word = Choice.spelling(text)
        var named = choices.filter { $0.spellings.contains(word) }
        if named.isEmpty { named = choices.filter { $0.isMeant(by: word) } }
        if named.isEmpty, let other = Self.inOtherGender(word) {
            named = choices.filter { $0.spellings.contains(other) || $0.isMeant(by: other) }
        }
        return named.first { !$0.isRetired } ?? named.first
    }

    /// Returns the Spanish word for a state in the other grammatical gender: `cerrada` for `cerrado`.
    private static func inOtherGender(_ word: String) -> String? {
        guard word.utf8.count > 3, let last = word.last else { return nil }
        return switch last {
        case "a": word.dropLast() + "o"
        case "o": word.dropLast() + "a"
        default: nil
        }
    }

    /// The choice that ``find(_:)`` finds.
    ///
    /// - Throws: ``ValueError`` with the valid keys, the nearest one first.
    func parse(_ text: String) throws(ValueError) -> Choice {
        if let choice = find(text) { return choice }
        throw error(for: Choice.spelling(text))
    }

    /// Returns the label of a stored key; the key itself when no choice has it.
    func label(of value: Value, in language: Language) -> String? {
        value.text.map { key in choices.first { $0.key == key }?.label(in: language) ?? key }
    }

    private func error(for word: String) -> ValueError {
        guard let keys = Self.offered(choices) else {
            return ValueError(
                en: "not a choice, and none is offered: all are retired",
                es: "no es una opción, y no se ofrece ninguna: todas están retiradas"
            )
        }
        guard let nearest = nearest(to: word) else {
            return ValueError(
                en: "not a choice: write one of \(keys.en)",
                es: "no es una opción: escribir una de \(keys.es)"
            )
        }
        return ValueError(
            en: "not a choice, did you mean \(nearest.key)? Write one of \(keys.en)",
            es: "no es una opción, ¿quizá \(nearest.key)? Escribir una de \(keys.es)"
        )
    }

    /// Returns the keys of the available choices with their labels, for a message.
    ///
    /// - Returns: `nil` if all choices are retired.
    static func offered(_ choices: [Choice]) -> Text? {
        let offered = choices.filter { !$0.isRetired }
        return offered.isEmpty ? nil : Text(joining: offered.map { Text(word: $0.key, label: $0.label) })
    }

    /// Returns the available choice whose spelling is nearest to a word; `nil` if none is near.
    private func nearest(to word: String) -> Choice? {
        let offered = choices.filter { !$0.isRetired }
        let spellings = offered.flatMap(\.spellings)
        guard word.utf8.count > 1, let nearest = nearestWords(to: word, among: spellings).first else { return nil }
        return offered.first { $0.spellings.contains(nearest) }
    }
}
