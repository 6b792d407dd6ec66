import Localization
import SQLite

extension Store {
    /// Finds the rows that a change set touched and that are no longer as it left them.
    ///
    /// What counts is the value and not that it was written: a later change that was itself undone is none.
    func findLaterChanges(of changeSet: Int64, into conflicts: inout UndoConflicts) throws {
        let tables = LoggedTable.byName(in: registry)
        for row in try rowsTouchedAgain(after: changeSet) {
            guard let table = tables[row.table] else { continue }
            let events = try rowEvents(of: row.id, in: table)
            try compare(events, after: changeSet, id: row.id, in: table, into: &conflicts)
        }
    }

    private struct Row {
        let table: String
        let id: Int64
    }

    private func rowsTouchedAgain(after changeSet: Int64) throws -> [Row] {
        try database.all(
            """
            SELECT l."table_name", l."record" FROM "created" c JOIN "change" l ON l."table_name" = c."table_name" \
            AND l."record" BETWEEN c."first_id" AND c."last_id" \
            WHERE c."change_set" = ?1 AND l."change_set" > ?1 \
            UNION \
            SELECT c."table_name", c."record" FROM "change" c WHERE c."change_set" = ?1 AND EXISTS (\
            SELECT 1 FROM "change" l WHERE l."table_name" = c."table_name" AND l."record" = c."record" \
            AND l."change_set" > ?1)
            """,
            [.integer(changeSet)]
        ).map { Row(table: $0[0].text ?? "", id: $0[1].integer ?? 0) }
    }

    private func compare(
        _ events: [RowEvent],
        after changeSet: Int64,
        id: Int64,
        in table: LoggedTable,
        into conflicts: inout UndoConflicts
    ) throws {
        let own = events.filter { $0.changeSet == changeSet }
        // Events come newest first: the first of its own is how the change set left the row.
        guard let left = own.first, let last = events.first(where: { $0.changeSet > changeSet }) else { return }
        let present = try image(of: id, in: table)
        let label = table.label(of: left.image, id: id, in: registry)
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
            let changer = events.first { $0.changeSet > changeSet && $0.changes(field) } ?? last
            conflicts.add {
                Text(
                    en: "\(label.en): \(field.key) was set again by change set \(changer.changeSet)",
                    es: "\(label.es): \(field.key) se modificó de nuevo en el conjunto de cambios \(changer.changeSet)"
                )
            }
        }
    }

    /// The columns a change set answers for: all of a row it made or brought back, else those it set.
    private func watchedColumns(of events: [RowEvent], in table: LoggedTable) -> Set<String> {
        var columns: Set<String> = []
        for event in events {
            switch event.action {
            case .created, .restored: columns.formUnion(table.columns)
            case .updated(let before): columns.formUnion(before.values.keys)
            case .deleted: break
            }
        }
        // An amount means nothing without its currency, nor a currency without the amounts in it.
        let amounts = table.fields.filter { $0.type == .money || $0.key == "currency" }.map(\.key)
        if amounts.contains(where: columns.contains) { columns.formUnion(amounts) }
        return columns.filter { !table.isDerived($0) }
    }
}

extension RowEvent {
    fileprivate func changes(_ field: Field) -> Bool {
        guard case .updated(let before) = action else { return false }
        return field.columns.contains { before[$0] != nil }
    }
}
