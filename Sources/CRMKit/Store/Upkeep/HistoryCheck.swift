import Localization
import SQLite

extension Check {
    /// Checks that the history is consistent: that stored rows can be read, that an undo comes after what it undoes,
    /// and that the ranges of created rows are possible.
    mutating func checkHistory() throws {
        try find(
            "SELECT \"id\" FROM \"change\" WHERE \"before\" IS NOT NULL AND \(JSONFunctions.isMalformed("before"))"
        ) { _ in Text(en: "what the history keeps cannot be read", es: "no se puede leer lo que guarda el historial") }
        try find("SELECT \"id\", \"undoes\" FROM \"change_set\" WHERE \"undoes\" >= \"id\" OR \"id\" < 1") { row in
            let (id, undone) = (row.integer(at: 0), row.integer(at: 1))
            return Text(
                en: "the change set \(id) cannot have taken back \(undone), which is no earlier one",
                es: "el conjunto de cambios \(id) no puede haber deshecho el \(undone), que no es anterior"
            )
        }
        try find(
            """
            SELECT "c"."change_set", "c"."table_name", "c"."first_id", "c"."last_id" FROM "created" AS "c" \
            LEFT JOIN "sqlite_sequence" AS "s" ON "s"."name" = "c"."table_name" \
            WHERE "c"."first_id" < 1 OR "c"."first_id" > "c"."last_id" OR "c"."last_id" > "s"."seq" \
            OR "c"."table_name" NOT IN (\(Self.literals(store.tables.map(\.name))))
            """
        ) { row in
            let (set, table, first, last) = (
                row.integer(at: 0), row.text(at: 1), row.integer(at: 2), row.integer(at: 3)
            )
            return Text(
                en: "the change set \(set) cannot have made the rows \(first) to \(last) of the table \(table)",
                es:
                    "el conjunto de cambios \(set) no puede haber creado las filas \(first) a \(last) de la tabla \(table)"
            )
        }
        try find(
            """
            SELECT "a"."change_set", "a"."table_name", "b"."change_set" FROM "created" AS "a" \
            JOIN "created" AS "b" ON "b"."table_name" = "a"."table_name" AND "b"."first_id" = \
            (SELECT min("n"."first_id") FROM "created" AS "n" \
            WHERE "n"."table_name" = "a"."table_name" AND "n"."first_id" > "a"."first_id") \
            WHERE "b"."first_id" <= "a"."last_id"
            """
        ) { row in
            let (one, table, other) = (row.integer(at: 0), row.text(at: 1), row.integer(at: 2))
            return Text(
                en: "the change sets \(one) and \(other) both say that they made rows of the table \(table)",
                es:
                    "los conjuntos de cambios \(one) y \(other) dicen haber creado las mismas filas de la tabla \(table)"
            )
        }
        try checkLastIDs()
        try checkMoments()
        try checkHistoryGraph()
    }

    /// Checks that ids remain for further change sets and changes (https://www.sqlite.org/autoinc.html, section 3).
    private mutating func checkLastIDs() throws {
        for table in ["change_set", "change"] {
            try find(
                """
                SELECT 0 WHERE (SELECT max("id") FROM \(table.quotedIdentifier)) = ?1 OR EXISTS (\
                SELECT 1 FROM sqlite_sequence WHERE "name" = ?2 AND ("seq" < 0 OR "seq" = ?1))
                """,
                [.integer(.max), .text(table)]
            ) { _ in CRMError.outOfIDs(table).message }
        }
    }

    private static func literals(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: ", ") }

    /// Checks that change sets have a valid time, and changes a known table.
    private mutating func checkMoments() throws {
        let isNone = [0, 3].map { DateFunctions.isNoMoment("at", digits: $0) }.joined(separator: " AND ")
        try find("SELECT \"id\", \"at\" FROM \"change_set\" WHERE \(isNone)") { row in
            let (id, moment) = (row.integer(at: 0), row.text(at: 1))
            return Text(
                en: "the change set \(id) says that it was at \"\(moment)\", which is no moment as they are stored",
                es: "el conjunto de cambios \(id) dice ser de «\(moment)», que no es un momento como se guardan"
            )
        }
        let tables = Self.literals(store.tables.map(\.name) + [Settings.table])
        try find("SELECT \"id\", \"table_name\" FROM \"change\" WHERE \"table_name\" NOT IN (\(tables))") { row in
            Text(
                en: "the history holds a change of the table \(row.text(at: 1)), which there is not",
                es: "el historial tiene un cambio de la tabla \(row.text(at: 1)), que no existe"
            )
        }
    }

    /// Checks that each change is possible, that deleted rows do not exist unless they were restored, and that no
    /// change set is undone twice.
    private mutating func checkHistoryGraph() throws {
        let actions = ChangeLog.Action.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        try find(
            """
            SELECT "id", "action" FROM "change" WHERE "action" NOT IN (\(actions)) \
            OR "record" < 0 OR ("before" IS NULL) <> ("action" IN ('restore', 'erase')) \
            OR CASE WHEN \(JSONFunctions.isMalformed("before")) THEN 0 ELSE \(JSONFunctions.isNoObject("before")) END
            """
        ) { row in
            Text(
                en: "the history holds a change of no kind there is: \(row.text(at: 1))",
                es: "el historial tiene un cambio de una clase que no existe: \(row.text(at: 1))"
            )
        }
        try find(
            """
            SELECT "undoes", count(*) FROM "change_set" AS "u" WHERE "undoes" IS NOT NULL AND NOT EXISTS (\
            SELECT 1 FROM "change_set" AS "r" WHERE "r"."undoes" = "u"."id") GROUP BY 1 HAVING count(*) > 1
            """
        ) { row in
            Text(
                en: "the change set \(row.integer(at: 0)) is said to be taken back more than once",
                es: "se dice que el conjunto de cambios \(row.integer(at: 0)) está deshecho más de una vez"
            )
        }
        for table in store.tables {
            try find(
                """
                SELECT "record" FROM "change" AS "c" WHERE "table_name" = ?1 AND "action" IN ('delete', 'erase') \
                AND EXISTS (SELECT 1 FROM \(table.name.quotedIdentifier) AS "r" WHERE "r"."id" = "c"."record") \
                AND NOT EXISTS (SELECT 1 FROM "change" AS "n" WHERE "n"."table_name" = ?1 \
                AND "n"."record" = "c"."record" AND "n"."id" > "c"."id" AND "n"."action" = 'restore')
                """,
                [.text(table.name)],
                in: table
            ) { _ in
                Text(en: "is there, and was deleted by the history", es: "existe, y según el historial se eliminó")
            }
        }
    }
}
