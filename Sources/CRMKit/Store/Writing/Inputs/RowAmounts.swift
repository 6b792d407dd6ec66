import SQLite

extension Module {
    /// The tables of the rows that people give with amounts, which are in the currency of the record.
    var amountTables: [Table] {
        givenParts.filter { part in part.fields.contains { $0.type == .money } }.map { Table($0, of: self) }
    }
}

extension Table {
    /// The condition that a record has rows with an amount in this table of a part.
    ///
    /// - Parameters:
    ///   - record: the id of the record.
    ///   - condition: what else holds of the rows, which are called `a`.
    func hasAmounts(of record: SQLFragment, where condition: SQLFragment = "1") -> SQLFragment {
        let held = fields.filter { $0.type == .money && $0.isStored }.map { field in
            "\(column: field.key, of: "a") IS NOT NULL" as SQLFragment
        }
        return """
            EXISTS (SELECT 1 FROM \(name: name) AS "a" WHERE \(column: ownerColumn, of: "a") = \(record) \
            AND (\(held.disjunction)) AND (\(condition)))
            """
    }
}

extension Store {
    /// Whether a record has rows with an amount in a table of a part.
    func hasAmounts(_ record: Int64, in table: Table) throws -> Bool {
        let query: SQLFragment = "SELECT \(table.hasAmounts(of: .bind(.integer(record))))"
        let found = try statement(query)
        defer { found.reset() }
        return try found.step() && found.integer(at: 0) != 0
    }
}
