import SQLite

extension MissedChanges {
    /// Returns the records to which newly created rows of a part belong.
    func owners(inCreated source: SearchPlan.Source) throws -> [Int64] {
        try created(in: source.table.name).flatMap { run in
            try store.statement(
                """
                SELECT DISTINCT \(name: source.columns[0]) FROM \(name: source.table.name) \
                WHERE "id" >= \(bind: .integer(run.lowerBound)) AND "id" <= \(bind: .integer(run.upperBound))
                """
            ).integers()
        }
    }

    /// Calls a closure with each record that had changes of certain columns, or that was deleted or restored. A record
    /// may be given once for each kind of change.
    ///
    /// - Parameters:
    ///   - columns: the columns whose changes count.
    ///   - owners: the parts whose rows stand for the record they belong to, by the names of their tables.
    ///   - body: receives the name of the table and the record's id.
    func forEachRecord(
        changing columns: [String],
        owners: [String: SearchPlan.Source],
        _ body: (_ table: String, _ id: Int64) -> Void
    ) throws {
        let keys = columns.map { SQLFragment.bind(.text($0)) }.joined(", ")
        let changed = try store.statement(
            """
            SELECT DISTINCT "table_name", "record", CASE WHEN "action" = 'delete' THEN "before" END FROM "change" \
            WHERE "change_set" > \(bind: .integer(since)) AND "change_set" <= \(bind: .integer(last)) \
            AND ("action" <> 'update' \
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

    /// Returns the record to which a row of a part belongs, or belonged before its deletion.
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
