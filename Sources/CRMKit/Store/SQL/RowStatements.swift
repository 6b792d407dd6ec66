/// The statements that change the rows of a table that the definitions describe, each built here alone.
///
/// ``TableWriter`` runs them and keeps in the history what the rows were before. Others run them without history where
/// there is none to keep: what salvages a file or brings it to the present format, what computes comparable forms anew,
/// and what goes from the history too, with an erased person or a removed field.
struct RowStatements {
    private let table: SQLFragment

    /// - Parameter table: the name of the table.
    init(_ table: String) { self.table = .name(table) }

    /// Returns the statement that inserts rows, with a parameter for each of their values.
    func insert(_ columns: [String], rows: Int = 1) -> String {
        let row = "(\(Array(repeating: "?", count: columns.count).joined(separator: ", ")))"
        let all = Array(repeating: row, count: rows).joined(separator: ", ")
        return insert(columns, from: SQLFragment(definition: "VALUES \(all)")).sql
    }

    /// Returns the statement that inserts what a query has.
    ///
    /// - Parameter query: a query with these columns, or `VALUES (…)`.
    func insert(_ columns: [String], from query: SQLFragment) -> SQLFragment {
        "INSERT INTO \(table) (\(columns.map(SQLFragment.name).joined(", "))) \(query)"
    }

    /// Returns the statement that sets columns of the rows that meet a condition.
    ///
    /// - Parameters:
    ///   - assignments: what is set, such as `"stock" = 5`.
    ///   - skipsConflicts: whether a row whose new values violate a constraint stays as it is.
    func update(
        _ assignments: [SQLFragment],
        where condition: SQLFragment,
        skippingConflicts skipsConflicts: Bool = false
    ) -> SQLFragment {
        let verb: SQLFragment = skipsConflicts ? "UPDATE OR IGNORE" : "UPDATE"
        return "\(verb) \(table) SET \(assignments.joined(", ")) WHERE \(condition)"
    }

    /// Returns the statement that deletes the rows that meet a condition.
    func delete(where condition: SQLFragment) -> SQLFragment { "DELETE FROM \(table) WHERE \(condition)" }
}
