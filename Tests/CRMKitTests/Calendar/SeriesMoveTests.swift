import Testing

@testable import CRMKit

/// A series of which something is said of single dates, moved as a whole.
@Suite struct `A series that is moved` {
    private let exchange: CalendarExchange

    init() throws { exchange = try CalendarExchange() }

    /// An event at ten in Madrid, ten times, without the third and with another place on the sixth.
    private static func calendar(
        _ rule: String = "FREQ=DAILY;COUNT=10",
        _ excluded: String = "EXDATE:20261022T080000Z",
        _ original: String = "RECURRENCE-ID:20261025T090000Z",
        from start: String = "20261020T100000",
        zone: String = "Europe/Madrid"
    ) -> String {
        CalendarExchange.calendar(
            CalendarExchange.event("DTSTART;TZID=\(zone):\(start)", "SUMMARY:a", "RRULE:\(rule)", excluded),
            CalendarExchange.event(original, "DTSTART:20261025T120000Z", "SUMMARY:b", "X-A:1")
        )
    }

    private func edit(_ inputs: [(String, String)]) throws {
        try exchange.crm.write(TemporaryStore.request("crm event edit 1")) { transaction in
            _ = try transaction.edit(exchange.events, id: 1, inputs.map { FieldInput($0.0, .set($0.1)) })
        }
    }

    /// The day of the month of each occurrence, with the hour in UTC and what it is called.
    private func occurrences() throws -> [String] {
        let clock = exchange.crm.store.clock
        let query = AgendaQuery(
            from: try Moment(parsing: "2026-10-01", clock: clock),
            until: try Moment(parsing: "2026-12-01", clock: clock)
        )
        return try query.occurrences(in: exchange.crm.store).map { item in
            let text = item.start.description
            return "\(text.dropFirst(8).prefix(2)).\(text.dropFirst(11).prefix(2))\(item.subject)"
        }
    }

    static let moves: [(inputs: [(String, String)], expected: [String])] = [
        (
            [("starts_at", "2026-10-20T09:00:00Z")],
            ["20.09a", "21.09a", "23.09a", "24.09a", "25.12b", "26.10a", "27.10a", "28.10a", "29.10a"]
        ),
        (
            [("time_zone", "America/Mexico_City")],
            ["20.08a", "21.08a", "23.08a", "24.08a", "25.12b", "26.08a", "27.08a", "28.08a", "29.08a"]
        ),
        // Later on the same days, these stay what they were.
        (
            [("starts_at", "2026-10-21T09:00:00Z")],
            ["21.09a", "23.09a", "24.09a", "25.12b", "26.10a", "27.10a", "28.10a", "29.10a", "30.10a"]
        ),
        // Past midnight, by less than half a day.
        (
            [("starts_at", "2026-10-19T21:00:00Z")],
            ["19.21a", "20.21a", "22.21a", "23.21a", "25.12b", "25.22a", "26.22a", "27.22a", "28.22a"]
        ),
        (
            [("all_day", "true")],
            ["20.00a", "21.00a", "23.00a", "24.00a", "25.00b", "26.00a", "27.00a", "28.00a", "29.00a"]
        ),
    ]

    @Test("takes along what was said of single dates", arguments: moves)
    func takesAlongWhatWasSaidOfSingleDates(inputs: [(String, String)], expected: [String]) throws {
        try exchange.take(Self.calendar())
        try edit(inputs)
        #expect(try occurrences() == expected)
        // Another database learns the same, with what no field holds.
        let written = try exchange.calendar()
        #expect(written.contains("X-A:1"))
        let other = try CalendarExchange()
        try other.take(written)
        #expect(try `A series that is moved`(exchange: other).occurrences() == expected)
        try exchange.take(written)
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 1)
    }

    private init(exchange: CalendarExchange) { self.exchange = exchange }

    @Test("ends with the same occurrence") func endsWithTheSameOccurrence() throws {
        try exchange.take(Self.calendar("FREQ=DAILY;UNTIL=20261029T090000Z"))
        try edit([("starts_at", "2026-10-20T10:30:00Z")])
        #expect(try exchange.text("recurrence") == "FREQ=DAILY;UNTIL=20261029T113000Z")
        #expect(try occurrences().last == "29.11a")
    }

    @Test("of every week goes to another day with what is excluded")
    func ofEveryWeekGoesToAnotherDayWithWhatIsExcluded() throws {
        try exchange.take(
            Self.calendar("FREQ=WEEKLY;COUNT=4", "EXDATE:20261103T090000Z", "RECURRENCE-ID:20261027T090000Z")
        )
        #expect(try occurrences() == ["20.08a", "25.12b", "10.09a"])
        try edit([("starts_at", "2026-10-22T08:00:00Z")])
        #expect(try occurrences() == ["22.08a", "25.12b", "12.09a"])
    }

    @Test("of one day of the week goes to another with its rule") func ofOneDayOfTheWeekGoesToAnotherWithItsRule()
        throws
    {
        try exchange.take(
            Self.calendar(
                "FREQ=WEEKLY;BYDAY=TU;COUNT=4",
                "EXDATE:20261103T090000Z",
                "RECURRENCE-ID:20261027T090000Z"
            )
        )
        try edit([("starts_at", "2026-10-22T08:00:00Z")])
        #expect(try exchange.text("recurrence") == "FREQ=WEEKLY;COUNT=4;BYDAY=TH")
        #expect(try occurrences() == ["22.08a", "25.12b", "12.09a"])
        // On a day of its own it stays.
        try edit([("starts_at", "2026-10-29T09:00:00Z")])
        #expect(try exchange.text("recurrence") == "FREQ=WEEKLY;COUNT=4;BYDAY=TH")
    }

    @Test(
        "to a day that is none of its rule is told",
        arguments: ["FREQ=WEEKLY;BYDAY=TU,TH", "FREQ=MONTHLY;BYDAY=3TU", "FREQ=MONTHLY;BYMONTHDAY=20"]
    )
    func toADayThatIsNoneOfItsRuleIsTold(rule: String) throws {
        try exchange.take(Self.calendar(rule))
        let notices = try exchange.crm.write(TemporaryStore.request("crm event edit 1")) { transaction in
            _ = try transaction.edit(exchange.events, id: 1, [FieldInput("starts_at", .set("2026-10-21T08:00:00Z"))])
            return transaction.notices
        }
        #expect(notices.contains { $0.en.contains("is not among the days of its repetition") }, "\(notices)")
        #expect(try exchange.text("recurrence") == rule)
    }

    @Test("of several times a day keeps those of which something was said")
    func ofSeveralTimesADayKeepsThoseOfWhichSomethingWasSaid() throws {
        try exchange.take(
            Self.calendar(
                "FREQ=DAILY;BYHOUR=10,15;COUNT=6",
                "EXDATE:20261021T130000Z",
                "RECURRENCE-ID:20261022T080000Z"
            )
        )
        let before = try occurrences()
        #expect(before == ["20.08a", "20.13a", "21.08a", "22.13a", "25.12b"])
        try edit([("starts_at", "2026-10-20T13:00:00Z")])
        #expect(try occurrences() == ["20.13a", "21.08a", "22.13a", "23.08a", "25.12b"])
    }

    @Test("is as a calendar says that tells of it anew") func isAsACalendarSaysThatTellsOfItAnew() throws {
        try exchange.take(Self.calendar())
        // Nothing is excluded or moved any more by what it says now, and what is on a date that it has not is by
        // itself.
        try exchange.take(Self.calendar(from: "20261020T110000"))
        #expect(
            try occurrences() == [
                "20.09a", "21.09a", "22.09a", "23.09a", "24.09a", "25.10a", "25.12b", "26.10a", "27.10a", "28.10a",
                "29.10a",
            ]
        )
        // By other clocks, which change later, that excludes the same again and moves nothing.
        try exchange.take(Self.calendar(from: "20261020T040000", zone: "America/New_York"))
        let last = try occurrences()
        #expect(last.filter { $0.hasSuffix("a") }.count == 9)
        #expect(last.filter { !$0.hasSuffix("a") } == ["25.12b"])
    }

    @Test("keeps what was said here when a calendar moves it") func keepsWhatWasSaidHereWhenACalendarMovesIt() throws {
        let calendar = { (start: String) in
            CalendarExchange.calendar(
                CalendarExchange.event("DTSTART;TZID=Europe/Madrid:\(start)", "SUMMARY:a", "RRULE:FREQ=DAILY;COUNT=3")
            )
        }
        try exchange.take(calendar("20261020T100000"))
        try exchange.crm.write(TemporaryStore.request("crm event edit 1")) { transaction in
            _ = try transaction.edit(
                occurrence: "2026-10-21T10:00",
                of: 1,
                in: exchange.events,
                [FieldInput("subject", .set("b"))]
            )
        }
        #expect(try occurrences() == ["20.08a", "21.08b", "22.08a"])
        try exchange.take(calendar("20261020T120000"))
        #expect(try occurrences() == ["20.10a", "21.10b", "22.10a"])
    }

    /// The hours in UTC from the start of each occurrence to its end.
    private func lengths() throws -> [String] {
        let clock = exchange.crm.store.clock
        let query = AgendaQuery(
            from: try Moment(parsing: "2026-10-01", clock: clock),
            until: try Moment(parsing: "2026-12-01", clock: clock)
        )
        return try query.occurrences(in: exchange.crm.store).map { item in
            let hours = (item.end.secondsSinceEpoch - item.start.secondsSinceEpoch) / 3600
            return "\(item.start.description.dropFirst(8).prefix(5)) \(hours)"
        }
    }

    @Test(
        "leaves an occurrence that differs in its end alone as long as it is",
        arguments: [
            ([("starts_at", "2026-10-20T15:00:00Z")], ["20T15 1", "21T15 3", "22T15 1", "24T16 4"]),
            ([("time_zone", "America/New_York")], ["20T08 1", "21T08 3", "22T08 1", "24T16 4"]),
            ([("starts_at", "2026-10-21T09:00:00Z")], ["21T09 3", "22T09 1", "23T09 1", "24T16 4"]),
        ]
    )
    func leavesOneThatDiffersInItsEndAlone(inputs: [(String, String)], expected: [String]) throws {
        try exchange.take(
            CalendarExchange.calendar(
                CalendarExchange.event(
                    "DTSTART;TZID=Europe/Madrid:20261020T100000",
                    "DTEND;TZID=Europe/Madrid:20261020T110000",
                    "SUMMARY:a",
                    "RRULE:FREQ=DAILY;COUNT=3",
                    "RDATE;VALUE=PERIOD:20261024T160000Z/PT4H"
                ),
                CalendarExchange.event(
                    "RECURRENCE-ID:20261021T080000Z",
                    "DTSTART:20261021T080000Z",
                    "DTEND:20261021T110000Z",
                    "SUMMARY:a"
                )
            )
        )
        #expect(try lengths() == ["20T08 1", "21T08 3", "22T08 1", "24T16 4"])
        try edit(inputs)
        #expect(try lengths() == expected)
        let other = try CalendarExchange()
        try other.take(try exchange.calendar())
        #expect(try `A series that is moved`(exchange: other).lengths() == expected)
    }

    @Test("keeps the days of an occurrence that is longer, where it becomes one of whole days")
    func keepsTheDaysOfALongerOne() throws {
        try exchange.take(
            CalendarExchange.calendar(
                CalendarExchange.event(
                    "DTSTART;TZID=Europe/Madrid:20261020T100000",
                    "DTEND;TZID=Europe/Madrid:20261020T110000",
                    "SUMMARY:a",
                    "RRULE:FREQ=WEEKLY;COUNT=2"
                ),
                CalendarExchange.event(
                    "RECURRENCE-ID:20261027T090000Z",
                    "DTSTART:20261027T090000Z",
                    "DTEND:20261028T110000Z",
                    "SUMMARY:a"
                )
            )
        )
        try edit([("all_day", "true")])
        #expect(try lengths() == ["20T00 24", "27T00 48"])
    }

    /// What becomes of a Thursday that was moved to a Friday.
    static let changes: [(inputs: [(String, String)], isTold: Bool)] = [
        ([("recurrence", "every tuesday")], true), ([("recurrence", "")], true),
        ([("recurrence", "every week on tue, thu until 2026-10-28")], true),
        ([("recurrence", "every thursday")], false), ([("excluded_dates", "2026-10-29")], false),
        ([("recurrence", "every tuesday"), ("excluded_dates", "2026-10-29")], true),
        ([("recurrence", "every tuesday"), ("further_dates", "2026-10-29")], false),
        ([("starts_at", "2026-10-20 12:00")], false),
    ]

    @Test("tells which changed occurrences a changed rule has no more", arguments: changes)
    func tellsWhichAreLost(inputs: [(String, String)], isTold: Bool) throws {
        try exchange.crm.add(
            .event,
            [
                "subject": "a", "starts_at": "2026-10-20 10:00", "time_zone": "UTC",
                "recurrence": "every week on tue, thu",
            ]
        )
        let notices = try exchange.crm.write(TemporaryStore.request("crm event edit 1")) { transaction in
            for (name, key, value) in [
                ("2026-10-29", "starts_at", "2026-10-30 18:00"), ("2026-10-22", "status", "not_held"),
            ] {
                _ = try transaction.edit(
                    occurrence: name,
                    of: 1,
                    in: exchange.events,
                    [FieldInput(key, .set(value))]
                )
            }
            #expect(transaction.notices.isEmpty)
            _ = try transaction.edit(exchange.events, id: 1, inputs.map { FieldInput($0.0, .set($0.1)) })
            return transaction.notices
        }
        let told = notices.filter { $0.en.contains("2026-10-29 (moved to 2026-10-30 18:00)") }
        #expect(told.count == (isTold ? 1 : 0), "\(notices)")
        #expect(!told.contains { $0.en.contains("2026-10-22") }, "\(notices)")
    }
}
