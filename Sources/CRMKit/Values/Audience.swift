import Localization

/// The person that values are spelled for: whose words they are in, and whose clocks show their times.
public struct Audience: Sendable {
    /// The language of labels and words.
    public let language: Language
    /// The clock in whose zone times are told.
    public let clock: Clock

    /// A person who reads a language, by a clock.
    public init(language: Language, clock: Clock) {
        self.language = language
        self.clock = clock
    }
}
