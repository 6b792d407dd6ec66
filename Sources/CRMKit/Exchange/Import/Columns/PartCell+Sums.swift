extension FieldType {
    /// Whether values are numbers or amounts, which totals add up.
    var isSummed: Bool {
        switch form {
        case .number, .money: true
        default: false
        }
    }
}

extension PartCell {
    /// Whether the column has numbers or amounts of a part.
    func isSummed(in part: Part) -> Bool { type(in: part)?.isSummed ?? false }

    /// Returns the type of the column's values; `nil` when they do not belong to a single field.
    func type(in part: Part) -> FieldType? {
        guard case .field(let word, nil) = meaning else { return nil }
        return part.field(called: word, given: "")?.type
    }
}
