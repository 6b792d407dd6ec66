import Localization

/// One of the values a choice field can take.
public struct Choice: Sendable, Hashable {
    /// What is stored, printed to machines and never translated: snake_case.
    public let key: String
    /// What people read. Input takes the key or either label, whatever the case and accents.
    public let label: Text

    /// Declares a choice.
    public init(_ key: String, en: String, es: String) {
        self.key = key
        label = Text(en: en, es: es)
    }
}
