extension RecurrenceRule {
    /// Whether the day of a start, in seconds since 1970, is one of the days that the rule names, disregarding its
    /// interval and end.
    func names(dayOf start: Int64, in zone: TimeZoneSetting) -> Bool {
        guard frequency.isOfDays, !hasTimes, !(days.isEmpty && monthDays.isEmpty) else { return true }
        var rule = self
        (rule.interval, rule.end) = (1, .never)
        // The start itself always counts: one before it asks the rule.
        let earlier = zone.seconds(ofLocal: start + zone.offset(at: start) - 366 * Int64.secondsPerDay)
        var isNamed = false
        Recurrence(rule, from: earlier, in: zone).walk(from: start, until: start + 1) { _ in
            isNamed = true
            return false
        }
        return isNamed
    }

    /// Returns the rule moved to the day of another start.
    ///
    /// - Returns: `nil` for a rule that names more than one day of the week.
    func moved(toDayOf start: Int64, in zone: TimeZoneSetting) -> RecurrenceRule? {
        guard frequency == .weekly || frequency == .daily, days.count == 1, days[0].ordinal == 0,
            monthDays.isEmpty, months.isEmpty, positions.isEmpty
        else { return nil }
        let day = (start + zone.offset(at: start)).flooredDays
        var rule = self
        rule.days = [Day(Int(CivilDate.weekday(daysSinceEpoch: day)))]
        return rule
    }
}
