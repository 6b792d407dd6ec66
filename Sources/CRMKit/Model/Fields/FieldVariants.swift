/// The types of a field whose value depends on a choice in the same row: an address, a number or a name.
///
/// The field's own type is the widest of them, which determines how it is stored.
public struct FieldVariants: Sendable {
    /// The key of the field whose choice decides.
    public let key: String
    /// The type for each choice.
    public let types: [(choice: String, type: FieldType)]

    /// Declares what decides, and the types by its choices.
    init(by key: String, _ types: [(choice: String, type: FieldType)]) {
        self.key = key
        self.types = types
    }

    /// Returns the type of the field beside a choice.
    ///
    /// - Returns: `nil` for null and for a choice that has no type here.
    public func type(beside choice: Value) -> FieldType? {
        guard case .text(let key) = choice else { return nil }
        return types.first { $0.choice == key }?.type
    }
}

extension Field {
    /// Returns the type of the field in a row.
    ///
    /// - Parameter value: returns the value of another field of the row, by its key.
    public func type(among value: (String) -> Value) -> FieldType {
        variants.flatMap { $0.type(beside: value($0.key)) } ?? type
    }

    /// Whether a value is of a type in any row.
    func canHold(_ type: FieldType) -> Bool {
        self.type == type || variants?.types.contains { $0.type == type } ?? false
    }
}
