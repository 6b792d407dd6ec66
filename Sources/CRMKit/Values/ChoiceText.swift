import Localization

/// The keys and labels of a choice field, as words to read.
struct ChoiceText {
    private let choices: [Choice]

    init(_ choices: [Choice]) {
        self.choices = choices
    }

    /// The choice that a key or a label in either language names, whatever the case, the accents, and whether words
    /// are joined by spaces, hyphens or underscores.
    ///
    /// - Throws: ``ValueError`` with the valid keys, the nearest one first.
    func parse(_ text: String) throws(ValueError) -> Choice {
        if let exact = choices.first(where: { $0.key == text }) { return exact }
        let word = Self.words(text)
        for choice in choices where Self.spellings(of: choice).contains(word) { return choice }
        throw error(for: word)
    }

    private static func spellings(of choice: Choice) -> [String] {
        [words(choice.key), words(choice.label.en), words(choice.label.es)]
    }

    private static func words(_ text: String) -> String {
        Fold.fold(String(text.map { $0 == "_" || $0 == "-" ? " " : $0 }))
    }

    private func error(for word: String) -> ValueError {
        let keys = choices.map(\.key).joined(separator: ", ")
        guard let nearest = nearest(to: word) else {
            return ValueError(en: "not a choice: write one of \(keys)", es: "no es una opción: escribir una de \(keys)")
        }
        return ValueError(
            en: "not a choice, did you mean \(nearest.key)? Write one of \(keys)",
            es: "no es una opción, ¿quizá \(nearest.key)? Escribir una de \(keys)"
        )
    }

    /// The choice of which a third or less has been mistyped.
    private func nearest(to word: String) -> Choice? {
        let length = word.utf8.count
        guard (2...64).contains(length) else { return nil }
        var best: (choice: Choice, distance: Int)?
        for choice in choices {
            for spelling in Self.spellings(of: choice) {
                let distance = Self.distance(Array(word.utf8), Array(spelling.utf8))
                if distance <= max(1, length / 3), distance < best?.distance ?? .max { best = (choice, distance) }
            }
        }
        return best?.choice
    }

    /// The number of insertions, deletions and substitutions between two words (Levenshtein), in bytes.
    private static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var row = Array(0...second.count)
        for (index, byte) in first.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in second.indices {
                let cost = min(row[column] + 1, row[column + 1] + 1, diagonal + (byte == second[column] ? 0 : 1))
                diagonal = row[column + 1]
                row[column + 1] = cost
            }
        }
        return row[second.count]
    }
}
