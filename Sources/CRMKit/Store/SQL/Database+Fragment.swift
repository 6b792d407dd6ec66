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
}
