import Localization

/// The person for whom values are written: the language of their words and the clock of their times.
public struct Audience: Sendable {
    /// The language of labels and words.
    public let language: Language
    /// The clock whose zone is used for times.
    public let clock: Clock
    /// Returns what a record of a module is called, given the module's name; `nil` for a module that is not known.
    private let noun: @Sendable (String) -> Text?

    /// Creates the audience of a language and a clock.
    ///
    /// - Parameter noun: returns what a record of a module is called, given the module's name.
    public init(language: Language, clock: Clock, noun: @escaping @Sendable (String) -> Text? = { _ in nil }) {
        self.language = language
        self.clock = clock
        self.noun = noun
    }

    /// Returns the words for a record of a module without a name of its own. In English they are a reference, in
    /// Spanish the noun and the id: `opportunity:1`, `oportunidad 1`.
    public func reference(to module: String, _ id: some StringProtocol) -> String {
        let reference = "\(module):\(id)"
        return Text(en: reference, es: noun(module).map { "\($0.es) \(id)" } ?? reference)(in: language)
    }
}
