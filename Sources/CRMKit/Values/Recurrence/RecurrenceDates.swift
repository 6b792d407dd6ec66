/// The days in each period of a recurrence rule. Days are counted from 1970, periods from the one of the start.
struct RecurrenceDates {
    private let frequency: RecurrenceRule.Frequency
    private let interval: Int64
    private let weekStart: Int64
    private let start: CivilDate
    private let startDay: Int64
    /// A bit for each month from 1; all of them where the rule names none.
    private let months: UInt16
    /// A bit for each plain day of the week from 0, Monday.
    private let weekdays: UInt8
    private let ordinalDays: [RecurrenceRule.Day]
    private let monthDays: [Int]
    private let yearDays: [Int]
    private let weeks: [Int]
    /// Whether an ordinal day of the week is counted within the month and not within the year.
    private let countsInMonth: Bool
    /// Whether the rule excludes days.
    let hasLimits: Bool

    init(_ rule: RecurrenceRule, from startDay: Int64) {
        frequency = rule.frequency
        interval = rule.interval
        weekStart = Int64(rule.weekStart)
        self.startDay = startDay
        let start = CivilDate(daysSinceEpoch: startDay) ?? CivilDate.epoch
        self.start = start
        var (months, days, monthDays) = (rule.months, rule.days, rule.monthDays)
        let isFree = days.isEmpty && monthDays.isEmpty && rule.yearDays.isEmpty
        switch rule.frequency {
        case .yearly where isFree && rule.weeks.isEmpty:
            monthDays = [start.day]
            if months.isEmpty { months = [start.month] }
        case .yearly where isFree, .weekly where days.isEmpty: days = [RecurrenceRule.Day(start.weekday)]
        case .monthly where isFree: monthDays = [start.day]
        default: break
        }
        self.months = months.isEmpty ? .max : months.reduce(0) { $0 | 1 << UInt16($1) }
        weekdays = days.reduce(0) { $1.ordinal == 0 ? $0 | 1 << UInt8($1.weekday) : $0 }
        ordinalDays = days.contains { $0.ordinal != 0 } ? days.filter { $0.ordinal != 0 } : []
        self.monthDays = monthDays
        yearDays = rule.yearDays
        weeks = rule.weeks
        countsInMonth = rule.frequency == .monthly || !rule.months.isEmpty
        hasLimits = !(months.isEmpty && isFree && weeks.isEmpty && days.isEmpty)
    }

    /// The number of successive periods without a day after which none can follow: the calendar repeats after 400
    /// years.
    var mostEmptyPeriods: Int64 {
        guard interval == 1 else { return .max }
        switch frequency {
        case .yearly: return 400
        case .monthly: return 400 * 12
        case .weekly: return 400 * 53
        default: return 400 * 366
        }
    }

    /// Whether it is certain that each period has the same number of days.
    var areDaysOfPeriodsEqual: Bool {
        guard yearDays.isEmpty, weeks.isEmpty else { return false }
        switch frequency {
        case .yearly: return isNumberedFromStart
        case .monthly: return isNumberedFromStart && months == .max
        case .weekly: return months == .max
        default: return !hasLimits
        }
    }

    /// Whether the days are numbers that every month has.
    private var isNumberedFromStart: Bool {
        weekdays == 0 && ordinalDays.isEmpty && monthDays.allSatisfy { (1...28).contains($0) }
    }

    // MARK: - Periods

    /// Returns the first day of a period; the largest number beyond the end of the calendar.
    func firstDay(ofPeriod period: Int64) -> Int64 {
        let (steps, overflow) = period.multipliedReportingOverflow(by: interval)
        guard !overflow, steps < 4_000_000 else { return .max }
        switch frequency {
        case .yearly: return CivilDate(year: start.year + Int(steps), month: 1, day: 1)?.daysSinceEpoch ?? .max
        case .monthly:
            let month = start.year * 12 + start.month - 1 + Int(steps)
            return CivilDate(year: month / 12, month: month % 12 + 1, day: 1)?.daysSinceEpoch ?? .max
        case .weekly: return firstWeek + steps * 7
        default: return startDay + steps
        }
    }

    /// The first day of the week of the start.
    private var firstWeek: Int64 { weekBegin(of: startDay) }

    private func weekBegin(of day: Int64) -> Int64 {
        day - (CivilDate.weekday(daysSinceEpoch: day) - weekStart + 7) % 7
    }

    /// Returns a period that begins at or before a day, as do all that have days before it; 0 if there is none.
    func period(before day: Int64) -> Int64 {
        let passed = day - startDay
        guard passed > 0 else { return 0 }
        let length: Int64
        switch frequency {
        case .yearly: length = 366
        case .monthly: length = 31
        case .weekly: length = 7
        default: length = 1
        }
        guard length > 7 else { return passed / length / interval }
        // Months and years differ in length, so that the number of periods is counted by the calendar.
        guard let date = CivilDate(daysSinceEpoch: min(day, CivilDate.lastDay)) else { return 0 }
        let years = date.year - start.year
        let steps = frequency == .yearly ? years : years * 12 + date.month - start.month
        return Int64(steps) / interval
    }

    /// Adds the days of a period that meet the rule, in order.
    func add(_ period: Int64, to days: inout [Int64]) {
        let first = firstDay(ofPeriod: period)
        switch frequency {
        case .yearly:
            guard let year = CivilDate(daysSinceEpoch: first)?.year else { return }
            var day = first
            for month in 1...12 {
                let length = Int64(CivilDate.length(ofMonth: month, year: year))
                if months & 1 << UInt16(month) != 0 { addMonth(day, Int(length), year, to: &days) }
                day += length
            }
        case .monthly:
            guard let date = CivilDate(daysSinceEpoch: first), months & 1 << UInt16(date.month) != 0 else { return }
            addMonth(first, CivilDate.length(ofMonth: date.month, year: date.year), date.year, to: &days)
        case .weekly:
            for offset in 0..<Int64(7) where weekdays & 1 << UInt8((weekStart + offset) % 7) != 0 {
                let day = first + offset
                if months == .max || CivilDate(daysSinceEpoch: day).map({ months & 1 << UInt16($0.month) != 0 }) == true
                {
                    days.append(day)
                }
            }
        default:
            if daysToWait(at: first) == nil { days.append(first) }
        }
    }

    /// Adds the days of a month that meet a monthly rule, or a yearly rule that includes the month.
    private func addMonth(_ first: Int64, _ length: Int, _ year: Int, to days: inout [Int64]) {
        let isOnlyNumbered = weekdays == 0 && ordinalDays.isEmpty && yearDays.isEmpty && weeks.isEmpty
        if isOnlyNumbered, monthDays.count == 1 {
            let day = monthDays[0] > 0 ? monthDays[0] : length + 1 + monthDays[0]
            if day >= 1, day <= length { days.append(first + Int64(day - 1)) }
            return
        }
        for day in 1...length where meets(first + Int64(day - 1), day, length, year) {
            days.append(first + Int64(day - 1))
        }
    }

    // MARK: - Days

    /// Returns the minimum number of days from a day to one that may meet the limits of the rule; `nil` when the day
    /// itself meets them.
    func daysToWait(at day: Int64) -> Int64? {
        guard hasLimits else { return nil }
        guard let date = CivilDate(daysSinceEpoch: day) else { return 1 }
        let length = CivilDate.length(ofMonth: date.month, year: date.year)
        if months & 1 << UInt16(date.month) == 0 { return Int64(length - date.day + 1) }
        return meets(day, date.day, length, date.year) ? nil : 1
    }

    /// Whether a day in a month that the rule allows meets its other limits.
    private func meets(_ day: Int64, _ dayOfMonth: Int, _ length: Int, _ year: Int) -> Bool {
        if !monthDays.isEmpty, !monthDays.contains(dayOfMonth), !monthDays.contains(dayOfMonth - length - 1) {
            return false
        }
        if weekdays != 0 || !ordinalDays.isEmpty, !meetsWeekday(day, dayOfMonth, length, year) { return false }
        if yearDays.isEmpty, weeks.isEmpty { return true }
        let first = CivilDate.firstDay(ofYear: year)
        if !yearDays.isEmpty {
            let number = Int(day - first) + 1
            let length = Int(CivilDate.firstDay(ofYear: year + 1) - first)
            guard yearDays.contains(number) || yearDays.contains(number - length - 1) else { return false }
        }
        return weeks.isEmpty || meetsWeek(day, year)
    }

    private func meetsWeekday(_ day: Int64, _ dayOfMonth: Int, _ monthLength: Int, _ year: Int) -> Bool {
        let weekday = CivilDate.weekday(daysSinceEpoch: day)
        if weekdays & 1 << UInt8(weekday) != 0 { return true }
        guard !ordinalDays.isEmpty else { return false }
        var (number, length) = (dayOfMonth, monthLength)
        if !countsInMonth {
            let first = CivilDate.firstDay(ofYear: year)
            number = Int(day - first) + 1
            length = Int(CivilDate.firstDay(ofYear: year + 1) - first)
        }
        let (ordinal, fromEnd) = ((number - 1) / 7 + 1, -((length - number) / 7 + 1))
        return ordinalDays.contains {
            Int64($0.weekday) == weekday && ($0.ordinal == ordinal || $0.ordinal == fromEnd)
        }
    }

    /// Whether the week of a day, by its number in the year, is one that the rule names. The first week of a year has
    /// at least four of its days (RFC 5545, section 3.3.10).
    private func meetsWeek(_ day: Int64, _ year: Int) -> Bool {
        func begin(_ year: Int) -> Int64 { weekBegin(of: CivilDate.firstDay(ofYear: year) + 3) }
        let own = day >= begin(year + 1) ? year + 1 : day < begin(year) ? year - 1 : year
        let number = Int((day - begin(own)) / 7) + 1
        let count = Int((begin(own + 1) - begin(own)) / 7)
        return weeks.contains(number) || weeks.contains(number - count - 1)
    }
}

extension CivilDate {
    /// The last day of the calendar, counted from 1970.
    static let lastDay: Int64 = 2_932_896
    /// 1970-01-01.
    static let epoch = CivilDate(validYear: 1970, month: 1, day: 1)

    /// Returns the first of January, counted from 1970, also for years around the ends of the calendar.
    static func firstDay(ofYear year: Int) -> Int64 {
        let before = Int64(year - 1)
        return before * 365 + before / 4 - before / 100 + before / 400 - 719_162
    }
}
