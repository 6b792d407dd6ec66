import Testing

@testable import CRMKit

/// What was changed of single dates of a series that has these dates no more.
@Suite struct `Changed dates that their series has lost` {
    private let exchange: CalendarExchange

    init() throws { exchange = try CalendarExchange() }

    private func edit(_ key: String, _ text: String) throws {
        try exchange.crm.edit(.event, 1, [key: text])
    }

    private func changeDate(_ name: String) throws {
        try exchange.crm.write(TemporaryStore.request("crm event occurrence add 1")) { transaction in
            let part = try #require(exchange.events.part(named: "occurrence"))
            let inputs = [FieldInput("original", .set(name)), FieldInput("location", .set("B"))]
            _ = try transaction.add(part, to: 1, of: exchange.events, inputs)
        }
    }

    private var rows: Int64? {
        get throws { try exchange.crm.store.database.scalar("SELECT count(*) FROM event_occurrence")?.integer }
    }

    private static let series = CalendarExchange.event(
        "DTSTART:20261201T090000Z",
        "RRULE:FREQ=DAILY;COUNT=5",
        "SUMMARY:a"
    )

    /// Whether the rule came from a calendar, what becomes of it, and how many changed dates are left to be written.
    static let changes: [(rule: String, left: Int)] = [
        ("", 0), ("FREQ=WEEKLY;COUNT=3", 0), ("FREQ=DAILY;COUNT=3", 1), ("FREQ=DAILY;COUNT=9", 2),
    ]

    @Test("are told to no calendar, and are there again with the dates", arguments: [true, false], changes)
    func areToldToNoCalendarAndAreThereAgainWithTheDates(
        isTold: Bool,
        change: (rule: String, left: Int)
    ) throws {
        let dates = ["20261203T090000Z", "20261205T090000Z"].map { name in
            CalendarExchange.event("RECURRENCE-ID:\(name)", "DTSTART:\(name)", "LOCATION:B", "SUMMARY:a")
        }
        if isTold {
            try exchange.take(CalendarExchange.calendar(Self.series, dates[0], dates[1]))
        } else {
            try exchange.take(CalendarExchange.calendar(Self.series))
            for name in ["2026-12-03", "2026-12-05"] { try changeDate(name) }
        }
        let whole = try exchange.written()
        #expect(whole.filter { $0.hasPrefix("RECURRENCE-ID") }.count == 2)
        try edit("recurrence", change.rule)
        #expect(try exchange.written().filter { $0.hasPrefix("RECURRENCE-ID") }.count == change.left)
        #expect(try rows == 2)
        // The calendar of the change is one event, here and elsewhere.
        let calendar = try exchange.calendar()
        let copy = try CalendarExchange()
        #expect(try copy.take(calendar).report.created == 1)
        #expect(try copy.take(calendar).report.unchanged == 1)
        try edit("recurrence", "FREQ=DAILY;COUNT=5")
        #expect(try exchange.written().filter { $0.hasPrefix("RECURRENCE-ID") }.count == 2)
        try edit("recurrence", change.rule)
        #expect(try exchange.take(calendar).report.created == 0)
        // Of what it was not told it takes nothing away either.
        #expect(try rows == 2)
        try edit("recurrence", "FREQ=DAILY;COUNT=5")
        #expect(try exchange.written().filter { $0.hasPrefix("RECURRENCE-ID") }.count == 2)
        #expect(try exchange.crm.store.check() == [])
    }

    @Test("stay though no calendar has told of the series before") func stayThoughNoCalendarHasTold() throws {
        try exchange.crm.add(
            .event,
            ["subject": "a", "starts_at": "2026-12-01 09:00", "time_zone": "UTC", "recurrence": "FREQ=DAILY;COUNT=5"]
        )
        try changeDate("2026-12-03")
        try edit("recurrence", "")
        try exchange.take(try exchange.calendar())
        #expect(try rows == 1)
    }

    @Test("go with the rule that a calendar takes away") func goWithTheRuleThatACalendarTakesAway() throws {
        let name = "20261203T090000Z"
        let date = CalendarExchange.event("RECURRENCE-ID:\(name)", "DTSTART:\(name)", "LOCATION:B", "SUMMARY:a")
        try exchange.take(CalendarExchange.calendar(Self.series, date))
        #expect(try rows == 1)
        let single = CalendarExchange.event("SEQUENCE:1", "DTSTART:20261201T090000Z", "SUMMARY:a")
        try exchange.take(CalendarExchange.calendar(single))
        #expect(try rows == 0)
        #expect(try exchange.text("recurrence") == nil)
    }

    @Test("are told to no calendar that excludes them") func areToldToNoCalendarThatExcludesThem() throws {
        try exchange.take(CalendarExchange.calendar(Self.series))
        try changeDate("2026-12-03")
        try edit("excluded_dates", "2026-12-03")
        #expect(try exchange.written().filter { $0.hasPrefix("RECURRENCE-ID") } == [])
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 1)
    }
}
