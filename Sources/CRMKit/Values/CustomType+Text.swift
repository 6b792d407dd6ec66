extension CustomType {
    /// The machine text of a stored value, as ``FieldType/text(of:currency:)`` has it.
    public func text(of value: Value) -> String {
        fieldType(offering: []).text(of: value, currency: nil)
    }
}
