import Formats

extension ContentProperty {
    /// The property with HTML character references resolved; their semicolons would split a name.
    var withoutEntities: ContentProperty {
        // Most values have none, and searching for a byte is far cheaper than searching for text.
        guard rawValue.utf8.contains(UInt8(ascii: "&")), ["ORG", "N", "FN", "ADR", "TITLE"].contains(where: isNamed)
        else { return self }
        let value = Self.withoutEntities(rawValue)
        return ContentProperty(name, rawValue: value, group: group, parameters: parameters)
    }

    /// The maximum length of the name or number in a reference.
    private static let longestEntity = 10

    /// Returns a value with each reference resolved once: an ampersand that results from one does not begin another.
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

    /// Returns the character of a reference, escaped for a value; `nil` for an unknown reference and for characters
    /// that are no text.
    private static func sign(of reference: String) -> String? {
        let sign = HTMLEntity.resolved(reference).replacing("\u{A0}", with: " ")
        guard sign != reference, sign.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0 != "\u{FFFD}" }) else {
            return nil
        }
        return ["\\", ",", ";"].contains(sign) ? "\\\(sign)" : sign
    }

    /// Whether it is an empty `UID`, which the program replaces by its own.
    var isEmptyIdentifier: Bool { isNamed(CardMapping.uid) && text.trimmed.isEmpty }

    /// Whether it is empty where the program writes what the record has: every card has a name (RFC 6350 section 6.2.1).
    var givesWay: Bool { isEmptyIdentifier || isNamed("FN") && text.trimmed.isEmpty }

    /// Whether the value consists of separators and white space.
    var isBlank: Bool { parts.allSatisfy(\.trimmed.isEmpty) }

    /// The first line that is not empty; `nil` if there is none.
    var firstLine: String? {
        parts.lazy.flatMap { $0.split(separator: "\n") }.map { String($0).trimmed }.first { !$0.isEmpty }
    }

    /// The property split into one for each address or number, if it was written with several; otherwise this property
    /// alone.
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

    /// Whether a number contains a pause for further dialling: a comma without a following space.
    private static func dialsOn(_ text: String) -> Bool {
        zip(text.utf8, text.utf8.dropFirst()).contains { $0 == UInt8(ascii: ",") && $1 != UInt8(ascii: " ") }
    }
}
