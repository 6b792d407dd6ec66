import SQLite

/// The pairs that a search has found, each once, in a temporary table, which spills to disk if memory does not suffice.
struct FoundPairs {
    private let database: Database
    private let insert: Statement

    /// Creates the table without pairs.
    init(in database: Database) throws {
        self.database = database
        try database.execute(
            """
            CREATE TEMP TABLE IF NOT EXISTS "found_pair" ("keep" INTEGER NOT NULL, "merge" INTEGER NOT NULL, \
            "score" INTEGER NOT NULL, "reasons" INTEGER NOT NULL, PRIMARY KEY ("keep", "merge")) WITHOUT ROWID; \
            DELETE FROM "found_pair"
            """
        )
        insert = try database.prepare(
            """
            INSERT INTO "found_pair" ("keep", "merge", "score", "reasons") VALUES (?1, ?2, ?3, ?4) \
            ON CONFLICT ("keep", "merge") DO UPDATE SET "score" = ?3, "reasons" = ?4 WHERE "score" < ?3
            """,
            persistent: true
        )
    }

    /// Stores a pair. If it is stored already, the higher score wins.
    func add(_ one: Int64, _ other: Int64, _ score: PairScore) throws {
        try insert.run([
            .integer(min(one, other)), .integer(max(one, other)), .integer(Int64(score.thousandths)),
            .integer(score.reasons),
        ])
    }

    /// The number of pairs.
    var count: Int {
        get throws { Int(try database.scalar("SELECT count(*) FROM \"found_pair\"")?.integer ?? 0) }
    }

    /// Calls a body with each pair, the most certain first, until it returns `false`.
    func forEach(_ body: (_ keep: Int64, _ merge: Int64, PairScore) throws -> Bool) throws {
        let rows = try database.prepare(
            "SELECT \"keep\", \"merge\", \"score\", \"reasons\" FROM \"found_pair\" ORDER BY 3 DESC, 1, 2"
        )
        while try rows.step() {
            let score = PairScore(thousandths: Int(rows.integer(at: 2)), reasons: rows.integer(at: 3))
            guard try body(rows.integer(at: 0), rows.integer(at: 1), score) else { return }
        }
    }
}
