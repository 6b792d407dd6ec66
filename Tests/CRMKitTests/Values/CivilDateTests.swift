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
            ("+30 days", "2026-04-14"), ("-1 month", "2026-02-15"), ("+2semanas", "2026-03-29"),
            ("+1 año", "2027-03-15"),
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
            "20260315", "2026-03-15T00:00", "30d", "3/4/2026", "31/2/2026", "5 de mayo", "31/12-2026", "12/2026",
            "lunes 17/3/2026", "15/03/126", "lunes que", "en 3", "3 dias", "en 999999999 años", "+d", "+1q", "+9999y",
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
        let error = #expect(throws: ValueError.self) { try CivilDate(parsing: "March", today: today) }
        #expect(error?.reason.en == "not a date: write YYYY-MM-DD, today or +30d")
        #expect(error?.reason.es == "no es una fecha: escribir AAAA-MM-DD, hoy o +30d")
    }

    @Test(
        "A day that is nearly right is told what to write",
        arguments: [
            ("2026-31-12", "write 2026-12-31", "escribir 2026-12-31"),
            ("2026/13/01", "write 2026-01-13", "escribir 2026-01-13"),
            ("el 5 de marzo", "write YYYY-03-05 with it", "escribir AAAA-03-05 con él"),
            ("February 29", "write YYYY-02-29 with it", "escribir AAAA-02-29 con él"),
            ("31/12", "write 31/12/YYYY with it", "escribir 31/12/AAAA con él"),
            ("31/12/2026 10:00", "write 2026-12-31", "escribir 2026-12-31"),
            ("2026-12-31T10:00", "write 2026-12-31", "escribir 2026-12-31"),
            ("20261231", "write 2026-12-31", "escribir 2026-12-31"),
            ("a finales de mes", "write 2026-03-31", "escribir 2026-03-31"),
            ("a finales de año", "write 2026-12-31", "escribir 2026-12-31"),
            ("a finales del próximo mes", "write 2026-04-30", "escribir 2026-04-30"),
            ("el mes que viene", "write 2026-04-15", "escribir 2026-04-15"),
            ("next year", "write 2027-03-15", "escribir 2027-03-15"), ("now", "write today", "escribir hoy"),
            ("Ahora", "write today", "escribir hoy"),
        ]
    )
    func remedies(text: String, english: String, spanish: String) throws {
        let today = try #require(today)
        let error = #expect(throws: ValueError.self) { try CivilDate(parsing: text, today: today) }
        #expect(error?.reason.en.hasSuffix(": " + english) == true, "\(String(describing: error))")
        #expect(error?.reason.es.hasSuffix(": " + spanish) == true)
    }

    @Test(
        "A day is read as people write it",
        arguments: [
            ("15/3/2026", "2026-03-15"), ("31-12-26", "2026-12-31"), ("31.12.1969", "1969-12-31"),
            ("1/1/70", "1970-01-01"),
            ("12/31/2026", "2026-12-31"), ("5/5/2026", "2026-05-05"), ("2026/3/5", "2026-03-05"),
            ("2026-1-5", "2026-01-05"),
            ("31 de diciembre de 2026", "2026-12-31"), ("31 dic 26", "2026-12-31"), ("Dec 31, 2026", "2026-12-31"),
            ("31-Dic-2026", "2026-12-31"), ("31-dic.-2026", "2026-12-31"), ("17-may.-1980", "1980-05-17"),
            ("el 1 de enero del 2027", "2027-01-01"),
            ("January 2nd, 2027", "2027-01-02"),
            ("el lunes", "2026-03-16"), ("domingo", "2026-03-22"), ("next Friday", "2026-03-20"), ("vie.", nil),
            ("el viernes pasado", "2026-03-13"), ("last sunday", "2026-03-08"), ("el martes que viene", "2026-03-17"),
            ("Lunes, 16/03/2026", "2026-03-16"), ("pasado mañana", "2026-03-17"), ("anteayer", "2026-03-13"),
            ("en 3 días", "2026-03-18"), ("dentro de 2 semanas", "2026-03-29"), ("hace 1 mes", "2026-02-15"),
            ("en dos semanas", "2026-03-29"), ("en quince días", "2026-03-30"), ("hace tres meses", "2025-12-15"),
            ("in two weeks", "2026-03-29"), ("en muchas semanas", nil), ("dos semanas", nil),
            ("primero de enero de 2027", "2027-01-01"), ("el primero de enero del 2027", "2027-01-01"),
            ("2 weeks ago", "2026-03-01"), ("in 1 year", "2027-03-15"), ("day after tomorrow", "2026-03-17"),
            ("fin de mes", "2026-03-31"), ("a fin de mes", "2026-03-31"), ("Fin del mes", "2026-03-31"),
            ("al final de este mes", "2026-03-31"), ("el último día del mes", "2026-03-31"),
            ("fin del próximo mes", "2026-04-30"), ("fin del mes que viene", "2026-04-30"),
            ("fin de año", "2026-12-31"), ("fin del año próximo", "2027-12-31"), ("end of month", "2026-03-31"),
            ("at the end of the month", "2026-03-31"), ("the last day of this month", "2026-03-31"),
            ("end of next month", "2026-04-30"), ("end of the year", "2026-12-31"), ("end of next year", "2027-12-31"),
            ("fin de semana", nil), ("end of the week", nil), ("fin", nil), ("fin de mes pasado", nil),
            ("end of month 5", nil),
        ]
    )
    func readsWritten(text: String, date: String?) throws {
        let today = try #require(today)
        #expect((try? CivilDate(parsing: text, today: today))?.description == date)
    }

    @Test(
        "The country decides between day and month, and nothing else does",
        arguments: [("MX", "2026-04-03"), ("ES", "2026-04-03"), ("US", "2026-03-04"), ("JP", nil), (nil, nil)]
    )
    func ordersByCountry(country: String?, date: String?) throws {
        let today = try #require(today)
        let order = CivilDate.Order(country: country)
        #expect((try? CivilDate(parsing: "3/4/2026", today: today, order: order))?.description == date)
    }

    @Test("A day that can be two is told both")
    func explainsAmbiguity() throws {
        let today = try #require(today)
        let error = #expect(throws: ValueError.self) { try CivilDate(parsing: "3/4/26", today: today) }
        #expect(error?.reason.en.hasPrefix("it may be 2026-04-03 or 2026-03-04: write one of these") == true)
        #expect(error?.reason.es.hasPrefix("puede ser 2026-04-03 o 2026-03-04: escribir una de estas") == true)
    }

    @Test(
        "How to say which number is the day is told where it can be said",
        arguments: [(nil, true), ("CA", false), ("JP", false)] as [(String?, Bool)]
    )
    func tellsOrder(country: String?, isTold: Bool) throws {
        let today = try #require(today)
        let order = CivilDate.Order(country: country)
        let error = #expect(throws: ValueError.self) { try CivilDate(parsing: "3/4/26", today: today, order: order) }
        #expect(error?.reason.es.contains("config set country MX") == isTold)
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
