import Formats
import SQLite

/// Removes from the history what it contains about erased rows.
struct ErasedHistory {
    let store: Store
    let rows: ErasedRows

    /// Removes the stored changes of the rows, the record of their creation, the references of other rows to them, and
    /// the arguments of commands that touched them.
    func run() throws {
        try shortenCommands()
        try UndoneMerge.forget(of: store.registry[store.registry.center], in: store)
        for table in store.tables where rows.tables.contains(table.name) {
            try store.run(
                """
                DELETE FROM "change" WHERE "table_name" = \(bind: .text(table.name)) \
                AND "record" IN (\(ErasedRows.ids(of: table.name)))
                """
            )
        }
        try forgetThatTheyWereMade()
        for module in store.registry.modules where rows.tables.contains(module.table) {
            for incoming in store.incoming(to: module.name) { try forgetReferences(of: incoming, to: module) }
        }
    }

    // MARK: - Commands

    /// Shortens command lines that touched one of the rows to their verb, since they may contain anything about it.
    private func shortenCommands() throws {
        let changed: SQLFragment = """
            SELECT "c"."change_set" FROM "change" AS "c" JOIN "temp"."erased" AS "e" \
            ON "e"."table_name" = "c"."table_name" AND "e"."id" = "c"."record" \
            UNION SELECT "m"."change_set" FROM "created" AS "m" WHERE EXISTS (SELECT 1 FROM "temp"."erased" AS "e" \
            WHERE "e"."table_name" = "m"."table_name" AND "e"."id" BETWEEN "m"."first_id" AND "m"."last_id")
            """
        try store.database.execute("CREATE TABLE \"temp\".\"touching\" (\"id\" INTEGER PRIMARY KEY)")
        try store.run("INSERT INTO \"temp\".\"touching\" (\"id\") \(changed)")
        try store.forEachRow { isNext in
            """
            SELECT "id", (SELECT "command" FROM "change_set" AS "s" WHERE "s"."id" = "touching"."id") \
            FROM "temp"."touching" WHERE \(isNext)
            """
        } _: { id, row in
            guard let command = row[1].text else { return }
            let shortened = Self.verb(of: command)
            if shortened != command { try set(command: shortened, of: id) }
        }
        // The journal of a completed import is not needed to resume it, and its token is a hash of the input.
        try store.run(
            """
            DELETE FROM "import_journal" WHERE "token" IN (SELECT "token" FROM "import_journal" \
            WHERE "is_complete" = 1) AND "token" IN (SELECT "token" FROM "import_journal" \
            WHERE "change_set" IN (SELECT "id" FROM "temp"."touching"))
            """
        )
        store.forgetStatements()
        try store.database.execute("DROP TABLE \"temp\".\"touching\"")
    }

    /// Returns the beginning of a command line that can only be words of the grammar: at most three of small letters
    /// and hyphens, the first of which is the program. An ellipsis stands for the rest.
    static func verb(of command: String) -> String {
        let words = command.split(separator: " ", omittingEmptySubsequences: false)
        let most = 3
        let kept = words.prefix(most).prefix { word in
            !word.isEmpty && word.first != "-" && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D }
        }
        let lead = kept.isEmpty ? words.prefix(1) : kept
        return lead.count == words.count ? command : lead.joined(separator: " ") + " …"
    }

    private func set(command: String, of id: Int64) throws {
        try store.run(
            """
            UPDATE "change_set" SET "command" = \(bind: .text(command)) WHERE "id" = \(bind: .integer(id))
            """
        )
    }

    // MARK: - Created rows

    /// Removes the rows from the ranges of created ids.
    private func forgetThatTheyWereMade() throws {
        let erased = try store.database.prepare("SELECT \"table_name\", \"id\" FROM \"temp\".\"erased\" ORDER BY 1, 2")
        var pending: (table: String, ids: ClosedRange<Int64>)?
        while try erased.step() {
            let (table, id) = (erased.text(at: 0), erased.integer(at: 1))
            if let last = pending, last.table == table, last.ids.isFollowed(by: id) {
                pending = (table, last.ids.lowerBound...id)
                continue
            }
            if let pending { try forgetThatWereMade(pending.ids, in: pending.table) }
            pending = (table, id...id)
        }
        if let pending { try forgetThatWereMade(pending.ids, in: pending.table) }
    }

    private func forgetThatWereMade(_ ids: ClosedRange<Int64>, in table: String) throws {
        while let run = try lastRun(upTo: ids.upperBound, in: table), run.ids.overlaps(ids) {
            try store.run(
                """
                DELETE FROM "created" WHERE "table_name" = \(bind: .text(table)) \
                AND "first_id" = \(bind: .integer(run.ids.lowerBound))
                """
            )
            if ids.upperBound < run.ids.upperBound {
                try note(run.changeSet, (ids.upperBound + 1)...run.ids.upperBound, in: table)
            }
            if run.ids.lowerBound < ids.lowerBound {
                try note(run.changeSet, run.ids.lowerBound...(ids.lowerBound - 1), in: table)
            }
        }
    }

    private func lastRun(upTo id: Int64, in table: String) throws -> (changeSet: Int64, ids: ClosedRange<Int64>)? {
        let rows = try store.statement(
            """
            SELECT "change_set", "first_id", "last_id" FROM "created" WHERE "table_name" = \(bind: .text(table)) \
            AND "first_id" <= \(bind: .integer(id)) AND "last_id" >= "first_id" ORDER BY "first_id" DESC LIMIT 1
            """
        )
        defer { rows.reset() }
        guard try rows.step() else { return nil }
        return (rows.integer(at: 0), rows.integer(at: 1)...rows.integer(at: 2))
    }

    private func note(_ changeSet: Int64, _ ids: ClosedRange<Int64>, in table: String) throws {
        try store.run(
            """
            INSERT INTO "created" ("change_set", "table_name", "first_id", "last_id") VALUES \
            (\(bind: .integer(changeSet)), \(bind: .text(table)), \(bind: .integer(ids.lowerBound)), \
            \(bind: .integer(ids.upperBound)))
            """
        )
    }

    // MARK: - References of other rows

    /// Removes references to erased records from the history of a row that remains. If the row requires its reference,
    /// its history is removed up to the change that replaced the erased record.
    private func forgetReferences(of incoming: Incoming, to module: Module) throws {
        let field = incoming.field
        let columns = field.columns
        let value = ChangeLog.former(columns[columns.count - 1])
        var names: SQLFragment = """
            "table_name" = \(bind: .text(incoming.table.name)) AND "before" IS NOT NULL \
            AND \(value) IN (\(ErasedRows.ids(of: module.table)))
            """
        if field.type == .anyReference {
            let kind = ChangeLog.former(columns[0])
            names = "\(names) AND \(kind) = \(bind: .text(module.name.rawValue))"
        }
        guard incoming.bond == .referring else {
            let isEarlier: SQLFragment = """
                EXISTS (SELECT 1 FROM "change" AS "n" WHERE "n"."table_name" = "change"."table_name" \
                AND "n"."record" = "change"."record" AND "n"."id" >= "change"."id" AND "n"."id" IN (\
                SELECT "id" FROM "change" WHERE \(names)))
                """
            try store.run(
                "DELETE FROM \"change\" WHERE \"table_name\" = \(bind: .text(incoming.table.name)) AND \(isEarlier)"
            )
            return
        }
        let (removed, emptied) = (
            ChangeLog.without(columns),
            SQLFragment(definition: JSONFunctions.emptying(columns, in: "before"))
        )
        try store.run(
            """
            UPDATE "change" SET "before" = CASE WHEN "action" = \(bind: .text(ChangeLog.Action.update.rawValue)) \
            THEN \(removed) ELSE \(emptied) END WHERE \(names)
            """
        )
    }
}
