import Localization

/// Why a text cannot be the value of a field.
public struct ValueError: Error, Sendable, Hashable {
    /// What is wrong and what is expected instead, without the field's name.
    public let reason: Text
    /// What a table may say of itself so that the text is no longer two things; `nil` where it can say nothing.
    private(set) var remedyInTables: Text?

    /// Gives the reason.
    public init(_ reason: Text) {
        self.reason = reason
    }

    /// The reason with what a table may say of itself.
    var reasonInTables: Text {
        guard let remedy = remedyInTables else { return reason }
        return Text(en: "\(reason.en), or \(remedy.en)", es: "\(reason.es), o \(remedy.es)")
    }

    /// The same with what a table may say of itself.
    func remedied(en: String, es: String) -> ValueError {
        var error = self
        error.remedyInTables = Text(en: en, es: es)
        return error
    }

    /// The same with more words behind the reason.
    func followed(en: String, es: String) -> ValueError {
        var error = ValueError(en: "\(reason.en); \(en)", es: "\(reason.es); \(es)")
        error.remedyInTables = remedyInTables
        return error
    }

    /// Gives the reason in both languages.
    init(en: String, es: String) {
        reason = Text(en: en, es: es)
    }
}
