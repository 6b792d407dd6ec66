import Testing

@testable import CRMKit

/// What the dates of a series are where some are excluded and others added, here and in the calendar that is written.
@Suite struct `Excluded and additional dates` {
    /// An event, what is said of it, and what is left on some days.
    struct Example: CustomTestStringConvertible {
        let fields: [String: String]
        let left: [String]
        var testDescription: String { "\(fields)" }
    }

    static let examples = [
        // A day takes away what the rule has on it, and no date at a time of its own.
        Example(
            fields: [
                "recurrence": "every tuesday", "excluded_dates": "2026-12-08", "further_dates": "2026-12-08T18:00",
            ],
            left: ["01 10:00", "08 18:00", "15 10:00"]
        ),
        Example(
            fields: ["recurrence": "every tuesday", "excluded_dates": "2026-12-08", "further_dates": "2026-12-08"],
            left: ["01 10:00", "15 10:00"]
        ),
        Example(
            fields: [
                "recurrence": "every tuesday", "excluded_dates": "2026-12-09T18:00",
                "further_dates": "2026-12-09T18:00,2026-12-10T18:00",
            ],
            left: ["01 10:00", "08 10:00", "10 18:00", "15 10:00"]
        ),
        // All of several on one day.
        Example(
            fields: ["recurrence": "FREQ=DAILY;BYHOUR=10,15;COUNT=6", "excluded_dates": "2026-12-02"],
            left: ["01 10:00", "01 15:00", "03 10:00", "03 15:00"]
        ),
        Example(
            fields: [
                "recurrence": "FREQ=DAILY;BYHOUR=10,15;COUNT=6", "excluded_dates": "2026-12-02",
                "further_dates": "2026-12-02T15:00,2026-12-02T16:00",
            ],
            left: ["01 10:00", "01 15:00", "02 16:00", "03 10:00", "03 15:00"]
        ),
        // At another time than that of the start.
        Example(
            fields: ["recurrence": "FREQ=DAILY;BYHOUR=9;COUNT=4", "excluded_dates": "2026-12-03"],
            left: ["01 10:00", "02 09:00", "04 09:00"]
        ),
        Example(
            fields: [
                "recurrence": "every day 2 times", "all_day": "true", "excluded_dates": "2026-12-01T12:00",
                "further_dates": "2026-12-02T18:00,2026-12-04T18:00",
            ],
            left: ["02 00:00", "04 00:00"]
        ),
    ]

    private func dates(_ exchange: CalendarExchange) throws -> [String] {
        let clock = exchange.crm.store.clock
        let query = AgendaQuery(
            from: try Moment(parsing: "2026-12-01", clock: clock),
            until: try Moment(parsing: "2026-12-16", clock: clock)
        )
        return try query.occurrences(in: exchange.crm.store).map { item in
            let text = item.start.description
            return "\(text.dropFirst(8).prefix(2)) \(text.dropFirst(11).prefix(5))"
        }
    }

    @Test("leave the same here and in the calendar that is written", arguments: examples)
    func leaveTheSame(example: Example) throws {
        let exchange = try CalendarExchange()
        let fields = ["subject": "a", "starts_at": "2026-12-01 10:00", "time_zone": "UTC"].merging(example.fields) {
            $1
        }
        _ = try exchange.crm.write(TemporaryStore.request("crm event add")) { transaction in
            try transaction.add(exchange.events, fields.map { FieldInput($0.key, .set($0.value)) })
        }
        #expect(try dates(exchange) == example.left)
        let calendar = try exchange.calendar()
        let other = try CalendarExchange()
        try other.take(calendar)
        #expect(try dates(other) == example.left)
        // Nothing has changed by that, on either side.
        #expect(try exchange.take(calendar).report.unchanged == 1)
        #expect(try !exchange.calendar().contains("SEQUENCE"))
        #expect(try other.take(calendar).report.unchanged == 1)
    }

    @Test("are excluded on either side of a split within a day") func areExcludedOnEitherSideOfASplit() throws {
        let exchange = try CalendarExchange()
        try exchange.crm.add(
            .event,
            [
                "subject": "a", "starts_at": "2026-12-01 10:00", "time_zone": "UTC",
                "recurrence": "FREQ=DAILY;BYHOUR=10,15;COUNT=6", "excluded_dates": "2026-12-02",
                "further_dates": "2026-12-02T12:00",
            ]
        )
        let before = try dates(exchange)
        _ = try exchange.crm.write(TemporaryStore.request("crm event edit 1")) { transaction in
            try transaction.split(1, at: "2026-12-02T12:00", in: exchange.events)
        }
        #expect(try dates(exchange) == before)
    }
}
