extension PosixTimeZone.YearlyChange {
    /// The rule as RFC 5545 writes it, which its first time completes; `nil` unless the change is on a weekday of a month
    /// and within that day.
    var text: String? {
        guard (0..<Int64.secondsPerDay).contains(change.time),
            case .weekday(let month, let week, let weekday) = change.day
        else {
            return nil
        }
        // POSIX counts the days of the week from Sunday.
        let day = RecurrenceRule.Day((weekday + 6) % 7, ordinal: week == 5 ? -1 : week)
        return "FREQ=YEARLY;BYMONTH=\(month);BYDAY=\(day.text)"
    }
}
