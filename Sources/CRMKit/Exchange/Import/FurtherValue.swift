/// The destination of a further value of a field.
public enum FurtherValue: Sendable, Hashable {
    /// Behind the field's text.
    case text(TextJoint)
    /// Into a row of a part, by its key, of a kind, with what it is called there.
    case row(part: String, kind: String, label: String?)
    /// On a line of its own behind the field's text, with what it is called before it: by another column, which says so of a
    /// value of that place, or as all are called.
    case note(called: String, place: String?)
    /// What a note is called that is at a place.
    case noteName(place: String)

    /// Whether it is how people call somebody, which is a name where there is no other.
    var isNickname: Bool {
        if case .note(let called, nil) = self { ["Nickname", "Apodo"].contains(called) } else { false }
    }

    /// The order of values: those on the same line come before those on another.
    var place: Int {
        switch self {
        case .row, .noteName: 0
        case .text(.blank): 1
        case .text(.inside): 2
        case .text(.line): 3
        case .note: 4
        }
    }
}

extension Module {
    /// The destination of further addresses and numbers of a field, in a part whose rows find the records as the field does;
    /// `nil` where there is none.
    ///
    /// - Parameter label: what the rows are called.
    func furtherRow(of field: Field, called label: String?) -> FurtherValue? {
        let place = referenceKeys.first { $0.fields.contains(field.key) }?.parts.first
        guard let place, let part = part(named: place.part), part.visibility == .shown else { return nil }
        return .row(part: part.key, kind: place.choice, label: label)
    }
}
