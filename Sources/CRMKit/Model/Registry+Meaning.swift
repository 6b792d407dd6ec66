import Localization

extension Registry {
    /// The nouns of the modules that a word means by what people call their records, in either language.
    public func nouns(meantBy word: String) -> [String] {
        let word = MeantWord(word)
        return modules.filter { word.means(oneOf: $0.synonyms) }.map(\.name.noun)
    }

    /// Returns a hint for an unknown module name: the modules that the word means, else those spelled similarly, else
    /// all of them.
    public func hint(forUnknown word: String) -> Text {
        let all = names.map(\.noun).joined(separator: ", ")
        return Text(thatIs: nouns(meantBy: word)) ?? Text(comesNear: nouns(near: word))
            ?? Text(en: "modules: \(all)", es: "módulos: \(all)")
    }

    private func nouns(near word: String) -> [String] {
        let word = MeantWord(word)
        return modules.filter { word.means(oneOf: $0.relatedWords) }.map(\.name.noun)
    }
}
