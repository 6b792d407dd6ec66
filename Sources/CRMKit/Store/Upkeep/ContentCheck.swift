import Localization
import SQLite

extension Check {
    /// Contents of which pieces are missing or have another length. Whether the bytes are those that were stored, only
    /// reading them all can tell.
    mutating func checkContents() throws {
        try find(
            """
            SELECT "c"."id", "c"."sha256" FROM "content" AS "c" WHERE "c"."sha256" IS NOT NULL AND "c"."size" <> \
            (SELECT coalesce(sum(length("p"."bytes")), 0) FROM "content_piece" AS "p" WHERE "p"."content" = "c"."id")
            """
        ) { row in CRMError.damagedContent(row.text(at: 1)).message }
    }
}
