import SQLite

extension Check {
    /// Checks for contents with missing pieces or another length. The bytes themselves are not compared with their
    /// hash, since that requires reading all of them.
    mutating func checkContents() throws {
        try find(
            """
            SELECT "c"."id", "c"."sha256" FROM "content" AS "c" WHERE "c"."sha256" IS NOT NULL AND "c"."size" <> \
            (SELECT coalesce(sum(length("p"."bytes")), 0) FROM "content_piece" AS "p" WHERE "p"."content" = "c"."id")
            """
        ) { row in CRMError.damagedContent(row.text(at: 1)).message }
    }
}
