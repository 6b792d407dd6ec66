/// The unit in which a field's number counts, which people may write behind the number: `3 pzas`, `2 h`.
public enum FieldUnit: Sendable {
    /// The unit that another choice field of the row, with this key, holds.
    case chosen(in: String)
    /// Always this unit.
    case always(Choice)
    /// For an attribute of links: the unit that the linked record's choice field with this key holds, and the choices
    /// it can hold.
    case ofRecord(in: String, among: [Choice])
}

extension Field {
    /// Returns the field with a unit that people may write behind its number.
    func counted(in unit: FieldUnit) -> Field { with { $0.unit = unit } }
}
