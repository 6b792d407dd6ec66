/// The destination of a further value of a field.
public enum FurtherValue: Sendable, Hashable {
    /// Behind the field's text.
    case text(TextJoint)
    /// Into a row of a part, by its key, of a kind, with what it is called there.
    case row(part: String, kind: String, label: String)

    /// The order of values: those on the same line come before those on another.
    var place: Int {
        switch self {
        case .row: 0
        case .text(.blank): 1
        case .text(.inside): 2
        case .text(.line): 3
        }
    }
}
