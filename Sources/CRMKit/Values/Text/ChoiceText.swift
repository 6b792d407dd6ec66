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
    /// - Throws: ``ValueError`` with the valid keys, and those that are probably meant.
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
        let meant = partly(named: word).prefix(3).map(\.key)
        guard let last = meant.last ?? nearest(to: word)?.key else {
            return ValueError(
                en: "not a choice: write one of \(keys.en)",
                es: "no es una opción: escribir una de \(keys.es)"
            )
        }
        let first = meant.dropLast().joined(separator: ", ")
        let lead = first.isEmpty ? Text("") : Text(en: "\(first) or ", es: "\(first) o ")
        return ValueError(
            en: "not a choice, did you mean \(lead.en)\(last)? Write one of \(keys.en)",
            es: "no es una opción, ¿quizá \(lead.es)\(last)? Escribir una de \(keys.es)"
        )
    }

    /// Returns the available choices of which a text has some of the words: `análisis` is in `Necesita análisis` and in
    /// `Análisis de percepción`. The words may be short for those of a key or label.
    private func partly(named text: String) -> [Choice] {
        func words(_ text: String) -> [Substring] { text.split { !$0.isLetter && !$0.isNumber } }
        let sought = words(text)
        guard !sought.isEmpty else { return [] }
        return choices.filter { choice in
            !choice.isRetired
                && choice.spellings.contains { spelling in
                    let all = words(spelling)
                    return sought.allSatisfy { word in
                        all.contains { $0 == word || word.utf8.count > 2 && $0.hasPrefix(word) }
                    }
                }
        }
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
