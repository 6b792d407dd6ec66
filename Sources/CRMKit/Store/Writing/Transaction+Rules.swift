import SQLite

extension Transaction: RuleWriter {
    func ids(of module: ModuleName, having values: [(field: String, value: Value)]) throws -> [Int64] {
        let module = store.registry[module]
        let conditions = values.map { key, value in
            // Indexes of references leave out those that are null.
            let column = SQLFragment.name(module.field(required: key).key)
            return value.isNull ? "\(column) IS NULL" : "\(column) = \(bind: value)" as SQLFragment
        }
        let rows = try store.statement(
            "SELECT \"id\" FROM \(name: module.table) WHERE \(conditions.conjunction) ORDER BY 1"
        )
        return try rows.integers()
    }

    func set(_ values: [(field: String, value: Value)], of id: Int64, in module: ModuleName) throws {
        let module = store.registry[module]
        try writer(of: module).update(
            id,
            values.map { TableWriter.Change(module.field(required: $0), to: $1) }
        )
    }

    func keepOnlyLink(
        of module: ModuleName,
        record: Int64,
        role: String,
        to contact: Int64?,
        isNew: Bool
    ) throws {
        try linkWriter(of: store.registry[module]).keepOnly(contact, of: record, role: role, isNew: isNew)
    }

    func rows(of part: String, in record: Record) throws -> [PartRow] {
        try partWriter(part, of: record.module).rows(of: record.id)
    }

    func addRow(_ values: [Value], of part: String, to record: Record, at position: Int64) throws {
        try partWriter(part, of: record.module).append(values, to: record.id, at: position)
    }

    func setRow(_ values: [Value], of part: String, in record: Record, at position: Int64) throws {
        try partWriter(part, of: record.module).set(values, of: record.id, at: position)
    }

    private func partWriter(_ name: String, of module: Module) throws -> PartWriter {
        if let writer = partWriters["\(module.table)_\(name)"] { return writer }
        return try rows(of: module.part(required: name), in: module)
    }
}
