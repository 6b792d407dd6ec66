import Formats

extension Field {
    /// Returns the text of a number followed by a unit, which may depend on other members of the line; `nil` for any
    /// other value.
    func quantity(in value: JSONValue) -> String? {
        guard unit != nil, case .string(let text) = value, WrittenQuantity(text) != nil else { return nil }
        return text
    }
}
