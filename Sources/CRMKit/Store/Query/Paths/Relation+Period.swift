extension Relation {
    /// The attribute with the first day of a link.
    static let startKey = "since"
    /// The attribute with the day on which a link ended.
    static let endKey = "until"

    /// Returns the condition that a link has not ended on a day.
    ///
    /// - Returns: `nil` if the links have no period.
    func isOpen(alias: String, on day: String) -> SQLFragment? {
        guard link.hasPeriod else { return nil }
        return Self.hasNotEnded(alias: alias, on: .bind(.text(day)))
    }

    /// Returns the conditions that a link has begun and not ended on a day; none if the links have no period.
    func isHeld(alias: String, on day: SQLFragment) -> [SQLFragment] {
        guard link.hasPeriod else { return [] }
        let since = SQLFragment.column(Self.startKey, of: alias)
        return ["(\(since) IS NULL OR \(since) <= \(day))", Self.hasNotEnded(alias: alias, on: day)]
    }

    private static func hasNotEnded(alias: String, on day: SQLFragment) -> SQLFragment {
        let until = SQLFragment.column(endKey, of: alias)
        return "(\(until) IS NULL OR \(until) > \(day))"
    }
}
