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
        let local = start + zone.offset(at: start)
        // Whole weeks before; clocks may skip the time on one such day, and not on that of the week before as well.
        let earlier =
            [371, 378].map { zone.seconds(ofLocal: local - $0 * Int64.secondsPerDay) }
            .first { ($0 + zone.offset(at: $0)).secondOfDay == local.secondOfDay } ?? start
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

    /// Returns the last day of the first month that the rule passes over since it is too short for the rule's day.
    ///
    /// - Parameter start: the day of the first occurrence.
    /// - Returns: `nil` where the rule passes over none within some years, or names days by more than their numbers.
    func firstShortMonth(from start: CivilDate) -> CivilDate? {
        guard frequency == .monthly || frequency == .yearly, isOncePerDay, days.isEmpty, yearDays.isEmpty,
            weeks.isEmpty, positions.isEmpty, !monthDays.contains(where: { $0 < 0 })
        else { return nil }
        let day = monthDays.max() ?? start.day
        guard day > 28, let first = CivilDate(year: start.year, month: start.month, day: 1) else { return nil }
        var occurrences: Int64 = 0
        for distance in 0..<Int64(96) {
            guard let month = first.adding(months: distance) else { return nil }
            guard has(month, from: first, distance: distance) else { continue }
            let length = CivilDate.length(ofMonth: month.month, year: month.year)
            if day > length {
                guard let last = month.adding(days: Int64(length - 1)) else { return nil }
                if case .until(let end) = end, end.approximateSeconds < last.secondsSinceEpoch { return nil }
                return last
            }
            occurrences += Int64(max(1, monthDays.count))
            if case .count(let count) = end, occurrences >= count { return nil }
        }
        return nil
    }

    /// Whether a month, a distance in months after that of the start, is one in which the rule names days.
    private func has(_ month: CivilDate, from first: CivilDate, distance: Int64) -> Bool {
        guard frequency == .yearly else {
            return distance % interval == 0 && (months.isEmpty || months.contains(month.month))
        }
        guard Int64(month.year - first.year) % interval == 0 else { return false }
        if months.isEmpty { return !monthDays.isEmpty || month.month == first.month }
        return months.contains(month.month)
    }

    /// Returns the rule with the last day of the months that are too short for the last day that it names, or for that of
    /// the start. Longer months keep that day: a 30th does not become a 31st.
    ///
    /// - Returns: `nil` if no rule says so.
    func onLastDay(startingOn start: CivilDate) -> RecurrenceRule? {
        var rule = self
        if frequency == .yearly, months.isEmpty, monthDays.isEmpty { rule.months = [start.month] }
        let day = monthDays.max() ?? start.day
        let others = monthDays.filter { $0 != day }
        let leapYear = 2000
        let longest =
            rule.months.isEmpty ? 31 : rule.months.map { CivilDate.length(ofMonth: $0, year: leapYear) }.max() ?? 31
        if day >= longest {
            rule.monthDays = [-1] + others
            return rule
        }
        guard frequency == .monthly, day > 28, others.allSatisfy({ $0 < 28 }) else { return nil }
        rule.monthDays = others.sorted() + Array(28...day)
        rule.positions = [-1] + others.indices.map { $0 + 1 }
        return rule
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
