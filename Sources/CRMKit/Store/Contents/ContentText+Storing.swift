import SQLite

extension Transaction {
    /// Stores the searchable text of a content, in UTF-8, replacing any earlier one.
    func setText(_ text: [UInt8], of content: StoredContent) throws {
        guard let id = try store.contentID(content.sha256) else { throw CRMError.missingContent(content.sha256) }
        let insert = try store.statement(
            """
            INSERT INTO "content_text" ("content", "text") VALUES (?, ?) \
            ON CONFLICT ("content") DO UPDATE SET "text" = excluded."text"
            """
        )
        defer {
            insert.reset()
            insert.clearBindings()
        }
        try insert.bind(id, at: 1)
        // Invalid UTF-8 is replaced by U+FFFD.
        let text = String(decoding: text, as: UTF8.self)
        try insert.bind(text, at: 2)
        _ = try insert.step()
    }
}

extension Store {
    /// Returns the searchable text of a content; `nil` when there is none.
    func text(of sha256: String) throws -> String? {
        try database.scalar(
            """
            SELECT "x"."text" FROM "content" AS "c" JOIN "content_text" AS "x" ON "x"."content" = "c"."id" \
            WHERE "c"."sha256" = ?
            """,
            [.text(sha256)]
        )?.text
    }
}
