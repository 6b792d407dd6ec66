import SQLite

extension ErasedNames {
    /// SQLite calls no function with more arguments than 127.
    private static let mostArguments = 100
    fileprivate static let function = "crm_has_erased_names"

    /// Whether any of the names that a store knows stands in one of some columns.
    static func stand(inAnyOf columns: [String]) -> SQLFragment {
        stride(from: 0, to: columns.count, by: mostArguments).map { start in
            let some = columns[start..<min(start + mostArguments, columns.count)].map(SQLFragment.name)
            return "\(SQLFragment(definition: function))(\(some.joined(", ")))" as SQLFragment
        }.disjunction
    }
}

extension Store {
    /// Lets queries ask where names stand, instead of those that they asked for before.
    func define(_ names: ErasedNames) throws {
        try database.defineFunction(ErasedNames.function, argumentCount: -1) { arguments in
            .integer(arguments.contains { $0.text.map(names.stand(in:)) ?? false } ? 1 : 0)
        }
    }
}
