import Testing

@testable import CRMKit

/// A series of which something differs from a date on.
@Suite struct `A series that differs from a date on` {
    private let exchange: CalendarExchange

    init() throws { exchange = try CalendarExchange() }

    /// Every Thursday at ten for an hour and a half, from the third of December on at four for an hour, under another
    /// name.
    private static func calendar(_ others: [String]...) -> String {
        let series = CalendarExchange.event(
            "DTSTART;TZID=Europe/Madrid:20261119T100000",
            "DTEND;TZID=Europe/Madrid:20261119T113000",
            "SUMMARY:Semanal",
            "LOCATION:Sala",
            "RRULE:FREQ=WEEKLY;COUNT=8"
        )
        let later = CalendarExchange.event(
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Madrid:20261203T100000",
            "DTSTART;TZID=Europe/Madrid:20261203T160000",
            "DTEND;TZID=Europe/Madrid:20261203T170000",
            "SUMMARY:Semanal tarde",
            "LOCATION:Sala"
        )
        let rest = (["BEGIN:VCALENDAR", "VERSION:2.0"] + series + later + others.flatMap { $0 })
        return (rest + ["END:VCALENDAR", ""]).joined(separator: "\r\n")
    }

    /// What takes place: day, hours in UTC, subject and place.
    private func told(_ exchange: CalendarExchange? = nil) throws -> [String] {
        let store = (exchange ?? self.exchange).crm.store
        let query = AgendaQuery(
            from: try Moment(parsing: "2026-11-01", clock: store.clock),
            until: try Moment(parsing: "2027-03-01", clock: store.clock)
        )
        return try query.occurrences(in: store).map { item in
            let (start, end) = (item.start.description, item.end.description)
            return "\(start.dropFirst(5).prefix(5)) \(start.dropFirst(11).prefix(5))-\(end.dropFirst(11).prefix(5)) "
                + "\(item.subject) \(item.location ?? "")"
        }
    }

    private func edit(_ occurrence: String, _ inputs: (String, String)..., following: Bool = false) throws {
        try exchange.crm.write(TemporaryStore.request("crm event edit 1")) { transaction in
            let inputs = inputs.map { FieldInput($0.0, .set($0.1)) }
            if following {
                _ = try transaction.edit(
                    following: occurrence,
                    of: 1,
                    in: exchange.events,
                    inputs,
                    carrying: CalendarContinuation(exchange.events, in: exchange.crm.store)
                )
            } else {
                _ = try transaction.edit(occurrence: occurrence, of: 1, in: exchange.events, inputs)
            }
        }
    }

    /// What another database says that has taken in what this one wrote, and whether this one finds it unchanged.
    private func expectSame(_ expected: [String]) throws {
        #expect(try told() == expected)
        let other = try CalendarExchange()
        try other.take(try exchange.calendar())
        #expect(try told(other) == expected)
        let report = try exchange.take(try exchange.calendar()).report
        #expect(report.updated == 0)
    }

    private static let before = ["11-19 09:00-10:30 Semanal Sala", "11-26 09:00-10:30 Semanal Sala"]

    @Test("tells single occurrences as they are then") func tellsSingleOccurrencesAsTheyAreThen() throws {
        try exchange.take(Self.calendar())
        try edit("2026-12-10", ("location", "aquí"))
        try expectSame(
            Self.before + [
                "12-03 15:00-16:00 Semanal tarde Sala", "12-10 15:00-16:00 Semanal tarde aquí",
                "12-17 15:00-16:00 Semanal tarde Sala", "12-24 15:00-16:00 Semanal tarde Sala",
                "12-31 15:00-16:00 Semanal tarde Sala", "01-07 15:00-16:00 Semanal tarde Sala",
            ]
        )
        let lines = try exchange.written()
        #expect(lines.contains("DTSTART;TZID=Europe/Madrid:20261210T160000"))
        #expect(lines.filter { $0 == "SUMMARY:Semanal tarde" }.count == 2)
    }

    @Test("takes a single occurrence that is as the series was") func takesASingleOccurrenceThatIsAsTheSeriesWas()
        throws
    {
        try exchange.take(
            Self.calendar(
                CalendarExchange.event(
                    "RECURRENCE-ID;TZID=Europe/Madrid:20261217T100000",
                    "DTSTART;TZID=Europe/Madrid:20261217T100000",
                    "DTEND;TZID=Europe/Madrid:20261217T113000",
                    "SUMMARY:Semanal",
                    "LOCATION:Sala"
                )
            )
        )
        #expect(try told()[4] == "12-17 09:00-10:30 Semanal Sala")
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 1)
    }

    @Test("keeps a single occurrence on the date from which it differs")
    func keepsASingleOccurrenceOnTheDateFromWhichItDiffers() throws {
        try exchange.take(Self.calendar())
        try edit("2026-12-03", ("subject", "Primera"))
        let expected = [
            "12-03 15:00-16:00 Primera Sala", "12-10 15:00-16:00 Semanal tarde Sala",
        ]
        #expect(try Array(told()[2...3]) == expected)
        let other = try CalendarExchange()
        try other.take(try exchange.calendar())
        #expect(try Array(told(other)[2...3]) == expected)
        // A cancellation of that date alone leaves the later ones.
        let cancelled = CalendarExchange.event("RECURRENCE-ID;TZID=Europe/Madrid:20261203T100000")
        try exchange.take(CalendarExchange.calendar(cancelled, header: ["METHOD:CANCEL"]))
        #expect(try told().count == 7)
    }

    @Test("differs in its end alone") func differsInItsEndAlone() throws {
        let later = CalendarExchange.event(
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Madrid:20261224T100000",
            "DTSTART;TZID=Europe/Madrid:20261224T100000",
            "DTEND;TZID=Europe/Madrid:20261224T123000",
            "SUMMARY:Semanal",
            "LOCATION:Sala"
        )
        try exchange.take(Self.calendar(later))
        #expect(try told().suffix(2) == ["12-31 09:00-11:30 Semanal Sala", "01-07 09:00-11:30 Semanal Sala"])
    }

    @Test("goes on with what held on that day") func goesOnWithWhatHeldOnThatDay() throws {
        try exchange.take(Self.calendar())
        try edit("2026-12-17", ("starts_at", "2026-12-17T17:00:00Z"), following: true)
        try expectSame(
            Self.before + [
                "12-03 15:00-16:00 Semanal tarde Sala", "12-10 15:00-16:00 Semanal tarde Sala",
                "12-17 17:00-18:00 Semanal tarde Sala", "12-24 17:00-18:00 Semanal tarde Sala",
                "12-31 17:00-18:00 Semanal tarde Sala", "01-07 17:00-18:00 Semanal tarde Sala",
            ]
        )
    }

    @Test("a date moved by itself ends when it is told to, and those after it do") func endsWhenItIsToldTo() throws {
        try exchange.take(Self.calendar())
        try edit("2026-12-17", ("starts_at", "2026-12-17T16:00:00Z"))
        try edit("2026-12-17", ("ends_at", "2026-12-17T19:00:00Z"), following: true)
        #expect(
            try told().suffix(4) == [
                "12-17 16:00-19:00 Semanal tarde Sala", "12-24 15:00-19:00 Semanal tarde Sala",
                "12-31 15:00-19:00 Semanal tarde Sala", "01-07 15:00-19:00 Semanal tarde Sala",
            ]
        )
    }

    @Test("is changed where it differs", arguments: ["2026-12-03", "2026-11-19"])
    func isChangedWhereItDiffers(from day: String) throws {
        try exchange.take(Self.calendar())
        if day == "2026-11-19" { try edit(day, ("location", "B")) }
        try edit(day, ("location", "X"), following: true)
        let at = try told()
        #expect(at.count == 8)
        let changed = day == "2026-12-03" ? at.dropFirst(2) : at[...]
        #expect(changed.allSatisfy { $0.hasSuffix(" X") })
        #expect(at.suffix(6).allSatisfy { $0.contains("15:00-16:00 Semanal tarde") })
    }

    @Test("keeps what differs from a later date on") func keepsWhatDiffersFromALaterDateOn() throws {
        let later = CalendarExchange.event(
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Madrid:20261231T100000",
            "DTSTART;TZID=Europe/Madrid:20261231T100000",
            "DTEND;TZID=Europe/Madrid:20261231T113000",
            "SUMMARY:Semanal",
            "LOCATION:Otra"
        )
        try exchange.take(Self.calendar(later))
        let last = ["12-31 09:00-10:30 Semanal Otra", "01-07 09:00-10:30 Semanal Otra"]
        #expect(try told().suffix(2) == last)
        try edit("2026-12-17", ("description", "x"), following: true)
        try expectSame(
            Self.before + [
                "12-03 15:00-16:00 Semanal tarde Sala", "12-10 15:00-16:00 Semanal tarde Sala",
                "12-17 15:00-16:00 Semanal tarde Sala", "12-24 15:00-16:00 Semanal tarde Sala",
            ] + last
        )
    }

    @Test("on another day of the week stays there") func onAnotherDayOfTheWeekStaysThere() throws {
        let friday = CalendarExchange.calendar(
            CalendarExchange.event(
                "DTSTART;TZID=Europe/Madrid:20261119T100000",
                "DTEND;TZID=Europe/Madrid:20261119T110000",
                "SUMMARY:a",
                "RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=5"
            ),
            CalendarExchange.event(
                "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Madrid:20261126T100000",
                "DTSTART;TZID=Europe/Madrid:20261127T120000",
                "DTEND;TZID=Europe/Madrid:20261127T140000",
                "SUMMARY:b"
            )
        )
        try exchange.take(friday)
        try edit("2026-12-03", ("subject", "c"), ("starts_at", "2026-12-04T12:00:00Z"), following: true)
        try expectSame([
            "11-19 09:00-10:00 a ", "11-27 11:00-13:00 b ", "12-04 12:00-14:00 c ", "12-11 12:00-14:00 c ",
            "12-18 12:00-14:00 c ",
        ])
    }

    @Test("goes on on another day of the week with its rule") func goesOnOnAnotherDayOfTheWeekWithItsRule() throws {
        try exchange.take(
            CalendarExchange.calendar(
                CalendarExchange.event(
                    "DTSTART;TZID=Europe/Madrid:20261119T100000",
                    "DTEND;TZID=Europe/Madrid:20261119T110000",
                    "SUMMARY:a",
                    "RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=4"
                )
            )
        )
        try edit("2026-12-03", ("starts_at", "2026-12-04T09:00:00Z"), following: true)
        try expectSame([
            "11-19 09:00-10:00 a ", "11-26 09:00-10:00 a ", "12-04 09:00-10:00 a ", "12-11 09:00-10:00 a ",
        ])
    }

    /// A series with additional dates, the one from which another place holds, and the days that come of it, local.
    static let further: [(lines: [String], from: String, days: [String])] = [
        (
            ["RRULE:FREQ=MONTHLY;COUNT=3", "RDATE;TZID=Europe/Madrid:20261215T100000"], "2026-12-15",
            ["12-01 a", "12-15 X", "01-01 X", "02-01 X"]
        ),
        (
            ["RRULE:FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261210T090000Z", "RDATE;TZID=Europe/Madrid:20261204T100000"],
            "2026-12-04", ["12-01 a", "12-03 a", "12-04 X", "12-08 X", "12-10 X"]
        ),
        (
            ["RRULE:FREQ=WEEKLY;COUNT=2", "RDATE;TZID=Europe/Madrid:20261220T100000,20261222T100000"], "2026-12-20",
            ["12-01 a", "12-08 a", "12-20 X", "12-22 X"]
        ),
        (
            ["RRULE:FREQ=WEEKLY;COUNT=3", "RDATE;TZID=Europe/Madrid:20261208T180000"], "2026-12-08T18:00",
            ["12-01 a", "12-08 a", "12-08 X", "12-15 X"]
        ),
        (
            ["RDATE;TZID=Europe/Madrid:20261204T100000,20261206T100000"], "2026-12-04",
            ["12-01 a", "12-04 X", "12-06 X"]
        ),
    ]

    @Test("keeps all dates of its rule where an additional date is the first", arguments: further)
    func keepsAllDatesOfItsRule(lines: [String], from: String, days: [String]) throws {
        let start = ["DTSTART;TZID=Europe/Madrid:20261201T100000", "SUMMARY:s", "LOCATION:a"]
        let event = ["BEGIN:VEVENT", "UID:u1"] + start + lines + ["END:VEVENT"]
        try exchange.take(CalendarExchange.calendar(event))
        try edit(from, ("location", "X"), following: true)
        func places(_ items: [String]) -> [String] { items.map { "\($0.prefix(5)) \($0.suffix(1))" } }
        #expect(places(try told()) == days)
        let other = try CalendarExchange()
        try other.take(try exchange.calendar())
        #expect(places(try told(other)) == days)
    }

    @Test("moves with an additional date, and its rule keeps its days") func movesWithAnAdditionalDate() throws {
        let lines = ["DTSTART:20261201T100000Z", "DTEND:20261201T110000Z", "SUMMARY:a"]
        let rule = ["RRULE:FREQ=MONTHLY;COUNT=3", "RDATE:20261215T100000Z"]
        try exchange.take(CalendarExchange.calendar(["BEGIN:VEVENT", "UID:u1"] + lines + rule + ["END:VEVENT"]))
        try edit("2026-12-15", ("starts_at", "2026-12-16T12:00:00Z"), following: true)
        try expectSame([
            "12-01 10:00-11:00 a ", "12-16 12:00-13:00 a ", "01-02 12:00-13:00 a ", "02-02 12:00-13:00 a ",
        ])
    }

    @Test("goes on at its time where clocks skip that on the first day") func goesOnAtItsTimeAfterAGap() throws {
        let lines = ["DTSTART;TZID=Europe/Madrid:20260327T023000", "SUMMARY:a", "RRULE:FREQ=DAILY;COUNT=340"]
        try exchange.take(CalendarExchange.calendar(["BEGIN:VEVENT", "UID:u1"] + lines + ["END:VEVENT"]))
        try edit("2026-03-29", ("location", "b"), following: true)
        #expect(try told().suffix(1) == ["02-28 01:30-01:30 a b"])
    }

    @Test("keeps what no field has for the rest of it") func keepsWhatNoFieldHas() throws {
        let raw = [
            "ORGANIZER;CN=Gil:mailto:gil@example.org",
            "ATTENDEE;RSVP=TRUE;PARTSTAT=ACCEPTED:mailto:x@example.org", "TRANSP:TRANSPARENT", "X-FOO;A=b:c",
        ]
        let start = ["DTSTART;TZID=Europe/Madrid:20261201T100000", "SEQUENCE:4", "CREATED:20260101T000000Z"]
        let series =
            ["BEGIN:VEVENT", "UID:u1", "SUMMARY:s"] + start + raw + ["RRULE:FREQ=DAILY;COUNT=4", "END:VEVENT"]
        let date = CalendarExchange.event(
            "RECURRENCE-ID;TZID=Europe/Madrid:20261204T100000",
            "DTSTART;TZID=Europe/Madrid:20261204T120000",
            "SUMMARY:s",
            "X-BAR:d"
        )
        try exchange.take(CalendarExchange.calendar(series, date))
        try edit("2026-12-03", ("location", "B"), following: true)
        let pieces = try exchange.written().split(separator: "BEGIN:VEVENT").map { Array($0) }
        try #require(pieces.count == 3)
        for piece in pieces[0...1] { for line in raw { #expect(piece.contains(line), "\(line)") } }
        #expect(pieces[0].contains("UID:u1") && !pieces[1].contains("UID:u1") && !pieces[2].contains("UID:u1"))
        #expect(pieces[1].contains("LOCATION:B") && pieces[1].contains("RRULE:FREQ=DAILY;COUNT=2"))
        #expect(!pieces[1].contains { $0.hasPrefix("SEQUENCE") || $0.hasPrefix("CREATED") })
        #expect(pieces[2].contains("X-BAR:d"))
        #expect(pieces[1].first { $0.hasPrefix("UID") } == pieces[2].first { $0.hasPrefix("UID") })
        #expect(try told().map { $0.prefix(11) } == ["12-01 09:00", "12-02 09:00", "12-03 09:00", "12-04 11:00"])
    }

    @Test("keeps how long an occurrence is that is moved again") func keepsHowLongAnOccurrenceIsThatIsMovedAgain()
        throws
    {
        try exchange.take(Self.calendar())
        try edit("2026-12-10", ("starts_at", "2026-12-10T18:00:00Z"), ("ends_at", "2026-12-10T20:00:00Z"))
        try edit("2026-12-10", ("starts_at", "2026-12-11T09:00:00Z"))
        #expect(try told().contains("12-11 09:00-11:00 Semanal tarde Sala"))
    }

    @Test("an alarm or a place that an occurrence had not is not written for it")
    func anAlarmOrAPlaceThatAnOccurrenceHadNotIsNotWrittenForIt() throws {
        let series = CalendarExchange.event(
            "DTSTART:20261201T100000Z",
            "SUMMARY:a",
            "LOCATION:Sala",
            "RRULE:FREQ=DAILY;COUNT=3",
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            "TRIGGER:-PT30M",
            "DESCRIPTION:x",
            "END:VALARM"
        )
        let alone = CalendarExchange.event(
            "RECURRENCE-ID:20261202T100000Z",
            "DTSTART:20261202T120000Z",
            "SUMMARY:a"
        )
        try exchange.take(CalendarExchange.calendar(series, alone))
        try edit("2026-12-02", ("subject", "b"))
        let lines = try exchange.written()
        #expect(lines.contains("SUMMARY:b"))
        #expect(lines.filter { $0 == "BEGIN:VALARM" }.count == 1)
        #expect(lines.filter { $0 == "LOCATION:Sala" }.count == 1)
        // A place that the occurrence has not it has not for another one of the series either.
        try exchange.crm.edit(.event, 1, ["location": "Otra"])
        #expect(try exchange.written().filter { $0 == "LOCATION:Otra" }.count == 1)
    }

    @Test("keeps how long the first date is, whatever was said of it", arguments: [false, true])
    func keepsHowLongTheFirstDateIs(isMoved: Bool) throws {
        try exchange.take(Self.calendar())
        let others = isMoved ? [("starts_at", "2026-12-10T10:00:00Z"), ("ends_at", "2026-12-10T13:00:00Z")] : []
        for (day, hours) in [("2026-11-26", "2026-11-26T12:00:00Z"), ("2026-12-10", "2026-12-10T18:00:00Z")] {
            try edit(day, ("ends_at", hours))
        }
        if isMoved { try edit("2026-12-10", others[0], others[1]) }
        try edit("2026-12-10", ("starts_at", "2026-12-10T16:00:00Z"), following: true)
        let told = try self.told()
        #expect(told[1] == "11-26 09:00-12:00 Semanal Sala")
        #expect(told[3] == "12-10 16:00-19:00 Semanal tarde Sala")
        #expect(told[4] == "12-17 16:00-17:00 Semanal tarde Sala")
    }
}
