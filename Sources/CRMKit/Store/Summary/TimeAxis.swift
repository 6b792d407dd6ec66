/// The periods of a time axis, including those without records.
enum TimeAxis {
    /// The table of ``definition(of:in:by:upTo:)``.
    static let name = SQLFragment.name("axis")
    /// The only column of the table: the day or year with which each period begins, or the key of the day of the week;
    /// null for records without one.
    static let start = SQLFragment.name("start")

    /// The maximum number of periods to fill in: a day far off is probably a typing error.
    static let mostPeriods = 10_000

    /// The condition that a period is to be added.
    static let isFilled: SQLFragment =
        "\(start) IS NOT NULL AND (SELECT count(*) FROM \(name)) <= \(bind: .integer(Int64(mostPeriods)))"

    /// Returns a table for a recursive `WITH` clause with every period from the first to the last one of some rows, or
    /// with every day of the week.
    ///
    /// - Parameters:
    ///   - key: the column of the rows with the beginning of their period.
    ///   - rows: a table defined earlier in the clause.
    ///   - last: the beginning of a period that the axis includes at least.
    static func definition(
        of key: SQLFragment,
        in rows: SQLFragment,
        by period: Period,
        upTo last: SQLFragment? = nil
    ) -> SQLFragment {
        if period == .weekday {
            let days = Period.weekdays.map { "(\(bind: .text($0.key)))" as SQLFragment }
            return "\(name)(\(start)) AS (VALUES \(days.joined(", ")))"
        }
        let latest: SQLFragment = "(SELECT max(\(key)) FROM \(rows))"
        let end = last.map { "max(\(latest), \($0))" as SQLFragment } ?? latest
        return """
            \(name)(\(start)) AS (SELECT min(\(key)) FROM \(rows) UNION ALL \
            SELECT \(PeriodFunctions.next(period, after: start)) FROM \(name) \
            WHERE \(start) < \(end) LIMIT \(bind: .integer(Int64(mostPeriods + 1))))
            """
    }
}
