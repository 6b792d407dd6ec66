import SQLite

extension Transaction {
    /// Keeps the one link that follows a mirrored field where the field points.
    func mirrorLink(of record: Record, original: Record?) throws {
        guard let mirror = record.module.contacts.link?.mirror,
            original.map({ $0[mirror.field] != record[mirror.field] }) ?? true,
            let relation = Relation(record.module, center: store.registry.center)
        else { return }
        let writer = try LinkWriter(relation, in: self)
        let present = try store.database.all(
            """
            SELECT "id" FROM \(relation.table.quotedIdentifier) \
            WHERE \(relation.module.rawValue.quotedIdentifier) = ? AND "role" = ?
            """,
            [.integer(record.id), .text(mirror.role)]
        )
        for id in present.compactMap({ $0[0].integer }) { try removeLink(id, of: relation) }
        guard case .integer(let contact) = record[mirror.field] else { return }
        var attributes = LinkAttributes(of: relation.link)
        attributes["role"] = .text(mirror.role)
        _ = try writer.link(contact: contact, record: record.id, attributes, isForMirror: true)
    }
}

extension Transaction {
    /// Links a contact and a record of a module.
    ///
    /// - Parameters:
    ///   - replacing: end the open links of other contacts to the record in the same role, on the day the new
    ///     one begins.
    /// - Returns: what came of it and how many links were ended.
    /// - Throws: ``CRMError`` `notFound` for an end that does not exist; `refused` for a link that a field sets;
    ///   `ambiguous` where several links could be meant; `invalid` for a period that ends before it begins.
    public func link(
        _ module: Module,
        contact: Int64,
        record: Int64,
        _ attributes: LinkAttributes,
        replacing: Bool = false
    ) throws -> (outcome: LinkOutcome, ended: Int) {
        let relation = try Relation.required(of: module, in: store.registry)
        try checkExists(contact, in: store.registry[relation.center])
        try checkExists(record, in: module)
        return try link(
            contact: contact,
            record: record,
            attributes,
            replacing: replacing,
            through: LinkWriter(relation, in: self)
        )
    }

    func link(
        contact: Int64,
        record: Int64,
        _ attributes: LinkAttributes,
        replacing: Bool,
        through writer: LinkWriter
    ) throws -> (outcome: LinkOutcome, ended: Int) {
        guard replacing else { return (try writer.link(contact: contact, record: record, attributes), 0) }
        let date = attributes["since"]?.text ?? today
        let ended = try writer.endOthers(
            than: contact,
            of: record,
            role: attributes["role"] ?? .null,
            on: date
        )
        var handedOver = attributes
        if ended > 0, writer.relation.link.hasPeriod, attributes["since"] == nil {
            handedOver["since"] = .text(date)
        }
        return (try writer.link(contact: contact, record: record, handedOver), ended)
    }

    /// Takes away the open links of a contact and a record, or ends them on a date.
    ///
    /// - Returns: how many there were.
    public func unlink(
        _ module: Module,
        contact: Int64,
        record: Int64,
        role: Value?,
        endedOn date: String?
    ) throws -> Int {
        let relation = try Relation.required(of: module, in: store.registry)
        return try LinkWriter(relation, in: self)
            .unlink(contact: contact, record: record, role: role, endedOn: date)
    }

    func checkExists(_ id: Int64, in module: Module) throws {
        _ = try store.resolve("\(id)", in: module)
    }
}
