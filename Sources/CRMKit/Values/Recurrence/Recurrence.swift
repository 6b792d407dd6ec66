/// The moments at which an event recurs by a rule, from a start on.
///
/// Days, weeks, months and years follow the clocks of a zone; hours and smaller units follow elapsed time. A local time
/// that clocks skip is interpreted with the offset before the change, and one that they show twice is the first of the
/// two (RFC 5545, section 3.3.5). The start is always the first occurrence and counts as one.
final class Recurrence: Sendable {
    /// The rule.
    let rule: RecurrenceRule
    private let zone: TimeZoneSetting
    /// The first start, in seconds since 1970.
    private let start: Int64
    /// The first start as shown by the clocks of the zone, in seconds since 1970.
    private let localStart: Int64
    private let dates: RecurrenceDates
    /// The times of each day, in seconds after midnight and in order.
    private let times: [Int64]

    /// Creates the recurrence of a rule from a start.
    init(_ rule: RecurrenceRule, from start: Int64, in zone: TimeZoneSetting) {
        self.rule = rule
        self.zone = zone
        self.start = start
        localStart = start + zone.offset(at: start)
        dates = RecurrenceDates(rule, from: localStart.flooredDays)
        let time = localStart.secondOfDay
        times = rule.frequency.isOfDays ? Self.times(rule, second: time) : []
    }

    private static func times(_ rule: RecurrenceRule, second time: Int64) -> [Int64] {
        guard rule.hasTimes else { return [time] }
        let hours = rule.hours.isEmpty ? [Int(time / 3600)] : rule.hours
        let minutes = rule.minutes.isEmpty ? [Int(time / 60 % 60)] : rule.minutes
        let seconds = rule.seconds.isEmpty ? [Int(time % 60)] : rule.seconds.filter { $0 < 60 }
        return hours.flatMap { hour in
            minutes.flatMap { minute in seconds.map { Int64(hour * 3600 + minute * 60 + $0) } }
        }
    }

    /// Calls a closure with every moment at which the event begins, in order, in seconds since 1970.
    ///
    /// The walk of a rule without an end stops at the end of the calendar. That of a rule that nothing meets stops
    /// after a limited number of steps.
    ///
    /// - Parameters:
    ///   - from: the beginning of the period, inclusive.
    ///   - until: the end of the period, exclusive.
    ///   - body: returns whether to continue.
    func walk(from: Int64, until: Int64, _ body: (Int64) -> Bool) {
        guard start < until else { return }
        if start >= from, !body(start) { return }
        if case .count(1) = rule.end { return }
        let end = (CivilDate.lastDay + 1) * Int64.secondsPerDay
        var pace = Pace(from: max(from, -end), until: min(until, end))
        if rule.frequency.isOfDays { walkDays(&pace, body) } else { walkTime(&pace, body) }
    }

    // MARK: - Occurrences

    /// The progress of a walk.
    private struct Pace {
        let from: Int64
        let until: Int64
        /// The number of occurrences so far, including the start.
        var count: Int64 = 1
        /// The last moment given to the closure.
        var last = Int64.min
    }

    /// Gives the next occurrence to the closure if it is within the period.
    ///
    /// - Returns: whether to continue.
    private func take(_ moment: Int64, local: Int64, _ pace: inout Pace, _ body: (Int64) -> Bool) -> Bool {
        switch rule.end {
        case .never: break
        case .count(let count): if pace.count >= count { return false }
        case .until(.day(let day)): if local.flooredDays > day.daysSinceEpoch { return false }
        case .until(.local(let day, let second)): if local > day.secondsSinceEpoch + second { return false }
        case .until(.moment(let end)): if moment > end.secondsSinceEpoch { return false }
        }
        guard moment < pace.until else { return false }
        pace.count += 1
        // Where clocks skip a time, two local times can be the same moment.
        guard moment >= pace.from, moment > pace.last else { return true }
        pace.last = moment
        return body(moment)
    }

    // MARK: - Days and longer

    private func walkDays(_ pace: inout Pace, _ body: (Int64) -> Bool) {
        var days: [Int64] = []
        var period = dates.period(before: (min(pace.from, pace.until) - 2 * Int64.secondsPerDay).flooredDays)
        if case .count = rule.end, period > 0 {
            if dates.areDaysOfPeriodsEqual {
                pace.count += countLocals(before: period, &days)
            } else {
                period = 0
            }
        }
        let end = min((pace.until + 2 * Int64.secondsPerDay).flooredDays, CivilDate.lastDay)
        var emptyPeriods: Int64 = 0
        while dates.firstDay(ofPeriod: period) <= end, emptyPeriods < dates.mostEmptyPeriods {
            let goesOn = forEachLocal(of: period, &days) { local in
                if local <= localStart { return true }
                return take(zone.seconds(ofLocal: local), local: local, &pace, body)
            }
            guard goesOn else { return }
            emptyPeriods = days.isEmpty ? emptyPeriods + 1 : 0
            period += 1
        }
    }

    /// Calls a closure with the local times of a period at which the rule is met, in order.
    ///
    /// - Parameters:
    ///   - days: receives the days of the period.
    ///   - body: returns whether to continue.
    /// - Returns: whether to continue.
    private func forEachLocal(of period: Int64, _ days: inout [Int64], _ body: (Int64) -> Bool) -> Bool {
        days.removeAll(keepingCapacity: true)
        dates.add(period, to: &days)
        if rule.positions.isEmpty {
            for day in days {
                for time in times where !body(day * Int64.secondsPerDay + time) { return false }
            }
        } else {
            for index in chosen(of: days.count * times.count) {
                let local = days[index / times.count] * Int64.secondsPerDay + times[index % times.count]
                if !body(local) { return false }
            }
        }
        return true
    }

    /// Returns the number of times after the start in the periods before another one, of a rule of which every period
    /// has equally many.
    private func countLocals(before period: Int64, _ days: inout [Int64]) -> Int64 {
        var (all, later): (Int64, Int64) = (0, 0)
        _ = forEachLocal(of: 0, &days) { local in
            all += 1
            if local > localStart { later += 1 }
            return true
        }
        return later + (period - 1) * all
    }

    /// Returns the indices, ascending, of the occurrences of one period that BYSETPOS selects.
    private func chosen(of count: Int) -> [Int] {
        let indices = rule.positions.map { $0 > 0 ? $0 - 1 : count + $0 }.filter { $0 >= 0 && $0 < count }
        return Set(indices).sorted()
    }

    // MARK: - Hours and shorter

    private func walkTime(_ pace: inout Pace, _ body: (Int64) -> Bool) {
        let unit: Int64 = rule.frequency == .hourly ? 3600 : rule.frequency == .minutely ? 60 : 1
        let step = unit * rule.interval
        var moment = start
        let isPlain = !dates.hasLimits && !rule.hasTimes
        let passed = max(0, (pace.from - start) / step - 1)
        if case .count = rule.end {
            if isPlain { (moment, pace.count) = (start + passed * step, 1 + max(0, passed - 1)) }
        } else {
            moment = start + passed * step
        }
        var emptySteps = 0
        var found: [Int64] = []
        // A step begins within its hour: one after the end of the period may have occurrences before it.
        while moment - unit < pace.until, moment < CivilDate.lastDay * Int64.secondsPerDay, emptySteps < 2_000_000 {
            let local = moment + zone.offset(at: moment)
            if let wait = wait(local, unit) {
                // The next whole step at which the rule may be met.
                moment += step * max(1, (wait + step - 1) / step)
                emptySteps += 1
                continue
            }
            found.removeAll(keepingCapacity: true)
            expand(moment, local, unit, to: &found)
            emptySteps = found.isEmpty ? emptySteps + 1 : 0
            for index in rule.positions.isEmpty ? Array(found.indices) : chosen(of: found.count) {
                let moment = found[index]
                if moment <= start { continue }
                if !take(moment, local: moment + zone.offset(at: moment), &pace, body) { return }
            }
            moment += step
        }
    }

    /// Returns the minimum time until the rule may be met, in seconds; `nil` when a local time meets it.
    private func wait(_ local: Int64, _ unit: Int64) -> Int64? {
        let day = local.flooredDays
        let second = local.secondOfDay
        // Clocks may be changed meanwhile.
        if let days = dates.daysToWait(at: day) { return max(1, days * Int64.secondsPerDay - second - 7200) }
        if !rule.hours.isEmpty, !rule.hours.contains(Int(second / 3600)) { return max(1, 1800 - second % 3600) }
        if unit < 3600, !rule.minutes.isEmpty, !rule.minutes.contains(Int(second / 60 % 60)) { return 60 - second % 60 }
        return unit == 1 && !rule.seconds.isEmpty && !rule.seconds.contains(Int(second % 60)) ? 1 : nil
    }

    /// Adds the moments within an hour, minute or second at which the rule is met.
    private func expand(_ moment: Int64, _ local: Int64, _ unit: Int64, to found: inout [Int64]) {
        let second = local.secondOfDay
        let seconds = unit > 1 && !rule.seconds.isEmpty ? rule.seconds.filter { $0 < 60 } : [Int(second % 60)]
        let minutes = unit == 3600 && !rule.minutes.isEmpty ? rule.minutes : [Int(second / 60 % 60)]
        let hour = moment - second % 3600
        for minute in minutes { for second in seconds { found.append(hour + Int64(minute * 60 + second)) } }
    }
}
