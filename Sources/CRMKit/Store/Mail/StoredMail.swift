import Localization
import SQLite

/// A message as it is kept, for who reads it.
public struct StoredMail: Sendable {
    /// A file that came with it.
    public struct Attachment: Sendable {
        /// What it is called.
        public let name: String
        /// Its type, as `application/pdf`; `nil` where the document is gone.
        public let mediaType: String?
        /// How many bytes it has; `nil` where the document is gone.
        public let size: Int64?
        /// The document that it is.
        public let document: Int64?
    }

    /// Its id.
    public let id: Int64
    /// What it is about; empty for nothing.
    public let subject: String
    /// Who wrote and got it, by the keys of the fields: those that say nothing are not among them.
    public let people: [(field: String, text: String)]
    /// When it was sent, as stored.
    public let date: String?
    /// What it says.
    public let text: String
    /// The content that it is, to the byte; `nil` where only its fields are kept.
    public let sha256: String?
    /// Whether lines that begin with `From ` are quoted in that.
    public let isQuoted: Bool
    /// The files that came with it, in order.
    public let attachments: [Attachment]
}

extension Store {
    /// A message.
    ///
    /// - Throws: ``CRMError`` `notFound` where there is none of that id.
    public func mail(_ id: Int64) throws(CRMError) -> StoredMail {
        try translating {
            let module = registry[.email]
            guard let record = try storedRecord(module, id: id) else { throw Self.missing(id, in: module) }
            let rows = try database.all(
                """
                SELECT "a"."name", "d"."media_type", "d"."size", "a"."document" FROM "email_attachment" AS "a" \
                LEFT JOIN "document" AS "d" ON "d"."id" = "a"."document" WHERE "a"."email" = ? ORDER BY "a"."position"
                """,
                [.integer(id)]
            )
            return StoredMail(
                id: id,
                subject: record["subject"].text ?? "",
                people: ["from", "to", "cc", "bcc"].compactMap { key in record[key].text.map { (key, $0) } },
                date: record["date"].text,
                text: record["text"].text ?? "",
                sha256: record["sha256"].text,
                isQuoted: record["from_quoted"] == .integer(1),
                attachments: rows.map { row in
                    StoredMail.Attachment(
                        name: row[0].text ?? "",
                        mediaType: row[1].text,
                        size: row[2].integer,
                        document: row[3].integer
                    )
                }
            )
        }
    }
}
