import SQLite

/// The columns of a salvaged file that no definition names.
struct StrayColumns {
    private let database: Database
    private let schema: Schema

    init(_ database: Database, _ schema: Schema) { (self.database, self.schema) = (database, schema) }

    /// Gives columns of the file's own fields their names again, where only a part of the name is damaged.
    func rename() throws {
        for table in schema.tables {
            let names = table.columns.map(\.name)
            let present = try database.columnNames(of: table.name)
            var strays = present.subtracting(names).sorted()
            for name in names where !present.contains(name) {
                let likely = strays.filter { Array($0.utf8).resembles(Array(name.utf8)) }
                guard likely.count == 1 else { continue }
                strays.removeAll { $0 == likely[0] }
                try database.execute(
                    """
                    ALTER TABLE \(table.name.quotedIdentifier) RENAME COLUMN \(likely[0].quotedIdentifier) \
                    TO \(name.quotedIdentifier)
                    """
                )
            }
        }
    }

    /// The values in such columns, which nothing shows.
    struct Values {
        /// The first of each column.
        var first: [ChangedValue] = []
        /// The numbers of the others, by table.
        var others: [String: Int] = [:]
    }

    /// Finds the values in such columns.
    func values() throws -> Values {
        var values = Values()
        for table in schema.tables {
            for column in try database.columnNames(of: table.name).subtracting(table.columns.map(\.name)).sorted() {
                let condition: SQLFragment = "FROM \(name: table.name) WHERE \(name: column) IS NOT NULL"
                let rows = try database.all(
                    fragment:
                        "SELECT \(name: "id"), \(name: column) \(condition) LIMIT \(bind: .integer(Self.mostTold))"
                )
                values.first += rows.map { row in
                    ChangedValue(
                        table: table.name,
                        id: row[0].integer ?? 0,
                        column: column,
                        former: row[1],
                        isRequired: false
                    )
                }
                let count = try database.all(fragment: "SELECT count(*) \(condition)").first?[0].integer ?? 0
                values.others[table.name, default: 0] += Int(count) - rows.count
            }
        }
        return values
    }

    private static let mostTold: Int64 = 100
}
