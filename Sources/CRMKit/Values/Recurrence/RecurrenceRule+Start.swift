extension RecurrenceRule {
    /// Whether the rule ends before a start, in seconds since 1970, so that it has no occurrence.
    ///
    /// - Parameter isOfDays: whether the start is a whole day, so that its time does not count.
    func ends(before start: Int64, in zone: TimeZoneSetting, isOfDays: Bool) -> Bool {
        guard case .until(let last) = end else { return false }
        let local = start + zone.offset(at: start)
        return switch last {
        case .day(let day): day.daysSinceEpoch < local.flooredDays
        case .local(let day, let second): day.daysSinceEpoch * 86_400 + second < local
        case .moment(let moment):
            isOfDays
                ? moment.secondsSinceEpoch.flooredDays < local.flooredDays : moment.secondsSinceEpoch < start
        }
    }

    /// Whether a start, in seconds since 1970, is on one of the days and at one of the times that the rule names, or in one
    /// of the months if it names no more, disregarding its interval and end.
    func names(_ start: Int64, in zone: TimeZoneSetting) -> Bool {
        let day = CivilDate(daysSinceEpoch: (start + zone.offset(at: start)).flooredDays)
        guard frequency.isOfDays, let day else { return true }
        let isOfStartsDay = days.isEmpty && monthDays.isEmpty && yearDays.isEmpty && weeks.isEmpty
        if isOfStartsDay, !hasTimes { return months.isEmpty || months.contains(day.month) }
        var rule = self
        (rule.interval, rule.end) = (1, .never)
        if isOfStartsDay, frequency == .monthly || frequency == .yearly {
            rule.monthDays = [day.day]
            if frequency == .yearly, months.isEmpty { rule.months = [day.month] }
        }
        // The start of a recurrence always counts, so that an earlier one on the same day of the week is used to test the
        // rule.
        let earlier = zone.seconds(ofLocal: start + zone.offset(at: start) - 371 * Int64.secondsPerDay)
        var isNamed = false
        Recurrence(rule, from: earlier, in: zone).walk(from: start, until: start + 1) { _ in
            isNamed = true
            return false
        }
        return isNamed
    }

    /// Whether the rule has no occurrence after a start, wherever it ends.
    func isNeverMet(after start: Int64, in zone: TimeZoneSetting) -> Bool {
        var rule = self
        rule.end = .never
        var isMet = false
        Recurrence(rule, from: start, in: zone).walk(from: start + 1, until: .max) { _ in
            isMet = true
            return false
        }
        return !isMet
    }

    /// Returns the rule moved to the day of another start.
    ///
    /// - Returns: `nil` unless the rule is daily or weekly and names exactly one day of the week and no other days.
    func moved(toDayOf start: Int64, in zone: TimeZoneSetting) -> RecurrenceRule? {
        guard frequency == .weekly || frequency == .daily, days.count == 1, days[0].ordinal == 0,
            monthDays.isEmpty, months.isEmpty, positions.isEmpty
        else { return nil }
        let day = (start + zone.offset(at: start)).flooredDays
        var rule = self
        rule.days = [Day(Int(CivilDate.weekday(daysSinceEpoch: day)))]
        return rule
    }

    /// The rule with the day on which it ends as that is written, for an event of whole days: many programs write its
    /// end as a time in UTC, which elsewhere is one of another day.
    var endingOnDay: RecurrenceRule {
        guard case .until(let last) = end else { return self }
        var rule = self
        switch last {
        case .day: break
        case .local(let day, _): rule.end = .until(.day(day))
        case .moment(let moment): rule.end = .until(.day(moment.utcDate))
        }
        return rule
    }
}
