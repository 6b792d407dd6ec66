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
        guard !fields.isEmpty else { return true }
        let areAlike = updates.shapes.areAlike
        var conditions = [changed.condition(on: .update, in: table.name)]
        if !areAlike {
            // In some rows only derived columns may have changed.
            let isHeld = fields.flatMap(\.columns).map { JSONFunctions.hasMember($0, in: "before") }
            conditions.append(isHeld.map { SQLFragment(definition: $0) }.disjunction)
        }
        let images = try RowImages(
            "SELECT \"record\", \"before\" FROM \"change\" WHERE \(conditions.conjunction)",
            areAlike: areAlike,
            in: store
        )
        try transaction.writer(of: table).update(fields + lastChange, to: images)
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
    /// - Returns: `nil` when each row must be checked on its own: when a field determines how another is compared, no
    ///   longer exists, or had values and is unique or may have been stored in another form.
    private func changedFields(_ keys: Set<String>) throws -> [Field]? {
        let known = Set(table.fields.flatMap(\.columns))
        guard keys.allSatisfy(known.contains) else { return nil }
        let changed = table.fields.filter { field in
            !table.isDerived(field.key) && field.columns.contains(where: keys.contains)
        }
        let deciding = Set(table.fields.compactMap(\.variants?.key))
        guard changed.allSatisfy({ $0.variants == nil && !deciding.contains($0.key) }) else { return nil }
        return try wereEmpty(changed.filter { $0.traits.contains(.unique) || $0.isNormalized }) ? changed : nil
    }

    /// Whether none of the rows had a value in any of some fields, as before they were given numbers.
    private func wereEmpty(_ fields: [Field]) throws -> Bool {
        if fields.isEmpty { return true }
        let held = fields.flatMap(\.columns).map { column in
            SQLFragment(definition: "\(JSONFunctions.value(of: column, in: "before")) IS NOT NULL")
        }
        let condition = [changed.condition(on: .update, in: table.name), held.disjunction].conjunction
        let query: SQLFragment = "SELECT EXISTS (SELECT 1 FROM \"change\" WHERE \(condition))"
        return try store.database.scalar(query.sql, query.bindings)?.integer == 0
    }
}
