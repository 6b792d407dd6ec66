/// A set of rows of a table, given by their ids or by a condition.
enum RowSet {
    /// The row with an id.
    case one(Int64)
    /// The rows with ids in a range.
    case range(ClosedRange<Int64>)
    /// The rows whose ids a query returns in its only column.
    case all(SQLFragment)
    /// The rows that match a condition on the table's own columns.
    case matching(SQLFragment)

    /// Returns the SQL condition that a column holds an id of the set. ``matching(_:)`` ignores the column.
    func condition(on column: SQLFragment) -> SQLFragment {
        switch self {
        case .one(let id): "\(column) = \(bind: .integer(id))"
        case .range(let ids):
            "\(column) BETWEEN \(bind: .integer(ids.lowerBound)) AND \(bind: .integer(ids.upperBound))"
        case .all(let query): "\(column) IN (\(query))"
        case .matching(let condition): condition
        }
    }
}

extension Table {
    /// Returns the rows of this table whose field refers to a record of the set, as a query for their ids.
    func rows(whose field: Field, names records: RowSet, of module: ModuleName) -> RowSet {
        .all("SELECT \"id\" FROM \(name: name) WHERE \(condition(that: field, names: records, of: module))")
    }

    /// Returns the condition that a field refers to a record of the set.
    func condition(that field: Field, names records: RowSet, of module: ModuleName) -> SQLFragment {
        let columns = field.columns
        guard field.type == .anyReference else { return records.condition(on: .name(columns[0])) }
        return """
            \(name: columns[0]) = \(bind: .text(module.rawValue)) AND \(records.condition(on: .name(columns[1])))
            """
    }
}
