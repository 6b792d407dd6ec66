import Localization
import SQLite

/// Writes the consequences that rules derive from a change of many records.
struct SetWriter: SetRuleWriter {
    let rows: RowSet
    let transaction: Transaction

    var now: String { transaction.now }
    var isForced: Bool { transaction.isForced }

    func firstHeldRow(of part: Part, in module: Module) throws -> UnremovableRow? {
        try transaction.firstHeldRow(of: part, in: module, among: rows)
    }

    func firstNamed(
        by field: String,
        of module: ModuleName,
        besides other: (field: String, value: Value)
    ) throws -> (record: Int64, other: Int64)? {
        let table = transaction.store.registry[module].table
        let query: SQLFragment = """
            SELECT \(name: field), "id" FROM \(name: table) WHERE \(rows.condition(on: .name(field))) \
            AND NOT (\(SQLFunctions.isSame(.name(other.field), .bind(other.value)))) ORDER BY 1, 2 LIMIT 1
            """
        guard let found = try transaction.store.database.first(query.sql, query.bindings),
            let record = found[0].integer, let id = found[1].integer
        else { return nil }
        return (record, id)
    }

    func count(lacking part: Part, of module: Module) throws -> Int {
        let table = Table(part, of: module)
        let owner = SQLFragment.column(table.ownerColumn, of: "p")
        return try count(
            """
            SELECT count(*) FROM \(name: module.table) AS "t" WHERE \(rows.condition(on: .column("id", of: "t"))) \
            AND NOT EXISTS (SELECT 1 FROM \(name: table.name) AS "p" WHERE \(owner) = \(column: "id", of: "t"))
            """
        )
    }

    func count(having field: String, in part: Part, of module: Module) throws -> Int {
        let table = Table(part, of: module)
        let owner = SQLFragment.name(table.ownerColumn)
        return try count(
            """
            SELECT count(DISTINCT \(owner)) FROM \(name: table.name) \
            WHERE \(rows.condition(on: owner)) AND coalesce(\(name: field), 0) <> 0
            """
        )
    }

    private func count(_ query: SQLFragment) throws -> Int {
        Int(try transaction.store.database.scalar(query.sql, query.bindings)?.integer ?? 0)
    }

    func notice(_ text: Text) { transaction.notice(text) }

    func fill(_ field: String, with value: Value, in part: String, of module: Module) throws {
        let part = module.part(required: part)
        let (table, field) = (Table(part, of: module), part.field(required: field))
        let owned = rows.condition(on: .name(table.ownerColumn))
        try transaction.writer(of: table).update(
            .matching("\(owned) AND \(name: field.key) IS NULL"),
            [TableWriter.Change(field, from: .null, to: value)]
        )
    }

    func addRow(_ values: [Value], of part: String, of module: Module) throws {
        guard case .all(let owners) = rows else { return }
        let table = Table(module.part(required: part), of: module)
        try transaction.writer(of: table).append(values, toEach: owners)
    }
}
