import Formats
import Testing

@testable import CRMKit

/// Single dates whose components are of another kind than those of their series, as programs write them.
@Suite struct `Single dates of another kind than their series` {
    private let exchange: CalendarExchange

    init() throws { exchange = try CalendarExchange() }

    private func rows() throws -> [String] {
        try exchange.crm.store.database.all(
            "SELECT original, starts_at, ends_at, status FROM event_occurrence ORDER BY original"
        ).map { row in row.map { $0.text ?? "" }.joined(separator: "|") }
    }

    @Test("a task that comes again does so from its beginning, by which its dates are named")
    func aTaskComesAgainFromItsBeginning() throws {
        let calendar = CalendarExchange.calendar(
            CalendarExchange.task(
                "DTSTART:20261207T090000Z",
                "DUE:20261211T180000Z",
                "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3"
            ),
            CalendarExchange.task(
                "RECURRENCE-ID:20261214T090000Z",
                "DTSTART:20261214T090000Z",
                "DUE:20261218T180000Z",
                "STATUS:COMPLETED"
            )
        )
        #expect(try exchange.take(calendar).report.created == 1)
        #expect(try rows() == ["2026-12-14T09:00:00|||completed"])
        #expect(try exchange.take(calendar).report.unchanged == 1)
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 1)
    }

    /// The name of the date that the component of 4 December is of, by the frequency of its series.
    static let midnights = [
        ("DAILY", "2026-12-04|2026-12-04T14:00:00Z|2026-12-04T15:00:00Z|"),
        ("HOURLY", "2026-12-04T00:00:00|2026-12-04T14:00:00Z|2026-12-04T15:00:00Z|"),
    ]

    @Test("a date is named by its midnight where the series has no other occurrence", arguments: midnights)
    func aDateIsNamedByItsMidnight(frequency: String, row: String) throws {
        let calendar = CalendarExchange.calendar(
            CalendarExchange.event(
                "DTSTART;TZID=Europe/Madrid:20261203T090000",
                "DTEND;TZID=Europe/Madrid:20261203T093000",
                "RRULE:FREQ=\(frequency);COUNT=40"
            ),
            CalendarExchange.event(
                "RECURRENCE-ID;TZID=Europe/Madrid:20261204T000000",
                "DTSTART;TZID=Europe/Madrid:20261204T150000",
                "DTEND;TZID=Europe/Madrid:20261204T160000"
            )
        )
        #expect(try exchange.take(calendar).report.created == 1)
        #expect(try rows() == [row])
        #expect(try exchange.take(calendar).report.unchanged == 1)
        #expect(try exchange.written().contains("RECURRENCE-ID;TZID=Europe/Madrid:20261204T000000"))
    }
}
