/// SQL over the rows of the history: each keeps an object with what a row had in its columns before the change.
extension ChangeLog {
    private static let object = "before"

    /// Returns what a row had in a column before a change; null also where the change did not concern the column.
    static func former(_ column: String) -> SQLFragment {
        SQLFragment(definition: JSONFunctions.value(of: column, in: object))
    }

    /// Returns the condition that a change concerned a column, whatever the row had in it.
    static func isKept(_ column: String) -> SQLFragment {
        SQLFragment(definition: JSONFunctions.hasMember(column, in: object))
    }

    /// Returns what is kept of a row, without some of its columns.
    static func without(_ columns: [String]) -> SQLFragment {
        SQLFragment(definition: JSONFunctions.removing(columns, from: object))
    }

    /// The condition that what is kept of a row can be read: another program may have damaged it.
    static var isReadable: SQLFragment { SQLFragment(definition: JSONFunctions.isObject(object)) }
}
