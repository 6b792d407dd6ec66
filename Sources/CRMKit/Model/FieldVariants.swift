/// What a field holds where that depends on the row: an address, a number or a name by the choice in another field.
///
/// The field's own type is the widest of them, as which it is stored.
public struct FieldVariants: Sendable {
    /// The key of the field whose choice decides.
    public let key: String
    /// What is held by choice.
    public let types: [(choice: String, type: FieldType)]

    /// Declares what decides, and the types by its choices.
    init(by key: String, _ types: [(choice: String, type: FieldType)]) {
        self.key = key
        self.types = types
    }

    /// What is held beside a choice.
    ///
    /// - Returns: `nil` for one that is not among them, and for none.
    public func type(beside choice: Value) -> FieldType? {
        guard case .text(let key) = choice else { return nil }
        return types.first { $0.choice == key }?.type
    }
}

extension Field {
    /// What the field holds in a row.
    ///
    /// - Parameter value: gives what another field of the row holds.
    public func type(among value: (String) -> Value) -> FieldType {
        variants.flatMap { $0.type(beside: value($0.key)) } ?? type
    }

    /// Whether a value is of a type in any row.
    func canHold(_ type: FieldType) -> Bool {
        self.type == type || variants?.types.contains { $0.type == type } ?? false
    }
}
