import SQLite

/// Repairs a salvaged database: references to lost rows, and values that no row can have.
struct SalvageRepair {
    let store: Store
    private let request: WriteRequest
    let name: (Int64) -> String
    /// The faults that remain.
    private(set) var findings: [Finding] = []
    /// The number of substitutes created for records that others require.
    var substitutes = 0
    /// The numbers of deleted rows, by table.
    private(set) var leftOut: [String: Int] = [:]
    /// The values that are changed or missing compared with the damaged file.
    var changedValues = ChangedValues()
    /// The fields that were cleared, so that none is cleared twice.
    var emptied: Set<FieldOfRow> = []

    /// The maximum number of rounds of repair: each round repairs a hundred rows of each kind.
    private static let mostRounds = 50

    init(_ store: Store, _ request: WriteRequest, naming name: @escaping (Int64) -> String) {
        (self.store, self.request, self.name) = (store, request, name)
    }

    /// Repairs the database.
    ///
    /// - Parameter changed: the values that could not be copied.
    mutating func run(_ changed: [ChangedValue]) throws {
        try store.database.transaction(.immediate) {
            for value in changed { try settle(value) }
            try settleContents()
            try settle()
        }
        for _ in 0..<Self.mostRounds {
            _ = try store.mend(request)
            findings = try store.check()
            let rows = findings.filter { $0.severity == .error && $0.table != nil && $0.row != nil }
            guard !rows.isEmpty else { return }
            try store.database.transaction(.immediate) {
                for finding in rows {
                    guard let table = finding.table, let id = finding.row, try !emptyField(of: finding)
                    else { continue }
                    try delete(from: table, where: "\"id\" = \(bind: .integer(id))")
                }
                try settle()
            }
        }
    }

    private mutating func settle() throws {
        try settleReferences()
        try settleMirrors()
        try settleRedirections()
        try settleHistory()
    }

    /// Deletes rows.
    ///
    /// - Returns: the number of rows.
    @discardableResult
    mutating func delete(from table: String, where condition: SQLFragment) throws -> Int {
        let count = try store.run(RowStatements(table).delete(where: condition))
        if count > 0 { leftOut[table, default: 0] += count }
        return count
    }

    /// Deletes incomplete contents, which are worthless.
    private mutating func settleContents() throws {
        try delete(
            from: "content",
            where: """
                "sha256" IS NOT NULL AND "size" <> (SELECT coalesce(sum(length("bytes")), 0) FROM "content_piece" \
                WHERE "content" = "content"."id")
                """
        )
        for table in ["content_piece", "content_text"] {
            try delete(from: table, where: "\"content\" NOT IN (SELECT \"id\" FROM \"content\")")
        }
    }

    /// Makes the links that mirror a field follow that field.
    private mutating func settleMirrors() throws {
        for module in store.registry.modules {
            guard let relation = Relation(module, center: store.registry.center), let mirror = relation.mirror else {
                continue
            }
            let (center, record) = (relation.center.rawValue, relation.module.rawValue)
            let role = SQLFragment.bind(.text(mirror.role))
            try delete(
                from: relation.table,
                where: """
                    "role" = \(role) AND NOT EXISTS (SELECT 1 FROM \(name: module.table) AS "m" \
                    WHERE "m"."id" = \(column: record, of: relation.table) \
                    AND \(column: mirror.field, of: "m") = \(column: center, of: relation.table))
                    """
            )
            try store.run(
                RowStatements(relation.table).insert(
                    [center, record, "role", "created_at"],
                    from: """
                        SELECT \(column: mirror.field, of: "m"), "m"."id", \(role), \(bind: .text(store.clock.now)) \
                        FROM \(name: module.table) AS "m" WHERE \(column: mirror.field, of: "m") IS NOT NULL \
                        AND NOT EXISTS (SELECT 1 FROM \(name: relation.table) AS "l" \
                        WHERE \(column: record, of: "l") = "m"."id" AND "l"."role" = \(role))
                        """
                )
            )
        }
    }

    /// Ensures that a former id leads to a single record, and to none if a record has that id.
    private mutating func settleRedirections() throws {
        for module in store.registry.modules {
            guard let table = module.mergedTable else { continue }
            let former = SQLFragment.name(Part.formerID)
            try delete(
                from: table.name,
                where: """
                    \(former) IN (SELECT "id" FROM \(name: module.table)) OR EXISTS (\
                    SELECT 1 FROM \(name: table.name) AS "m" WHERE \(column: Part.formerID, of: "m") = \
                    \(column: Part.formerID, of: table.name) AND "m"."id" > \(column: "id", of: table.name) \
                    AND \(column: table.ownerColumn, of: "m") <> \(column: table.ownerColumn, of: table.name))
                    """
            )
        }
    }
}
