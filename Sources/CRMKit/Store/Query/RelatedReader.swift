import SQLite

/// Reads what hangs on records of one module, with statements that are prepared once.
final class RelatedReader {
    /// What is read.
    struct Request: Hashable {
        /// The records' module.
        let module: ModuleName
        /// The most entries of each module; `nil` for all.
        let newest: Int?
        /// The day on which links count as open, `YYYY-MM-DD`.
        let today: String
    }

    /// The statements for one module, each prepared when it is first needed; the id of the record is its first
    /// parameter.
    private final class Query {
        let module: Module
        let role: Field?
        private let entries: SQLFragment
        private let count: SQLFragment
        private var preparedEntries: Statement?
        private var preparedCount: Statement?

        init(module: Module, role: Field?, entries: SQLFragment, count: SQLFragment) {
            self.module = module
            self.role = role
            self.entries = entries
            self.count = count
        }

        func entries(in database: Database) throws -> Statement {
            let statement = try preparedEntries ?? database.prepare(fragment: entries)
            preparedEntries = statement
            return statement
        }

        func count(in database: Database) throws -> Statement {
            let statement = try preparedCount ?? database.prepare(fragment: count)
            preparedCount = statement
            return statement
        }
    }

    private static let alias = "p"
    private let newest: Int?
    private let database: Database
    private let queries: [Query]

    init(_ request: Request, registry: Registry, in database: Database) {
        newest = request.newest
        self.database = database
        let module = registry[request.module]
        queries = registry.hopsToRelated(of: module).map { Self.query($0, request) }
    }

    private static func query(_ hop: Hop, _ request: Request) -> Query {
        var conditions = [hop.condition(near: .bind(.integer(0)), pairing: alias)]
        if let open = hop.relation?.isOpen(alias: alias, on: request.today) { conditions.append(open) }
        let rows: SQLFragment = "\(hop.source(pairing: alias)) WHERE \(conditions.joined(" AND "))"
        let record = hop.recordAlias(pairing: alias)
        let role = hop.relation?.link.attributes.first { !$0.type.choices.isEmpty }
        let roleColumn = role.map { SQLFragment.column($0.key, of: alias) } ?? "NULL"
        var entries: SQLFragment = """
            SELECT \(column: "id", of: record), \(column: hop.target.displayKey, of: record), \(roleColumn) FROM \(rows) \
            ORDER BY \(column: "id", of: alias) DESC
            """
        if let newest = request.newest { entries.append(" LIMIT \(bind: .integer(Int64(newest)))") }
        return Query(
            module: hop.target,
            role: role,
            entries: entries,
            count: "SELECT count(*) FROM \(rows)"
        )
    }

    /// Reads what hangs on a record.
    ///
    /// - Throws: what SQLite reports.
    func read(_ id: Int64) throws -> RelatedSummary {
        let groups = try queries.map { query in
            let entries = newest == 0 ? [] : try entries(of: query, id)
            let isWhole = newest.map { entries.count < $0 } ?? true
            let count = isWhole ? Int64(entries.count) : try count(of: query, id)
            return RelatedSummary.Group(module: query.module, role: query.role, count: count, entries: entries)
        }
        return RelatedSummary(groups: groups)
    }

    private func count(of query: Query, _ id: Int64) throws -> Int64 {
        let statement = try query.count(in: database)
        try statement.bind(id, at: 1)
        defer { statement.reset() }
        return try statement.step() ? statement.integer(at: 0) : 0
    }

    private func entries(of query: Query, _ id: Int64) throws -> [RelatedSummary.Entry] {
        let statement = try query.entries(in: database)
        try statement.bind(id, at: 1)
        defer { statement.reset() }
        var entries: [RelatedSummary.Entry] = []
        while try statement.step() {
            entries.append(
                RelatedSummary.Entry(
                    id: statement.integer(at: 0),
                    name: statement.value(at: 1).text,
                    role: statement.value(at: 2).text
                )
            )
        }
        return entries
    }
}
