import SQLite

/// Who has a record, and in what role.
extension LinkWriter {
    /// A link that somebody has with a record, in force on a day.
    struct Holder {
        let id: Int64
        let contact: Int64
        /// The day from which it is in force, where links have periods.
        let since: Value
    }

    /// The links of other contacts to a record in a role that are in force after a day; none in a role that a field
    /// gives.
    func others(than contact: Int64, of record: Int64, role: Value, on date: String) throws -> [Holder] {
        let since = relation.link.hasPeriod ? "\"since\"" : "NULL"
        var sql =
            "SELECT \"id\", \(since), \(contactColumn) FROM \(relation.table.quotedIdentifier) "
            + "WHERE \(recordColumn) = ? AND \(contactColumn) <> ?"
        var parameters: [Value] = [.integer(record), .integer(contact)]
        if relation.link.hasRole {
            if let mirror = relation.mirror, role == .text(mirror.role) { return [] }
            sql += " AND \"role\" IS ?"
            parameters.append(role)
        }
        if relation.link.hasPeriod {
            sql += " AND (\"until\" IS NULL OR \"until\" > ?)"
            parameters.append(.text(date))
        }
        // An import asks this for every new link, so that the statement is kept.
        let statement = try store.statement(sql)
        try statement.bind(all: parameters)
        defer { statement.reset() }
        var holders: [Holder] = []
        while try statement.step() {
            holders.append(
                Holder(id: statement.integer(at: 0), contact: statement.integer(at: 2), since: statement.value(at: 1))
            )
        }
        return holders
    }
}
