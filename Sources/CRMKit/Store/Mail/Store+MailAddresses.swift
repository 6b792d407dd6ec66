import SQLite

/// What is known of a stored message by which it is linked again.
struct LinkableMail {
    let id: Int64
    /// The sender's addresses, then those of the recipients to, cc and bcc.
    let addresses: [String]
    /// Whether its direction is known.
    let isDirected: Bool
    let subject: String
    /// Whether it is known which record it is about.
    let isAbout: Bool
}

extension Store {
    /// Calls a closure with messages, in the order of their ids.
    ///
    /// - Parameter ids: the ids of the messages; `nil` for all.
    func forEachLinkableMail(_ ids: [Int64]?, _ body: (LinkableMail) throws -> Void) throws {
        var last: Int64 = 0
        while true {
            // The messages are read in portions, since the body writes links.
            let within: SQLFragment = ids.map { "AND \"id\" IN (\(SQLFunctions.rows($0)))" } ?? ""
            let rows = try database.prepare(
                fragment: """
                    SELECT "id", "from", "to", "cc", "bcc", "direction" IS NOT NULL, "subject", \
                    "about_module" IS NOT NULL FROM "email" \
                    WHERE "id" > \(bind: .integer(last)) \(within) ORDER BY "id" LIMIT 500
                    """
            )
            var some: [LinkableMail] = []
            while try rows.step() {
                some.append(
                    LinkableMail(
                        id: rows.integer(at: 0),
                        addresses: (1...4).map { rows.text(at: $0) },
                        isDirected: rows.integer(at: 5) == 1,
                        subject: rows.text(at: 6),
                        isAbout: rows.integer(at: 7) == 1
                    )
                )
            }
            rows.reset()
            for mail in some { try body(mail) }
            guard let end = some.last else { return }
            last = end.id
        }
    }
}

extension Store {
    /// Returns the messages about a record that were written to a contact and answer no other, found by the contact, who
    /// has few.
    ///
    /// - Returns: the ids of the messages, in order.
    /// - Throws: ``CRMError`` for errors that SQLite reports.
    public func messages(
        to contact: Int64,
        about record: Int64,
        of module: ModuleName
    ) throws(CRMError) -> [Int64] {
        try translating {
            let rows = try statement(
                """
                SELECT "e"."id" FROM "contact_email" AS "p" CROSS JOIN "email" AS "e" ON "e"."id" = "p"."email" \
                WHERE "p"."contact" = \(bind: .integer(contact)) AND "p"."role" = 'to' \
                AND "e"."about_module" = \(bind: .text(module.rawValue)) AND "e"."about_id" = \(bind: .integer(record)) \
                AND "e"."direction" IN ('outgoing', 'internal') AND "e"."in_reply_to" IS NULL ORDER BY 1
                """ as SQLFragment
            )
            return try rows.integers()
        }
    }
}
