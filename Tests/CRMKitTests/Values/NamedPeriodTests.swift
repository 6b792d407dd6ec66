import Testing

@testable import CRMKit

@Suite("A named period")
struct NamedPeriodTests {
    @Test(
        "has its days by the present one, a Monday",
        arguments: [
            ("esta semana", "2026-11-30", "2026-12-06"), ("la próxima semana", "2026-12-07", "2026-12-13"),
            ("last week", "2026-11-23", "2026-11-29"), ("este mes", "2026-11-01", "2026-11-30"),
            ("el mes que viene", "2026-12-01", "2026-12-31"), ("mes pasado", "2026-10-01", "2026-10-31"),
            ("este trimestre", "2026-10-01", "2026-12-31"), ("next quarter", "2027-01-01", "2027-03-31"),
            ("este año", "2026-01-01", "2026-12-31"), ("previous year", "2025-01-01", "2025-12-31"),
        ]
    )
    func days(text: String, first: String, last: String) throws {
        let today = try #require(CivilDate(year: 2026, month: 11, day: 30))
        let days = try #require(NamedPeriod.days(of: text, today: today))
        #expect(["\(days.first)", "\(days.last)"] == [first, last])
    }

    @Test("is none in other words", arguments: ["", "semana", "esta", "fin de mes", "hoy", "este mes de mayo"])
    func others(text: String) { #expect(!NamedPeriod.isOne(text)) }

    @Test(
        "names a group of a summary, as do its number and any day of it, on Sunday, 2026-03-15",
        arguments: [
            (.month, ["2026-03", "2026-3", "3/2026", "marzo 2026", "March 2026"], "2026-03"),
            (.month, ["2026-03-31", "today", "este mes"], "2026-03"),
            (.month, ["-1m", "mes pasado", "2026-02-01"], "2026-02"),
            (.quarter, ["2026-Q4", "2026q4", "4T 2026", "2026-10-01", "2026-12-31"], "2026-Q4"),
            (.quarter, ["este trimestre", "este mes", "hoy"], "2026-Q1"),
            (.week, ["2026-W11", "S11 2026", "2026-03-09", "2026-03-15", "esta semana"], "2026-W11"),
            (.week, ["2026-w1", "2025-12-29", "2026-01-04"], "2026-W01"),
            (.week, ["2026-W53", "2026-12-28", "2027-01-03"], "2026-W53"), (.week, ["2024-12-30"], "2025-W01"),
        ] as [(Period, [String], String)]
    )
    func groups(period: Period, texts: [String], name: String) throws {
        for text in texts {
            let value = try FieldType.period(period).definition.comparand(text, in: fixedContext())
            #expect(value == .text(name), "\(text)")
        }
    }

    @Test(
        "of a summary is no month without its year, no longer time and no other word",
        arguments: [
            (.month, ["diciembre", "2026", "12", "13/2026", "este año", "2026-02-30", "x"]),
            (.quarter, ["Q4", "2026-Q5", "2026-12", "este año"]), (.week, ["53", "2026-W54", "este mes"]),
        ] as [(Period, [String])]
    )
    func noGroups(period: Period, texts: [String]) throws {
        for text in texts {
            #expect(throws: ValueError.self, "\(text)") {
                try FieldType.period(period).definition.comparand(text, in: fixedContext())
            }
        }
    }
}
