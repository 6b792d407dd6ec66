import SQLite

/// The links of one relation as they are stored, those that have ended too: what copies of a database are made by.
final class StoredLinks {
    /// A link that is stored.
    struct Link {
        let id: Int64
        let createdAt: Value
        /// One for each attribute of the relation.
        let attributes: [Value]
    }

    private let relation: Relation
    private let transaction: Transaction
    private let find: Statement
    private let insert: Statement

    init(_ relation: Relation, in transaction: Transaction) throws {
        self.relation = relation
        self.transaction = transaction
        let table = relation.table.quotedIdentifier
        let attributes = relation.link.attributes.map(\.key.quotedIdentifier)
        find = try transaction.store.database.prepare(
            """
            SELECT \((["\"id\"", "\"created_at\""] + attributes).joined(separator: ", ")) FROM \(table) \
            WHERE \(relation.center.rawValue.quotedIdentifier) = ? AND \(relation.module.rawValue.quotedIdentifier) = ?
            """,
            persistent: true
        )
        let columns = relation.fields.dropFirst().flatMap { $0.columns + ($0.matchColumn.map { [$0] } ?? []) }
        insert = try transaction.store.database.prepare(
            """
            INSERT INTO \(table) (\(columns.map(\.quotedIdentifier).joined(separator: ", "))) \
            VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
            """,
            persistent: true
        )
    }

    /// Every link of a pair in one role.
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

    /// Adds a link as it is given, whatever links there are.
    func add(contact: Int64, record: Int64, _ attributes: LinkAttributes, createdAt: Value) throws {
        var values: [Value] = [.integer(contact), .integer(record)]
        for (position, field) in relation.link.attributes.enumerated() {
            let value = attributes[position] ?? .null
            values += RecordTable.stored(value, of: field, country: transaction.values.country)
        }
        try insert.run(values + [createdAt])
        try transaction.log.noteCreated(transaction.store.database.lastInsertedRowID, in: relation.table)
    }

    /// Says when a link that this transaction has made was made.
    func set(createdAt: Value, of id: Int64) throws {
        try transaction.store.statement(
            "UPDATE \(relation.table.quotedIdentifier) SET \"created_at\" = ? WHERE \"id\" = ?"
        ).run([createdAt, .integer(id)])
    }
}
