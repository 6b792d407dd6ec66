import SQLite

extension Store {
    /// The number of rows held in memory at a time.
    private static let page = 200

    /// Reads rows in pages by their ids, so that any number of rows can be changed while they are read.
    ///
    /// - Parameters:
    ///   - query: returns the query for the rows, given the condition for the next page. The id is its first column; it
    ///     has neither order nor limit.
    ///   - body: receives the id and the whole row.
    func forEachRow(_ query: (SQLFragment) -> SQLFragment, _ body: (Int64, [Value]) throws -> Void) throws {
        var last: Int64 = 0
        while true {
            let rows = try database.all(
                fragment: """
                    \(query("\"id\" > \(bind: .integer(last))")) ORDER BY "id" LIMIT \(bind: .integer(Int64(Self.page)))
                    """
            )
            for row in rows {
                guard let id = row[0].integer else { continue }
                try body(id, row)
                last = id
            }
            if rows.count < Self.page { return }
        }
    }
}
