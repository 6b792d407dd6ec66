/// The destination of a further value of a field.
public enum FurtherValue: Sendable, Hashable {
    /// Behind the field's text.
    case text(TextJoint)
    /// Into a row of a part, by its key, of a kind, with what it is called there.
    case row(part: String, kind: String, label: String)
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
