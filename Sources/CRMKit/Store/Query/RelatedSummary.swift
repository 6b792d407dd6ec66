import SQLite

/// What hangs on a record by links and ownership, module by module: how much, and the newest of it.
public struct RelatedSummary: Sendable {
    /// The records of one module.
    public struct Group: Sendable {
        /// The module.
        public let module: Module
        /// The first choice among the links' attributes, which says what the record is to the contact: a role, a status, a
        /// response; `nil` where there is none.
        public let role: Field?
        /// How many open links, or owned records, there are.
        public let count: Int64
        /// The newest of them, newest first.
        public let entries: [Entry]
    }

    /// One record.
    public struct Entry: Sendable, Hashable {
        /// The record's id.
        public let id: Int64
        /// What it is called; `nil` where its name is empty.
        public let name: String?
        /// The key of the role's choice.
        public let role: String?
    }

    /// Every module that can hang on the record, in the registry's order, those with nothing included.
    public let groups: [Group]

    /// Reads what hangs on a record: of a contact the records linked to it and those it owns, of any other record the
    /// contacts linked to it or pointing at it.
    ///
    /// - Parameter newest: the most entries of each module; `nil` for all.
    /// - Throws: what SQLite reports.
    init(
        of module: Module,
        id: Int64,
        newest: Int?,
        registry: Registry,
        context: ValueContext,
        in database: Database
    ) throws {
        let names = module.name == registry.center ? registry.names : [registry.center]
        var groups: [Group] = []
        for name in names {
            guard case .found(let hop) = Hop.find(from: module, to: name.rawValue, in: registry) else { continue }
            let reader = Reader(hop: hop, id: id, today: context.clock.today)
            let entries = try reader.entries(newest: newest, in: database)
            let isWhole = newest.map { entries.count < $0 } ?? true
            let count = isWhole ? Int64(entries.count) : try reader.count(in: database)
            groups.append(Group(module: hop.target, role: reader.role, count: count, entries: entries))
        }
        self.groups = groups
    }

    /// The queries for one module.
    private struct Reader {
        let hop: Hop
        let id: Int64
        let today: String
        private static let alias = "p"

        init(hop: Hop, id: Int64, today: String) {
            self.hop = hop
            self.id = id
            self.today = today
        }

        var role: Field? { hop.relation?.link.attributes.first { !$0.type.choices.isEmpty } }

        private var rows: SQLFragment {
            var conditions = [hop.condition(near: .bind(.integer(id)), pairing: Self.alias)]
            if let open = hop.relation?.isOpen(alias: Self.alias, on: today) { conditions.append(open) }
            return "\(hop.source(pairing: Self.alias)) WHERE \(conditions.joined(" AND "))"
        }

        func count(in database: Database) throws -> Int64 {
            let statement = try database.prepare(fragment: "SELECT count(*) FROM \(rows)")
            return try statement.step() ? statement.integer(at: 0) : 0
        }

        func entries(newest: Int?, in database: Database) throws -> [Entry] {
            let record = hop.recordAlias(pairing: Self.alias)
            let role = role.map { SQLFragment.column($0.key, of: Self.alias) } ?? "NULL"
            var query: SQLFragment = """
                SELECT \(column: "id", of: record), \(column: hop.target.displayKey, of: record), \(role) FROM \(rows) \
                ORDER BY \(column: "id", of: Self.alias) DESC
                """
            if let newest { query.append(" LIMIT \(bind: .integer(Int64(newest)))") }
            let statement = try database.prepare(fragment: query)
            var entries: [Entry] = []
            while try statement.step() {
                entries.append(
                    Entry(
                        id: statement.integer(at: 0),
                        name: statement.value(at: 1).text,
                        role: statement.value(at: 2).text
                    )
                )
            }
            return entries
        }
    }
}
