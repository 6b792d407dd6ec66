import SQLite

/// Reads the words of the records of a module, in the order of their ids.
final class SearchReader {
    private let plan: SearchPlan
    private let records: Statement
    private let parts: [Branch]
    private var document: SearchDocument

    /// The rows of a part, or what a content says, standing on the next.
    private final class Branch {
        let source: SearchPlan.Source
        let rows: Statement
        /// The record of the row; `nil` after the last.
        var owner: Int64?

        init(_ source: SearchPlan.Source, _ rows: Statement) {
            self.source = source
            self.rows = rows
        }

        func advance() throws { owner = try rows.step() ? rows.integer(at: 0) : nil }
    }

    /// Reads records whose ids lie between two.
    init(_ plan: SearchPlan, in database: Database, country: String?) throws {
        self.plan = plan
        document = SearchDocument(country: country)
        func statement(_ source: SearchPlan.Source) throws -> Statement {
            try database.prepare(fragment: source.statement(where: source.inRange))
        }
        records = try statement(plan.records)
        parts = try plan.branches.map { Branch($0, try statement($0)) }
    }

    /// Gives the words of every record in a range.
    ///
    /// - Parameter body: is given a record's id and its words.
    func forEach(in range: ClosedRange<Int64>, _ body: (Int64, SearchDocument) throws -> Void) throws {
        for statement in [records] + parts.map(\.rows) {
            statement.reset()
            try statement.bind(range.lowerBound, at: 1)
            try statement.bind(range.upperBound, at: 2)
        }
        defer { for statement in [records] + parts.map(\.rows) { statement.reset() } }
        for part in parts { try part.advance() }
        while try records.step() {
            let id = records.integer(at: 0)
            document.clear()
            document.add(plan.records, records)
            for part in parts {
                while let owner = part.owner, owner <= id {
                    if owner == id { document.add(part.source, part.rows) }
                    try part.advance()
                }
            }
            try body(id, document)
        }
    }
}

/// Writes the documents of the records of a module.
struct SearchWriter {
    private let index: SearchIndex
    private let number: Int64
    private let store: Store
    private let reader: SearchReader
    private let progress: (Int) -> Void

    init(_ index: SearchIndex, _ plan: SearchPlan, _ store: Store, _ progress: @escaping (Int) -> Void) throws {
        self.index = index
        self.store = store
        self.progress = progress
        number = index.number(of: plan)
        reader = try SearchReader(plan, in: store.database, country: index.country)
    }

    /// Adds the records in a range, of which the index has none.
    func addRange(_ range: ClosedRange<Int64>) throws {
        let insert = try insertion
        try reader.forEach(in: range) { id, document in
            try add(document, SearchKey(number: number, id: id).document(0), insert)
        }
        insert.clearBindings()
    }

    /// Brings the document of a record up to date.
    func renew(_ id: Int64) throws {
        let key = SearchKey(number: number, id: id)
        let held = try store.statement("SELECT \"generation\" FROM \"search_generation\" WHERE \"record\" = ?")
        try held.bind(key.value, at: 1)
        var next: Int64? = 1
        if try held.step() {
            let generation = held.value(at: 0).integer
            next = generation.flatMap { $0 < SearchKey.lastGeneration ? $0 + 1 : nil }
        }
        held.reset()
        try store.statement(
            """
            INSERT INTO "search_generation" ("record", "generation") VALUES (?, ?) \
            ON CONFLICT ("record") DO UPDATE SET "generation" = excluded."generation"
            """
        ).run([.integer(key.value), next.map(Value.integer) ?? .null])
        guard let next else { return progress(1) }
        let insert = try insertion
        try reader.forEach(in: id...id) { _, document in try add(document, key.document(next), insert) }
        insert.clearBindings()
    }

    private var insertion: Statement {
        get throws { try store.statement("INSERT INTO \"search\" (\"rowid\", \"name\", \"body\") VALUES (?, ?, ?)") }
    }

    private func add(_ document: SearchDocument, _ number: Int64, _ insert: Statement) throws {
        try insert.bind(number, at: 1)
        try document.name.withUnsafeBytes { name in
            try document.body.withUnsafeBytes { body in
                try insert.bindBorrowed(text: name, at: 2)
                try insert.bindBorrowed(text: body, at: 3)
                _ = try insert.step()
            }
        }
        insert.reset()
        progress(1)
    }
}
