import Localization

/// The reason why a text cannot be the value of a field.
public struct ValueError: Error, Sendable, Hashable {
    /// The reason: what is wrong and what is expected instead, without the field's name.
    public let reason: Text
    /// What a table can declare about itself to remove the ambiguity of the text; `nil` for nothing.
    private(set) var remedyInTables: Text?
    /// The reason as it is told to a user who gives each field by an option; `nil` if that is the same.
    private(set) var reasonInOptions: Text?

    /// Creates an error with a reason.
    public init(_ reason: Text) {
        self.reason = reason
    }

    /// The reason, with what a table can declare about itself.
    var reasonInTables: Text {
        guard let remedy = remedyInTables else { return reason }
        return Text(en: "\(reason.en), or \(remedy.en)", es: "\(reason.es), o \(remedy.es)")
    }

    /// Returns the error with what a table can declare about itself.
    func remedied(en: String, es: String) -> ValueError {
        var error = self
        error.remedyInTables = Text(en: en, es: es)
        return error
    }

    /// Returns the error with another reason for a user who gives each field by an option.
    func toldInOptions(_ error: ValueError) -> ValueError {
        var copy = self
        copy.reasonInOptions = error.reason
        return copy
    }

    /// Returns the error with further words after the reason.
    func followed(en: String, es: String) -> ValueError {
        var error = ValueError(en: "\(reason.en); \(en)", es: "\(reason.es); \(es)")
        error.remedyInTables = remedyInTables
        return error
    }

    /// Creates an error with a reason in both languages.
    init(en: String, es: String) {
        reason = Text(en: en, es: es)
    }
}
