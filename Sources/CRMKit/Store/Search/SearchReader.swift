import SQLite

/// Reads the words of the records of a module, in the order of their ids.
final class SearchReader {
    private let plan: SearchPlan
    private let records: Statement
    private let parts: [Branch]
    private var document: SearchDocument

    /// The rows of a part or the texts of contents, positioned at the next row.
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

    /// Creates a reader for ranges of ids.
    init(_ plan: SearchPlan, in database: Database, country: String?) throws {
        self.plan = plan
        document = SearchDocument(country: country)
        func statement(_ source: SearchPlan.Source) throws -> Statement {
            try database.prepare(fragment: source.statement(where: source.inRange))
        }
        records = try statement(plan.records)
        parts = try plan.branches.map { Branch($0, try statement($0)) }
    }

    /// Calls a closure with the words of every record in a range.
    ///
    /// - Parameter body: receives a record's id and its words; returns whether to continue.
    func forEach(in range: ClosedRange<Int64>, _ body: (Int64, SearchDocument) throws -> Bool) throws {
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
            guard try body(id, document) else { return }
        }
    }
}

/// Writes the documents of the records of a module.
final class SearchWriter {
    private let number: Int64
    private let store: Store
    private let reader: SearchReader
    private let progress: (Int) -> Void
    /// The number of bytes of words written, with an allowance for each document.
    private(set) var written = 0
    /// The buffer for a document's name, reused between documents.
    private var name: [UInt8] = []

    /// The allowance for a document besides its words.
    private static let ownCost = 64

    init(_ index: SearchIndex, _ plan: SearchPlan, _ store: Store, _ progress: @escaping (Int) -> Void) throws {
        self.store = store
        self.progress = progress
        number = index.number(of: plan)
        reader = try SearchReader(plan, in: store.database, country: index.country)
    }

    /// Adds the records of a range to the index, which has none of them.
    ///
    /// - Parameter most: the number of bytes after which no further document is written.
    /// - Returns: the last record added, if there may be more of them.
    func addRange(_ range: ClosedRange<Int64>, most: Int) throws -> Int64? {
        let insert = try insertion
        let end = written + most
        var last: Int64?
        try reader.forEach(in: range) { id, document in
            try add(document, SearchKey(number: number, id: id).document(0), insert)
            if written < end { return true }
            last = id
            return false
        }
        insert.clearBindings()
        return last
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
        written += Self.ownCost
        guard let next else { return progress(1) }
        let insert = try insertion
        try reader.forEach(in: id...id) { _, document in
            try add(document, key.document(next), insert)
            return true
        }
        insert.clearBindings()
    }

    private var insertion: Statement {
        get throws { try store.statement("INSERT INTO \"search\" (\"rowid\", \"name\", \"body\") VALUES (?, ?, ?)") }
    }

    private func add(_ document: SearchDocument, _ number: Int64, _ insert: Statement) throws {
        name.removeAll(keepingCapacity: true)
        NameMark.append(document.name, to: &name)
        NameMark.appendInitials(of: document.name, to: &name)
        try insert.bind(number, at: 1)
        try name.withUnsafeBytes { name in
            try document.body.withUnsafeBytes { body in
                try insert.bindBorrowed(text: name, at: 2)
                try insert.bindBorrowed(text: body, at: 3)
                _ = try insert.step()
            }
        }
        insert.reset()
        written += name.count + document.body.count + Self.ownCost
        progress(1)
    }
}
