import Formats
import Testing

@testable import CRMKit

/// Single dates of a series that calendars tell of, and what becomes of them on the way back.
@Suite struct `Single dates kept for the way back` {
    private let exchange: CalendarExchange

    init() throws { exchange = try CalendarExchange() }

    private static let series = CalendarExchange.event(
        "DTSTART;TZID=America/Mexico_City:20261203T090000",
        "DTEND;TZID=America/Mexico_City:20261203T100000",
        "RRULE:FREQ=WEEKLY",
        "SUMMARY:Revisión"
    )
    private static let moved = CalendarExchange.event(
        "RECURRENCE-ID;TZID=America/Mexico_City:20261210T090000",
        "DTSTART;TZID=America/Mexico_City:20261210T110000",
        "DTEND;TZID=America/Mexico_City:20261210T120000",
        "SUMMARY:Revisión",
        "X-A:1"
    )
    private static let called = CalendarExchange.event(
        "RECURRENCE-ID:20261217T150000Z",
        "DTSTART:20261217T150000Z",
        "DTEND:20261217T170000Z",
        "STATUS:CANCELLED",
        "SUMMARY:Otra"
    )

    private func rows() throws -> [String] {
        try exchange.crm.store.database.all(
            """
            SELECT original, starts_at, ends_at, subject, status FROM event_occurrence ORDER BY original
            """
        ).map { row in row.map { $0.text ?? "" }.joined(separator: "|") }
    }

    @Test("single occurrences are rows of their series, wherever they stand")
    func singleOccurrencesAreRowsOfTheirSeriesWhereverTheyStand() throws {
        let calendar = CalendarExchange.calendar(
            Self.moved,
            CalendarExchange.event("DTSTART:20261203T150000Z", uid: "u2"),
            Self.series,
            Self.called
        )
        #expect(try exchange.take(calendar).report.created == 2)
        #expect(
            try rows() == [
                "2026-12-10T09:00:00|2026-12-10T17:00:00Z|||",
                "2026-12-17T09:00:00||2026-12-17T17:00:00Z|Otra|not_held",
            ]
        )
        #expect(try exchange.take(calendar).report.unchanged == 2)
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 2)
        let lines = try exchange.written()
        #expect(lines.filter { $0 != "X-A:1" }.count == lines.count - 1)
        // One that is gone goes.
        #expect(try exchange.take(CalendarExchange.calendar(Self.series, Self.called)).report.updated == 1)
        #expect(try rows().count == 1)
    }

    @Test("a single event with a difference of its own day is unchanged when it is read again")
    func aSingleEventWithADifferenceOfItsOwnDayIsUnchangedWhenItIsReadAgain() throws {
        let single = Self.series.filter { !$0.hasPrefix("RRULE") }
        let own = Self.moved.map { $0.replacing("RECURRENCE-ID;TZID=America/Mexico_City:20261210", with: Self.ownDay) }
        let calendar = CalendarExchange.calendar(single, own)
        #expect(try exchange.take(calendar).report.created == 1)
        let before = try rows()
        #expect(before.count == 1)
        #expect(try exchange.take(calendar).report.unchanged == 2)
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 2)
        #expect(try rows() == before)
        let changed = CalendarExchange.calendar(single, own.map { $0.replacing("T110000", with: "T113000") })
        #expect(try exchange.take(changed).report.updated == 1)
        #expect(try rows() != before && rows().count == 1)
        // One that is gone goes with the next change of the event.
        let alone = CalendarExchange.calendar(single.map { $0.replacing("Revisión", with: "Otra") })
        #expect(try exchange.take(alone).report.updated == 1)
        #expect(try rows() == [])
    }

    private static let ownDay = "RECURRENCE-ID;TZID=America/Mexico_City:20261203"

    @Test(
        "what differs from a date on that the series does not have is read again as it was",
        arguments: ["20261211T090000", "20281203T090000"]
    )
    func whatDiffersFromADateOnThatTheSeriesDoesNotHaveIsReadAgainAsItWas(date: String) throws {
        let series = Self.series.map { $0.replacing("FREQ=WEEKLY", with: "FREQ=WEEKLY;COUNT=9") }
        let following = CalendarExchange.event(
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=America/Mexico_City:\(date)",
            "DTSTART;TZID=America/Mexico_City:\(date)",
            "SUMMARY:Otra"
        )
        #expect(try exchange.take(CalendarExchange.calendar(series, following)).problems.isEmpty)
        let before = try rows()
        #expect(before.count == 1)
        for calendar in [CalendarExchange.calendar(following), CalendarExchange.calendar(series, following)] {
            let again = try exchange.take(calendar)
            #expect(again.problems.isEmpty && again.report.unchanged == 1, "\(again.problems)")
        }
        #expect(try rows() == before)
        let other = try CalendarExchange()
        for calendar in [series, following, following] {
            #expect(try other.take(CalendarExchange.calendar(calendar)).problems.isEmpty)
        }
    }

    @Test("a date that was cancelled is on again by a later request, and an older cancellation does nothing")
    func aDateThatWasCancelledIsOnAgainByALaterRequestAndAnOlderCancellationDoesNothing() throws {
        func message(_ method: String, _ sequence: Int, _ more: String...) -> String {
            let lines = Self.moved.dropLast().filter { !$0.hasPrefix("X-A") } + ["SEQUENCE:\(sequence)"] + more
            return CalendarExchange.calendar(lines + ["END:VEVENT"], header: ["METHOD:\(method)"])
        }
        try exchange.take(CalendarExchange.calendar(Self.series))
        let isOff = "2026-12-10T09:00:00||||not_held", isOn = "2026-12-10T09:00:00|2026-12-10T17:00:00Z|||"
        let cancelled = message("CANCEL", 1, "STATUS:CANCELLED")
        for (calendar, row) in [
            (cancelled, isOff), (message("REQUEST", 2), isOn), (cancelled, isOn),
            (message("CANCEL", 3, "STATUS:CANCELLED"), isOn + "not_held"), (message("REQUEST", 4), isOn),
        ] {
            try exchange.take(calendar)
            #expect(try rows() == [row])
        }
    }

    /// A message about one date: its sequence number, and the minute at which it was made.
    private static func message(_ method: String, _ sequence: Int, at minute: Int, _ more: String...) -> String {
        let stamp = "DTSTAMP:20260101T00\(minute)00Z"
        let lines = moved.dropLast().filter { !$0.hasPrefix("X-A") && !$0.hasPrefix("DTSTAMP") }
        return CalendarExchange.calendar(
            lines + [stamp, "SEQUENCE:\(sequence)"] + more + ["END:VEVENT"],
            header: ["METHOD:\(method)"]
        )
    }

    static let outdated = [
        message("REQUEST", 2, at: 30), message("REQUEST", 3, at: 20),
        CalendarExchange.calendar(series), CalendarExchange.calendar(series, moved),
        CalendarExchange.calendar(series, moved, header: ["METHOD:REQUEST"]),
    ]

    @Test("a date that was cancelled stays so, whatever older calendar or request comes", arguments: outdated)
    func aDateThatWasCancelledStaysSoWhateverOlderCalendarOrRequestComes(older: String) throws {
        for earlier in [nil, Self.message("REQUEST", 1, at: 10)] {
            let exchange = try CalendarExchange()
            func status() throws -> String? {
                try exchange.crm.store.database.scalar("SELECT status FROM event_occurrence")?.text
            }
            try exchange.take(CalendarExchange.calendar(Self.series))
            if let earlier { try exchange.take(earlier) }
            let cancelled = Self.message("CANCEL", 3, at: 25)
            #expect(try exchange.take(cancelled).report.updated == 1)
            let rows = try exchange.crm.store.database.all("SELECT * FROM event_occurrence")
            for _ in 1...2 {
                let again = try exchange.take(older)
                #expect(again.problems.isEmpty && again.report.updated == 0, "\(again)")
                #expect(try exchange.crm.store.database.all("SELECT * FROM event_occurrence") == rows)
                #expect(try exchange.take(cancelled).report.updated == 0)
            }
            // A later one puts it back, and an own calendar says all of it.
            #expect(try exchange.take(try exchange.calendar()).report.updated == 0)
            #expect(try status() == "not_held")
            #expect(try exchange.take(Self.message("REQUEST", 3, at: 40)).report.updated == 1)
            #expect(try status() == nil)
            try exchange.take(cancelled)
            #expect(try status() == nil)
        }
    }

    @Test("a date that a request tells as it is here is of the request's version")
    func aDateThatARequestTellsAsItIsHereIsOfTheRequestsVersion() throws {
        try exchange.take(CalendarExchange.calendar(Self.series))
        for (sequence, minute) in [(1, 10), (3, 30), (3, 40)] {
            try exchange.take(Self.message("REQUEST", sequence, at: minute))
        }
        let before = try rows()
        for (sequence, minute) in [(2, 50), (3, 35)] {
            try exchange.take(Self.message("CANCEL", sequence, at: minute))
            #expect(try rows() == before)
        }
    }

    @Test("an event that was cancelled and put back stays, though the cancellation comes again")
    func anEventThatWasCancelledAndPutBackStaysThoughTheCancellationComesAgain() throws {
        func message(_ method: String, _ minute: Int) -> String {
            let lines = ["BEGIN:VEVENT", "UID:u1", "DTSTAMP:20260101T00\(minute)00Z", "SEQUENCE:1"]
            return CalendarExchange.calendar(
                lines + ["DTSTART:20261203T150000Z", "SUMMARY:a", "END:VEVENT"],
                header: ["METHOD:\(method)"]
            )
        }
        for (calendar, isOff) in [
            (message("REQUEST", 10), false), (message("CANCEL", 20), true), (message("REQUEST", 30), false),
            (message("CANCEL", 20), false),
        ] {
            try exchange.take(calendar)
            #expect(try (exchange.text("status") == "not_held") == isOff)
        }
    }

    @Test("an occurrence alone is told to the series that is here") func anOccurrenceAloneIsToldToTheSeriesThatIsHere()
        throws
    {
        try exchange.take(CalendarExchange.calendar(Self.series))
        #expect(try exchange.take(CalendarExchange.calendar(Self.moved)).report.updated == 1)
        #expect(try rows() == ["2026-12-10T09:00:00|2026-12-10T17:00:00Z|||"])
        let cancelled = CalendarExchange.calendar(Self.moved, header: ["METHOD:CANCEL"])
        try exchange.take(cancelled)
        #expect(try rows() == ["2026-12-10T09:00:00|2026-12-10T17:00:00Z|||not_held"])
    }

    @Test(
        "an occurrence alone is that of its moment, whatever its zone",
        arguments: [
            ["RECURRENCE-ID:20261208T090000Z", "DTSTART:20261208T090000Z"],
            ["RECURRENCE-ID;TZID=Europe/Madrid:20261208T100000", "DTSTART:20261208T090000Z"],
            [
                "RECURRENCE-ID;TZID=America/New_York:20261208T040000",
                "DTSTART;TZID=America/New_York:20261208T040000",
            ],
        ]
    )
    func anOccurrenceAloneIsThatOfItsMomentWhateverItsZone(times: [String]) throws {
        for method in ["REQUEST", "CANCEL"] {
            let exchange = try CalendarExchange()
            try exchange.crm.write(TemporaryStore.request("x")) { transaction in
                _ = try transaction.add(
                    exchange.events,
                    [
                        FieldInput("subject", .set("a")), FieldInput("starts_at", .set("2026-12-07T09:00:00Z")),
                        FieldInput("time_zone", .set("Europe/Madrid")), FieldInput("uid", .set("u1")),
                        FieldInput("recurrence", .set("FREQ=DAILY;COUNT=4")),
                    ]
                )
            }
            func calendar(_ times: [String]) -> String {
                CalendarExchange.calendar(
                    ["BEGIN:VEVENT", "UID:u1", "DTSTAMP:20260101T000000Z", "STATUS:CANCELLED", "SEQUENCE:3"] + times
                        + ["END:VEVENT"],
                    header: ["METHOD:\(method)"]
                )
            }
            #expect(try exchange.take(calendar(times)).report.updated == 1)
            let rows = try exchange.crm.store.database.all("SELECT original, status FROM event_occurrence")
            #expect(rows.map { $0.map { $0.text ?? "" } } == [["2026-12-08T10:00:00", "not_held"]])
            #expect(try exchange.written().contains("RECURRENCE-ID;TZID=Europe/Madrid:20261208T100000"))
            // One that there is not is told.
            let missing = ["RECURRENCE-ID:20261208T100000Z", "DTSTART:20261208T100000Z"]
            #expect(try exchange.take(calendar(missing)).report.failed == 1)
        }
    }

    private func agenda() throws -> [String] {
        let query = AgendaQuery(
            from: try Moment(parsing: "2026-11-01", clock: TemporaryStore.clock),
            until: try Moment(parsing: "2027-03-01", clock: TemporaryStore.clock)
        )
        return try query.occurrences(in: exchange.crm.store).map { "\($0.start) \($0.subject)" }.sorted()
    }

    static let daily = CalendarExchange.event(
        "DTSTART;TZID=Europe/Madrid:20261201T090000",
        "RRULE:FREQ=DAILY;COUNT=3",
        "SUMMARY:Junta"
    )
    private static let days = (1...3).map { "2026-12-0\($0)T08:00:00Z Junta" }

    @Test(
        "a changed date that its series has not is an event of its own",
        arguments: [daily, daily.filter { !$0.hasPrefix("RRULE") }]
    )
    func aChangedDateThatItsSeriesHasNotIsAnEventOfItsOwn(series: [String]) throws {
        let stray = CalendarExchange.event(
            "RECURRENCE-ID:20261202T150000Z",
            "DTSTART:20261202T160000Z",
            "SUMMARY:Junta movida"
        )
        let calendar = CalendarExchange.calendar(series, stray)
        let (report, problems) = try exchange.take(calendar)
        #expect(report.created == 2 && problems.isEmpty, "\(problems)")
        let all = (series == Self.daily ? Self.days : [Self.days[0]]) + ["2026-12-02T16:00:00Z Junta movida"]
        #expect(try agenda() == all.sorted())
        #expect(try exchange.take(calendar).report.unchanged == 2)
        let written = try exchange.calendar()
        #expect(try exchange.written() == series + stray)
        #expect(try exchange.take(written).report.unchanged == 2)
        // It can be called off by itself.
        try exchange.take(CalendarExchange.calendar(stray, header: ["METHOD:CANCEL"]))
        #expect(try exchange.text("status", of: 2) == "not_held")
        #expect(try exchange.text("status") != "not_held")
    }

    @Test("a changed date that does not say what it is about is about what its series is")
    func aChangedDateWithoutASummaryIsAboutWhatItsSeriesIs() throws {
        let moved = CalendarExchange.event(
            "RECURRENCE-ID;TZID=Europe/Madrid:20261202T090000",
            "DTSTART;TZID=Europe/Madrid:20261202T110000"
        )
        let calendar = CalendarExchange.calendar(Self.daily, moved)
        try exchange.take(calendar)
        #expect(try agenda() == [Self.days[0], "2026-12-02T10:00:00Z Junta", Self.days[2]])
        #expect(try exchange.take(calendar).report.unchanged == 1)
        #expect(try exchange.take(try exchange.calendar()).problems.isEmpty)
        #expect(try agenda() == [Self.days[0], "2026-12-02T10:00:00Z Junta", Self.days[2]])
    }

    @Test("of two versions of one date the later one counts") func ofTwoVersionsOfOneDateTheLaterOneCounts() throws {
        func version(_ sequence: Int, _ hour: Int) -> [String] {
            CalendarExchange.event(
                "RECURRENCE-ID;TZID=Europe/Madrid:20261203T090000",
                "DTSTART:20261203T\(hour)0000Z",
                "SEQUENCE:\(sequence)",
                "SUMMARY:v\(sequence)"
            )
        }
        for order in [[0, 2, 1], [2, 1, 0]] {
            let versions = order.map { version($0, 10 + $0) }
            try exchange.take(CalendarExchange.calendar(Self.daily, versions[0], versions[1], versions[2]))
            #expect(try agenda() == Self.days.dropLast() + ["2026-12-03T12:00:00Z v2"])
            #expect(try exchange.written() == Self.daily + version(2, 12))
        }
    }

    @Test("a date that came before its series becomes one of it") func aDateThatCameBeforeItsSeriesBecomesOneOfIt()
        throws
    {
        let date = CalendarExchange.event(
            "RECURRENCE-ID:20261202T080000Z",
            "DTSTART:20261202T150000Z",
            "SUMMARY:Junta tarde"
        )
        try exchange.take(CalendarExchange.calendar(date, header: ["METHOD:REQUEST"]))
        #expect(try agenda() == ["2026-12-02T15:00:00Z Junta tarde"])
        try exchange.take(CalendarExchange.calendar(Self.daily))
        #expect(try agenda() == [Self.days[0], "2026-12-02T15:00:00Z Junta tarde", Self.days[2]])
        #expect(try exchange.crm.store.database.all("SELECT id FROM event").count == 1)
        #expect(try exchange.written() == Self.daily + date)
    }

    /// The UIDs of two series, of which one goes on from the other.
    static let uids: [(one: String, other: String)] = [("a", "a/b"), ("a/b", "a"), ("a/", "a"), ("x/20261203", "x")]

    @Test("a date without its series joins its own series alone, whatever slashes their UIDs have", arguments: uids)
    func aDateWithoutItsSeriesJoinsItsOwnSeriesAlone(one: String, other: String) throws {
        let name = "20261203T090000Z"
        func series(_ uid: String) -> String {
            let rule = ["DTSTART:20261201T090000Z", "RRULE:FREQ=DAILY;COUNT=5", "SUMMARY:\(uid)"]
            return CalendarExchange.calendar(CalendarExchange.event(rule[0], rule[1], rule[2], uid: uid))
        }
        let date = CalendarExchange.event("RECURRENCE-ID:\(name)", "DTSTART:\(name)", "SUMMARY:apart", uid: one)
        try exchange.take(CalendarExchange.calendar(date))
        #expect(try exchange.text("uid") == "\(one)/\(name)")
        try exchange.take(series(other))
        #expect(try exchange.text("subject") == "apart")
        try exchange.take(series(one))
        #expect(try exchange.crm.store.storedRecord(exchange.events, id: 1) == nil)
        let rows = try exchange.crm.store.database.all(
            "SELECT e.uid, o.subject FROM event_occurrence o JOIN event e ON e.id = o.event"
        )
        #expect(rows == [[.text(one), .text("apart")]])
    }

    @Test("an occurrence without its series is an event") func anOccurrenceWithoutItsSeriesIsAnEvent() throws {
        let calendar = CalendarExchange.calendar(Self.moved, Self.called)
        #expect(try exchange.take(calendar).report.created == 2)
        #expect(try exchange.take(calendar).report.unchanged == 2)
        #expect(try exchange.written() == Self.moved + Self.called)
    }

    @Test("an occurrence that is changed here is written beside its series")
    func anOccurrenceThatIsChangedHereIsWrittenBesideItsSeries() throws {
        try exchange.take(CalendarExchange.calendar(Self.series, Self.moved))
        try exchange.crm.write(TemporaryStore.request("x")) { transaction in
            let part = try #require(exchange.events.part(named: "occurrence"))
            _ = try transaction.edit(part, of: 1, in: exchange.events, at: 1, [FieldInput("location", .set("B"))])
            _ = try transaction.add(
                part,
                to: 1,
                of: exchange.events,
                [FieldInput("original", .set("2026-12-24")), FieldInput("subject", .set("Nochebuena"))]
            )
        }
        let lines = try exchange.written()
        #expect(lines.contains("LOCATION:B") && lines.contains("X-A:1"))
        #expect(lines.contains("RECURRENCE-ID;TZID=America/Mexico_City:20261224T090000"))
        #expect(lines.contains("SUMMARY:Nochebuena"))
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 1)
    }

    @Test("what takes no time leaves people free, on one date or on all")
    func whatTakesNoTimeLeavesPeopleFree() throws {
        let exchange = try CalendarExchange()
        func event(_ uid: String, _ hour: String, _ lines: String...) -> [String] {
            let times = ["DTSTART:20261201T\(hour)0000Z", "DTEND:20261201T\(hour)3000Z", "SUMMARY:\(uid)"]
            return ["BEGIN:VEVENT", "UID:\(uid)"] + times + lines + ["END:VEVENT"]
        }
        let date = CalendarExchange.event(
            "RECURRENCE-ID:20261202T110000Z",
            "DTSTART:20261202T110000Z",
            "DTEND:20261202T113000Z",
            "TRANSP:TRANSPARENT",
            uid: "c"
        )
        try exchange.take(
            CalendarExchange.calendar(
                event("a", "09", "TRANSP:TRANSPARENT", "RRULE:FREQ=DAILY;COUNT=2"),
                event("b", "09", "TRANSP:OPAQUE"),
                event("c", "11", "RRULE:FREQ=DAILY;COUNT=2"),
                date
            )
        )
        try exchange.crm.write(TemporaryStore.request("x")) { transaction in
            for id: Int64 in 1...3 {
                _ = try transaction.edit(exchange.events, id: id, [FieldInput("assigned_to", .set("ana"))])
            }
        }
        let store = exchange.crm.store
        let clock = store.clock
        let from = try Moment(parsing: "2026-12-01", clock: clock)
        let until = try Moment(parsing: "2026-12-03", clock: clock)
        var query = AgendaQuery(from: from, until: until)
        query.answers = try CalendarAnswers(in: store)
        let items = try query.occurrences(in: store)
        #expect(
            items.filter(\.takesTime).map { "\($0.subject) \($0.start.description.prefix(10))" } == [
                "b 2026-12-01", "c 2026-12-01",
            ]
        )
        #expect(items.flatMap(\.conflicts) == [])
        var free = FreeTime(contacts: [], who: "ana", length: try Duration(parsing: "30m"))
        free.answers = query.answers
        let times = try free.times(from: from, until: until, in: store)
        let taken = try Moment(parsing: "2026-12-02T09:10:00Z", clock: clock)
        #expect(times.contains { $0.start <= taken && taken < $0.end })
    }

    @Test("a date whose component has no place and no words has none, whatever its series has")
    func aDateWhoseComponentHasNoPlaceAndNoWordsHasNoneWhateverItsSeriesHas() throws {
        let series = Self.series.dropLast() + ["LOCATION:Sala", "DESCRIPTION:Temas", "END:VEVENT"]
        let bare = Self.moved.filter { !$0.hasPrefix("LOCATION") && !$0.hasPrefix("DESCRIPTION") }
        try exchange.take(CalendarExchange.calendar(Array(series), bare))
        let store = exchange.crm.store
        let query = AgendaQuery(
            from: try #require(Moment(secondsSinceEpoch: 0)),
            until: try #require(Moment(secondsSinceEpoch: 1_900_000_000))
        )
        let places = try query.occurrences(in: store).prefix(40).map(\.location)
        #expect(places.filter { $0 == nil }.count == 1 && places.contains("Sala"))
        let written = try exchange.written()
        #expect(written.filter { $0.hasPrefix("LOCATION") } == ["LOCATION:Sala"])
        #expect(written.filter { $0.hasPrefix("DESCRIPTION") } == ["DESCRIPTION:Temas"])
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 1)
        // It goes with an export of everything, and comes back.
        let copy = try TemporaryStore()
        let sink = ByteSink.memory()
        try DatabaseExport(store).write(to: sink)
        try copy.write(TemporaryStore.request("x")) { transaction in
            let work = try DatabaseImport(in: transaction)
            try work.take(from: ByteSource(bytes: sink.bytes), reject: { Issue.record("\($0)") }, advance: {})
        }
        #expect(try query.occurrences(in: copy.store).prefix(40).map(\.location) == places)
    }
}
