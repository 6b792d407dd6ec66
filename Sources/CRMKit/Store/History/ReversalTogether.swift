import SQLite

/// Undoes the updates of a table by a single statement, if the change set changed each row once and no row must be
/// examined by itself.
struct ReversalTogether {
    let changed: ChangedRows
    let table: Table
    /// Whether the times of the last change are restored too, because no later change set counts.
    let bringsBackLastChange: Bool
    let transaction: Transaction
    private var store: Store { transaction.store }

    /// The minimum number of rows for which the checks are worthwhile.
    private static let fewestRows = 500

    /// Changes the rows back.
    ///
    /// - Returns: `false` if the rows must be changed back individually; nothing has been done then.
    func run() throws -> Bool {
        guard let updates = changed.updates(in: table.name), updates.count >= Self.fewestRows,
            let keys = updates.shapes.columns, let fields = try changedFields(keys),
            try changed.rowCount(of: updates, in: store) == updates.count
        else { return false }
        // Where only rows of records changed, that is all that changed of them.
        let restored = fields + lastChange
        guard !restored.isEmpty else { return true }
        let areAlike = updates.shapes.areAlike
        var conditions = [changed.condition(on: .update, in: table.name)]
        if !areAlike {
            // In some rows only derived columns may have changed.
            conditions.append(restored.flatMap(\.columns).map(ChangeLog.isKept).disjunction)
        }
        let images = try RowImages(
            "SELECT \"record\", \"before\" FROM \"change\" WHERE \(conditions.conjunction)",
            areAlike: areAlike,
            in: store
        )
        try transaction.writer(of: table).update(restored, to: images)
        return true
    }

    /// The field of the time of the last change, if it is restored.
    private var lastChange: [Field] {
        guard bringsBackLastChange, table.holdsRecords else { return [] }
        return table.fields.filter { $0.key == Table.lastChange }
    }

    /// Returns the fields that changed, without those derived from others.
    ///
    /// - Parameter keys: the columns stored for any of the rows.
    /// - Returns: `nil` when each row must be checked on its own: when a field determines how another is compared or no
    ///   longer exists, when another row may have a value that is unique, or a value may have been stored in another
    ///   form.
    private func changedFields(_ keys: Set<String>) throws -> [Field]? {
        let known = Set(table.fields.flatMap(\.columns))
        guard keys.allSatisfy(known.contains) else { return nil }
        let changed = table.fields.filter { field in
            !table.isDerived(field.key) && field.columns.contains(where: keys.contains)
        }
        let deciding = Set(table.fields.compactMap(\.variants?.key))
        guard changed.allSatisfy({ $0.variants == nil && !deciding.contains($0.key) }) else { return nil }
        return try changed.allSatisfy(canComeBackUnseen) ? changed : nil
    }

    /// Whether what rows had in a field can come back as it was kept, without a look at each: it is in the form in
    /// which it is stored now, and no row has a value that another may not have beside it.
    private func canComeBackUnseen(_ field: Field) throws -> Bool {
        guard field.traits.contains(.unique) || field.isNormalized else { return true }
        let value = ChangeLog.former(field.key)
        let isOfSet = changed.condition(on: .update, in: table.name)
        if field.isNormalized {
            let others: SQLFragment = """
                SELECT EXISTS (SELECT 1 FROM "change" WHERE \(isOfSet) AND \(field.mayLackNormalForm(value)))
                """
            if try isTrue(others) { return false }
        }
        guard field.traits.contains(.unique) else { return true }
        let taken: SQLFragment = """
            SELECT EXISTS (SELECT 1 FROM (SELECT \(value) AS "value" FROM "change" WHERE \(isOfSet)) AS "kept" \
            CROSS JOIN \(name: table.name) ON \(column: field.key, of: table.name) = "kept"."value")
            """
        return try !isTrue(taken)
    }

    private func isTrue(_ query: SQLFragment) throws -> Bool {
        try store.database.scalar(query.sql, query.bindings)?.integer == 1
    }
}
