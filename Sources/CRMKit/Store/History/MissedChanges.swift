import SQLite

/// What was written since a follower last caught up.
struct MissedChanges {
    /// The last change set that it has followed; `nil` for one that has never been asked.
    let mark: Int64?
    /// Whether it is asked within the very change.
    let isAtOnce: Bool
    let store: Store

    private var since: Int64 { mark ?? 0 }

    /// Gives every row of some tables that was touched, once or more often.
    func forEachRow(of tables: Set<String>, _ body: (_ row: Int64, _ table: String) throws -> Void) throws {
        let created = try store.database.prepare(
            "SELECT \"table_name\", \"first_id\", \"last_id\" FROM \"created\" WHERE \"change_set\" > ? ORDER BY \"change_set\""
        )
        try created.bind(since, at: 1)
        while try created.step() {
            let (table, first, last) = (created.text(at: 0), created.integer(at: 1), created.integer(at: 2))
            guard tables.contains(table), first <= last else { continue }
            let rows = try store.knownRows(in: first...last, of: table)
            while try rows.step() { try body(rows.integer(at: 0), table) }
        }
        let changed = try store.database.prepare(
            "SELECT \"table_name\", \"record\" FROM \"change\" WHERE \"change_set\" > ? ORDER BY \"change_set\", \"id\""
        )
        try changed.bind(since, at: 1)
        while try changed.step() {
            let table = changed.text(at: 0)
            if tables.contains(table) { try body(changed.integer(at: 1), table) }
        }
    }

    /// The modules whose records, links or rows of parts were touched, and perhaps others whose names begin alike.
    func touched(among names: [ModuleName]) throws -> Set<ModuleName> {
        let tables = try store.statement(
            """
            SELECT "table_name" FROM "created" WHERE "change_set" > \(bind: .integer(since)) \
            UNION SELECT "table_name" FROM "change" WHERE "change_set" > \(bind: .integer(since))
            """
        )
        defer { tables.reset() }
        var touched: Set<ModuleName> = []
        while try tables.step() {
            let table = tables.text(at: 0)
            for name in names where table == name.rawValue || table.hasPrefix("\(name.rawValue)_") {
                touched.insert(name)
            }
        }
        return touched
    }

    /// The ids that were given out in a table, in runs.
    func created(in table: String) throws -> [ClosedRange<Int64>] {
        let runs = try store.statement(
            "SELECT \"first_id\", \"last_id\" FROM \"created\" WHERE \"change_set\" > ? AND \"table_name\" = ?"
        )
        defer { runs.reset() }
        try runs.bind(since, at: 1)
        try runs.bind(table, at: 2)
        var ranges: [ClosedRange<Int64>] = []
        while try runs.step() {
            let (first, last) = (runs.integer(at: 0), runs.integer(at: 1))
            if first <= last { ranges.append(first...last) }
        }
        return ranges
    }

    /// The records that rows of a part belong to which were made.
    func owners(inCreated source: SearchPlan.Source) throws -> [Int64] {
        var owners: [Int64] = []
        for run in try created(in: source.table.name) {
            let rows = try store.statement(
                """
                SELECT DISTINCT \(name: source.columns[0]) FROM \(name: source.table.name) \
                WHERE "id" >= \(bind: .integer(run.lowerBound)) AND "id" <= \(bind: .integer(run.upperBound))
                """
            )
            defer { rows.reset() }
            while try rows.step() { owners.append(rows.integer(at: 0)) }
        }
        return owners
    }

    /// Gives the records of which a column was changed, or that have gone or come back, once each way.
    ///
    /// - Parameters:
    ///   - columns: those whose changes count.
    ///   - owners: the parts whose rows are told by the record they belong to, by the names of their tables.
    ///   - body: is given the name of the table and the record's id.
    func forEachRecord(
        changing columns: [String],
        owners: [String: SearchPlan.Source],
        _ body: (_ table: String, _ id: Int64) -> Void
    ) throws {
        let keys = columns.map { SQLFragment.bind(.text($0)) }.joined(", ")
        let changed = try store.statement(
            """
            SELECT DISTINCT "table_name", "record", CASE WHEN "action" = 'delete' THEN "before" END FROM "change" \
            WHERE "change_set" > \(bind: .integer(since)) AND ("action" <> 'update' \
            OR EXISTS (SELECT 1 FROM \(SQLFunctions.elements(of: "\"before\"")) WHERE "key" IN (\(keys))))
            """
        )
        defer { changed.reset() }
        while try changed.step() {
            let (table, row) = (changed.text(at: 0), changed.integer(at: 1))
            guard let source = owners[table] else {
                body(table, row)
                continue
            }
            if let owner = try owner(of: row, in: source, before: changed.text(at: 2)) { body(table, owner) }
        }
    }

    /// The record that a row of a part belongs to, or belonged to where it is gone.
    private func owner(of row: Int64, in source: SearchPlan.Source, before: String) throws -> Int64? {
        let key = source.columns[0]
        let present = try store.database.scalar(
            "SELECT \(key.quotedIdentifier) FROM \(source.table.name.quotedIdentifier) WHERE \"id\" = ?",
            [.integer(row)]
        )
        if let owner = present?.integer { return owner }
        if before.isEmpty { return nil }
        return try store.database.scalar("SELECT json_extract(?, '$.\"\(key)\"')", [.text(before)])?.integer
    }
}
