import SQLite

/// The contacts that are linked with records, with one attribute of the links.
final class RecordLinks {
    private let select: Statement

    /// - Returns: `nil` for links without the attribute.
    init?(_ relation: Relation, attribute: String, in store: Store) throws {
        guard relation.link.index[attribute] != nil else { return nil }
        select = try store.database.prepare(
            """
            SELECT \(relation.center.rawValue.quotedIdentifier), \(attribute.quotedIdentifier) \
            FROM \(relation.table.quotedIdentifier) \
            WHERE \(relation.module.rawValue.quotedIdentifier) = ? ORDER BY "id"
            """,
            persistent: true
        )
    }

    /// Returns the contacts of a record in the order of the links' ids.
    func contacts(of record: Int64) throws -> [(id: Int64, attribute: Value)] {
        try select.bind(record, at: 1)
        defer { select.reset() }
        var contacts: [(id: Int64, attribute: Value)] = []
        while try select.step() { contacts.append((select.integer(at: 0), select.value(at: 1))) }
        return contacts
    }
}
