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
                let column = field.key.quotedIdentifier
                try keepFirst(
                    of: table,
                    by: column,
                    "UPDATE \(table.name.quotedIdentifier) SET \(column) = NULL WHERE \(column) IS NOT NULL AND"
                )
            }
            guard let relation = table.relation else { continue }
            try keepFirst(of: table, by: relation.identity, "DELETE FROM \(table.name.quotedIdentifier) WHERE")
        }
    }

    private func keepFirst(of table: Table, by terms: String, _ change: String) throws {
        try database.run(
            "\(change) \"id\" NOT IN (SELECT min(\"id\") FROM \(table.name.quotedIdentifier) GROUP BY \(terms))"
        )
    }
}
