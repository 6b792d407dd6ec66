import Localization

extension Registry {
    /// The nouns of the modules that a word means by what people call their records, in either language.
    public func nouns(meantBy word: String) -> [String] {
        let word = MeantWord(word)
        return modules.filter { word.means(oneOf: $0.synonyms) }.map(\.name.noun)
    }

    /// Returns the error for a word that names no module.
    ///
    /// - Parameter hint: the hint if the word means no module either; by default the modules that are spelled similarly,
    ///   else all of them.
    public func unknownModule(_ word: String, hint: Text? = nil) -> CRMError {
        let all = names.map(\.noun).joined(separator: ", ")
        return CRMError(
            .usage,
            Text(en: "there is no module \"\(word)\"", es: "no existe el módulo «\(word)»"),
            hint: Text(thatIs: nouns(meantBy: word)) ?? hint ?? Text(comesNear: nouns(near: word))
                ?? Text(en: "modules: \(all)", es: "módulos: \(all)")
        )
    }

    private func nouns(near word: String) -> [String] {
        let word = MeantWord(word)
        return modules.filter { word.means(oneOf: $0.relatedWords) }.map(\.name.noun)
    }
}
