/// The values of a cell that holds several, as exports write them.
struct ForeignList {
    /// The values, in order; none that is empty.
    let elements: [String]

    /// Takes a cell apart by the notation it is in: vtiger's `a |##| b`, Google's `* a ::: b`, SuiteCRM's `^a^,^b^`, the
    /// semicolons of Outlook, HubSpot and Salesforce, lines, else commas.
    init(_ text: String) {
        if let separator = Self.separators.first(where: text.contains) {
            elements = Self.split(text, by: separator)
        } else if text.utf8.first == UInt8(ascii: "^"), text.utf8.last == UInt8(ascii: "^") {
            elements = Self.split(String(text.dropFirst().dropLast()), by: "^,^")
        } else {
            elements = Self.split(text, by: ",")
        }
    }

    private static let separators = [" |##| ", ":::", ";", "\n"]

    /// Google marks the groups that are its own.
    private static let systemGroup = "* "

    private static func split(_ text: String, by separator: String) -> [String] {
        text.split(separator: separator).compactMap { part in
            let element = String(part).trimmed
            let name = element.hasPrefix(systemGroup) ? String(element.dropFirst(systemGroup.count)).trimmed : element
            return name.isEmpty ? nil : name
        }
    }
}
