import Localization

extension Filter {
    /// Returns the condition of a filter on columns, for groups of a summary or rows of a report.
    ///
    /// - Parameter test: returns the condition for one column.
    /// - Throws: ``CRMError`` of code `usage` for a filter on related records, and what `test` throws.
    func condition(
        _ test: (Path, Test) throws(CRMError) -> SQLFragment
    ) throws(CRMError) -> SQLFragment {
        switch self {
        case .all(let filters):
            return try filters.map { filter throws(CRMError) in try filter.condition(test) }.conjunction
        case .any(let filters):
            return try filters.map { filter throws(CRMError) in try filter.condition(test) }.disjunction
        case .not(let filter): return .denial(try filter.condition(test))
        case .field(let column, let comparison): return try test(column, comparison)
        case .has(let path, _):
            throw CRMError(
                .usage,
                Text(
                    en: "--having knows the columns that are printed alone: 'has \(path.text)' belongs in --where",
                    es: "--having solo conoce las columnas que se imprimen: 'has \(path.text)' va en --where"
                )
            )
        }
    }
}
