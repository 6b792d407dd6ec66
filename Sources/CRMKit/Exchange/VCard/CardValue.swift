import Formats

/// The values on cards without what surrounds them there.
enum CardValue {
    /// Returns a number without what telephones dial after a pause: `+34600000001,,12#`.
    static func numberBeforePause(_ text: String) -> String {
        String(text.prefix { !",;pPwW".contains($0) }).trimmed
    }
}

extension ContentProperty {
    /// The property, if it is a `UID`, without the parameter by which version 4.0 marks a key that is not a URI.
    var withPlainIdentifier: ContentProperty {
        guard isNamed(CardMapping.uid), parameterValues("VALUE").first?.lowercased() == "text" else { return self }
        return ContentProperty(
            name,
            rawValue: rawValue,
            group: group,
            parameters: parameters.filter { !$0.isNamed("VALUE") }
        )
    }
}

extension Field {
    /// Whether the text on a card is not that of the stored value: a reference or an amount.
    var isToldElsewhere: Bool { type.target != nil || type == .money }
}
