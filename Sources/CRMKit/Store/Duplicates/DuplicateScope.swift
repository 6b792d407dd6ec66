/// The records to compare.
struct DuplicateScope {
    let module: Module
    /// A query for the ids of the records in scope; `nil` for all records.
    let ids: SQLFragment?

    /// Returns the condition that a column holds the id of a record in scope.
    func condition(on column: SQLFragment) -> SQLFragment? { ids.map { "\(column) IN (\($0))" } }
}
