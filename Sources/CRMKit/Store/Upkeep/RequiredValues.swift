import SQLite

extension Table {
    /// Whether a missing required value of a field can be set to its default, or to its next number.
    func fillsInItself(_ field: Field) -> Bool {
        guard field.isRequired || field.type.form == .boolean else { return false }
        return field.hasDefault || field.pattern != nil && holdsRecords
    }
}

extension Transaction {
    /// Sets missing required values to their defaults, where there are any.
    ///
    /// - Returns: the number of values set.
    func fillRequired() throws -> Int {
        var count = 0
        for table in store.registry.tables {
            for field in table.fields where field.isStored && table.fillsInItself(field) {
                let before = try lacking(field, in: table)
                guard before > 0 else { continue }
                try giveDefault(of: field, in: table)
                count += try before - lacking(field, in: table)
            }
        }
        return count
    }

    private func lacking(_ field: Field, in table: Table) throws -> Int {
        let count = try store.database.scalar(
            "SELECT count(*) FROM \(table.name.quotedIdentifier) WHERE \(field.key.quotedIdentifier) IS NULL"
        )
        return count?.integer.map { Int($0) } ?? 0
    }
}
