import Localization

/// Names and labels of stored values, as shown to the user.
extension Store {
    /// Returns the display name of the record that a reference names.
    ///
    /// - Throws: ``CRMError`` as for ``id(of:in:)``.
    public func displayName(of reference: String, in module: Module) throws(CRMError) -> String {
        try translating {
            let id = try resolve(reference, in: module)
            return try storedRecord(module, id: id)?.displayName ?? "\(id)"
        }
    }

    /// Returns the text of a record's value as shown to the user; for references, the name of the record.
    public func label(of field: Field, in record: Record, language: Language) throws(CRMError) -> String {
        try translating {
            let value = record[field.key]
            if case .reference(let target) = field.type, case .integer(let id) = value {
                return try storedRecord(registry[target], id: id)?.displayName ?? "\(id)"
            }
            let audience = Audience(language: language, clock: clock)
            return field.type.label(
                of: value,
                currency: record.currency,
                dayZone: field.dayZone { record[$0] },
                for: audience
            )
        }
    }
}
