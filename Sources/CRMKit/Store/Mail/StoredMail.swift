import SQLite

/// A stored message, for reading.
public struct StoredMail: Sendable {
    /// An attachment.
    public struct Attachment: Sendable {
        /// The file's name.
        public let name: String
        /// The media type, such as `application/pdf`; `nil` when the document was deleted.
        public let mediaType: String?
        /// The size in bytes; `nil` when the document was deleted.
        public let size: Int64?
        /// The id of the document with the file; `nil` if it was deleted.
        public let document: Int64?
        /// Whether the document is no longer what came with the message: it was deleted or revised.
        let isReplaced: Bool
    }

    /// The message's id.
    public let id: Int64
    /// The subject; empty if there is none.
    public let subject: String
    /// The sender and recipients, by the keys of the fields; empty fields are left out.
    public let people: [(field: String, text: String)]
    /// The date of sending, as stored.
    public let date: String?
    /// The text.
    public let text: String
    /// The hash of the message's bytes; `nil` when only its fields are stored.
    public let sha256: String?
    /// Whether lines that begin with `From ` are quoted in the message's bytes.
    public let isQuoted: Bool
    /// The attachments in their order.
    public let attachments: [Attachment]
}

extension Store {
    /// Returns a message.
    ///
    /// - Throws: ``CRMError`` `notFound` if no message has the id.
    public func mail(_ id: Int64) throws(CRMError) -> StoredMail {
        try translating {
            let module = registry[.email]
            guard let record = try storedRecord(module, id: id) else { throw Self.missing(id, in: module) }
            let rows = try database.all(
                """
                SELECT "a"."name", "d"."media_type", "d"."size", "a"."document", "d"."id" IS NULL OR EXISTS \
                (SELECT 1 FROM "document_revision" AS "r" WHERE "r"."document" = "d"."id") FROM "email_attachment" AS "a" \
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
                        document: row[3].integer,
                        isReplaced: row[4].integer == 1
                    )
                }
            )
        }
    }
}
