/// The values of a cell that holds several, as exports write them.
struct ForeignList {
    /// The values in order, without empty ones.
    let elements: [String]

    /// Splits a cell by the notation it uses: vtiger's `a |##| b`, Google's `* a ::: b`, SuiteCRM's `^a^,^b^`,
    /// Mailchimp's `"a","b"`, a JSON array, Python's `['a', 'b']`, PostgreSQL's `{a,"b c"}`, SharePoint's `;#a;#b;#`, the
    /// semicolons of Outlook, HubSpot and Salesforce, lines, bars, else commas.
    init(_ text: String) {
        if let quoted = Self.quoted(text) ?? Self.array(text) ?? Self.pythons(text) ?? Self.braced(text) {
            elements = quoted
        } else if text.utf8.starts(with: ";#".utf8) {
            elements = Self.split(text, by: ";#")
        } else if text.utf8.count > 1, text.utf8.first == UInt8(ascii: "^"), text.utf8.last == UInt8(ascii: "^") {
            elements = text.dropFirst().dropLast().split(separator: "^,^").map { String($0).trimmed }
                .filter { !$0.isEmpty }
        } else if let separator = ForeignListMarks.all.first(where: text.contains) {
            elements = Self.split(text, by: separator)
        } else {
            elements = Self.split(text, by: ",")
        }
    }

    /// Returns elements that are quoted each, with `""` for a quote; `nil` if they are not.
    private static func quoted(_ text: String) -> [String]? {
        let text = text.trimmed
        let quote = UInt8(ascii: "\"")
        guard text.utf8.count > 1, text.utf8.first == quote, text.utf8.last == quote else { return nil }
        return text.dropFirst().dropLast().split(separator: "\",\"")
            .map { String($0).replacing("\"\"", with: "\"").trimmed }.filter { !$0.isEmpty }
    }

    /// Returns the strings and numbers of a JSON array; `nil` for any other text.
    private static func array(_ text: String) -> [String]? {
        guard text.utf8.first == UInt8(ascii: "["), text.utf8.last == UInt8(ascii: "]"),
            let texts = StoredList.texts(ofArray: text), !texts.contains(nil)
        else { return nil }
        return texts.compactMap { $0?.trimmed }.filter { !$0.isEmpty }
    }

    /// The texts of a list of Python's, in quotes of one stroke; `nil` for any other text.
    private static func pythons(_ text: String) -> [String]? {
        guard text.utf8.count > 4, text.utf8.starts(with: "['".utf8), text.hasSuffix("']") else { return nil }
        return text.dropFirst(2).dropLast(2).split(separator: "', '").map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    /// Returns the elements of an array of PostgreSQL; `nil` for any other text, such as a JSON object.
    private static func braced(_ text: String) -> [String]? {
        guard text.utf8.count > 2, text.utf8.first == UInt8(ascii: "{"), text.utf8.last == UInt8(ascii: "}") else {
            return nil
        }
        let inner = text.dropFirst().dropLast()
        guard !inner.contains(where: { "{}:".contains($0) }) else { return nil }
        return inner.split(separator: ",").map { part in
            let element = String(part).trimmed
            let isQuoted = element.utf8.count > 1 && element.first == "\"" && element.last == "\""
            return isQuoted ? String(element.dropFirst().dropLast()) : element
        }.filter { !$0.isEmpty }
    }

    /// Google marks the groups that are its own.
    static let systemGroup = "* "

    private static func split(_ text: String, by separator: String) -> [String] {
        text.split(separator: separator).compactMap { part in
            let element = String(part).trimmed
            let name = element.hasPrefix(systemGroup) ? String(element.dropFirst(systemGroup.count)).trimmed : element
            return name.isEmpty ? nil : name
        }
    }
}
