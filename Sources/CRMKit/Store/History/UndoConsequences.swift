import Localization
import SQLite

/// Finds states after an undo that no command would have allowed: dangling references, loops, dates out of order, a
/// flag on two records that only one may have, unknown choices, required fields without a value, and what rules refuse.
///
/// The undo's own change set tells which rows it touched. A row that was restored whole was valid when it was deleted.
/// Only what depends on other rows is checked in it, and on the file's definitions, which may have changed since.
struct UndoConsequences {
    let changeSet: Int64
    /// The change set that is undone.
    let undone: Int64
    let transaction: Transaction
    let store: Store
    let touched: ChangedRows
    let log: ChangeLog

    /// - Parameters:
    ///   - changeSet: the change set of the undo itself.
    ///   - undone: the change set that is undone.
    init(of changeSet: Int64, undoing undone: Int64, in transaction: Transaction) {
        self.changeSet = changeSet
        self.undone = undone
        self.transaction = transaction
        store = transaction.store
        log = transaction.log
        touched = ChangedRows(of: changeSet, by: log)
    }

    /// Adds the conflicts that are found, until there are enough.
    func find(into conflicts: inout UndoConflicts) throws {
        if try store.database.hasUnresolvedForeignKeys {
            for table in store.tables { try findDangling(in: table, into: &conflicts) }
        }
        let hasDefinitions = try FileHeader(reading: store.database).definitions > 0
        for table in store.tables {
            for field in table.fields where field.type == .anyReference {
                try findDangling(field, in: table, into: &conflicts)
            }
            if hasDefinitions { try checkFields(of: table, into: &conflicts) }
            let actions = touched.actions(in: table.name)
            if actions.contains(.update) { try checkUpdated(table, into: &conflicts) }
            if table.holdsRecords {
                try findRelabelled(in: table, into: &conflicts)
                try findRestoredUnderOthers(in: table, into: &conflicts)
            }
            guard table.holdsRecords, actions.contains(.update) || actions.contains(.restore) else { continue }
            for case .single(let flag, let group) in table.module.invariants {
                try findShared(flag, within: group, in: table, into: &conflicts)
            }
        }
        for table in store.tables where conflicts.count == 0 { try askRules(about: table, into: &conflicts) }
    }

    /// Returns the undo's changes of some kinds in a table, joined with the present rows `t`.
    private func rows(_ table: Table, _ actions: [ChangeLog.Action]) -> SQLFragment {
        let kinds = actions.map { SQLFragment.bind(.text($0.rawValue)) }
        return """
            "change" AS "c" JOIN \(name: table.name) AS "t" ON "t"."id" = "c"."record" \
            AND "c"."change_set" = \(bind: .integer(changeSet)) AND "c"."table_name" = \(bind: .text(table.name)) \
            AND "c"."action" IN (\(kinds.joined(", ")))
            """
    }

    /// Adds a conflict for each row of a query. Its columns are the id of the row, the id it refers to, and a flag that
    /// suppresses the hint at the change set which gave the value.
    ///
    /// - Parameter field: the field whose value is in conflict; the hint names the change set that gave it.
    private func report(
        _ query: SQLFragment,
        in table: Table,
        of field: Field? = nil,
        into conflicts: inout UndoConflicts,
        _ words: (_ row: Text, _ other: Int64, _ holds: Bool) -> Text
    ) throws {
        guard !conflicts.isFull else { return }
        let found = try store.database.prepare(fragment: query)
        while try found.step(), !conflicts.isFull {
            let id = found.integer(at: 0)
            let rows = LoggedRows.table(table)
            let image = try store.image(of: id, in: rows) ?? RowImage()
            let label = rows.label(of: image, id: id, in: store.registry)
            let holds = found.integer(at: 2) != 0
            try conflicts.add {
                let words = words(label, found.integer(at: 1), holds)
                guard !holds, let field, let giver = try giver(of: field, id: id, in: rows) else { return words }
                return Text(
                    en: "\(words.en), since change set \(giver)",
                    es: "\(words.es), desde el conjunto de cambios \(giver)"
                )
            }
        }
    }

    /// Returns the change set that gave a row the present value of a field; `nil` if no command did.
    private func giver(of field: Field, id: Int64, in rows: LoggedRows) throws -> Int64? {
        try store.rowEvents(of: id, in: rows).first { $0.changes(field) || $0.makesRow }?.changeSet
    }

    // MARK: - Dangling references

    private func findDangling(in table: Table, into conflicts: inout UndoConflicts) throws {
        for field in table.fields {
            guard let target = field.type.target.map({ store.registry[$0] }) else { continue }
            let reference = SQLFragment.column(field.key, of: "t")
            try report(
                """
                SELECT "t"."id", \(reference), \(isTouched(table, "\"t\".\"id\"")) FROM \(name: table.name) AS "t" \
                WHERE \(reference) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \(name: target.table) AS "r" WHERE "r"."id" = \(reference))
                """,
                in: table,
                of: field,
                into: &conflicts
            ) { row, id, isTouched in Self.dangling(row, target, id, isTouched) }
        }
    }

    /// Finds dangling references to records of any module, which are not foreign keys in SQLite.
    private func findDangling(_ field: Field, in table: Table, into conflicts: inout UndoConflicts) throws {
        let columns = field.columns.map { SQLFragment.column($0, of: "t") }
        for module in store.registry.modules {
            let isGone = touched.actions(in: module.table).contains(.delete)
            guard isGone || !touched.actions(in: table.name).isEmpty else { continue }
            try report(
                """
                SELECT "t"."id", \(columns[1]), \(isTouched(table, "\"t\".\"id\"")) FROM \(name: table.name) AS "t" \
                WHERE \(columns[0]) = \(bind: .text(module.name.rawValue)) \
                AND NOT EXISTS (SELECT 1 FROM \(name: module.table) AS "r" WHERE "r"."id" = \(columns[1])) \
                AND (\(isTouched(table, "\"t\".\"id\"")) OR \(isTouched(Table(module), columns[1])))
                """,
                in: table,
                of: field,
                into: &conflicts
            ) { row, id, isTouched in Self.dangling(row, module, id, isTouched) }
        }
    }

    /// Returns the condition that the undo itself touched a row. The unary plus keeps SQLite to the index of the row:
    /// https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_
    private func isTouched(_ table: Table, _ id: SQLFragment) -> SQLFragment {
        """
        EXISTS (SELECT 1 FROM "change" AS "k" WHERE "k"."table_name" = \(bind: .text(table.name)) \
        AND "k"."record" = \(id) AND +"k"."change_set" = \(bind: .integer(changeSet)))
        """
    }

    private static func dangling(_ row: Text, _ target: Module, _ id: Int64, _ isTouched: Bool) -> Text {
        isTouched
            ? Text(
                en: "\(row.en) refers to \(target.called(id).en), which is gone",
                es: "\(row.es) se refiere \(target.spanish.toThe) \(id), que ya no existe"
            )
            : Text(en: "\(row.en) hangs on \(target.called(id).en)", es: "\(row.es) depende \(target.ofCalled(id).es)")
    }

    // MARK: - Constraints of the program

    private func checkUpdated(_ table: Table, into conflicts: inout UndoConflicts) throws {
        let updated = rows(table, [.update])
        let columns = log.kept[table.name]?.columns ?? []
        for order in table.dateOrders where !columns.isDisjoint(with: [order.earlier, order.later]) {
            let (earlier, later) = (
                SQLFragment.column(order.earlier, of: "t"), SQLFragment.column(order.later, of: "t")
            )
            try report(
                "SELECT \"t\".\"id\", 0, 0 FROM \(updated) WHERE \(later) < \(earlier)",
                in: table,
                into: &conflicts
            ) { row, _, _ in
                Text(
                    en: "\(row.en): \(order.later) would be before \(order.earlier)",
                    es: "\(row.es): \(order.later) sería anterior a \(order.earlier)"
                )
            }
        }
        for field in table.fields where field.traits.contains(.acyclic) && columns.contains(field.key) {
            try findLoops(of: field, in: table, updated, into: &conflicts)
        }
        for field in table.fields
        where field.isRequired && field.type != .identifier && !field.traits.contains(.custom)
            && !columns.isDisjoint(with: field.columns)
        {
            try findMissing(field, of: touched.ids(of: table, .update), in: table, into: &conflicts)
        }
    }

    /// Finds records whose rows have amounts that came since and would be in another currency.
    private func findRelabelled(in table: Table, into conflicts: inout UndoConflicts) throws {
        guard let position = table.module.currencyPosition else { return }
        let key = table.module.fields[position].key
        guard log.kept[table.name]?.columns.contains(key) == true else { return }
        let before = currency(key, before: "c")
        let present = orOwn(.column(key, of: "t"))
        for part in table.module.amountTables {
            let isLater: SQLFragment = "NOT \(isTouched(part, "\"a\".\"id\""))"
            try report(
                """
                SELECT DISTINCT "t"."id", 0, 0 FROM \(rows(table, [.update])) \
                WHERE \(before.isKept) AND \(before.value) <> \(present) \
                AND \(part.hasAmounts(of: .column("id", of: "t"), where: isLater))
                """,
                in: table,
                into: &conflicts
            ) { row, _, _ in
                let rows = part.part?.plural ?? table.module.plural
                return Text(
                    en: "\(row.en): the amounts of later \(rows.en.lowercased()) would be in another currency",
                    es: "\(row.es): los importes agregados después (\(rows.es.lowercased())) pasarían a otra moneda"
                )
            }
        }
    }

    /// Finds records that have been given another currency since rows with amounts went, which the undo brings back.
    private func findRestoredUnderOthers(in table: Table, into conflicts: inout UndoConflicts) throws {
        guard let position = table.module.currencyPosition, try isFollowed() else { return }
        let key = table.module.fields[position].key
        let before = currency(key, before: "l")
        let present = orOwn(.column(key, of: "o"))
        // As the change set that is undone left it.
        let former: SQLFragment = """
            (SELECT \(before.value) FROM "change" AS "l" \
            WHERE "l"."table_name" = \(bind: .text(table.name)) AND "l"."record" = "o"."id" \
            AND +"l"."change_set" > \(bind: .integer(undone)) AND +"l"."change_set" <> \(bind: .integer(changeSet)) \
            AND \(before.isKept) ORDER BY "l"."id" LIMIT 1)
            """
        for part in table.module.amountTables where touched.actions(in: part.name).contains(.restore) {
            let restored = touched.ids(of: part, .restore)
            let owners: SQLFragment = """
                SELECT \(name: part.ownerColumn) FROM \(name: part.name) WHERE \(restored.condition(on: .name("id")))
                """
            try report(
                """
                SELECT "o"."id", 0, 0 FROM \(name: table.name) AS "o" WHERE "o"."id" IN (\(owners)) \
                AND \(former) <> \(present) \
                AND \(part.hasAmounts(of: .column("id", of: "o"), where: restored.condition(on: .column("id", of: "a"))))
                """,
                in: table,
                into: &conflicts
            ) { row, _, _ in
                let rows = part.part?.plural ?? table.module.plural
                return Text(
                    en: "\(row.en): \(rows.en.lowercased()) would come back in another currency",
                    es: "\(row.es): volverían en otra moneda: \(rows.es.lowercased())"
                )
            }
        }
    }

    /// Returns the currency that a record had before a change, and the condition that the change keeps it.
    private func currency(_ key: String, before change: String) -> (isKept: SQLFragment, value: SQLFragment) {
        let arguments: SQLFragment = "\(column: "before", of: change), \(bind: .text("$.\"\(key)\""))"
        return ("json_type(\(arguments)) IS NOT NULL", orOwn("json_extract(\(arguments))"))
    }

    /// A currency, or that of the file, which records have without one of their own.
    private func orOwn(_ currency: SQLFragment) -> SQLFragment {
        "coalesce(\(currency), \(bind: .text(transaction.values.currency)))"
    }

    /// Whether there is a change set after the one that is undone, besides the undo.
    private func isFollowed() throws -> Bool {
        let later = try store.statement(
            """
            SELECT 1 FROM "change_set" WHERE "id" > \(bind: .integer(undone)) AND "id" <> \(bind: .integer(changeSet)) LIMIT 1
            """
        )
        return try !later.integers().isEmpty
    }

    private func findLoops(
        of field: Field,
        in table: Table,
        _ updated: SQLFragment,
        into conflicts: inout UndoConflicts
    ) throws {
        let next = SQLFragment.column(field.key, of: "t")
        try report(
            """
            WITH RECURSIVE "walk" ("start", "first", "id") AS (\
            SELECT "t"."id", \(next), \(next) FROM \(updated) WHERE \(next) IS NOT NULL \
            UNION SELECT "walk"."start", "walk"."first", \(next) FROM "walk" \
            JOIN \(name: table.name) AS "t" ON "t"."id" = "walk"."id" \
            WHERE \(next) IS NOT NULL AND "walk"."id" <> "walk"."start") \
            SELECT "start", "first", 0 FROM "walk" WHERE "id" = "start"
            """,
            in: table,
            into: &conflicts
        ) { row, first, _ in
            Text(
                en: "\(row.en): \(field.key) \(first) would close a loop",
                es: "\(row.es): \(field.key) \(first) cerraría un ciclo"
            )
        }
    }

    private func findShared(
        _ flag: String,
        within group: [String],
        in table: Table,
        into conflicts: inout UndoConflicts
    ) throws {
        let isSame = group.map { SQLFunctions.isSame(.column($0, of: "o"), .column($0, of: "t")) }
        try report(
            """
            SELECT "t"."id", "o"."id", 0 FROM \(rows(table, [.update, .restore])) JOIN \(name: table.name) AS "o" \
            ON \(isSame.conjunction) AND "o"."id" <> "t"."id" AND \(column: flag, of: "o") = 1 \
            WHERE \(column: flag, of: "t") = 1
            """,
            in: table,
            into: &conflicts
        ) { row, other, _ in
            let (other, spanish) = (table.module.called(other), table.module.spanish)
            return Text(
                en: "\(row.en): \(other.en) is the one that is \(flag) now",
                es: "\(row.es): ahora \(other.es) es \(spanish.agreeing("el", "la")) que lleva \(flag)"
            )
        }
    }

    // MARK: - Constraints of the file's definitions

    /// Checks custom fields and choices. A row may be restored under other definitions than those it was deleted under,
    /// and restored definitions apply to rows that were written without them.
    private func checkFields(of table: Table, into conflicts: inout UndoConflicts) throws {
        let actions = touched.actions(in: table.name)
        let isTouched = actions.contains(.update) || actions.contains(.restore)
        let rows = touched.ids(of: table, .update, .restore)
        for field in table.fields where field.isRequired && field.traits.contains(.custom) {
            if touchesDefinitions {
                try findMissing(field, of: nil, in: table, into: &conflicts)
            } else if isTouched {
                try findMissing(field, of: rows, in: table, into: &conflicts)
            }
        }
        guard isTouched else { return }
        for field in table.fields {
            guard case .choice(let choices) = field.type else { continue }
            try findUnknown(field, choices, of: rows, in: table, into: &conflicts)
        }
    }

    private var touchesDefinitions: Bool { Registry.definitions.contains { !touched.actions(in: $0.table).isEmpty } }

    /// - Parameter rows: the rows to check; `nil` for all.
    private func findMissing(
        _ field: Field,
        of rows: RowSet?,
        in table: Table,
        into conflicts: inout UndoConflicts
    ) throws {
        let isMissing: SQLFragment = "\(name: field.columns.first ?? field.key) IS NULL"
        let condition = [isMissing] + (rows.map { [$0.condition(on: .name("id"))] } ?? [])
        try report(
            "SELECT \"id\", 0, 0 FROM \(name: table.name) WHERE \(condition.conjunction)",
            in: table,
            into: &conflicts
        ) { row, _, _ in
            Text(
                en: "\(row.en) would be without \(field.key), which is required",
                es: "\(row.es) quedaría sin \(field.key), que es obligatorio"
            )
        }
    }

    private func findUnknown(
        _ field: Field,
        _ choices: [Choice],
        of rows: RowSet,
        in table: Table,
        into conflicts: inout UndoConflicts
    ) throws {
        let column = SQLFragment.name(field.key)
        let known = choices.map { SQLFragment.bind(.text($0.key)) }.joined(", ")
        try report(
            """
            SELECT "id", 0, 0 FROM \(name: table.name) \
            WHERE \(column) NOT IN (\(known)) AND \(rows.condition(on: .name("id")))
            """,
            in: table,
            into: &conflicts
        ) { row, _, _ in
            Text(
                en: "\(row.en) would have a \(field.key) that is none of its choices",
                es: "\(row.es) tendría en \(field.key) lo que no es una de sus opciones"
            )
        }
    }
}
