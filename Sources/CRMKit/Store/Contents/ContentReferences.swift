import SQLite

/// The fields that refer to contents, in all tables.
struct ContentReferences {
    /// The fields, with the tables of their rows.
    let fields: [(table: Table, field: Field)]

    init(_ registry: Registry) {
        fields = registry.tables.flatMap { table in
            table.fields.filter { $0.traits.contains(.content) }.map { (table, $0) }
        }
    }

    /// Returns a query for the hashes of contents in rows, in a single column; shared hashes occur repeatedly.
    ///
    /// - Parameter owners: the module and the ids of the records whose contents are meant; `nil` for those of all rows.
    func named(by owners: (module: ModuleName, ids: [Int64])?) -> SQLFragment {
        guard let owners else {
            return fields.isEmpty ? Self.none : fields.map { Self.inRows($0.table, $0.field) }.joined(" UNION ALL ")
        }
        let ids = owners.ids.map { SQLFragment.bind(.integer($0)) }.joined(", ")
        let own = fields.filter { $0.table.module.name == owners.module }.map { table, field -> SQLFragment in
            "\(Self.inRows(table, field)) AND \(name: table.recordColumn) IN (\(ids))"
        }
        return own.isEmpty ? Self.none : own.joined(" UNION ALL ")
    }

    /// Returns a query for the modules and ids of the records that refer to a content, themselves or by their rows.
    func namers(of sha256: String) -> SQLFragment {
        let all = fields.map { table, field -> SQLFragment in
            """
            SELECT \(bind: .text(table.module.name.rawValue)), \(name: table.recordColumn) FROM \(name: table.name) \
            WHERE \(name: field.key) = \(bind: .text(sha256))
            """
        }
        return all.isEmpty ? "SELECT NULL, NULL WHERE 0" : all.joined(" UNION ")
    }

    /// A query for the hashes of contents in rows, and in the stored history of rows.
    var everNamed: SQLFragment {
        fields.isEmpty
            ? Self.none
            : fields.map { "\(Self.inRows($0.table, $0.field)) UNION ALL \(Self.inHistory($0.table, $0.field))" }
                .joined(" UNION ALL ")
    }

    private static let none: SQLFragment = "SELECT NULL WHERE 0"

    private static func inRows(_ table: Table, _ field: Field) -> SQLFragment {
        "SELECT \(name: field.key) AS \"sha256\" FROM \(name: table.name) WHERE \(name: field.key) IS NOT NULL"
    }

    private static func inHistory(_ table: Table, _ field: Field) -> SQLFragment {
        let value = ChangeLog.former(field.key)
        return
            "SELECT \(value) FROM \"change\" WHERE \"table_name\" = \(bind: .text(table.name)) AND \(value) IS NOT NULL"
    }
}

extension Table {
    /// The column with the id of a row's record: the row's own id, or the id of the record it belongs to.
    fileprivate var recordColumn: String { owners.first?.key ?? "id" }
}

/// The number and size of contents that were removed.
public struct PrunedContents: Sendable, Equatable {
    /// The number of contents.
    public let count: Int64
    /// Their total size in bytes.
    public let size: Int64
}

extension Store {
    /// Calls a closure with every content that a row refers to, once each, in the order of the hashes.
    ///
    /// - Parameters:
    ///   - owners: the module and the ids of the records whose contents are meant; `nil` for those of all rows.
    ///   - body: receives the hash, and the size in bytes; `nil` when the database does not have the content.
    public func forEachNamedContent(
        by owners: (module: ModuleName, ids: [Int64])? = nil,
        _ body: (_ sha256: String, _ size: Int64?) throws -> Void
    ) throws {
        let references = ContentReferences(registry)
        let rows = try translating {
            try database.prepare(
                fragment: """
                    SELECT DISTINCT "n"."sha256", "c"."size" FROM (\(references.named(by: owners))) AS "n" \
                    LEFT JOIN "content" AS "c" ON "c"."sha256" = "n"."sha256" ORDER BY 1
                    """
            )
        }
        while try translating({ try rows.step() }) {
            try body(rows.text(at: 0), rows.isNull(at: 1) ? nil : rows.integer(at: 1))
        }
    }
}

extension Store {
    /// Returns the records that refer to a content, themselves or by their rows.
    public func namers(of sha256: String) throws(CRMError) -> [(module: ModuleName, id: Int64)] {
        try translating {
            let rows = try database.prepare(fragment: ContentReferences(registry).namers(of: sha256))
            var namers: [(ModuleName, Int64)] = []
            while try rows.step() { namers.append((ModuleName(rawValue: rows.text(at: 0)), rows.integer(at: 1))) }
            return namers
        }
    }
}

extension Transaction {
    /// Removes the contents that neither a row nor the history refers to, and the pieces that unfinished writers have
    /// left.
    ///
    /// The history does not record this.
    @discardableResult
    public func pruneContents() throws(CRMError) -> PrunedContents {
        try store.translating {
            let unnamed: SQLFragment = """
                "sha256" IS NULL OR "sha256" NOT IN (\(ContentReferences(store.registry).everNamed))
                """
            let database = store.database
            try database.run("CREATE TEMP TABLE \"unnamed\" (\"id\" INTEGER PRIMARY KEY, \"size\" INTEGER)")
            defer { store.forgetStatements() }
            try store.run(
                "INSERT INTO \"temp\".\"unnamed\" SELECT \"id\", \"size\" FROM \"content\" WHERE \(unnamed)"
            )
            let row = try database.all("SELECT count(*), coalesce(sum(\"size\"), 0) FROM \"temp\".\"unnamed\"").first
            for (table, key) in [("content_text", "content"), ("content_piece", "content"), ("content", "id")] {
                try store.run(
                    """
                    DELETE FROM \(name: table) WHERE \(name: key) IN (SELECT "id" FROM "temp"."unnamed")
                    """
                )
            }
            try database.run("DROP TABLE \"temp\".\"unnamed\"")
            return PrunedContents(count: row?[0].integer ?? 0, size: row?[1].integer ?? 0)
        }
    }
}
