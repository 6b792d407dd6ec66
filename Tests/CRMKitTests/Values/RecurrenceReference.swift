import Foundation

@testable import CRMKit

/// What RFC 5545 says of a rule of repetition, written down as plainly as can be: every day or step is looked at by
/// itself and nothing is skipped. All times are those of UTC.
struct RecurrenceReference {
    let rule: RecurrenceRule
    let start: Int64

    private var startDay: CivilDate { Self.date(start) }

    private static func date(_ seconds: Int64) -> CivilDate {
        CivilDate(daysSinceEpoch: seconds.flooredDays) ?? CivilDate.epoch
    }

    /// The occurrences before a moment, the start included.
    func occurrences(until limit: Int64) -> [Int64] {
        var found = [start]
        let groups = rule.frequency.isOfDays ? dayGroups(until: limit) : stepGroups(until: limit)
        for group in groups {
            var chosen = group
            if !rule.positions.isEmpty {
                chosen = group.enumerated().filter { index, _ in
                    rule.positions.contains(index + 1) || rule.positions.contains(index - group.count)
                }.map(\.element)
            }
            for moment in chosen where moment > start && moment < limit {
                switch rule.end {
                case .never: break
                case .count(let count): if Int64(found.count) >= count { return found }
                case .until(let name):
                    let last = if case .day = name { name.approximateSeconds + 86_399 } else { name.approximateSeconds }
                    if moment > last { return found }
                }
                found.append(moment)
            }
        }
        return found
    }

    // MARK: - Days and longer

    private func dayGroups(until limit: Int64) -> [[Int64]] {
        var groups: [[Int64]] = []
        var lastKey = Int64.min
        // From well before the period of the start until well behind that of the end.
        for day in start.flooredDays - 400...limit.flooredDays + 400 {
            guard let date = CivilDate(daysSinceEpoch: day) else { continue }
            let key = period(of: date)
            guard key >= period(of: startDay), (key - period(of: startDay)) % rule.interval == 0 else { continue }
            if key != lastKey { groups.append([]) }
            lastKey = key
            guard passes(date) else { continue }
            for time in times { groups[groups.count - 1].append(day * 86_400 + time) }
        }
        return groups
    }

    private func period(of date: CivilDate) -> Int64 {
        switch rule.frequency {
        case .yearly: Int64(date.year)
        case .monthly: Int64(date.year * 12 + date.month)
        case .weekly: (date.daysSinceEpoch + 3 - Int64(rule.weekStart) + 7 * 100_000) / 7
        default: date.daysSinceEpoch
        }
    }

    private var times: [Int64] {
        let second = start - start.flooredDays * 86_400
        var times: [Int64] = []
        for hour in 0..<24 where rule.hours.isEmpty ? hour == Int(second / 3600) : rule.hours.contains(hour) {
            for minute in 0..<60
            where rule.minutes.isEmpty ? minute == Int(second / 60 % 60) : rule.minutes.contains(minute) {
                for other in 0..<60
                where rule.seconds.isEmpty ? other == Int(second % 60) : rule.seconds.contains(other) {
                    times.append(Int64(hour * 3600 + minute * 60 + other))
                }
            }
        }
        return times
    }

    private func passes(_ date: CivilDate) -> Bool {
        let says = !rule.days.isEmpty || !rule.monthDays.isEmpty || !rule.yearDays.isEmpty
        if !says {
            switch rule.frequency {
            case .yearly where !rule.weeks.isEmpty: if date.weekday != startDay.weekday { return false }
            case .yearly:
                if date.day != startDay.day { return false }
                if rule.months.isEmpty, date.month != startDay.month { return false }
            case .monthly: if date.day != startDay.day { return false }
            case .weekly: if date.weekday != startDay.weekday { return false }
            default: break
            }
        }
        return limits(date)
    }

    private func limits(_ date: CivilDate) -> Bool {
        if !rule.months.isEmpty, !rule.months.contains(date.month) { return false }
        let month = { (1...31).compactMap { CivilDate(year: date.year, month: date.month, day: $0) } }
        let year = {
            (1...12).flatMap { month in
                (1...31).compactMap { CivilDate(year: date.year, month: month, day: $0) }
            }
        }
        if !rule.monthDays.isEmpty, !contains(rule.monthDays, date, in: month()) { return false }
        if !rule.yearDays.isEmpty, !contains(rule.yearDays, date, in: year()) { return false }
        if !rule.weeks.isEmpty, !isInWeek(date) { return false }
        if rule.days.isEmpty { return true }
        guard rule.days.contains(where: { $0.weekday == date.weekday }) else { return false }
        if rule.days.contains(where: { $0.weekday == date.weekday && $0.ordinal == 0 }) { return true }
        let isOfMonth = rule.frequency == .monthly || !rule.months.isEmpty
        let same = (isOfMonth ? month() : year()).filter { $0.weekday == date.weekday }
        return rule.days.contains { day in
            day.weekday == date.weekday && (day.ordinal == 0 || contains([day.ordinal], date, in: same))
        }
    }

    private func contains(_ numbers: [Int], _ date: CivilDate, in days: [CivilDate]) -> Bool {
        numbers.contains { number in
            let index = number > 0 ? number - 1 : days.count + number
            return days.indices.contains(index) && days[index] == date
        }
    }

    /// A week is of the year in which it has four days or more.
    private func isInWeek(_ date: CivilDate) -> Bool {
        func begin(_ date: CivilDate) -> CivilDate {
            var day = date
            while day.weekday != rule.weekStart { day = day.adding(days: -1) ?? day }
            return day
        }
        func year(_ begin: CivilDate) -> Int { begin.adding(days: 3)?.year ?? 0 }
        let own = begin(date)
        var weeks: [CivilDate] = []
        var day = begin(own.adding(days: -366) ?? own)
        while day <= own.adding(days: 366) ?? own {
            if year(day) == year(own) { weeks.append(day) }
            day = day.adding(days: 7) ?? day
        }
        return contains(rule.weeks, own, in: weeks)
    }

    // MARK: - Hours and shorter

    private func stepGroups(until limit: Int64) -> [[Int64]] {
        let unit: Int64 = rule.frequency == .hourly ? 3600 : rule.frequency == .minutely ? 60 : 1
        var groups: [[Int64]] = []
        var step = start - start % unit
        while step < limit {
            defer { step += unit * rule.interval }
            guard limits(Self.date(step)) else { continue }
            let inner = (0..<unit).map { step + $0 }.filter { moment in
                let second = moment - moment.flooredDays * 86_400
                func fits(_ numbers: [Int], _ length: Int64, _ count: Int64) -> Bool {
                    let number = second / length % count
                    let own = (start - start.flooredDays * 86_400) / length % count
                    return numbers.isEmpty ? length >= unit || number == own : numbers.contains(Int(number))
                }
                return fits(rule.hours, 3600, 24) && fits(rule.minutes, 60, 60) && fits(rule.seconds, 1, 60)
            }
            groups.append(inner)
        }
        return groups
    }
}

/// Makes rules by chance, the same ones each time.
struct RandomRules {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// How many rules a test takes: those few unless the environment asks for more.
    static func count(_ few: Int) -> Int {
        ProcessInfo.processInfo.environment["RECURRENCE_RULES"].flatMap { Int($0) } ?? few
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return range.lowerBound + Int((state >> 33) % UInt64(range.count))
    }

    private mutating func some(_ range: ClosedRange<Int>, odds: Int, signed: Bool = false) -> [Int] {
        guard number(1...odds) == 1 else { return [] }
        let numbers = (1...number(1...3)).map { _ in
            let number = number(range)
            return signed && self.number(0...2) == 0 ? -max(1, number) : number
        }
        return Set(numbers).sorted()
    }

    /// A rule that may never be met, and a start.
    mutating func next(_ frequencies: [RecurrenceRule.Frequency]) -> (rule: RecurrenceRule, start: Int64) {
        var rule = RecurrenceRule(frequencies[number(0...frequencies.count - 1)])
        rule.interval = [1, 1, 1, 2, 3, 5][number(0...5)]
        rule.months = some(1...12, odds: 4)
        let isLong = [.yearly, .monthly].contains(rule.frequency)
        if rule.frequency != .weekly { rule.monthDays = some(1...31, odds: 4, signed: true) }
        if rule.frequency == .yearly {
            rule.yearDays = some(1...366, odds: 5, signed: true)
            rule.weeks = some(1...53, odds: 5, signed: true)
        } else if !rule.frequency.isOfDays {
            rule.yearDays = some(1...366, odds: 8, signed: true)
        }
        if number(1...2) == 1 {
            let days = (1...number(1...3)).map { _ -> RecurrenceRule.Day in
                let canCount = isLong && rule.weeks.isEmpty && number(0...1) == 0
                let ordinal = canCount ? number(1...5) * (number(0...1) == 0 ? 1 : -1) : 0
                return RecurrenceRule.Day(number(0...6), ordinal: ordinal)
            }
            rule.days = Set(days).sorted()
        }
        rule.hours = some(0...23, odds: 5)
        rule.minutes = some(0...59, odds: 6)
        rule.seconds = some(0...59, odds: 8)
        if rule.description.contains("BY") { rule.positions = some(1...4, odds: 5, signed: true) }
        if number(0...2) == 0 { rule.weekStart = number(0...6) }
        if number(0...3) == 0 { rule.end = .count(Int64(number(1...20))) }
        let start = Int64(number(0...20_000)) * 86_400 + Int64(number(0...86_399))
        return (rule, start)
    }
}
