import SQLite

extension SearchIndex {
    /// The tables in which FTS5 stores the words, as it creates them: https://www.sqlite.org/fts5.html, section 9.
    private static let keptTables = [
        "search_data": "\"id\" INTEGER PRIMARY KEY, \"block\" BLOB)",
        "search_idx": "\"segid\", \"term\", \"pgno\", PRIMARY KEY (\"segid\", \"term\")) WITHOUT ROWID",
        "search_config": "\"k\" PRIMARY KEY, \"v\") WITHOUT ROWID",
    ]

    /// Drops the table of words. SQLite only drops a virtual table that it can read; therefore a damaged one is emptied
    /// first. When even that fails, its entry in the schema is deleted, and ``Store/compact()`` frees its pages.
    static func dropWords(from database: Database) throws {
        do {
            try database.savepoint("words") { try database.execute("DROP TABLE IF EXISTS \"search\"") }
            if try !hasRemains(in: database) { return }
        } catch let error as SQLiteError where error.isDamage {
            // A damaged table is dropped in another way below.
        }
        try database.withoutDefence {
            do {
                try database.savepoint("words") {
                    try empty(database)
                    for table in ["search"] + keptTables.keys.sorted() {
                        try database.execute("DROP TABLE IF EXISTS \(table.quotedIdentifier)")
                    }
                }
            } catch let error as SQLiteError where error.isDamage {
                try forget(in: database)
            }
        }
    }

    /// Whether tables of the words remain.
    private static func hasRemains(in database: Database) throws -> Bool {
        let names = keptTables.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
        return try database.scalar("SELECT 1 FROM sqlite_schema WHERE \"type\" = 'table' AND \"name\" IN (\(names))")
            != nil
    }

    /// Replaces the content of the tables by that of an empty index: a structure without segments, and the version of
    /// the format (SQLite's fts5_index.c and fts5_config.c).
    private static func empty(_ database: Database) throws {
        for (table, columns) in keptTables.sorted(by: { $0.key < $1.key }) {
            try database.execute(
                """
                CREATE TABLE IF NOT EXISTS \(table.quotedIdentifier) (\(columns); DELETE FROM \(table.quotedIdentifier)
                """
            )
        }
        try database.execute(
            """
            INSERT INTO "search_data" ("id", "block") VALUES (1, x''), (10, x'00000000000000'); \
            INSERT INTO "search_config" ("k", "v") VALUES ('version', 4)
            """
        )
    }

    /// Deletes the tables' entries in the schema.
    private static func forget(in database: Database) throws {
        let names = (["search"] + keptTables.keys.sorted()).map { "'\($0)'" }.joined(separator: ", ")
        try database.execute("PRAGMA writable_schema = ON")
        let removal = Result { try database.execute("DELETE FROM sqlite_schema WHERE \"tbl_name\" IN (\(names))") }
        try database.execute("PRAGMA writable_schema = RESET")
        try removal.get()
    }
}

extension SQLiteError {
    /// Whether the error can be caused by a damaged virtual table, or by its tables.
    var isDamage: Bool { [.corrupt, .error, .noMemory].contains(code) }
}
