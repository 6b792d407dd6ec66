import SQLite

/// The rows that a change set created or restored, which are deleted when it is undone.
struct MadeRows {
    /// The deleted rows of one table.
    struct Removed {
        fileprivate let created: IDRanges
        fileprivate var restored: Set<Int64> = []

        /// Whether a row is one of the deleted ones, so that its other changes in the change set need not be undone. A
        /// restored row is found only if the change set also changed it.
        func contains(_ id: Int64) -> Bool { restored.contains(id) || created.contains(id) }
    }

    private let changeSet: Int64
    private let changed: ChangedRows
    private let transaction: Transaction
    private var store: Store { transaction.store }

    init(of changeSet: Int64, _ changed: ChangedRows, in transaction: Transaction) {
        self.changeSet = changeSet
        self.changed = changed
        self.transaction = transaction
    }

    /// Deletes the rows. Rows that refer to others are deleted first, so that SQLite has no dangling references to
    /// count.
    ///
    /// - Returns: the removed rows, by table name.
    func remove() throws -> [String: Removed] {
        var removed: [String: Removed] = [:]
        for table in store.tables.reversed().sorted(by: { !$0.holdsRecords && $1.holdsRecords }) {
            let writer = transaction.writer(of: table)
            let runs = try createdRuns(in: table)
            for ids in runs { try writer.delete(.range(ids)) }
            removed[table.name] = Removed(created: IDRanges(runs))
            guard changed.actions(in: table.name).contains(.restore) else { continue }
            try writer.delete(changed.ids(of: table, .restore))
            removed[table.name]?.restored = try restoredAndChanged(in: table)
        }
        return removed
    }

    /// Returns the ranges of created rows in ascending order.
    private func createdRuns(in table: Table) throws -> [ClosedRange<Int64>] {
        try store.database.all(
            """
            SELECT "first_id", "last_id" FROM "created" WHERE "change_set" = ? AND "table_name" = ? ORDER BY 1
            """,
            [.integer(changeSet), .text(table.name)]
        ).compactMap { row in
            guard let first = row[0].integer, let last = row[1].integer, first <= last else { return nil }
            return first...last
        }
    }

    /// Returns the rows that were restored and also changed in the same change set; there are few.
    private func restoredAndChanged(in table: Table) throws -> Set<Int64> {
        // The unary plus keeps SQLite to the index of the row, which has few changes, rather than that of the change
        // set: https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_
        let rows = try store.statement(
            """
            SELECT r."record" FROM "change" r WHERE \(changed.condition(on: .restore, in: table.name, as: "r")) \
            AND EXISTS (\
            SELECT 1 FROM "change" o WHERE o."table_name" = r."table_name" AND o."record" = r."record" \
            AND +o."change_set" = r."change_set" AND o."id" <> r."id")
            """ as SQLFragment
        )
        return Set(try rows.integers())
    }
}
