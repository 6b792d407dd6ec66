import Localization
import SQLite

/// Undoes the changes of a change set: rows it created or restored are deleted, all of a table at once; rows it deleted
/// are restored, and rows it changed are changed back, the newest change first, so that rows pass through their earlier
/// states.
struct Reversal {
    private let changeSet: Int64
    private let changed: ChangedRows
    /// Whether there are later change sets that were not undone, which may have changed the same rows.
    private let isFollowed: Bool
    /// The amounts by which later change sets moved the same balances.
    private let shifts: BalanceShifts
    private let transaction: Transaction
    private var store: Store { transaction.store }
    private var rows: [String: LoggedRows]
    private var lost = LostFields()
    private var struck = StruckValues()
    /// The tables whose rows were restored by one statement, the time of their last change included.
    private var tablesRestoredWhole: Set<String> = []
    /// The tables with both deletions and changes of a unique column: an update may have taken the value that a
    /// deletion freed, so their changes are undone one by one, the newest first.
    private let tablesInReverseOrder: Set<String>

    init(
        of changeSet: Int64,
        _ changed: ChangedRows,
        isFollowed: Bool,
        shifts: BalanceShifts,
        in transaction: Transaction
    ) {
        self.changeSet = changeSet
        self.changed = changed
        self.isFollowed = isFollowed
        self.shifts = shifts
        self.transaction = transaction
        rows = LoggedRows.byName(in: transaction.store)
        tablesInReverseOrder = Set(
            transaction.store.tables.lazy.filter { table in
                changed.actions(in: table.name).isSuperset(of: [.delete, .update])
                    && !Registry.isDefinition(table: table.name)
                    && changed.updates(in: table.name)?.shapes.columns?.isDisjoint(with: table.uniqueColumns) != true
            }.map(\.name)
        )
    }

    /// - Parameter conflicts: receives the first row whose unique value another row has. Nothing more is undone after
    ///   it, and the caller must not commit.
    mutating func run(conflicts: inout UndoConflicts) throws {
        let made = try MadeRows(of: changeSet, changed, in: transaction).remove()
        // Restored rows may have values in custom fields that are restored too, so definitions come first.
        if Registry.definitions.contains(where: { changed.actions(in: $0.table).contains(.delete) }) {
            try restoreDeleted(made, ofDefinitions: true, into: &conflicts)
            try settleDefinitions(into: &conflicts)
            rows = LoggedRows.byName(in: store)
        }
        lost = try LostFields(since: changeSet, in: store)
        struck = try StruckValues(in: changeSet, store)
        try takeBackInOrder(made, into: &conflicts)
        // A deleted row was not changed afterwards, so all rows can be restored before any is changed.
        try restoreDeleted(made, ofDefinitions: false, into: &conflicts)
        try changeBack(made, into: &conflicts)
        if transaction.log.touchesDefinitions { try settleDefinitions(into: &conflicts) }
        let areDefinitionsBack = Registry.definitions.contains { module in
            !changed.actions(in: module.table).isDisjoint(with: [.delete, .update])
        }
        if areDefinitionsBack, conflicts.count == 0 { try transaction.completeRequired() }
    }

    /// Adapts the tables to the restored definitions. Required values that records lack then are looked for at the end,
    /// with all other consequences of the undo.
    private func settleDefinitions(into conflicts: inout UndoConflicts) throws {
        guard conflicts.count == 0 else { return }
        do {
            try transaction.settleDefinitions(allowsMissing: true)
        } catch let error as CRMError where error.code == .invalid || error.code == .refused {
            conflicts.add { error.message }
        }
    }

    /// Calls a closure with every change of some kinds.
    ///
    /// - Parameter made: the rows that were deleted already, whose changes are skipped.
    private func forEachChange(
        _ actions: ChangeLog.Action...,
        by order: SQLFragment,
        besides made: [String: MadeRows.Removed],
        into conflicts: inout UndoConflicts,
        _ body: (_ id: Int64, _ rows: LoggedRows, _ before: UnsafeRawBufferPointer, _ isDeletion: Bool) throws -> Void
    ) throws {
        guard conflicts.count == 0, actions.contains(where: { !changed.tables(with: $0).isEmpty }) else { return }
        let condition = changed.condition(on: actions, in: nil, as: "change")
        let changes = try store.database.prepare(
            fragment: """
                SELECT "table_name", "record", "before", "action" FROM "change" WHERE \(condition) ORDER BY \(order)
                """
        )
        // In bulk, changes of the same table follow each other.
        var name = ""
        var (found, gone): (LoggedRows?, MadeRows.Removed?) = (nil, nil)
        while try changes.step() {
            let id = changes.integer(at: 1)
            if !changes.holds(.text(name), at: 0) {
                name = changes.text(at: 0)
                (found, gone) = (rows[name], made[name])
            }
            guard let table = found, gone?.contains(id) != true else { continue }
            do {
                try body(
                    id,
                    table,
                    changes.textBytes(at: 2),
                    changes.holds(.text(ChangeLog.Action.delete.rawValue), at: 3)
                )
            } catch let error as SQLiteError where error.code == .constraint(.unique) {
                let image = try RowImage(json: changes.text(at: 2))
                return try conflicts.add { try taken(image, id: id, in: table) }
            } catch let taken as RestoredRows.Taken {
                return try conflicts.add { try self.taken(taken) }
            } catch let loss as LostFields.Loss {
                let label = try label(of: RowImage(json: changes.text(at: 2)), id: id, in: table)
                return conflicts.add { loss.words(label) }
            }
        }
    }

    private func taken(_ row: RestoredRows.Taken) throws -> Text {
        try taken(row.row, id: row.id, in: .table(row.table))
    }

    /// Returns the message that a row cannot be restored because another one has its unique value.
    private func taken(_ row: RowImage, id: Int64, in rows: LoggedRows) throws -> Text {
        let label = try label(of: row, id: id, in: rows)
        guard let table = rows.table, table.holdsRecords,
            let holder = try store.holder(in: table.module, besides: id, of: { row.value(of: $0) })
        else {
            return Text(
                en: "\(label.en) would have a value that must be its own and that a later one has",
                es: "\(label.es) tendría un valor único que ya lleva otro posterior"
            )
        }
        if Registry.isDefinition(table: table.name), let creator = try store.creator(of: holder.id, in: rows) {
            return Text(
                en: "\(holder.value) was added again by change set \(creator)",
                es: "\(holder.value) se agregó de nuevo en el conjunto de cambios \(creator)"
            )
        }
        let (other, field) = (table.module.called(holder.id), holder.field.label)
        return Text(
            en: "\(label.en) would have the \(field.en) \"\(holder.value)\", which \(other.en) has now",
            es: "\(label.es) tendría «\(holder.value)» como \(field.es), que ahora tiene \(other.es)"
        )
    }

    /// Returns the name of a row in a message. The history may store only the changed columns; the present row supplies
    /// the others.
    private func label(of row: RowImage, id: Int64, in rows: LoggedRows) throws -> Text {
        let present = try store.image(of: id, in: rows)?.values ?? [:]
        let whole = RowImage(present.merging(row.values) { _, former in former })
        return rows.label(of: whole, id: id, in: store.registry)
    }

    // MARK: - Deleted rows

    /// Restores the deleted rows in the order of their deletion. That is mostly the order of ids, in which SQLite
    /// inserts rows fastest.
    ///
    /// - Parameter ofDefinitions: whether to restore rows of the file's definitions, or all others.
    private func restoreDeleted(
        _ made: [String: MadeRows.Removed],
        ofDefinitions: Bool,
        into conflicts: inout UndoConflicts
    ) throws {
        var names: Set<String> = []
        // For the table of the row before.
        var (reader, restored): (HistoryRowReader?, RestoredRows?) = (nil, nil)
        try forEachChange(.delete, by: "\"id\"", besides: made, into: &conflicts) { id, rows, before, _ in
            guard case .table(let table) = rows, Registry.isDefinition(table: table.name) == ofDefinitions,
                !tablesInReverseOrder.contains(table.name)
            else { return }
            if restored?.table.name != table.name {
                try restored?.insertWaiting()
                reader = HistoryRowReader(table, in: transaction.values)
                restored = RestoredRows(of: table, by: transaction.writer(of: table))
                names.insert(table.name)
            }
            if let values = try values(before, of: id, in: rows, table, reader) { try restored?.add(values) }
        }
        guard conflicts.count == 0 else { return }
        do {
            try restored?.insertWaiting()
        } catch let row as RestoredRows.Taken {
            return try conflicts.add { try taken(row) }
        }
        for name in names.sorted() { try noteRestored(in: name) }
    }

    private func noteRestored(in table: String) throws {
        try transaction.log.noteRestored(
            """
            SELECT "c"."record" FROM "change" AS "c" JOIN \(name: table) AS "t" ON "t"."id" = "c"."record" \
            WHERE \(changed.condition(on: .delete, in: table, as: "c")) ORDER BY "c"."id"
            """,
            in: table
        )
    }

    /// Returns the values with which a deleted row is restored, each at its position; `nil` when the row is not
    /// restored.
    private func values(
        _ before: UnsafeRawBufferPointer,
        of id: Int64,
        in rows: LoggedRows,
        _ table: Table,
        _ reader: HistoryRowReader?
    ) throws -> [Value]? {
        if lost.concern(table) { try lost.check(RowImage(keptAs: before), in: table) }
        var values = try reader?.values(in: before) ?? values(of: RowMembers(keptAs: before), in: table)
        return try leaveStruck(&values, RowImage(keptAs: before), id, rows) ? values : nil
    }

    // MARK: - Changes in order

    /// Undoes the changes to rows of some tables in reverse order, so that the rows pass through their earlier states.
    private func takeBackInOrder(_ made: [String: MadeRows.Removed], into conflicts: inout UndoConflicts) throws {
        guard !tablesInReverseOrder.isEmpty else { return }
        try forEachChange(.delete, .update, by: "\"id\" DESC", besides: made, into: &conflicts) {
            (id, rows, before, isDeletion) in
            guard let table = rows.table, tablesInReverseOrder.contains(table.name) else { return }
            guard isDeletion else { return try bringBack(RowImage(keptAs: before), to: id, in: table) }
            guard let values = try values(before, of: id, in: rows, table, nil) else { return }
            var restored = RestoredRows(of: table, by: transaction.writer(of: table))
            try restored.add(values)
            try restored.insertWaiting()
        }
        guard conflicts.count == 0 else { return }
        for name in tablesInReverseOrder.sorted() { try noteRestored(in: name) }
    }

    /// Clears the fields of a row whose stored values were struck out by an erasure, and reports that to the user.
    ///
    /// - Returns: whether the row is restored; a row of a part that requires such a field is not.
    private func leaveStruck(
        _ values: inout [Value],
        _ image: @autoclosure () throws -> RowImage,
        _ id: Int64,
        _ rows: LoggedRows
    ) throws -> Bool {
        guard let table = rows.table, struck.concern(table) else { return true }
        let fields = struck.fields(of: values, in: table)
        if fields.isEmpty { return true }
        let label = rows.label(of: try image(), id: id, in: store.registry)
        if let field = fields.map(\.field).first(where: \.isRequired), !table.holdsRecords {
            transaction.notice(StruckValues.goes(field, label, isWhole: true))
            return false
        }
        for (position, field) in fields where !field.isRequired {
            values[position] = .null
            transaction.notice(StruckValues.goes(field, label, isWhole: false))
        }
        return true
    }

    /// Returns the values of a deleted row, each at its position, from the row as stored in the history.
    private func values(of image: RowMembers, in table: Table) throws -> [Value] {
        var values: [Value] = Array(repeating: .null, count: (table.positions.max() ?? -1) + 1)
        var place = 0
        for (position, field) in zip(table.positions, table.fields) {
            let kept = try image.value(of: field, near: &place)
            values[position] =
                field.key == Table.lastChange
                ? kept ?? .text(transaction.now)
                : field.restored(kept.map(field.inNormalForm) ?? field.defaultValue, in: transaction.values)
        }
        return values
    }

    // MARK: - Changed rows

    private mutating func changeBack(_ made: [String: MadeRows.Removed], into conflicts: inout UndoConflicts) throws {
        guard conflicts.count == 0 else { return }
        var done: Set<String> = []
        for table in store.tables
        where changed.actions(in: table.name).contains(.update) && !lost.concern(table) && !struck.concern(table)
            && !shifts.concern(table.name) && !tablesInReverseOrder.contains(table.name)
        {
            let together = ReversalTogether(
                changed: changed,
                table: table,
                bringsBackLastChange: !isFollowed,
                transaction: transaction
            )
            if try together.run() { done.insert(table.name) }
        }
        if !isFollowed { tablesRestoredWhole = done }
        done.formUnion(tablesInReverseOrder)
        if done.count == changed.tables(with: .update).count { return }
        try forEachChange(.update, by: "\"id\" DESC", besides: made, into: &conflicts) { id, rows, before, _ in
            if done.contains(rows.name) { return }
            let before = try RowImage(keptAs: before)
            switch rows {
            case .settings:
                for key in Settings.Key.all(in: store.registry) {
                    if let value = before[key.name] { try transaction.store(key, as: value.text) }
                }
            case .table(let table): try bringBack(before, to: id, in: table)
            }
        }
    }

    // MARK: - A single row

    private func bringBack(_ before: RowImage, to id: Int64, in table: Table) throws {
        try lost.check(before, in: table)
        var changes = try table.fields.compactMap { field -> TableWriter.Change? in
            guard !table.isDerived(field.key), let value = before.value(of: field) else { return nil }
            if struck.contain(value, of: field, in: table) {
                let rows = LoggedRows.table(table)
                let image = try store.image(of: id, in: rows) ?? before
                transaction.notice(StruckValues.stays(field, rows.label(of: image, id: id, in: store.registry)))
                return nil
            }
            let former = shifts.applied(to: value, of: field.key, id: id, in: table.name)
            return TableWriter.Change(field, to: field.inNormalForm(former))
        }
        // Editing one occurrence changes only the time of the last change of its event, which must be restored by
        // itself.
        guard !changes.isEmpty || before.values.keys.elementsEqual([Table.lastChange]) else { return }
        if let name = try name(of: id, in: table, after: changes) { changes.append(name) }
        if let lastChange = try lastChange(before, of: id, in: table) { changes.append(lastChange) }
        try transaction.writer(of: table).update(id, changes, isStamped: false)
    }

    /// Returns the change that restores the time of a row's last change; `nil` if a later change set has changed the
    /// row.
    private func lastChange(_ before: RowImage, of id: Int64, in table: Table) throws -> TableWriter.Change? {
        guard table.holdsRecords, let field = table.module.field(Table.lastChange), let value = before.value(of: field)
        else { return nil }
        let own = transaction.log.identifier
        if isFollowed,
            try LaterChanges.areThere(of: id, in: table.name, after: changeSet, besides: own, in: store)
        {
            return nil
        }
        return TableWriter.Change(field, to: value)
    }

    /// Restores the times of the last change of records, which deriving values anew or restoring many rows at once has
    /// set to now.
    func bringBackLastChanges() throws {
        for table in store.tables where table.holdsRecords {
            let actions = changed.actions(in: table.name)
            let isChanged = actions.contains(.update) && !tablesRestoredWhole.contains(table.name)
            // The history keeps no earlier values of rows that were made or brought back.
            guard !actions.isDisjoint(with: [.update, .delete]), !table.derived.isEmpty || isChanged else { continue }
            try transaction.writer(of: table).restamp(
                """
                "id" IN (SELECT "r"."record" FROM (SELECT DISTINCT "c"."record" FROM "change" AS "c" \
                WHERE "c"."change_set" = \(bind: .integer(changeSet)) AND "c"."table_name" = \(bind: .text(table.name)) \
                AND json_extract("c"."before", '$.updated_at') IS NOT NULL) AS "r" WHERE NOT EXISTS (\
                SELECT 1 FROM "change" AS "l" WHERE "l"."table_name" = \(bind: .text(table.name)) \
                AND "l"."record" = "r"."record" AND "l"."change_set" > \(bind: .integer(changeSet)) \
                AND "l"."change_set" <> \(bind: .integer(transaction.log.identifier ?? 0)) \
                AND "l"."change_set" NOT IN (SELECT "id" FROM "cancelled")))
                """,
                to: """
                    (SELECT json_extract("c"."before", '$.updated_at') FROM "change" AS "c" \
                    WHERE "c"."table_name" = \(bind: .text(table.name)) AND "c"."record" = \(name: table.name)."id" \
                    AND "c"."change_set" = \(bind: .integer(changeSet)) AND "c"."before" IS NOT NULL \
                    ORDER BY "c"."id" LIMIT 1)
                    """
            )
        }
    }

    /// Returns the change of a composed name that follows from restored fields; `nil` if no part of the name changes.
    private func name(of id: Int64, in table: Table, after changes: [TableWriter.Change]) throws -> TableWriter.Change?
    {
        guard table.holdsRecords, case .composed(let parts, _, _, _, _) = table.module.display,
            changes.contains(where: { parts.contains($0.field.key) }),
            let record = try store.storedRecord(table.module, id: id),
            let field = table.module.field(table.module.displayKey)
        else { return nil }
        var draft = Draft(editing: record)
        for change in changes { draft[change.field.key] = change.new }
        draft.composeDisplayName()
        return TableWriter.Change(field, to: draft[field.key])
    }
}

extension Field {
    /// Returns the value of a row that is restored: the default, if the row lacks a value and the field has become
    /// required.
    func restored(_ kept: Value, in context: ValueContext) -> Value {
        kept.isNull && traits.isSuperset(of: [.custom, .required]) ? defaultValue(in: context) : kept
    }
}
