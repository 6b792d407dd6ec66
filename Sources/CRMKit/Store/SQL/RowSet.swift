/// Which rows of a table are meant, by their ids or by those of the records that a field names.
enum RowSet {
    /// One.
    case one(Int64)
    /// All within a range.
    case range(ClosedRange<Int64>)
    /// Those that a query gives, whose one column has ids.
    case all(SQLFragment)
    /// Those of which a condition over the table's own columns holds.
    case matching(SQLFragment)

    /// The condition that a column holds one of them.
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
    /// The rows of this table whose field names one of some records of a module, as a query for their ids.
    func rows(whose field: Field, names records: RowSet, of module: ModuleName) -> RowSet {
        .all("SELECT \"id\" FROM \(name: name) WHERE \(condition(that: field, names: records, of: module))")
    }

    /// The condition that a field names one of some records of a module.
    func condition(that field: Field, names records: RowSet, of module: ModuleName) -> SQLFragment {
        let columns = field.columns
        guard field.type == .anyReference else { return records.condition(on: .name(columns[0])) }
        return """
            \(name: columns[0]) = \(bind: .text(module.rawValue)) AND \(records.condition(on: .name(columns[1])))
            """
    }
}
