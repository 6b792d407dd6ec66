import SQLite

extension SalvageRepair {
    /// Deletes impossible entries of the history, and adds an empty change set for each lost one that entries refer to.
    mutating func settleHistory() throws {
        try forgetUnknownTables()
        let actions = ChangeLog.Action.allCases.map { SQLFragment.bind(.text($0.rawValue)) }.joined(", ")
        let isNoObject = SQLFragment(
            definition: "CASE WHEN \(JSONFunctions.isMalformed("before")) THEN 1 "
                + "ELSE \(JSONFunctions.isNoObject("before")) END"
        )
        try delete(
            from: "change",
            where: """
                "action" NOT IN (\(actions)) OR "record" < 0 OR ("before" IS NULL) <> ("action" IN ('restore', 'erase')) \
                OR ("before" IS NOT NULL AND \(isNoObject))
                """
        )
        try delete(
            from: "created",
            where: """
                "first_id" < 1 OR "first_id" > "last_id" OR "last_id" > \
                (SELECT "seq" FROM "sqlite_sequence" WHERE "name" = "table_name")
                """
        )
        try delete(
            from: "created",
            where: """
                EXISTS (SELECT 1 FROM "created" AS "a" WHERE "a"."table_name" = "created"."table_name" \
                AND "a"."first_id" = (SELECT max("n"."first_id") FROM "created" AS "n" \
                WHERE "n"."table_name" = "created"."table_name" AND "n"."first_id" < "created"."first_id") \
                AND "a"."last_id" >= "created"."first_id")
                """
        )
        for table in store.tables { try forgetDeletions(in: table) }
        try settleChangeSets()
    }

    /// Deletes entries of tables that there are not, whose names are damaged, and of change sets with an id that none is
    /// given.
    private mutating func forgetUnknownTables() throws {
        let names = store.tables.map(\.name).map { SQLFragment.bind(.text($0)) }.joined(", ")
        let isLost: SQLFragment = "\"change_set\" < 1 OR \"table_name\" NOT IN (\(names)"
        try delete(from: "change", where: "\(isLost), \(bind: .text(Settings.table)))")
        try delete(from: "created", where: "\(isLost))")
        try delete(from: "change_set", where: "\"id\" < 1")
    }

    /// Removes the deletions of existing rows from the history.
    private mutating func forgetDeletions(in table: Table) throws {
        try delete(
            from: "change",
            where: """
                "table_name" = \(bind: .text(table.name)) AND "action" IN ('delete', 'erase') \
                AND "record" IN (SELECT "id" FROM \(name: table.name)) \
                AND NOT EXISTS (SELECT 1 FROM "change" AS "n" WHERE "n"."table_name" = "change"."table_name" \
                AND "n"."record" = "change"."record" AND "n"."id" > "change"."id" AND "n"."action" = 'restore')
                """
        )
    }

    private mutating func settleChangeSets() throws {
        let isNoMoment = [0, 3].map { DateFunctions.isNoMoment("at", digits: $0) }.joined(separator: " AND ")
        try delete(
            from: "import_journal",
            where: "\"change_set\" IS NOT NULL AND \"change_set\" NOT IN (SELECT \"id\" FROM \"change_set\")"
        )
        try store.run(
            """
            INSERT INTO "change_set" ("id", "at", "who", "command") \
            SELECT DISTINCT "change_set", \(bind: .text(store.clock.now)), 'salvage', '' FROM (\
            SELECT "change_set" FROM "created" UNION SELECT "change_set" FROM "change") \
            WHERE "change_set" NOT IN (SELECT "id" FROM "change_set")
            """
        )
        try store.run(
            """
            UPDATE "change_set" SET "at" = \(bind: .text(store.clock.now)) WHERE \(SQLFragment(definition: isNoMoment))
            """
        )
        try store.run(
            """
            UPDATE "change_set" SET "undoes" = NULL WHERE "undoes" IS NOT NULL AND ("undoes" >= "id" \
            OR "undoes" NOT IN (SELECT "id" FROM "change_set") OR ("id" NOT IN (\
            SELECT max("id") FROM "change_set" WHERE "undoes" IS NOT NULL GROUP BY "undoes") \
            AND "id" NOT IN (SELECT "undoes" FROM "change_set" WHERE "undoes" IS NOT NULL)))
            """
        )
    }
}
