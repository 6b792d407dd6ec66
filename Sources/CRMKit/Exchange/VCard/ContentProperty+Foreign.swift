import Formats

extension ContentProperty {
    /// The property with the character references of web pages resolved, whose semicolons would split a name.
    var withoutEntities: ContentProperty {
        // Most values have none, and to look for a text costs far more than to look for a byte.
        guard rawValue.utf8.contains(UInt8(ascii: "&")), ["ORG", "N", "FN", "ADR", "TITLE"].contains(where: isNamed)
        else { return self }
        let value = Self.withoutEntities(rawValue)
        return ContentProperty(name, rawValue: value, group: group, parameters: parameters)
    }

    /// The longest name of a character, and its number in digits.
    private static let longestEntity = 10

    /// A value with each reference resolved once: an ampersand that comes of one is text, whatever follows it.
    private static func withoutEntities(_ value: String) -> String {
        var plain = ""
        var rest = value[...]
        while let start = rest.firstIndex(of: "&") {
            plain += rest[..<start]
            rest = rest[start...]
            let name = rest.dropFirst().prefix(longestEntity).prefix { sign in
                sign == "#" || sign.isASCII && (sign.isLetter || sign.isNumber)
            }
            let behind = rest[name.endIndex...]
            guard let end = ["\\;", ";"].first(where: { behind.hasPrefix($0) }), let sign = sign(of: "&\(name);") else {
                plain.append("&")
                rest = rest.dropFirst()
                continue
            }
            plain += sign
            rest = behind.dropFirst(end.count)
        }
        return plain + rest
    }

    /// The character that a reference stands for, as a value has it; `nil` for what is none, and for one that is no text.
    private static func sign(of reference: String) -> String? {
        let sign = HTMLEntity.resolved(reference).replacing("\u{A0}", with: " ")
        guard sign != reference, sign.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0 != "\u{FFFD}" }) else {
            return nil
        }
        return ["\\", ",", ";"].contains(sign) ? "\\\(sign)" : sign
    }

    /// Whether it is a `UID` that identifies nothing, so that the program's own takes its place.
    var isEmptyIdentifier: Bool { isNamed(CardMapping.uid) && text.trimmed.isEmpty }

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
