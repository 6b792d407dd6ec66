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
}
