import SQLite

/// The names by which the lines of one input refer to records, in a temporary table, which spills to disk for a large
/// input where a dictionary would not.
final class LocalNames {
    /// The record that a name stands for.
    struct Meaning {
        /// The module of the named record.
        let module: ModuleName
        /// The id of the named record; `nil` when the line was rejected.
        let id: Int64?
        /// The number of the line that has the name.
        let line: Int
        /// Whether the line has the whole record as another database stored it.
        var isWhole = false
    }

    private let find: Statement
    private let insert: Statement

    /// Creates an empty set of names, replacing any of an earlier import on the connection.
    init(in database: Database) throws {
        try database.execute(
            """
            CREATE TEMP TABLE IF NOT EXISTS "local_name" ("name" TEXT PRIMARY KEY, "module" TEXT NOT NULL, \
            "id" INTEGER, "line" INTEGER NOT NULL, "whole" INTEGER NOT NULL) WITHOUT ROWID; DELETE FROM "local_name"
            """
        )
        find = try database.prepare(
            "SELECT \"module\", \"id\", \"line\", \"whole\" FROM \"local_name\" WHERE \"name\" = ?",
            persistent: true
        )
        insert = try database.prepare(
            """
            INSERT OR REPLACE INTO "local_name" ("name", "module", "id", "line", "whole") VALUES (?, ?, ?, ?, ?)
            """,
            persistent: true
        )
    }

    /// Returns the record that a name stands for; `nil` when no line read so far has the name.
    func meaning(of name: String) throws -> Meaning? {
        try find.bind(name, at: 1)
        defer { find.reset() }
        guard try find.step() else { return nil }
        return Meaning(
            module: ModuleName(rawValue: find.text(at: 0)),
            id: find.isNull(at: 1) ? nil : find.integer(at: 1),
            line: Int(find.integer(at: 2)),
            isWhole: find.integer(at: 3) != 0
        )
    }

    /// Defines a name.
    func define(_ name: String, as meaning: Meaning) throws {
        try insert.bind(name, at: 1)
        try insert.bind(meaning.module.rawValue, at: 2)
        try insert.bind(meaning.id.map(Value.integer) ?? .null, at: 3)
        try insert.bind(Int64(meaning.line), at: 4)
        try insert.bind(meaning.isWhole ? 1 : 0, at: 5)
        defer { insert.reset() }
        _ = try insert.step()
    }
}
