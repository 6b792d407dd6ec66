import SQLite

extension Transaction: RuleWriter {
    func ids(of module: ModuleName, having values: [(field: String, value: Value)]) throws -> [Int64] {
        let module = store.registry[module]
        let conditions = values.map { key, value in
            SQLFunctions.isSame(.name(module.field(key)?.key ?? key), .bind(value))
        }
        let rows = try store.statement(
            "SELECT \"id\" FROM \(name: module.table) WHERE \(conditions.conjunction) ORDER BY 1"
        )
        defer { rows.reset() }
        var ids: [Int64] = []
        while try rows.step() { ids.append(rows.integer(at: 0)) }
        return ids
    }

    func set(_ values: [(field: String, value: Value)], of id: Int64, in module: ModuleName) throws {
        let module = store.registry[module]
        try writer(of: module).update(
            id,
            values.compactMap { key, value in module.field(key).map { TableWriter.Change($0, to: value) } }
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
}
