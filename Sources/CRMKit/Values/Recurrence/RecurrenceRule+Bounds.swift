extension RecurrenceRule {
    /// Returns a moment after which nothing begins by the rule, in seconds since 1970. It may be much later than the
    /// last occurrence.
    ///
    /// - Parameter start: when the first occurrence begins, in any zone: the moment holds for all of them.
    /// - Returns: `nil` for a rule without an end, and for one whose end cannot be estimated without walking it.
    func latest(from start: Int64) -> Int64? {
        switch end {
        case .never: return nil
        case .until(let time): return max(start, time.approximateSeconds + 2 * Int64.secondsPerDay)
        case .count(let count):
            guard let periods = longestGap else { return nil }
            let (length, isTooLong) = (periods * interval * periodLength).multipliedReportingOverflow(by: count)
            let (end, isOutside) = start.addingReportingOverflow(length)
            return isTooLong || isOutside ? nil : end + 2 * Int64.secondsPerDay
        }
    }

    /// The length of the longest period, in seconds.
    private var periodLength: Int64 {
        switch frequency {
        case .secondly: 1
        case .minutely: 60
        case .hourly: 3600
        case .daily: Int64.secondsPerDay
        case .weekly: 7 * Int64.secondsPerDay
        case .monthly: 31 * Int64.secondsPerDay
        case .yearly: 366 * Int64.secondsPerDay
        }
    }

    /// The maximum number of periods from one with an occurrence to the next; `nil` for all but the simplest kinds of
    /// rules.
    private var longestGap: Int64? {
        guard seconds.allSatisfy({ $0 < 60 }), positions.allSatisfy({ $0 == 1 || $0 == -1 }), yearDays.isEmpty,
            weeks.isEmpty
        else { return nil }
        switch frequency {
        case .secondly, .minutely, .hourly:
            return hasTimes || !days.isEmpty || !monthDays.isEmpty || !months.isEmpty ? nil : 1
        case .daily:
            guard monthDays.isEmpty, months.isEmpty else { return nil }
            if days.isEmpty { return 1 }
            return interval == 1 ? 7 : nil
        case .weekly: return months.isEmpty ? 1 : nil
        case .monthly:
            guard months.isEmpty else { return nil }
            if days.isEmpty { return monthDays.isEmpty || monthDays.contains { (-30...30).contains($0) } ? 96 : nil }
            return monthDays.isEmpty && days.contains { (-4...4).contains($0.ordinal) } ? 1 : nil
        case .yearly:
            if days.isEmpty { return monthDays.allSatisfy { (-28...28).contains($0) } ? 16 : nil }
            return monthDays.isEmpty && days.contains { (-4...4).contains($0.ordinal) } ? 1 : nil
        }
    }
}
