import SQLite

/// The periods of a tracked field of records that were there before it was tracked, told by the history.
///
/// Each period belongs to the change set that began it, as if it had been kept from the beginning, so that an undo of
/// that change set takes it along.
struct TrackedPeriods {
    private let table: Table
    private let field: Field

    /// - Returns: `nil` for a table that holds no periods.
    init?(_ table: Table) {
        guard let key = table.part?.tracked, let field = table.module.field(key) else { return nil }
        self.table = table
        self.field = field
    }

    /// Fills an empty table.
    func fill(_ upgrade: Upgrade) throws {
        guard try upgrade.database.scalar("SELECT 1 FROM \(table.name.quotedIdentifier) LIMIT 1") == nil else { return }
        for statement in [moves, periods, Self.rows(table), creations, endings] {
            let prepared = try upgrade.database.prepare(fragment: statement)
            while try prepared.step() {}
        }
        try upgrade.run("DROP TABLE \"temp\".\"move\"")
        try upgrade.run("DROP TABLE \"temp\".\"period\"")
    }

    private var records: SQLFragment { .name(table.module.table) }
    private var column: SQLFragment { .name(field.key) }

    /// Every change of the field: the value that ended, when, and the change set that ended it.
    private var moves: SQLFragment {
        let member = ChangeLog.former(field.key)
        return """
            CREATE TEMP TABLE "move" AS \
            SELECT "c"."record", "c"."id", "s"."id" AS "change_set", "s"."at", \(member) AS "value" \
            FROM "change" AS "c" JOIN "change_set" AS "s" ON "s"."id" = "c"."change_set" \
            WHERE "c"."table_name" = \(bind: .text(table.module.table)) AND "c"."action" = 'update' \
            AND \(ChangeLog.isKept(field.key)) \
            AND "c"."record" IN (SELECT "id" FROM \(records))
            """
    }

    /// The periods in order, each with the change set that began it and the one that ended it. A value of nothing is no
    /// period.
    private var periods: SQLFragment {
        """
        CREATE TEMP TABLE "period" AS SELECT row_number() OVER (ORDER BY "record", "order") AS "id", *, \
        row_number() OVER (PARTITION BY "record" ORDER BY "order") AS "position" FROM (\
        SELECT "record", "id" AS "order", "value", \
        lag("at") OVER (PARTITION BY "record" ORDER BY "id") AS "entered", "at" AS "left", \
        lag("change_set") OVER (PARTITION BY "record" ORDER BY "id") AS "begun_by", "change_set" AS "ended_by" \
        FROM "move" \
        UNION ALL SELECT "r"."id", 9223372036854775807, "r".\(column), \
        (SELECT max("at") FROM "move" AS "m" WHERE "m"."record" = "r"."id"), NULL, \
        (SELECT max("change_set") FROM "move" AS "m" WHERE "m"."record" = "r"."id"), NULL \
        FROM \(records) AS "r") WHERE "value" IS NOT NULL
        """
    }

    private static func rows(_ table: Table) -> SQLFragment {
        RowStatements(table.name).insert(
            ["id", table.module.table, "position", "value", "entered_at", "left_at"],
            from: """
                SELECT "p"."id", "p"."record", "p"."position", "p"."value", \
                coalesce("p"."entered", "r"."created_at"), "p"."left" \
                FROM "period" AS "p" JOIN \(name: table.module.table) AS "r" ON "r"."id" = "p"."record" ORDER BY "p"."id"
                """
        )
    }

    /// The change set that made the record began its first period.
    private var creations: SQLFragment {
        """
        INSERT INTO "created" ("change_set", "table_name", "first_id", "last_id") \
        SELECT coalesce("p"."begun_by", "c"."change_set"), \(bind: .text(table.name)), "p"."id", "p"."id" \
        FROM "period" AS "p" LEFT JOIN "created" AS "c" ON "c"."table_name" = \(bind: .text(table.module.table)) \
        AND "p"."record" BETWEEN "c"."first_id" AND "c"."last_id" \
        WHERE coalesce("p"."begun_by", "c"."change_set") IS NOT NULL
        """
    }

    private var endings: SQLFragment {
        """
        INSERT INTO "change" ("change_set", "table_name", "record", "action", "before") \
        SELECT "ended_by", \(bind: .text(table.name)), "id", 'update', '{"left_at":null}' \
        FROM "period" WHERE "ended_by" IS NOT NULL
        """
    }
}
