import Foundation
import Testing

@testable import CRMKit

@Suite("A repetition")
struct RecurrenceTests {
    /// The local times of the first occurrences.
    private func times(
        _ rule: String,
        from start: String,
        in name: String = "UTC",
        count: Int,
        before: String? = nil
    ) throws -> [String] {
        let zone = try TimeZoneSetting(TZ: name, zones: .system)
        let clock = Clock(zone: zone, at: try #require(Moment(secondsSinceEpoch: 0)))
        let first = try Moment(parsing: start, clock: clock).secondsSinceEpoch
        let until = try before.map { try Moment(parsing: $0, clock: clock).secondsSinceEpoch } ?? .max
        var times: [String] = []
        Recurrence(try RecurrenceRule(parsing: rule), from: first, in: zone).walk(from: .min, until: until) { moment in
            times.append(Moment(secondsSinceEpoch: moment).map(clock.localTime) ?? "")
            return times.count < count
        }
        return times.map { String($0.prefix(16)) }
    }

    @Test(
        "comes as the examples of RFC 5545 and its errata say",
        arguments: [
            (
                "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,TH;COUNT=8", "1997-09-02 09:00",
                "09-02 09-04 09-16 09-18 09-30 10-02 10-14 10-16"
            ),
            ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05 09:00", "08-05 08-10 08-19 08-24"),
            ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05 09:00", "08-05 08-17 08-19 08-31"),
            (
                "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05 09:00",
                "09-05 10-03 11-07 12-05 01-02 02-06 03-06 04-03 05-01 06-05"
            ),
            ("FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22 09:00", "09-22 10-20 11-17 12-22 01-19 02-16"),
            ("FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=6", "1997-09-28 09:00", "09-28 10-29 11-28 12-29 01-29 02-26"),
            (
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=7", "1997-09-29 09:00",
                "09-29 10-30 11-27 12-30 01-29 02-26 03-30"
            ),
            (
                "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", "1997-01-01 09:00",
                "01-01 04-10 07-19 01-01 04-09 07-18 01-01 04-10 07-19 01-01"
            ),
            ("FREQ=YEARLY;BYDAY=20MO;COUNT=3", "1997-05-19 09:00", "05-19 05-18 05-17"),
            ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3", "1997-05-12 09:00", "05-12 05-11 05-17"),
            ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=6", "1998-02-13 09:00", "02-13 03-13 11-13 08-13 10-13 04-13"),
            (
                "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13;COUNT=4", "1997-09-13 09:00",
                "09-13 10-11 11-08 12-13"
            ),
            ("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15 09:00", "01-15 01-30 02-15 03-15 03-30"),
            ("FREQ=DAILY;UNTIL=19970904", "1997-09-02 09:00", "09-02 09-03 09-04"),
            ("FREQ=WEEKLY;BYDAY=MO;COUNT=3", "1997-09-02 09:00", "09-02 09-08 09-15"),
            ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=3", "2096-02-29 09:00", "02-29 02-29 02-29"),
            ("FREQ=YEARLY;BYWEEKNO=1;COUNT=3", "2024-01-03 09:00", "01-03 01-01 12-31"),
        ]
    )
    func examples(rule: String, start: String, days: String) throws {
        let found = try times(rule, from: start, in: "America/New_York", count: 12).map {
            String($0.dropFirst(5).prefix(5))
        }
        #expect(found.joined(separator: " ") == days)
    }

    @Test("keeps the time of the clocks when these are changed, but for hours and less, which pass")
    func clocks() throws {
        let zone = "America/New_York"
        #expect(
            try times("FREQ=DAILY;COUNT=3", from: "2026-03-07 09:00", in: zone, count: 9)
                == ["2026-03-07 09:00", "2026-03-08 09:00", "2026-03-09 09:00"]
        )
        #expect(
            try times("FREQ=HOURLY;INTERVAL=24;COUNT=3", from: "2026-03-07 09:00", in: zone, count: 9)
                == ["2026-03-07 09:00", "2026-03-08 10:00", "2026-03-09 10:00"]
        )
        #expect(
            try times("FREQ=DAILY;COUNT=3", from: "2026-03-07 02:30", in: zone, count: 9)
                == ["2026-03-07 02:30", "2026-03-08 03:30", "2026-03-09 02:30"],
            "a time that is skipped takes the offset before the gap"
        )
        #expect(
            try times("FREQ=DAILY;BYHOUR=1;BYMINUTE=30;COUNT=3", from: "2026-10-31 01:30", in: zone, count: 9)
                == ["2026-10-31 01:30", "2026-11-01 01:30", "2026-11-02 01:30"],
            "a time that is shown twice is the first"
        )
        #expect(
            try times("FREQ=DAILY;BYHOUR=2,3;BYMINUTE=30", from: "2026-03-08 00:30", in: zone, count: 3)
                == ["2026-03-08 00:30", "2026-03-08 03:30", "2026-03-09 02:30"],
            "two times that are one moment come once"
        )
    }

    @Test(
        "of a rule that never ends, or that nothing meets, comes to an end",
        arguments: [
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31",
            "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=HOURLY;INTERVAL=24;BYHOUR=5",
            "FREQ=MONTHLY;BYDAY=53MO", "FREQ=DAILY;BYSECOND=60", "FREQ=YEARLY;INTERVAL=9999;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=MINUTELY;INTERVAL=1440;BYMINUTE=7", "FREQ=DAILY;INTERVAL=2;BYMONTH=6;BYMONTHDAY=31",
        ]
    )
    func endless(rule: String) throws {
        #expect(try times(rule, from: "2026-01-01 06:00", count: 2).count == 1)
    }

    @Test("is the same from its start as from anywhere")
    func windows() throws {
        var random = RandomRules(seed: 7)
        var compared = 0
        let changing = try TimeZoneSetting(TZ: "Europe/Madrid", zones: .system)
        for number in 0..<RandomRules.count(200) {
            var (rule, start) = random.next([.yearly, .monthly, .weekly, .daily])
            // Where each period has equally many, those before the window are counted without looking at them.
            if number % 2 == 0 { rule.end = .count(Int64(random.number(2...400))) }
            if number % 4 == 0 { (rule.days, rule.months, rule.monthDays) = ([], [], []) }
            if rule.hours.isEmpty, rule.minutes.isEmpty, number % 4 == 0 { rule.positions = [] }
            if number % 8 == 0 { (rule.weeks, rule.yearDays) = ([], []) }
            let recurrence = Recurrence(rule, from: start, in: number % 3 == 0 ? changing : .utc)
            let end = start + 3000 * 86_400
            var all: [Int64] = []
            recurrence.walk(from: .min, until: end) {
                all.append($0); return true
            }
            let from = start + Int64(random.number(0...2000)) * 86_400
            var some: [Int64] = []
            recurrence.walk(from: from, until: end) {
                some.append($0); return true
            }
            #expect(some == all.filter { $0 >= from }, "\(rule) from \(start), at \(from)")
            compared += some.count
        }
        #expect(compared > 100)
    }

    @Test("ends no later than its rule foretells")
    func bounds() throws {
        var random = RandomRules(seed: 11)
        var ending = 0
        for _ in 0..<RandomRules.count(400) {
            let (rule, start) = random.next([.yearly, .monthly, .weekly, .daily, .hourly])
            guard let latest = rule.latest(from: start) else { continue }
            ending += 1
            Recurrence(rule, from: start, in: .utc).walk(from: latest + 1, until: latest + 4_000 * 86_400) { moment in
                Issue.record("\(rule) from \(start): \(moment) is after \(latest)")
                return false
            }
        }
        #expect(ending > 20)
    }

    @Test("is what each day by itself says, of days and longer")
    func referenceOfDays() {
        compare(seed: 1, count: RandomRules.count(250), days: 2500, [.yearly, .monthly, .weekly, .daily])
    }

    @Test("is what each step by itself says, of hours and shorter")
    func referenceOfTimes() {
        compare(seed: 2, count: RandomRules.count(40), days: 40, [.hourly])
        compare(seed: 3, count: RandomRules.count(60), days: 2, [.minutely])
    }

    private func compare(seed: UInt64, count: Int, days: Int64, _ frequencies: [RecurrenceRule.Frequency]) {
        var random = RandomRules(seed: seed)
        for _ in 0..<count {
            let (rule, start) = random.next(frequencies)
            let limit = start + days * 86_400
            var found: [Int64] = []
            Recurrence(rule, from: start, in: .utc).walk(from: .min, until: limit) {
                found.append($0); return true
            }
            let expected = RecurrenceReference(rule: rule, start: start).occurrences(until: limit)
            if found != expected {
                Issue.record("\(rule) from \(Moment(secondsSinceEpoch: start)?.description ?? "")" as Comment)
            }
        }
    }
}
