import SQLite

extension ErasedNames {
    /// The maximum number of arguments of a call; the hard limit of SQLite is 127:
    /// https://www.sqlite.org/limits.html#max_function_arg
    private static let mostArguments = 100
    fileprivate static let function = "crm_has_erased_names"

    /// Returns the condition that any of some columns contains one of the names given to ``Store/define(_:)``.
    static func stand(inAnyOf columns: [String]) -> SQLFragment {
        stride(from: 0, to: columns.count, by: mostArguments).map { start in
            let some = columns[start..<min(start + mostArguments, columns.count)].map(SQLFragment.name)
            return "\(SQLFragment(definition: function))(\(some.joined(", ")))" as SQLFragment
        }.disjunction
    }
}

extension Store {
    /// Sets the names that queries search for, in place of any earlier ones.
    func define(_ names: ErasedNames) throws {
        try database.defineFunction(ErasedNames.function, argumentCount: -1) { arguments in
            .integer(arguments.contains { $0.text.map(names.stand(in:)) ?? false } ? 1 : 0)
        }
    }
}
