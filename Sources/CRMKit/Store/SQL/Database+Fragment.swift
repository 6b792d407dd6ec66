import SQLite

extension Database {
    /// Prepares a fragment that is a whole statement and binds its values.
    ///
    /// - Throws: what preparing and binding throw.
    func prepare(fragment: SQLFragment) throws(SQLiteError) -> Statement {
        if fragment.usesFold { try defineFold() }
        let statement = try prepare(fragment.sql)
        try statement.bind(all: fragment.bindings)
        return statement
    }

    /// Defining a function anew fails while a statement runs that uses it, so it is done once.
    private func defineFold() throws(SQLiteError) {
        let name = SQLFunctions.foldFunction
        guard try first("SELECT 1 FROM pragma_function_list WHERE name = ?", [.text(name)]) == nil else { return }
        try defineFunction(name, argumentCount: 1) { arguments in
            guard case .text(let text)? = arguments.first else { return .null }
            return .text(Fold.fold(text))
        }
    }
}
