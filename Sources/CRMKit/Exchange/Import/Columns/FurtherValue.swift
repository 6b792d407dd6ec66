/// The destination of a further value of a field.
public enum FurtherValue: Sendable, Hashable {
    /// Appended to the field's text.
    case text(TextJoint)
    /// In a row of a part, by the part's key, with a kind and possibly a label.
    case row(part: String, kind: String, label: String?)
    /// In such a row even if the field has no value, since the value is of another kind: a fax is not a telephone.
    case labelled(part: String, kind: String, label: String)
    /// On a line of its own after the field's text, preceded by a name: that in another column for the same place,
    /// otherwise a fixed one.
    case note(called: String, place: String?)
    /// The name of the note with a place.
    case noteName(place: String)
    /// Forms of address as a person has them, `Prof. Dr.`, of which the field takes the first known one. Where that is
    /// not all, they are noted with a name.
    case titles(called: String)

    /// Whether it is the field's own value and not one more.
    var isOwn: Bool { if case .titles = self { true } else { false } }

    /// Whether it is a line of a description.
    var isNote: Bool { if case .note = self { true } else { false } }

    /// Whether it is a nickname, which serves as a name if there is no other.
    var isNickname: Bool {
        if case .note(let called, nil) = self { ["Nickname", "Apodo"].contains(called) } else { false }
    }

    /// The order of values: those on the same line come before those on another.
    var place: Int {
        switch self {
        case .row, .labelled, .noteName, .titles: 0
        case .text(.blank): 1
        case .text(.inside): 2
        case .text(.line): 3
        case .note: 4
        }
    }
}

extension Module {
    /// Returns the destination of further addresses and numbers of a field, a part that has the same kind of key; `nil`
    /// if there is none.
    ///
    /// - Parameter label: the label of the rows.
    func furtherRow(of field: Field, called label: String?) -> FurtherValue? {
        let place = referenceKeys.first { $0.fields.contains(field.key) }?.parts.first
        guard let place, let part = part(named: place.part), part.visibility == .shown else { return nil }
        return .row(part: part.key, kind: place.choice, label: label)
    }
}
