/// Rows in the order of a value, with the rank of each and the number of values: the basis of medians and percentiles.
struct Ranking: Sendable {
    /// The names of the columns with the rank and the number.
    private let place: String
    private let count: String

    /// - Parameter name: the prefix for the names of the ranking's columns.
    init(_ name: String) { (place, count) = ("\(name) place", "\(name) count") }

    /// Returns the columns that rank rows within groups.
    ///
    /// - Parameter groups: the expressions that determine the group of a row; without any, all rows are one group.
    func columns(of value: SQLFragment, in groups: [SQLFragment]) -> [SQLFragment] {
        let partition: SQLFragment = groups.isEmpty ? SQLFragment() : "PARTITION BY \(groups.joined(", "))"
        return [
            "row_number() OVER (\(partition) ORDER BY \(value) NULLS LAST) AS \(name: place)",
            "count(\(value)) OVER (\(partition)) AS \(name: count)",
        ]
    }

    /// Returns the median of a group: its middle value, or the mean of the two in the middle.
    ///
    /// - Parameter factor: as for ``Arithmetic/mean(of:factor:)``.
    func median(of value: SQLFragment, factor: Int64 = 1) -> SQLFragment {
        let middle: SQLFragment =
            "CASE WHEN \(name: place) IN ((\(name: count) + 1) / 2, (\(name: count) + 2) / 2) THEN \(value) END"
        return Arithmetic.mean(of: middle, factor: factor)
    }

    /// Returns the least value of a group that is not exceeded by a part of its values.
    func percentile(_ part: Int64, over whole: Int64 = 100, of value: SQLFragment) -> SQLFragment {
        let (part, rest) = (SQLFragment.bind(.integer(part)), SQLFragment.bind(.integer(whole - 1)))
        return """
            max(CASE WHEN \(name: place) = max(1, (\(name: count) * \(part) + \(rest)) / \(bind: .integer(whole))) \
            THEN \(value) END)
            """
    }
}
