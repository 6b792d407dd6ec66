import Localization

/// The person for whom values are written: the language of their words and the clock of their times.
public struct Audience: Sendable {
    /// The language of labels and words.
    public let language: Language
    /// The clock whose zone is used for times.
    public let clock: Clock

    /// Creates the audience of a language and a clock.
    public init(language: Language, clock: Clock) {
        self.language = language
        self.clock = clock
    }
}
