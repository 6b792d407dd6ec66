import SQLite

/// Finds the records of a module whose key begins with a text, by one statement: a calendar asks for each of its events.
final class KeyBeginnings {
    private let statement: Statement

    /// - Parameter key: the key of the field, which has an index.
    init(_ key: String, of module: Module, in store: Store) throws {
        let isMeant = SQLFunctions.begins("\(name: key)", with: "")
        statement = try store.database.prepare(
            fragment: "SELECT \(name: "id") FROM \(name: module.table) WHERE \(isMeant) ORDER BY \(name: "id")"
        )
    }

    /// Returns the ids of the records, in ascending order.
    func ids(beginningWith start: String) throws -> [Int64] {
        let (first, beyond) = SQLFunctions.bounds(ofBeginning: start)
        try statement.bind(all: [first, beyond])
        return try statement.integers()
    }
}
