import SQLite

extension Database {
    /// Prepares a fragment that is a whole statement and binds its values.
    ///
    /// - Throws: what preparing and binding throw.
    func prepare(fragment: SQLFragment) throws(SQLiteError) -> Statement {
        var names: Set<String> = []
        for function in fragment.functions where names.insert(function.name).inserted { try define(function) }
        let statement = try prepare(fragment.sql)
        try statement.bind(all: fragment.bindings)
        return statement
    }

    /// All rows of a fragment that is a whole query, in memory at once.
    ///
    /// - Throws: what preparing, binding and running throw.
    func all(fragment: SQLFragment) throws(SQLiteError) -> [[Value]] { try all(fragment.sql, fragment.bindings) }
}
