/// In what a field's number counts, so that people may write it behind the number: `3 pzas`, `2 h`.
public enum FieldUnit: Sendable {
    /// In what the choice of another field of the row says.
    case chosen(in: String)
    /// Always in the same.
    case always(Choice)
    /// Of an attribute of links: in what a choice of the record that is linked says, by its key, and what it may say.
    case ofRecord(in: String, among: [Choice])
}

extension Field {
    /// The same number, which people may write with what it counts.
    func counted(in unit: FieldUnit) -> Field { with { $0.unit = unit } }
}
