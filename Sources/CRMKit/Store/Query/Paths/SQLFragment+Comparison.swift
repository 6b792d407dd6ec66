extension SQLFragment {
    /// Returns a condition that is true if another is false or null.
    static func denial(_ condition: SQLFragment) -> SQLFragment {
        "(\(condition)) IS NOT TRUE"
    }

    /// Returns the comparison of two expressions of one storage class. `contains` is treated as equality.
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

    /// Returns the condition that text without a folded form contains another, ignoring the case of ASCII letters.
    static func part(_ text: String, of column: SQLFragment) -> SQLFragment {
        SQLFunctions.contains(
            SQLFunctions.lowercasedASCII(column),
            SQLFunctions.lowercasedASCII(.bind(.text(text)))
        )
    }
}

extension ValueError {
    /// Returns the error for a comparison that values of the type do not support.
    static func unordered(takes comparisons: String) -> ValueError {
        ValueError(
            en: "it can only be compared by \(comparisons), 'in' and 'is empty'",
            es: "solo se puede comparar con \(comparisons), 'in' e 'is empty'"
        )
    }
}
