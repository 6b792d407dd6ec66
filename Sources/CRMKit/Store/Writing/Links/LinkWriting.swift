import SQLite

extension Transaction {
    /// Links a contact with a record of a module.
    ///
    /// - Parameters:
    ///   - replacing: whether to end the open links of other contacts to the record in the same role, on the day the
    ///     new one begins.
    /// - Returns: the outcome, and the number of links ended.
    /// - Throws: ``CRMError`` `notFound` for an end that does not exist; `refused` for a link that a field sets;
    ///   `ambiguous` when several links could be meant; `invalid` for a period that ends before it begins.
    public func link(
        _ module: Module,
        contact: Int64,
        record: Int64,
        _ attributes: LinkAttributes,
        replacing: Bool = false
    ) throws -> (outcome: LinkOutcome, ended: Int) {
        let writer = try linkWriter(of: module)
        try checkExists(contact, in: store.registry[writer.relation.center])
        try checkExists(record, in: module)
        guard replacing else { return (try writer.link(contact: contact, record: record, attributes), 0) }
        try HandOver.begin(in: store.database)
        let handOver = try HandOver(module, in: self)
        let outcome = try handOver.link(contact: contact, record: record, attributes)
        return (outcome, try handOver.finish())
    }

    func checkExists(_ id: Int64, in module: Module) throws {
        _ = try store.resolve("\(id)", in: module)
    }
}

extension Store {
    /// Returns the field values that a new record takes from the first contact it is linked with, where the input gives
    /// none: the organization of a quote.
    public func brought(
        by contact: Int64,
        to module: Module,
        besides inputs: [FieldInput]
    ) throws(CRMError) -> [FieldInput] {
        try translating {
            try brought(by: contact, to: module)
                .filter { brought in !inputs.contains { $0.field == brought.field } }
                .map { FieldInput($0.field, .set("\($0.id)")) }
        }
    }

    /// Returns the values that a contact passes to a new record linked with it first, by the keys of fields that both
    /// have.
    func brought(by contact: Int64, to module: Module) throws -> [(field: String, id: Int64)] {
        guard let link = module.contacts.link, !link.brought.isEmpty,
            let record = try storedRecord(registry[registry.center], id: contact)
        else { return [] }
        return link.brought.compactMap { key in record[key].integer.map { (key, $0) } }
    }
}

extension Transaction {
    /// Links a new record for which no contacts were given with contacts of a record it refers to: a quote with those
    /// of its opportunity.
    public func linkFollowing(_ id: Int64, of module: Module) throws {
        guard let link = module.contacts.link, !link.followed.isEmpty,
            let record = try store.storedRecord(module, id: id)
        else { return }
        try linkFollowing(record)
    }

    /// - Returns: the number of links created.
    @discardableResult
    func linkFollowing(_ record: Record) throws -> Int {
        for source in record.module.contacts.link?.followed ?? [] {
            guard let id = record[source.reference].integer,
                let target = record.module.field(source.reference)?.type.target,
                let other = try self.record(target, id: id)
            else { continue }
            var count = 0
            for contact in try linkedContacts(of: other) {
                let role = contact.attributes.first { $0.field == "role" }?.value.text
                guard let role = role.flatMap({ source.roles[$0] }) else { continue }
                try link(record.module.name, contact: contact.contact, record: record.id, [("role", .text(role))])
                count += 1
            }
            if count > 0 { return count }
        }
        return 0
    }
}
