import CRMKit
import Testing

@Suite("Calendar dates")
struct CivilDateTests {
    private let today = CivilDate(year: 2026, month: 3, day: 15)

    @Test(
        "Words and distances mean days seen from today",
        arguments: [
            ("today", "2026-03-15"), ("HOY", "2026-03-15"), ("yesterday", "2026-03-14"), ("ayer", "2026-03-14"),
            ("tomorrow", "2026-03-16"), ("mañana", "2026-03-16"), ("man\u{303}ana", "2026-03-16"),
            ("manana", "2026-03-16"), ("+30d", "2026-04-14"), ("-30d", "2026-02-13"), ("+2w", "2026-03-29"),
            ("-3m", "2025-12-15"), ("+1y", "2027-03-15"), ("2024-02-29", "2024-02-29"), ("0001-01-01", "0001-01-01"),
            ("9999-12-31", "9999-12-31"), ("-0d", "2026-03-15"),
        ]
    )
    func reads(text: String, date: String) throws {
        #expect(try CivilDate(parsing: text, today: #require(today)).description == date)
    }

    @Test(
        "What is no day is refused",
        arguments: [
            "2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01",
            "2026-1-5", "15/03/2026", "20260315", "2026-03-15 ", "2026-03-15T00:00", "30d", "+d", "+1q", "+9999y",
            "-2027y", "+99999999999999999999d", "-4000000d", "next week",
        ]
    )
    func refuses(text: String) throws {
        let today = try #require(today)
        #expect(throws: ValueError.self) { try CivilDate(parsing: text, today: today) }
    }

    @Test("A malformed date is told the form in both languages")
    func explains() throws {
        let today = try #require(today)
        let error = #expect(throws: ValueError.self) { try CivilDate(parsing: "15/03/2026", today: today) }
        #expect(error?.reason.en == "not a date: write YYYY-MM-DD, today or -30d")
        #expect(error?.reason.es == "no es una fecha: escribir AAAA-MM-DD, hoy o -30d")
    }

    @Test("Months end on their last day where they are shorter")
    func clampsMonths() throws {
        let january = try #require(CivilDate(year: 2024, month: 1, day: 31))
        #expect(january.adding(months: 1)?.description == "2024-02-29")
        #expect(january.adding(months: 13)?.description == "2025-02-28")
        #expect(january.adding(months: -2)?.description == "2023-11-30")
        #expect(january.adding(months: -24_277) == nil)
        #expect(january.adding(months: .max) == nil)
        #expect(january.adding(days: .min) == nil)
    }

    @Test("The calendar goes from the year 1 to the year 9999")
    func ends() throws {
        let first = try #require(CivilDate(year: 1, month: 1, day: 1)).daysSinceEpoch
        let last = try #require(CivilDate(year: 9999, month: 12, day: 31)).daysSinceEpoch
        #expect(CivilDate(daysSinceEpoch: first)?.description == "0001-01-01")
        #expect(CivilDate(daysSinceEpoch: last)?.description == "9999-12-31")
        #expect(CivilDate(daysSinceEpoch: first - 1) == nil)
        #expect(CivilDate(daysSinceEpoch: last + 1) == nil)
    }

    @Test("Days are counted from 1970 without a gap")
    func countsDays() throws {
        #expect(CivilDate(year: 1970, month: 1, day: 1)?.daysSinceEpoch == 0)
        #expect(CivilDate(year: 2000, month: 3, day: 1)?.daysSinceEpoch == 11_017)
        let first: Int64 = -719_162
        var previous = try #require(CivilDate(daysSinceEpoch: first))
        // Every day of 800 years, which hold every kind of century.
        for days in (first + 1)..<(first + 292_194) {
            let date = try #require(CivilDate(daysSinceEpoch: days))
            let isNext =
                (date.year, date.month, date.day) == (previous.year, previous.month, previous.day + 1)
                || (date.day == 1 && (date.year, date.month) == (previous.year, previous.month + 1))
                || (date.day == 1 && date.month == 1 && date.year == previous.year + 1 && previous.month == 12)
            guard isNext, date.daysSinceEpoch == days, previous < date else {
                Issue.record("\(date) follows \(previous)")
                return
            }
            previous = date
        }
    }
}
