/// In what a field's number counts, so that people may write it behind the number: `3 pzas`, `2 h`.
public enum FieldUnit: Sendable {
    /// In what the choice of another field of the row says.
    case chosen(in: String)
    /// Always in the same.
    case always(Choice)
    /// For an attribute of links: the unit that the linked record's choice field with this key holds, and the choices
    /// it can hold.
    case ofRecord(in: String, among: [Choice])
}

extension Field {
    /// The same number, which people may write with what it counts.
    func counted(in unit: FieldUnit) -> Field { with { $0.unit = unit } }
}
