import SQLite

extension Store {
    /// Calls a closure with the addresses in messages, in the order of the messages' ids.
    ///
    /// - Parameters:
    ///   - ids: the ids of the messages; `nil` for all.
    ///   - body: receives the id of a message; its addresses, the sender's first, then those of the recipients to, cc
    ///     and bcc; and whether its direction is known.
    func forEachMailWithAddresses(_ ids: [Int64]?, _ body: (Int64, [String], Bool) throws -> Void) throws {
        var last: Int64 = 0
        while true {
            // The messages are read in portions, since the body writes links.
            let within: SQLFragment = ids.map { "AND \"id\" IN (\(SQLFunctions.rows($0)))" } ?? ""
            let rows = try database.prepare(
                fragment: """
                    SELECT "id", "from", "to", "cc", "bcc", "direction" IS NOT NULL FROM "email" \
                    WHERE "id" > \(bind: .integer(last)) \(within) ORDER BY "id" LIMIT 500
                    """
            )
            var some: [(id: Int64, addresses: [String], isDirected: Bool)] = []
            while try rows.step() {
                some.append((rows.integer(at: 0), (1...4).map { rows.text(at: $0) }, rows.integer(at: 5) == 1))
            }
            rows.reset()
            for mail in some { try body(mail.id, mail.addresses, mail.isDirected) }
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
