import Formats
import Localization

/// The names of a person whom a line calls by one text.
extension RecordLines {
    /// Takes the names of a new person from the whole name, as an import does, where a line has nothing else of them.
    func splitName(_ reading: inout Reading) throws {
        guard let names, let whole = reading.wholeName?.trimmed, !whole.isEmpty else { return }
        func isGiven(_ key: String) -> Bool {
            let position = module.position(of: key)
            return reading.given.contains { $0.position == position }
        }
        if isGiven(names.family) || isGiven(names.given) { return }
        for (key, text) in names.fields(of: whole, in: module) where !text.isEmpty && !isGiven(key) {
            guard let position = module.position(of: key) else { continue }
            do {
                let value = try module.allFields[position].type.parse(text, in: transaction.values)
                reading.given.append((position, value))
            } catch {
                throw LineFaults(faults: [LineFault(field: module.displayKey, value: whole, cause: error)])
            }
        }
    }
}

extension Field {
    /// Returns the text of a number followed by a unit, which may depend on other members of the line; `nil` for any
    /// other value.
    func quantity(in value: JSONValue) -> String? {
        guard unit != nil, case .string(let text) = value, WrittenQuantity(text) != nil else { return nil }
        return text
    }
}
