import SQLite

/// Resolves unique values shared by several rows of a salvaged file: the first row keeps the value.
struct UniqueRows {
    private let database: Database
    private let tables: [Table]

    init(_ database: Database, _ registry: Registry) {
        self.database = database
        tables = registry.tables
    }

    /// Clears the unique values of all rows but the first, and deletes duplicate links.
    func keepFirst() throws {
        for table in tables {
            let present = try database.columnNames(of: table.name)
            for field in table.fields where field.traits.contains(.unique) && present.contains(field.key) {
                let column = SQLFragment.name(field.key)
                let isLater = isLater(in: table, of: column)
                try database.run(
                    fragment: RowStatements(table.name).update(
                        ["\(column) = NULL"],
                        where: "\(column) IS NOT NULL AND \(isLater)"
                    )
                )
            }
            guard let relation = table.relation else { continue }
            let isLater = isLater(in: table, of: SQLFragment(definition: relation.identity))
            try database.run(fragment: RowStatements(table.name).delete(where: isLater))
        }
    }

    /// The condition that a row is not the first one with its values of some terms.
    private func isLater(in table: Table, of terms: SQLFragment) -> SQLFragment {
        "\"id\" NOT IN (SELECT min(\"id\") FROM \(name: table.name) GROUP BY \(terms))"
    }
}
