import SQLite

/// The functions and operators that SQLite has and standard SQL has not, or spells otherwise.
enum SQLFunctions {
    /// Whether a text contains another, byte by byte; null where the text is null.
    static func contains(_ text: SQLFragment, _ part: SQLFragment) -> SQLFragment {
        "instr(\(text), \(part)) > 0"
    }

    /// A text with the letters of ASCII in lower case.
    static func lowercasedASCII(_ text: SQLFragment) -> SQLFragment {
        "lower(\(text))"
    }

    /// Whether a condition holds for one element of a JSON array; false for null.
    ///
    /// - Parameter condition: is given the element.
    static func anyElement(
        of array: SQLFragment,
        alias: String,
        _ condition: (SQLFragment) -> SQLFragment
    ) -> SQLFragment {
        let element = SQLFragment.column("value", of: alias)
        return "EXISTS (SELECT 1 FROM json_each(\(array)) AS \(name: alias) WHERE \(condition(element)))"
    }

    /// The values of a query's one column as a JSON array, in the query's order; null where there are none.
    static func array(of query: SQLFragment, column: String) -> SQLFragment {
        "(SELECT nullif(json_group_array(\(name: column)), '[]') FROM (\(query)))"
    }

    /// Whether two values are the same, null being the same as null; standard SQL has `IS NOT DISTINCT FROM`.
    static func isSame(_ first: SQLFragment, _ second: SQLFragment) -> SQLFragment {
        "\(first) IS \(second)"
    }

    /// A text folded as ``Fold`` folds it: for the elements of lists, which have no folded column. It is a function of
    /// the connection, which ``SQLite/Database/prepare(fragment:)`` defines for the fragments that use it.
    static func folded(_ text: SQLFragment) -> SQLFragment {
        var fragment: SQLFragment = "\(.name(foldFunction))(\(text))"
        fragment.usesFold = true
        return fragment
    }

    fileprivate static let foldFunction = "crm_fold"
}

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
