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
}
