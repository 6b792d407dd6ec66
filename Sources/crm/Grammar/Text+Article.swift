import Localization

extension Text {
    /// The English text in lower case with its indefinite article: `an asset`.
    var withArticle: String {
        let words = en.lowercased()
        return words.first.map { "aeiou".contains($0) } ?? false ? "an \(words)" : "a \(words)"
    }
}
