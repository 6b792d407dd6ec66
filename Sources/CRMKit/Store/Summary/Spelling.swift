/// The spelling that stands for all of a group, whose values differ in case, accents or form: that of its first record.
///
/// The value of each record is marked with the record's id, in digits of one width, so that the least of a group is the
/// first record's.
enum Spelling {
    /// The mark of id 0. As many digits as this has every other id's.
    private static let zero: Int64 = 1_000_000_000_000_000_000
    private static let width = 19

    /// Returns a value marked with the id of its record; null for no value.
    static func marked(_ value: SQLFragment, of root: Scope) -> SQLFragment {
        "((\(root.id) + \(bind: .integer(zero))) || \(value))"
    }

    /// Returns the value without its mark.
    static func plain(_ marked: SQLFragment) -> SQLFragment {
        "substr(\(marked), \(bind: .integer(Int64(width + 1))))"
    }
}
