/// Who has written a table, as its header shows. The more surely it was this program, the less its cells are interpreted.
enum TableAuthor {
    /// Other programs, or people with names of their own for columns.
    case others
    /// Somebody who gives all columns the names of this program.
    case knower
    /// The same, with the ids of records: percentages are no fractions of 1.
    case knowerOfIDs
    /// This program, by a whole export: its cells are read as it writes them.
    case export

    /// Whether all columns have the names that this program uses in its exports.
    var usesOwnNames: Bool { self != .others }

    /// Whether all columns have such names, and one has ids.
    var knowsIDs: Bool { self == .knowerOfIDs || self == .export }

    /// - Parameters:
    ///   - names: the header.
    ///   - areOwn: whether they all are names of this program's.
    init(of names: [String], areOwn: Bool, in module: Module) {
        let names = Set(names)
        guard areOwn else {
            self = .others
            return
        }
        guard names.contains("id") else {
            self = .knower
            return
        }
        // Nobody else writes an id with both times of the record, or with all fields that can be set.
        let isExport =
            names.isSuperset(of: ["created_at", "updated_at"])
            || names.isSuperset(of: module.writableFields.map(\.key))
        self = isExport ? .export : .knowerOfIDs
    }
}
