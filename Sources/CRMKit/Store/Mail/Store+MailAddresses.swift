import SQLite

extension Store {
    /// The addresses that messages name, in the order of their ids.
    ///
    /// - Parameters:
    ///   - ids: of the messages; `nil` for all.
    ///   - body: is given the id, and who wrote it, then who got it: to, cc and bcc.
    func forEachMailWithAddresses(_ ids: [Int64]?, _ body: (Int64, [String]) throws -> Void) throws {
        var last: Int64 = 0
        while true {
            // Some at a time, since links are written meanwhile.
            let within: SQLFragment = ids.map { "AND \"id\" IN (\(SQLFunctions.rows($0)))" } ?? ""
            let rows = try database.prepare(
                fragment: """
                    SELECT "id", "from", "to", "cc", "bcc" FROM "email" WHERE "id" > \(bind: .integer(last)) \(within) \
                    ORDER BY "id" LIMIT 500
                    """
            )
            var some: [(Int64, [String])] = []
            while try rows.step() { some.append((rows.integer(at: 0), (1...4).map { rows.text(at: $0) })) }
            rows.reset()
            for (id, addresses) in some { try body(id, addresses) }
            guard let end = some.last else { return }
            last = end.0
        }
    }
}
