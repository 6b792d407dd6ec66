import SQLite

/// The stored links of one relation, including those that have ended, for copying databases.
final class StoredLinks {
    /// A stored link.
    struct Link {
        let id: Int64
        let createdAt: Value
        /// The value of each attribute of the relation.
        let attributes: [Value]
    }

    private let relation: Relation
    private let find: Statement
    private let writer: TableWriter

    init(_ relation: Relation, in transaction: Transaction) throws {
        self.relation = relation
        writer = transaction.writer(of: Table(relation, of: transaction.store.registry[relation.module]))
        let table = relation.table.quotedIdentifier
        let attributes = relation.link.attributes.map(\.key.quotedIdentifier)
        find = try transaction.store.database.prepare(
            """
            SELECT \((["\"id\"", "\"created_at\""] + attributes).joined(separator: ", ")) FROM \(table) \
            WHERE \(relation.center.rawValue.quotedIdentifier) = ? AND \(relation.module.rawValue.quotedIdentifier) = ?
            """,
            persistent: true
        )
    }

    /// Returns every link between a contact and a record in one role.
    func links(contact: Int64, record: Int64, role: Value) throws -> [Link] {
        try find.bind(contact, at: 1)
        try find.bind(record, at: 2)
        defer { find.reset() }
        var links: [Link] = []
        while try find.step() {
            let attributes = relation.link.attributes.indices.map { find.value(at: $0 + 2) }
            if let position = relation.link.index["role"], attributes[position] != role { continue }
            links.append(Link(id: find.integer(at: 0), createdAt: find.value(at: 1), attributes: attributes))
        }
        return links
    }

    /// Adds a link as given, without checking the present links.
    func add(contact: Int64, record: Int64, _ attributes: LinkAttributes, createdAt: Value) throws {
        _ = try writer.insert(
            [.null, .integer(contact), .integer(record)] + attributes.values.map { $0 ?? .null } + [createdAt]
        )
    }

    /// Sets the creation time of a link made in this transaction.
    func set(createdAt: Value, of id: Int64) throws {
        guard let field = relation.fields.last else { return }
        try writer.complete(id, [TableWriter.Change(field, to: createdAt)])
    }
}
