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

    /// `start|end|whether it lasts whole days` of what takes place from 2 to 5 December.
    private func agenda() throws -> [String] {
        let from = try #require(Moment(stored: "2026-12-02T00:00:00Z"))
        let until = try #require(Moment(stored: "2026-12-06T00:00:00Z"))
        return try AgendaQuery(from: from, until: until).occurrences(in: exchange.crm.store).map { item in
            "\(item.start.description)|\(item.end.description)|\(item.isWholeDay)"
        }
    }

    private func edit(_ date: String, _ inputs: (field: String, text: String)...) throws {
        try exchange.crm.write(TemporaryStore.request("x")) { transaction in
            _ = try transaction.edit(
                occurrence: date,
                of: 1,
                in: exchange.events,
                inputs.map { FieldInput($0.field, .set($0.text)) }
            )
        }
    }

    @Test("a date of whole days that has a time takes place then, and is written so once it is changed here")
    func aDateOfWholeDaysHasATime() throws {
        let calendar = CalendarExchange.calendar(
            CalendarExchange.event("DTSTART;VALUE=DATE:20261202", "RRULE:FREQ=DAILY;COUNT=3", "SUMMARY:a"),
            CalendarExchange.event(
                "RECURRENCE-ID;VALUE=DATE:20261203",
                "DTSTART:20261203T130000Z",
                "DTEND:20261203T140000Z",
                "SUMMARY:a"
            )
        )
        #expect(try exchange.take(calendar).report.created == 1)
        #expect(
            try agenda() == [
                "2026-12-02T00:00:00Z|2026-12-03T00:00:00Z|true", "2026-12-03T13:00:00Z|2026-12-03T14:00:00Z|false",
                "2026-12-04T00:00:00Z|2026-12-05T00:00:00Z|true",
            ]
        )
        #expect(try exchange.take(calendar).report.unchanged == 1)
        try edit("2026-12-03", ("subject", "b"))
        let lines = try exchange.written()
        #expect(lines.contains("DTSTART:20261203T130000Z") && lines.contains("DTEND:20261203T140000Z"), "\(lines)")
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 1)
    }

    /// The end of whole days, and the day on which they end.
    static let ends: [(lines: [String], day: String)] = [
        ([], "04"), (["DTEND;VALUE=DATE:20261204"], "04"), (["DTEND;VALUE=DATE:20261205"], "05"),
    ]

    @Test("a date of whole days of a series with times lasts to the end of its last day", arguments: ends)
    func aDateLastsWholeDays(lines: [String], day: String) throws {
        let date =
            ["BEGIN:VEVENT", "UID:u1", "RECURRENCE-ID:20261203T130000Z", "DTSTART;VALUE=DATE:20261203"] + lines
            + ["END:VEVENT"]
        let calendar = CalendarExchange.calendar(
            CalendarExchange.event("DTSTART:20261202T130000Z", "DTEND:20261202T140000Z", "RRULE:FREQ=DAILY;COUNT=2"),
            date
        )
        #expect(try exchange.take(calendar).report.created == 1)
        #expect(
            try agenda() == [
                "2026-12-02T13:00:00Z|2026-12-02T14:00:00Z|false",
                "2026-12-03T00:00:00Z|2026-12-\(day)T00:00:00Z|false",
            ]
        )
        #expect(try exchange.written().contains("DTSTART;VALUE=DATE:20261203"))
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 1)
    }

    @Test("a day given for a date of whole days is one of the event's zone, whatever that of the user")
    func aDayIsOneOfTheZoneOfTheEvent() throws {
        let fields = [
            ("subject", "a"), ("starts_at", "2026-12-01"), ("all_day", "true"), ("time_zone", "Asia/Tokyo"),
            ("recurrence", "FREQ=DAILY;COUNT=2"),
        ]
        try exchange.crm.write(TemporaryStore.request("x")) { transaction in
            _ = try transaction.add(exchange.events, fields.map { FieldInput($0.0, .set($0.1)) })
        }
        try edit("2026-12-02", ("starts_at", "2026-12-04"), ("ends_at", "2026-12-05"))
        #expect(try rows() == ["2026-12-02|2026-12-03T15:00:00Z|2026-12-04T15:00:00Z|"])
        #expect(try agenda() == ["2026-12-04T00:00:00Z|2026-12-06T00:00:00Z|true"])
        // It stays a day of an event that goes to another zone.
        try exchange.crm.write(TemporaryStore.request("x")) { transaction in
            _ = try transaction.edit(exchange.events, id: 1, [FieldInput("time_zone", .set("Europe/Madrid"))])
        }
        #expect(try agenda().contains("2026-12-04T00:00:00Z|2026-12-06T00:00:00Z|true"))
    }
}
