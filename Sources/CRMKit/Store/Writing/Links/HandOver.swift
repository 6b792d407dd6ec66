import SQLite

/// The hand-over of records by an input: the contacts it names for a record in a role replace those who had the role
/// before. Contacts that one input names for the same role do not replace each other, in whatever order they come.
struct HandOver {
    private let module: Module
    private let transaction: Transaction
    private let writer: LinkWriter

    /// Begins an input that names nobody yet, whatever one before it on the same connection has named. The names are
    /// kept in a table of the connection, which spills to disk.
    static func begin(in database: Database) throws {
        try database.execute(
            """
            CREATE TEMP TABLE IF NOT EXISTS "handed_over" ("module" TEXT NOT NULL, "record" INTEGER NOT NULL, \
            "role" TEXT, "day" TEXT NOT NULL, "holder" INTEGER NOT NULL); \
            CREATE INDEX IF NOT EXISTS temp."handed_over_to" \
            ON "handed_over" ("module", "record", "role", "holder", "day"); \
            DELETE FROM "handed_over"
            """
        )
    }

    /// - Parameter module: the module that contacts are linked with.
    init(_ module: Module, in transaction: Transaction) throws {
        self.module = module
        self.transaction = transaction
        writer = try transaction.linkWriter(of: module)
    }

    /// Links a contact that takes over a record; whose place it takes is told by ``finish()``.
    ///
    /// - Throws: what ``LinkWriter/link(contact:record:_:isForMirror:)`` throws, and ``CRMError`` `invalid` where a
    ///   link would end before it begins.
    func link(contact: Int64, record: Int64, _ attributes: LinkAttributes) throws -> LinkOutcome {
        let day = attributes["since"]?.text ?? transaction.today
        let role = attributes["role"] ?? .null
        let statement = try transaction.store.statement(
            """
            INSERT INTO "handed_over" ("module", "record", "role", "day", "holder") VALUES (?, ?, ?, ?, ?)
            """
        )
        try statement.run([.text(module.name.rawValue), .integer(record), role, .text(day), .integer(contact)])
        let others = try others(of: record, in: role, on: day, than: contact)
        for other in others { try writer.checkPeriod(since: other.since, until: .text(day)) }
        let handedOver = others.isEmpty ? attributes : try writer.beginning(day, attributes, contact, record)
        return try writer.link(contact: contact, record: record, handedOver)
    }

    /// Ends the links of those whose place others have taken, on the day from which these have it.
    ///
    /// - Returns: how many links ended.
    func finish() throws -> Int {
        let all = try transaction.store.database.all(
            """
            SELECT DISTINCT "record", "role", "day" FROM "handed_over" WHERE "module" = ? ORDER BY "record", "day"
            """,
            [.text(module.name.rawValue)]
        )
        var count = 0
        for row in all {
            try transaction.store.checkStop()
            guard let record = row[0].integer, let day = row[2].text else { continue }
            for other in try others(of: record, in: row[1], on: day) {
                try writer.end(other, of: record, in: row[1], on: day)
                count += 1
            }
        }
        return count
    }

    /// Returns the links that other contacts have to a record in a role on a day, except those of contacts to whom the
    /// input gives the record on that day or later.
    private func others(
        of record: Int64,
        in role: Value,
        on day: String,
        than contact: Int64 = 0
    ) throws -> [LinkWriter.Holder] {
        let all = try writer.others(than: contact, of: record, role: role, on: day)
        if all.isEmpty { return [] }
        let named = try transaction.store.statement(
            """
            SELECT 1 FROM "handed_over" WHERE "module" = ? AND "record" = ? AND "role" IS ? AND "holder" = ? \
            AND "day" >= ?
            """
        )
        return try all.filter { holder in
            try named.bind(.text(module.name.rawValue), at: 1)
            try named.bind(.integer(record), at: 2)
            try named.bind(role, at: 3)
            try named.bind(.integer(holder.contact), at: 4)
            try named.bind(.text(day), at: 5)
            defer { named.reset() }
            return try !named.step()
        }
    }
}
