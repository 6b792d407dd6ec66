import Formats
import Localization

extension JSONValue {
    /// Returns the cell for a value in the form in which `show` and `export` print it: the digits of a number, the id
    /// of a reference, `case:3` for one that names its module, the elements of a list separated by commas, the rows of
    /// a part.
    ///
    /// - Returns: `nil` for null and for an empty list.
    /// - Throws: ``ValueError`` for any other object, for an array within an array, and for an element with a comma in
    ///   it.
    func cellText() throws(ValueError) -> String? {
        switch self {
        case .null: return nil
        case .bool(let isTrue): return isTrue ? "true" : "false"
        case .number(let number): return number.decimal
        case .string(let text): return text
        case .array(let elements): return try Self.joined(elements)
        case .object:
            guard case .number(let id)? = self["id"] else { throw Self.malformed }
            guard let module = self["module"] else { return id.literal }
            guard case .string(let name) = module else { throw Self.malformed }
            return "\(name):\(id.literal)"
        }
    }

    /// Returns the text for a field; empty for null. The digits of a number are those of a number there, whatever people
    /// may mean by them in a text.
    ///
    /// - Throws: ``ValueError`` as ``cellText()`` does, and for several values for a field that takes one.
    func cellText(for type: FieldType) throws(ValueError) -> String {
        if type.isNumeric, case .number(let number) = self { return WrittenNumber.unmistakable(number.decimal) }
        if case .array(let elements) = self, elements.count > 1, !type.isList { throw .list }
        return try cellText() ?? ""
    }

    private static func joined(_ elements: [JSONValue]) throws(ValueError) -> String? {
        if case .object(let members)? = elements.first, !members.contains(where: { $0.name == "id" }) {
            return try rows(elements)
        }
        var texts: [String] = []
        for element in elements {
            if case .array = element { throw malformed }
            // An empty element stays, since its position says which link it belongs to.
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

    /// Returns the rows of a part in the form of a cell, in the order of their positions.
    private static func rows(_ elements: [JSONValue]) throws(ValueError) -> String? {
        var rows: [(position: Int64?, text: String)] = []
        for element in elements {
            guard case .object(let members) = element else { throw malformed }
            var position: Int64?
            var pairs: [(key: String, text: String)] = []
            for member in members {
                if member.name == Part.positionKey {
                    position = try member.value.position()
                } else {
                    pairs.append((member.name, try member.value.textInRow()))
                }
            }
            rows.append((position, PartText.text(pairs)))
        }
        return rows.inOrder { $0.position }.map(\.element.text).joined(separator: PartText.separator)
    }

    /// Returns the text of a field of a row. An empty value is written too, since a field that is not given may be filled
    /// from elsewhere.
    private func textInRow() throws(ValueError) -> String {
        switch self {
        case .array([]): StoredList.emptyText
        default: try cellText() ?? ""
        }
    }

    private func position() throws(ValueError) -> Int64? {
        guard let text = try cellText()?.trimmed, !text.isEmpty else { return nil }
        guard let position = SpreadsheetNumber.position(text) else { throw .position(text) }
        return position
    }

    private static var malformed: ValueError {
        ValueError(
            en: "must be text, a number, true, false, null, a list of these or a reference with an id",
            es: "debe ser texto, un número, true, false, null, una lista de ellos o una referencia con id"
        )
    }
}
