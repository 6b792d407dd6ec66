/// Rows in the order of a value, with the place of each among how many have one: what medians and percentiles are
/// computed of.
struct Ranking: Sendable {
    /// The columns that say so.
    private let place: String
    private let count: String

    /// - Parameter name: the prefix for the names of the ranking's columns.
    init(_ name: String) { (place, count) = ("\(name) place", "\(name) count") }

    /// Returns the columns that rank rows within groups.
    ///
    /// - Parameter groups: the expressions whose values the rows of a group share; without any, all rows are one group.
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

    /// The least value of a group that a part of its values does not exceed.
    func percentile(_ part: Int64, over whole: Int64 = 100, of value: SQLFragment) -> SQLFragment {
        let (part, rest) = (SQLFragment.bind(.integer(part)), SQLFragment.bind(.integer(whole - 1)))
        return """
            max(CASE WHEN \(name: place) = max(1, (\(name: count) * \(part) + \(rest)) / \(bind: .integer(whole))) \
            THEN \(value) END)
            """
    }
}
