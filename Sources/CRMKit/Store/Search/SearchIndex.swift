import SQLite

/// The search index: tables of FTS5 that follow the change log.
///
/// A document is a record at one time. The index stores no text, so that the document of a changed record is not
/// removed: the record gets another document of the next generation, and earlier ones are skipped. The tables are not
/// part of schema, history and export, and may be dropped at any time.
struct SearchIndex {
    let plans: [SearchPlan]
    /// The numbers of the plans within document numbers, in their order.
    private let numbers: [Int64]
    let country: String?

    /// Whether the tables exist and have the words by the present definitions.
    let isSound: Bool

    /// - Parameter names: the modules that are needed, if not all are: building a module takes longer than writing a
    ///   record or finding a word.
    init(_ store: Store, only names: [ModuleName]? = nil) throws {
        let country = try store.settings().country
        let registry = store.registry
        let plans =
            names.map { names in
                registry.names.filter(names.contains).flatMap { SearchPlan.all(of: registry[$0]) }
            } ?? store.searchPlans
        (self.country, self.plans) = (country, plans)
        var held: [String: (number: Int64, signature: String)] = [:]
        if try Self.isThere(in: store) {
            for row in try store.database.all("SELECT \"module\", \"number\", \"signature\" FROM \"search_module\"") {
                guard let name = row[0].text, let number = row[1].integer, let signature = row[2].text else { continue }
                held[name] = (number, signature)
            }
        }
        isSound = plans.allSatisfy { held[$0.name]?.signature == $0.signature(country: country) }
        // The first module has the greatest number, since the greatest documents are returned first.
        let first = plans.indices.map { Int64(plans.count - $0) }
        numbers = isSound ? plans.compactMap { held[$0.name]?.number } : first
    }

    /// - Parameter modules: the modules to search; all when it is empty.
    init(_ store: Store, of modules: [Module]) throws {
        try self.init(store, only: modules.isEmpty ? nil : modules.map(\.name))
    }

    /// Whether the database has the tables.
    static func isThere(in store: Store) throws -> Bool {
        try store.database.scalar(
            "SELECT 1 FROM sqlite_schema WHERE \"type\" = 'table' AND \"name\" = 'search_module'"
        ) != nil
    }

    /// Returns the number of a plan.
    func number(of plan: SearchPlan) -> Int64 {
        plans.firstIndex { $0.name == plan.name }.map { numbers[$0] } ?? 0
    }

    /// Returns the plan with a number.
    func plan(_ number: Int64) -> SearchPlan? { numbers.firstIndex(of: number).map { plans[$0] } }
}

/// The number of a record in the index.
struct SearchKey: Hashable, Comparable {
    /// The module's number, followed by the id.
    let value: Int64

    private static let idBits: Int64 = 40
    static let generationBits: Int64 = 6
    /// The maximum number of changes of a record in the index; a record with more changes is read again for each
    /// search.
    static let lastGeneration: Int64 = (1 << generationBits) - 1

    init(number: Int64, id: Int64) { value = number << Self.idBits | id & (1 << Self.idBits - 1) }

    /// Creates the key of the record of a document.
    init(document: Int64) { value = document >> Self.generationBits }

    var number: Int64 { value >> Self.idBits }
    var id: Int64 { value & (1 << Self.idBits - 1) }
    /// Returns the document of a generation.
    func document(_ generation: Int64) -> Int64 { value << Self.generationBits | generation }

    /// Returns the documents of a module.
    static func documents(of number: Int64) -> ClosedRange<Int64> {
        let first = SearchKey(number: number, id: 0).document(0)
        return first...(first + (1 << (idBits + generationBits)) - 1)
    }

    static func < (first: SearchKey, second: SearchKey) -> Bool { first.value < second.value }
}

extension SearchIndex {
    /// The virtual table of the words (https://www.sqlite.org/fts5.html).
    ///
    /// Measured with documents of twenty words: no stored text (a third less space and time), no sizes of columns (only
    /// needed for ranking by frequency), positions of words (10 % of the space, needed for phrases), prefixes of three
    /// letters (20 % of the space, so that a common prefix is not combined from all its words).
    static let virtualTable = """
        CREATE VIRTUAL TABLE "search" USING fts5("name", "body", content='', columnsize=0, detail=full, prefix='3', \
        tokenize="ascii tokenchars '|'")
        """

    private static let tables = [
        virtualTable,
        // A bulk write makes fewer and larger segments, which are merged later.
        "INSERT INTO \"search\" (\"search\", \"rank\") VALUES ('hashsize', 8388608)",
        """
        CREATE TABLE "search_module" ("module" TEXT PRIMARY KEY, "number" INTEGER NOT NULL, "signature" TEXT NOT NULL) \
        STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE "search_generation" ("record" INTEGER PRIMARY KEY, "generation" INTEGER) STRICT
        """,
        SearchPieces.table,
    ]

    /// Drops the tables, whatever version of the program they are from, and even when they are damaged.
    static func drop(from store: Store) throws {
        try dropWords(from: store.database)
        for table in ["search_module", "search_generation", SearchPieces.tableName] {
            try store.database.execute("DROP TABLE IF EXISTS \(table.quotedIdentifier)")
        }
        try store.forgetMark(of: .search)
    }

    /// Creates the tables, without documents.
    func make(in store: Store) throws {
        for table in Self.tables { try store.database.execute(table) }
        for plan in plans {
            try store.database.run(
                "INSERT INTO \"search_module\" (\"module\", \"number\", \"signature\") VALUES (?, ?, ?)",
                [
                    .text(plan.name), .integer(number(of: plan)),
                    .text(plan.signature(country: country)),
                ]
            )
        }
    }

    /// The condition that a document belongs to the present generation of its record.
    static let isPresent: SQLFragment = """
        NOT EXISTS (SELECT 1 FROM "search_generation" AS "g" WHERE "g"."record" = "search"."rowid" >> \
        \(bind: .integer(SearchKey.generationBits)) AND "g"."generation" IS NOT \
        "search"."rowid" & \(bind: .integer(SearchKey.lastGeneration)))
        """
}

/// The documents whose words have changed since a follower's last run, by the names of their plans.
struct MissedRecords {
    /// The ids of created records.
    private(set) var created: [String: IDRanges] = [:]
    /// The ids of other records that were changed, deleted or restored.
    private(set) var changed: [String: Set<Int64>] = [:]

    init(_ changes: MissedChanges, _ plans: [SearchPlan]) throws {
        var owners: [String: SearchPlan.Source] = [:]
        var names: [String: String] = [:]
        var columns: Set<String> = []
        for plan in plans {
            created[plan.name] = IDRanges(try changes.created(in: plan.records.table.name))
            for source in plan.sources {
                names[source.table.name] = plan.name
                columns.formUnion(source.columns)
            }
            for source in plan.parts { owners[source.table.name] = source }
        }
        for (table, source) in owners {
            guard let name = names[table] else { continue }
            for owner in try changes.owners(inCreated: source) { note(owner, name) }
        }
        try changes.forEachRecord(changing: columns.sorted(), owners: owners) { table, id in
            if let name = names[table] { note(id, name) }
        }
    }

    private mutating func note(_ id: Int64, _ name: String) {
        if created[name]?.contains(id) ?? false { return }
        changed[name, default: []].insert(id)
    }

    /// Creates the value for no missed records.
    init() {}

    /// Whether nothing was missed.
    var isEmpty: Bool { changed.isEmpty && created.allSatisfy(\.value.ranges.isEmpty) }

    /// Whether a document is one of them.
    func contains(_ id: Int64, of plan: SearchPlan) -> Bool {
        created[plan.name]?.contains(id) ?? false || changed[plan.name]?.contains(id) ?? false
    }
}
