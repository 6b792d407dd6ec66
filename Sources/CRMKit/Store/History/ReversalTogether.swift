import SQLite

/// Changes many rows of a table back at once: those that a change set has changed once each, where nothing has to be looked
/// at row by row.
struct ReversalTogether {
    let changed: ChangedRows
    let table: Table
    /// Whether the rows were changed last when they were before: nothing that counts has changed any since.
    let bringsBackLastChange: Bool
    let transaction: Transaction
    private var store: Store { transaction.store }

    /// The fewest rows for which it is worth the looking.
    private static let fewestRows = 500
    /// The table of the connection with the rows of one shape, each with what it was.
    private static let images = "taken_back"

    /// Changes them back.
    ///
    /// - Returns: `false` where they are to be changed back one by one, and nothing was done.
    func run() throws -> Bool {
        guard let updates = changed.updates(in: table.name), updates.count >= Self.fewestRows,
            let shapes = updates.shapes.all, let fields = changedFields(shapes),
            try changed.rowCount(of: updates, in: store) == updates.count
        else { return false }
        guard !fields.isEmpty else { return true }
        let all = fields + lastChange
        let columns = all.flatMap(\.columns)
        var choices: [[Bool]] = []
        for choice in shapes.map({ shape in columns.map(shape.columns.contains) }) where !choices.contains(choice) {
            choices.append(choice)
        }
        try store.database.execute(
            "CREATE TEMP TABLE IF NOT EXISTS \"taken_back\" (\"id\" INTEGER PRIMARY KEY, \"before\" TEXT)"
        )
        for choice in choices {
            try gather(columns, choices.count > 1 ? choice : [])
            let held = Set(zip(columns, choice).filter(\.1).map(\.0))
            let changed = all.filter { field in field.columns.contains(where: held.contains) }
            try transaction.writer(of: table).update(changed, toImagesIn: Self.images)
        }
        return true
    }

    /// Fills the table of the images with the rows of which some columns and not the others were kept.
    ///
    /// - Parameter areKept: of each column; empty for all rows.
    private func gather(_ columns: [String], _ areKept: [Bool]) throws {
        let isOfChoice = zip(columns, areKept).map { column, isKept -> SQLFragment in
            let isMember = SQLFragment(definition: JSONFunctions.hasMember(column, in: "before"))
            return isKept ? "(\(isMember))" : "NOT (\(isMember))"
        }
        let condition = [changed.condition(on: .update, in: table.name)] + isOfChoice
        try store.run("DELETE FROM \(name: Self.images)")
        try store.run(
            """
            INSERT INTO \(name: Self.images) ("id", "before") SELECT "record", "before" FROM "change" \
            WHERE \(condition.conjunction)
            """
        )
    }

    /// The field that says when a row was changed last, where that comes back.
    private var lastChange: [Field] {
        guard bringsBackLastChange, table.holdsRecords else { return [] }
        return table.fields.filter { $0.key == Table.lastChange }
    }

    /// The fields that changed, but for those that follow from others.
    ///
    /// - Returns: `nil` where one is among them of which each row has to be looked at: what only one may have, what decides
    ///   how another is compared, what a record is called by, what was kept in another form, what is no more.
    private func changedFields(_ shapes: [KeptShape]) -> [Field]? {
        let keys = Set(shapes.flatMap(\.columns))
        let known = Set(table.fields.flatMap(\.columns))
        guard keys.allSatisfy(known.contains) else { return nil }
        let changed = table.fields.filter { field in
            !table.isDerived(field.key) && field.columns.contains(where: keys.contains)
        }
        let deciding = Set(table.fields.compactMap(\.variants?.key))
        let isPlain = changed.allSatisfy { field in
            !field.traits.contains(.unique) && !field.isNormalized && field.variants == nil
                && !deciding.contains(field.key) && !table.isCalled(by: field.key)
        }
        return isPlain ? changed : nil
    }
}

extension Table {
    /// Whether what a record is called is made of a field.
    fileprivate func isCalled(by key: String) -> Bool {
        guard holdsRecords, case .composed(let parts, _, _, _, _) = module.display else { return false }
        return parts.contains(key)
    }
}
