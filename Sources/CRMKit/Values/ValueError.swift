import Localization

/// Why a text cannot be the value of a field.
public struct ValueError: Error, Sendable, Hashable {
    /// What is wrong and what is expected instead, without the field's name.
    public let reason: Text

    /// Gives the reason.
    public init(_ reason: Text) {
        self.reason = reason
    }

    /// Gives the reason in both languages.
    init(en: String, es: String) {
        reason = Text(en: en, es: es)
    }
}
