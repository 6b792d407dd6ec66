/// A text in all languages of the program, side by side.
public struct Text: Sendable, Hashable {
    /// The words in English.
    public let en: String
    /// The words in Spanish.
    public let es: String

    /// Pairs the two wordings.
    public init(en: String, es: String) {
        self.en = en
        self.es = es
    }

    /// Creates a text that is the same in both languages: a name, a number, a term of a standard.
    public init(_ invariant: String) {
        self.init(en: invariant, es: invariant)
    }

    /// Returns the wording in one language.
    public func callAsFunction(in language: Language) -> String {
        switch language {
        case .english: en
        case .spanish: es
        }
    }
}

extension Text: ExpressibleByStringLiteral {
    /// Creates a text that is the same in both languages from a literal.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}
