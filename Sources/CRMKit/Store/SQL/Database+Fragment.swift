import SQLite

extension Database {
    /// Prepares a fragment that is a whole statement and binds its values.
    ///
    /// - Throws: what preparing and binding throw.
    func prepare(fragment: SQLFragment) throws(SQLiteError) -> Statement {
        try define(fragment.functions)
        let statement = try prepare(fragment.sql)
        try statement.bind(all: fragment.bindings)
        return statement
    }

    /// Defines functions for this connection's statements. The list may name a function more than once.
    func define(_ functions: [ConnectionFunction]) throws(SQLiteError) {
        var names: Set<String> = []
        for function in functions where names.insert(function.name).inserted { try define(function) }
    }

    /// Returns all rows of a fragment that is a whole query, held in memory at once.
    ///
    /// - Throws: what preparing, binding and running throw.
    func all(fragment: SQLFragment) throws(SQLiteError) -> [[Value]] {
        try define(fragment.functions)
        return try all(fragment.sql, fragment.bindings)
    }

    /// Runs a fragment that is a whole statement without results.
    ///
    /// - Throws: what preparing, binding and running throw.
    func run(fragment: SQLFragment) throws(SQLiteError) {
        try define(fragment.functions)
        try run(fragment.sql, fragment.bindings)
    }
}
