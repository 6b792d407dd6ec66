import Localization
import SQLite

/// Finds the rows that a change set touched and that have been changed since.
///
/// Values are compared, not writes: a later change that was itself undone does not count.
struct LaterChanges {
    private let changeSet: Int64
    private let store: Store
    private let rows: [String: LoggedRows]
    /// The amounts by which later change sets moved the balances that the change set moved.
    private(set) var shifts = BalanceShifts()

    init(after changeSet: Int64, in store: Store) {
        self.changeSet = changeSet
        self.store = store
        rows = LoggedRows.byName(in: store)
    }

    /// Adds the later changes that prevent the undo, until the conflicts are full.
    ///
    /// - Returns: whether there is any later change set that was not undone.
    mutating func find(into conflicts: inout UndoConflicts) throws -> Bool {
        try noteCancelled()
        guard try isFollowed() else { return false }
        let touched = try store.statement(Self.touchedAgain)
        try touched.bind(changeSet, at: 1)
        defer { touched.reset() }
        while try touched.step(), !conflicts.isFull {
            guard let table = rows[touched.text(at: 0)], table.table?.part?.isDerived != true else { continue }
            let id = touched.integer(at: 1)
            try compare(try store.rowEvents(of: id, in: table), id: id, in: table, into: &conflicts)
        }
        return true
    }

    /// Whether a later change set that was not undone has changed a row. ``find(into:)`` must have been called before.
    ///
    /// - Parameter own: the change set of the undo itself, which does not count.
    static func areThere(
        of id: Int64,
        in table: String,
        after changeSet: Int64,
        besides own: Int64?,
        in store: Store
    ) throws -> Bool {
        let later = try store.statement(
            """
            SELECT 1 FROM "change" WHERE "table_name" = ? AND "record" = ? AND "change_set" > ? AND "change_set" <> ? \
            AND "change_set" NOT IN (SELECT "id" FROM "cancelled") LIMIT 1
            """
        )
        defer { later.reset() }
        try later.bind(all: [.text(table), .integer(id), .integer(changeSet), .integer(own ?? 0)])
        return try later.step()
    }

    /// Fills a temporary table with the later change sets that cancel out: each one that was undone, and the one that
    /// undid it.
    private func noteCancelled() throws {
        try store.database.execute(
            "CREATE TEMP TABLE IF NOT EXISTS \"cancelled\" (\"id\" INTEGER PRIMARY KEY); DELETE FROM \"cancelled\""
        )
        let undos = try store.database.all(
            "SELECT \"id\", \"undoes\" FROM \"change_set\" WHERE \"undoes\" IS NOT NULL AND \"id\" > ? ORDER BY \"id\" DESC",
            [.integer(changeSet)]
        )
        let insert = try store.statement("INSERT OR IGNORE INTO \"cancelled\" (\"id\") VALUES (?)")
        var cancelled: Set<Int64> = []
        // Newest first, so that an undo which was itself undone is known to be cancelled when it is reached.
        for undo in undos {
            guard let id = undo[0].integer, let target = undo[1].integer, target > changeSet, !cancelled.contains(id)
            else { continue }
            for pair in [id, target] where cancelled.insert(pair).inserted { try insert.run([.integer(pair)]) }
        }
    }

    /// Whether there is a later change set that was not undone.
    private func isFollowed() throws -> Bool {
        let later = try store.statement(
            """
            SELECT 1 FROM "change_set" WHERE "id" > ? AND "id" NOT IN (SELECT "id" FROM "cancelled") LIMIT 1
            """
        )
        try later.bind(changeSet, at: 1)
        defer { later.reset() }
        return try later.step()
    }

    private static let touchedAgain = """
        SELECT l."table_name", l."record" FROM "created" c JOIN "change" l ON l."table_name" = c."table_name" \
        AND l."record" BETWEEN c."first_id" AND c."last_id" \
        WHERE c."change_set" = ?1 AND l."change_set" > ?1 \
        AND l."change_set" NOT IN (SELECT "id" FROM "cancelled") \
        UNION \
        SELECT c."table_name", c."record" FROM "change" c WHERE c."change_set" = ?1 AND EXISTS (\
        SELECT 1 FROM "change" l WHERE l."table_name" = c."table_name" AND l."record" = c."record" \
        AND l."change_set" > ?1 AND l."change_set" NOT IN (SELECT "id" FROM "cancelled"))
        """

    private mutating func compare(
        _ events: [RowEvent],
        id: Int64,
        in table: LoggedRows,
        into conflicts: inout UndoConflicts
    ) throws {
        let own = events.filter { $0.changeSet == changeSet }
        // Events are newest first: the first of the change set's own shows how it left the row.
        guard let left = own.first, let last = events.first(where: { $0.changeSet > changeSet }) else { return }
        let present = try store.image(of: id, in: table)
        let label = table.label(of: left.image, id: id, in: store.registry)
        if case .deleted = left.action {
            guard present != nil else { return }
            let restorer = last.changeSet
            return conflicts.add {
                Text(
                    en: "\(label.en) came back with change set \(restorer)",
                    es: "\(label.es) volvió con el conjunto de cambios \(restorer)"
                )
            }
        }
        guard let present else {
            return conflicts.add {
                Text(
                    en: "\(label.en) was deleted by change set \(last.changeSet)",
                    es: "\(label.es) se eliminó en el conjunto de cambios \(last.changeSet)"
                )
            }
        }
        let columns = watchedColumns(of: own, in: table)
        for field in table.fields where field.columns.contains(where: columns.contains) {
            guard let old = left.image.value(of: field), let new = present.value(of: field), old != new else {
                continue
            }
            if own.count == 1, let shift = BalanceShift(of: field, by: left, to: new, label) {
                guard shift.isPossible else {
                    conflicts.add { shift.refusal }
                    continue
                }
                shifts.add(shift, to: id, in: table.name)
                continue
            }
            let changer = events.first { $0.changeSet > changeSet && $0.changes(field) } ?? last
            conflicts.add {
                Text(
                    en: "\(label.en): \(field.key) was set again by change set \(changer.changeSet)",
                    es: """
                        \(label.es): «\(field.label.es)» se modificó de nuevo en el conjunto de cambios \
                        \(changer.changeSet)
                        """
                )
            }
        }
    }

    /// Returns the columns that a change set is responsible for: all columns of a row it created or restored, otherwise
    /// those it set.
    private func watchedColumns(of events: [RowEvent], in table: LoggedRows) -> Set<String> {
        var columns: Set<String> = []
        for event in events {
            switch event.action {
            case .created, .restored: columns.formUnion(table.columns)
            case .updated(let before): columns.formUnion(before.values.keys)
            case .deleted, .erased: break
            }
        }
        // An amount means nothing without its currency, nor does a currency without its amounts.
        let amounts = table.fields.filter { field in
            (field.type == .money || field.key == "currency") && !field.traits.contains(.derived)
        }.map(\.key)
        if amounts.contains(where: columns.contains) { columns.formUnion(amounts) }
        return columns.filter { !table.isDerived($0) }
    }
}
