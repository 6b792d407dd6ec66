import SQLite

/// A record as the history knows it from before it was deleted, or got another value in a field.
struct FormerRecord {
    let id: Int64
    /// The value that the field had.
    let value: Value
    /// When the record was made, RFC 3339 in UTC.
    let created: String?
    /// Whether a command did it by itself. A record that goes because its creation is undone was not deleted.
    let isMeant: Bool
}

extension Store {
    /// Calls a closure for every deletion of a record of a module in the history, and every change of one of its fields,
    /// in the order in which they came.
    ///
    /// - Parameter key: a field with a single column.
    func forEachFormer(of module: Module, field key: String, _ body: (FormerRecord) throws -> Void) throws {
        var undone: [Int64: Int64] = [:]
        for row in try database.all("SELECT \"id\", \"undoes\" FROM \"change_set\" WHERE \"undoes\" IS NOT NULL") {
            if let id = row[0].integer, let earlier = row[1].integer, earlier < id { undone[id] = earlier }
        }
        let value = JSONFunctions.value(of: key, in: "before")
        let created = JSONFunctions.value(of: "created_at", in: "before")
        let rows = try database.prepare(
            """
            SELECT c."record", c."change_set", \(value), \(created), c."action" = ?2, \
            (SELECT e."created_at" FROM \(module.table.quotedIdentifier) AS e WHERE e."id" = c."record") \
            FROM "change" AS c WHERE c."table_name" = ?1 AND (c."action" = ?2 \
            OR c."action" = ?3 AND json_type(c."before", '$."\(key)"') IS NOT NULL) ORDER BY c."id"
            """
        )
        try rows.bind(module.table, at: 1)
        try rows.bind(ChangeLog.Action.delete.rawValue, at: 2)
        try rows.bind(ChangeLog.Action.update.rawValue, at: 3)
        while try rows.step() {
            var (changeSet, isMeant) = (rows.integer(at: 1), true)
            // What undoes an undo does again what that had undone.
            while let earlier = undone[changeSet] { (changeSet, isMeant) = (earlier, !isMeant) }
            try body(
                FormerRecord(
                    id: rows.integer(at: 0),
                    value: rows.value(at: 2),
                    created: rows.value(at: 3).text ?? rows.value(at: 5).text,
                    isMeant: isMeant || rows.integer(at: 4) == 0
                )
            )
        }
    }

    /// Whether the history knows that a record had a value in a field, or none, before the field was changed.
    func hadFormerly(_ value: Value, in key: String, of id: Int64, _ module: Module) throws -> Bool {
        try number(
            """
            SELECT EXISTS (SELECT 1 FROM "change" WHERE "table_name" = \(bind: .text(module.table)) \
            AND "record" = \(bind: .integer(id)) AND \(ChangeLog.isReadable) \
            AND \(ChangeLog.isKept(key)) AND \(ChangeLog.former(key)) IS \(bind: value))
            """
        ) == 1
    }

    /// Returns the one record of a module that the last change of another one has made; `nil` if it made none or many.
    func madeWithLastChange(of id: Int64, in module: Module) throws -> Int64? {
        let rows = try statement(
            """
            SELECT "e"."id" FROM "created" AS "c" JOIN \(name: module.table) AS "e" \
            ON "e"."id" BETWEEN "c"."first_id" AND "c"."last_id" \
            WHERE "c"."table_name" = \(bind: .text(module.table)) AND "c"."change_set" = (\
            SELECT max("change_set") FROM "change" WHERE "table_name" = \(bind: .text(module.table)) \
            AND "record" = \(bind: .integer(id))) LIMIT 2
            """ as SQLFragment
        )
        let ids = try rows.integers()
        return ids.count == 1 ? ids[0] : nil
    }
}
