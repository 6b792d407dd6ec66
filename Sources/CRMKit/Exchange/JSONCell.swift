import Formats
import Localization

extension JSONValue {
    /// Returns the text to read for a value as `show` and `export` print it: the digits of a number, the id of a
    /// reference, `case:3` for one that names its module, the elements of a list separated by commas.
    ///
    /// - Returns: `nil` for null and for an empty list.
    /// - Throws: ``ValueError`` for other objects and for arrays of anything but such values.
    func cellText() throws(ValueError) -> String? {
        switch self {
        case .null: return nil
        case .bool(let isTrue): return isTrue ? "true" : "false"
        case .number(let number): return number.literal
        case .string(let text): return text
        case .array(let elements): return try Self.joined(elements)
        case .object:
            guard case .number(let id)? = self["id"] else { throw Self.malformed }
            guard let module = self["module"] else { return id.literal }
            guard case .string(let name) = module else { throw Self.malformed }
            return "\(name):\(id.literal)"
        }
    }

    private static func joined(_ elements: [JSONValue]) throws(ValueError) -> String? {
        if case .object(let members)? = elements.first, !members.contains(where: { $0.name == "id" }) {
            return try rows(elements)
        }
        var texts: [String] = []
        for element in elements {
            if case .array = element { throw malformed }
            // Of several links that one says nothing: which is whose is told by where it stands.
            let text = try element.cellText() ?? ""
            guard !text.utf8.contains(UInt8(ascii: ",")) else {
                throw ValueError(
                    en: "a comma separates elements and cannot be part of one",
                    es: "la coma separa elementos y no puede ser parte de uno"
                )
            }
            texts.append(text)
        }
        return texts.isEmpty ? nil : texts.joined(separator: ",")
    }

    /// The rows of a part in the form of a cell. Where they stand says their order, whatever their positions.
    private static func rows(_ elements: [JSONValue]) throws(ValueError) -> String? {
        var rows: [String] = []
        for element in elements {
            guard case .object(let members) = element else { throw malformed }
            var pairs: [(key: String, text: String)] = []
            for member in members where member.name != Part.positionKey {
                // That nothing is there is said too: what is not said may be filled of something else.
                let text = try member.value == .array([]) ? StoredList.emptyText : member.value.cellText()
                pairs.append((member.name, text ?? ""))
            }
            rows.append(PartText.text(pairs))
        }
        return rows.joined(separator: PartText.separator)
    }

    private static var malformed: ValueError {
        ValueError(
            en: "must be text, a number, true, false, null, a list of these or a reference with an id",
            es: "debe ser texto, un número, true, false, null, una lista de ellos o una referencia con id"
        )
    }
}
