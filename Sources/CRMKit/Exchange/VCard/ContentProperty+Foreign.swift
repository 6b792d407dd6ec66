import Formats

extension ContentProperty {
    /// The property with the character references of web pages resolved, whose semicolons would split a name.
    var withoutEntities: ContentProperty {
        // Most values have none, and to look for a text costs far more than to look for a byte.
        guard rawValue.utf8.contains(UInt8(ascii: "&")), ["ORG", "N", "FN", "ADR", "TITLE"].contains(where: isNamed),
            Self.entities.contains(where: { rawValue.contains($0.name) })
        else { return self }
        var value = rawValue
        for (name, sign) in Self.entities {
            value = value.replacing("\(name)\\;", with: sign).replacing("\(name);", with: sign)
        }
        return ContentProperty(name, rawValue: value, group: group, parameters: parameters)
    }

    /// The character references that matter; the ampersand comes last, since those after it are text.
    private static let entities: [(name: String, sign: String)] = [
        ("&#039", "'"), ("&#39", "'"), ("&apos", "'"), ("&quot", "\""), ("&#34", "\""), ("&lt", "<"), ("&gt", ">"),
        ("&#38", "&"), ("&amp", "&"),
    ]

    /// Whether there is nothing but separators and white space.
    var isBlank: Bool { parts.allSatisfy(\.trimmed.isEmpty) }

    /// The first line of the first part that says something.
    var firstLine: String? {
        parts.lazy.flatMap { $0.split(separator: "\n") }.map { String($0).trimmed }.first { !$0.isEmpty }
    }

    /// An address or a number by itself, where people have written several into one property; else this alone.
    var separated: [ContentProperty] {
        let values = several
        guard values.count > 1 else { return [self] }
        return values.enumerated().map { index, value in
            let others = parameters.filter { !$0.isNamed("PREF") }
            return ContentProperty(name, text: value, group: group, parameters: index == 0 ? parameters : others)
        }
    }

    private var several: [String] {
        if isNamed("EMAIL") { return EmailAddress.several(text) }
        guard isNamed("TEL"), parameterValues("VALUE").isEmpty, case let text = text, !Self.dialsOn(text) else {
            return []
        }
        return WrittenPhone.several(text)
    }

    /// Whether a telephone goes on dialling after a pause, which commas without a blank behind them are.
    private static func dialsOn(_ text: String) -> Bool {
        zip(text.utf8, text.utf8.dropFirst()).contains { $0 == UInt8(ascii: ",") && $1 != UInt8(ascii: " ") }
    }
}
