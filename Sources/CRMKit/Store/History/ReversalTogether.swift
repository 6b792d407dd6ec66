import SQLite

/// Changes many rows of a table back at once: those that a change set has changed once each, where nothing has to be looked
/// at row by row.
struct ReversalTogether {
    let changeSet: Int64
    let table: Table
    /// Whether the rows were changed last when they were before: nothing that counts has changed any since.
    let bringsBackLastChange: Bool
    let transaction: Transaction
    private var store: Store { transaction.store }

    /// The fewest rows for which it is worth the looking.
    private static let fewestRows = 500
    /// The most shapes, that is choices of fields that changed, which are told apart.
    private static let mostShapes = 64
    /// The table of the connection with the rows of one shape, each with what it was.
    private static let images = "taken_back"

    private var changes: SQLFragment {
        """
        "change_set" = \(bind: .integer(changeSet)) AND "table_name" = \(bind: .text(table.name)) \
        AND "action" = \(bind: .text(ChangeLog.Action.update.rawValue))
        """
    }

    /// Changes them back.
    ///
    /// - Returns: `false` where they are to be changed back one by one, and nothing was done.
    func run() throws -> Bool {
        let count = try first("SELECT count(*), count(DISTINCT \"record\") FROM \"change\" WHERE \(changes)")
        guard let updates = count?[0].integer, let records = count?[1].integer, updates == records,
            updates >= Self.fewestRows,
            let fields = try changedFields()
        else { return false }
        guard !fields.isEmpty else { return true }
        let all = fields + lastChange
        let columns = all.flatMap(\.columns)
        let has = columns.map { SQLFragment(definition: JSONFunctions.hasMember($0, in: "before")) }
        let shapes = try store.database.all(
            fragment: """
                SELECT DISTINCT \(has.joined(", ")) FROM "change" WHERE \(changes) \
                LIMIT \(bind: .integer(Int64(Self.mostShapes) + 1))
                """
        )
        guard shapes.count <= Self.mostShapes else { return false }
        try store.database.execute(
            "CREATE TEMP TABLE IF NOT EXISTS \"taken_back\" (\"id\" INTEGER PRIMARY KEY, \"before\" TEXT)"
        )
        for shape in shapes {
            let isOfShape = zip(has, shape).map { "(\($0)) = \(bind: $1)" as SQLFragment }
            try store.run("DELETE FROM \(name: Self.images)")
            try store.run(
                """
                INSERT INTO \(name: Self.images) ("id", "before") SELECT "record", "before" FROM "change" \
                WHERE \(changes) AND \(isOfShape.joined(" AND "))
                """
            )
            let held = Set(zip(columns, shape).filter { $1 == .integer(1) }.map(\.0))
            let changed = all.filter { field in field.columns.contains(where: held.contains) }
            try transaction.writer(of: table).update(changed, toImagesIn: Self.images)
        }
        return true
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
    private func changedFields() throws -> [Field]? {
        let members = SQLFunctions.elements(of: "\"c\".\"before\"")
        let keys = try store.database.all(
            fragment: """
                SELECT DISTINCT "m"."key" FROM (SELECT "before" FROM "change" WHERE \(changes)) AS "c", \(members) AS "m"
                """
        ).compactMap { $0[0].text }
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

    private func first(_ query: SQLFragment) throws -> [Value]? { try store.database.first(query.sql, query.bindings) }
}

extension Table {
    /// Whether what a record is called is made of a field.
    fileprivate func isCalled(by key: String) -> Bool {
        guard holdsRecords, case .composed(let parts, _, _, _, _) = module.display else { return false }
        return parts.contains(key)
    }
}
