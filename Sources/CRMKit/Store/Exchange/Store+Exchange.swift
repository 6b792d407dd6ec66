import SQLite

extension Store {
    /// Returns the highest id that each table has ever given: https://www.sqlite.org/autoinc.html
    func highestIDs() throws -> [String: Int64] {
        let sequences = try database.all("SELECT \"name\", \"seq\" FROM \"sqlite_sequence\"")
        return Dictionary(
            sequences.compactMap { row in row[0].text.flatMap { name in row[1].integer.map { (name, $0) } } },
            uniquingKeysWith: max
        )
    }

    /// Ensures that a table gives no id up to another one: https://www.sqlite.org/autoinc.html
    func reserveIDs(upTo id: Int64, in table: String) throws {
        let name = Value.text(table)
        try database.run(
            "INSERT INTO \"sqlite_sequence\" (\"name\", \"seq\") SELECT ?1, 0 "
                + "WHERE NOT EXISTS (SELECT 1 FROM \"sqlite_sequence\" WHERE \"name\" = ?1)",
            [name]
        )
        try database.run(
            "UPDATE \"sqlite_sequence\" SET \"seq\" = ?2 WHERE \"name\" = ?1 AND \"seq\" < ?2",
            [name, .integer(id)]
        )
    }

    /// Returns the ids of the records of a module that belong to a contact, in ascending order.
    func ids(of module: Module, ownedBy contact: Int64) throws -> [Int64] {
        let owner = registry.center.rawValue.quotedIdentifier
        let statement = try statement(
            "SELECT \"id\" FROM \(module.table.quotedIdentifier) WHERE \(owner) = ? ORDER BY \"id\""
        )
        try statement.bind(contact, at: 1)
        return try statement.integers()
    }

    /// Returns the ids of all records of a module, in ascending order.
    func ids(of module: Module) throws -> [Int64] {
        try statement("SELECT \"id\" FROM \(module.table.quotedIdentifier) ORDER BY \"id\"").integers()
    }

    /// Returns every row of a table of links or of a part, without its id, which has no meaning outside the database.
    /// The rows are ordered by all their other columns; links first by when they were made, since a copy gives ids in
    /// this order, and by these the first contact of a record is told.
    ///
    /// - Parameter recordKey: the name of the column for the owning record, which for a link is the end that is not the
    ///   contact.
    func rows(of table: Table, recordKey: String) throws -> Rows {
        let alias = "l"
        var selection = Selection(registry: registry, today: clock.today, withNames: false)
        let record = table.owners.last?.key
        for field in table.fields.dropFirst() {
            let key = field.key == record ? recordKey : field.key
            try selection.add(Scope.Source(field: field, alias: alias), key: key, object: nil)
        }
        let fields = table.fields.dropFirst()
        let made = table.relation == nil ? [] : fields.filter { $0.key == "created_at" }
        let order = (made + fields).map { SQLFragment.column($0.key, of: alias) }
        let query: SQLFragment = """
            SELECT \(selection.list) FROM \(table.rows) AS \(name: alias) ORDER BY \(order.joined(", "))
            """
        return Rows(try database.prepare(fragment: query), columns: selection.columns, limit: nil, path: path)
    }
}

extension Transaction {
    /// Sets a reference that a record created in this transaction could not have yet. The history does not record it,
    /// since it is part of creating the record.
    func complete(_ field: Field, of id: Int64, in module: Module, with value: Value) throws {
        try writer(of: module).complete(id, [TableWriter.Change(field, to: value)])
    }
}
