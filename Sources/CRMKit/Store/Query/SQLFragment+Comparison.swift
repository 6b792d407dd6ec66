extension SQLFragment {
    /// True where a condition is false or null.
    static func denial(_ condition: SQLFragment) -> SQLFragment {
        "(\(condition)) IS NOT TRUE"
    }

    /// Compares two expressions of one storage class. `contains` is no order and is taken for equality.
    static func comparison(
        _ left: SQLFragment,
        _ comparison: Filter.Comparison,
        _ right: SQLFragment
    ) -> SQLFragment {
        switch comparison {
        case .equal, .contains: "\(left) = \(right)"
        case .notEqual: "\(left) <> \(right)"
        case .less: "\(left) < \(right)"
        case .lessOrEqual: "\(left) <= \(right)"
        case .greater: "\(left) > \(right)"
        case .greaterOrEqual: "\(left) >= \(right)"
        }
    }

    /// Whether a text without a folded form contains another, whatever the case of the letters of ASCII.
    static func part(_ text: String, of column: SQLFragment) -> SQLFragment {
        SQLFunctions.contains(
            SQLFunctions.lowercasedASCII(column),
            SQLFunctions.lowercasedASCII(.bind(.text(text)))
        )
    }
}

extension ValueError {
    /// A comparison that values of the type do not have.
    static func unordered(takes comparisons: String) -> ValueError {
        ValueError(
            en: "it can only be compared by \(comparisons), 'in' and 'is empty'",
            es: "solo se puede comparar con \(comparisons), 'in' e 'is empty'"
        )
    }
}
