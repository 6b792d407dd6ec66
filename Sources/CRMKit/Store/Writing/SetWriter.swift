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

    func turnPeriods(_ part: String, of module: Module, beginning value: Value) throws {
        let part = module.part(required: part)
        let (table, end) = (Table(part, of: module), part.field(required: Part.periodEnd))
        let (owner, start) = (SQLFragment.name(table.ownerColumn), SQLFragment.name(Part.periodStart))
        let isOpen: SQLFragment = "\(name: end.key) IS NULL"
        let present: SQLFragment = "\(rows.condition(on: owner)) AND \(isOpen)"
        let writer = transaction.writer(of: table)
        // Of a clock that was set back since, or of another machine: these end when they begin.
        let late = try transaction.store.database.all(
            fragment: """
                SELECT \(owner), \(start) FROM \(name: table.name) WHERE \(present) AND \(start) > \(bind: .text(now))
                """
        )
        for row in late {
            let own: SQLFragment = "\(owner) = \(bind: row[0]) AND \(isOpen)"
            try writer.update(.matching(own), [TableWriter.Change(end, from: .null, to: row[1])])
        }
        try writer.update(.matching(present), [TableWriter.Change(end, from: .null, to: .text(now))])
        guard !value.isNull, case .all(let owners) = rows else { return }
        for row in late { try writer.append([value, row[1], .null], toEach: "SELECT \(bind: row[0]) AS \"id\"") }
        let others: SQLFragment = """
            SELECT "id" FROM (\(owners)) WHERE "id" NOT IN (\
            SELECT \(owner) FROM \(name: table.name) WHERE \(present))
            """
        try writer.append([value, .text(now), .null], toEach: late.isEmpty ? owners : others)
    }
}
