import Formats
import Testing

@testable import CRMKit

/// What of a calendar no field holds, and what becomes of it when the event is changed here.
@Suite struct `Calendars kept for the way back` {
    private let exchange: CalendarExchange

    init() throws { exchange = try CalendarExchange() }

    private func edit(_ key: String, _ text: String) throws {
        try exchange.crm.edit(.event, 1, [key: text])
    }

    private static let whole = CalendarExchange.event(
        "DTSTART;TZID=Romance Standard Time:20261027T100000",
        "DTEND;TZID=Romance Standard Time:20261027T103000",
        "SEQUENCE:4",
        "SUMMARY;LANGUAGE=es:Comité",
        "LOCATION;LANGUAGE=es:Sala ñ",
        "X-ALT-DESC;FMTTYPE=text/html:<p>x</p>",
        "ATTACH:https://example.org/a",
        "LAST-MODIFIED:20260101T000000Z",
        "BEGIN:X-FOO",
        "X-BAR:1",
        "END:X-FOO"
    )

    @Test("what nobody has changed is written as it came") func whatNobodyHasChangedIsWrittenAsItCame() throws {
        try exchange.take(CalendarExchange.calendar(Self.whole))
        #expect(try exchange.written() == Self.whole)
        // The zone is defined under the name that it has there.
        #expect(try exchange.calendar().contains("BEGIN:VTIMEZONE\r\nTZID:Romance Standard Time\r\n"))
    }

    @Test("a change takes the place of what said the field, and stamps it")
    func aChangeTakesThePlaceOfWhatSaidTheFieldAndStampsIt() throws {
        try exchange.take(CalendarExchange.calendar(Self.whole))
        try edit("location", "Sala 2")
        let now = try exchange.text("updated_at")?.filter { $0 != "-" && $0 != ":" } ?? ""
        let expected = Self.whole.map { line in
            switch line {
            case "LOCATION;LANGUAGE=es:Sala ñ": "LOCATION:Sala 2"
            case "DTSTAMP:20260101T000000Z": "DTSTAMP:\(now)"
            case "LAST-MODIFIED:20260101T000000Z": "LAST-MODIFIED:\(now)"
            default: line
            }
        }
        #expect(try exchange.written() == expected)
    }

    @Test(
        "what says a text in another way goes when the text is changed",
        arguments: [("description", "DESCRIPTION:"), ("location", "LOCATION:")]
    )
    func whatSaysATextInAnotherWayGoesWhenTheTextIsChanged(field: String, lead: String) throws {
        let ofText = [
            "description": ["X-ALT-DESC;FMTTYPE=text/html:<b>x</b>"],
            "location": [
                "GEO:40.4;-3.7", "X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE=Sala:geo:40.4,-3.7",
                "X-MICROSOFT-LOCATIONDISPLAYNAME:Sala",
            ],
        ]
        let others = ofText.keys.sorted().flatMap { ofText[$0] ?? [] }
        let event = CalendarExchange.event("DTSTART:20261027T100000Z", "SUMMARY:x", "DESCRIPTION:x", "LOCATION:Sala")
        try exchange.take(CalendarExchange.calendar(Array(event.dropLast() + others + event.suffix(1))))
        try edit("priority", "high")
        #expect(try Set(exchange.written()).isSuperset(of: others))
        try edit(field, "otra")
        let lines = try exchange.written()
        #expect(lines.contains("\(lead)otra"))
        let left = lines.filter { others.contains($0) }
        #expect(left == others.filter { ofText[field]?.contains($0) == false })
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 1)
    }

    @Test("another time is told as the next version") func anotherTimeIsToldAsTheNextVersion() throws {
        try exchange.take(CalendarExchange.calendar(Self.whole))
        try edit("starts_at", "2026-10-27T08:30:00Z")
        let lines = try exchange.written()
        #expect(lines.contains("DTSTART;TZID=Europe/Paris:20261027T093000"))
        #expect(lines.contains("DTEND;TZID=Europe/Paris:20261027T100000"))
        #expect(lines.contains("SEQUENCE:5"))
        #expect(!lines.contains { $0.contains("Romance") })
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 1)
    }

    @Test("what an event no longer holds goes, and what it never held stays")
    func whatAnEventNoLongerHoldsGoesAndWhatItNeverHeldStays() throws {
        try exchange.take(CalendarExchange.calendar(Self.whole))
        try edit("description", "nota propia")
        try exchange.take(CalendarExchange.calendar(Self.whole.filter { !$0.hasPrefix("LOCATION") }))
        #expect(try exchange.text("location") == nil)
        #expect(try exchange.text("description") == "nota propia")
    }

    @Test("a stamp alone changes nothing") func aStampAloneChangesNothing() throws {
        try exchange.take(CalendarExchange.calendar(Self.whole))
        let later = Self.whole.map { $0.hasPrefix("DTSTAMP") ? "DTSTAMP:20270101T000000Z" : $0 }
        #expect(try exchange.take(CalendarExchange.calendar(later)).report.unchanged == 1)
    }

    @Test("a date without a priority has that of its series, and goes out without it")
    func aDateWithoutAPriorityHasThatOfItsSeriesAndGoesOutWithoutIt() throws {
        let series = CalendarExchange.event(
            "DTSTART:20270329T080000Z",
            "RRULE:FREQ=WEEKLY;COUNT=4",
            "SUMMARY:a",
            "STATUS:CONFIRMED",
            "PRIORITY:1"
        )
        let date = CalendarExchange.event("RECURRENCE-ID:20270405T080000Z", "DTSTART:20270405T090000Z", "SUMMARY:a")
        try exchange.take(CalendarExchange.calendar(series + date))
        #expect(try exchange.written() == series + date)
        #expect(try exchange.take(CalendarExchange.calendar(series + date)).report.unchanged == 1)
    }

    @Test(
        "what was changed here is taken back by a calendar that is as before",
        arguments: [["location"], ["link"], ["location", "link"]]
    )
    func whatWasChangedHereIsTakenBackByACalendarThatIsAsBefore(changes: [String]) throws {
        try exchange.crm.add(.contact, ["last_name": "Ana", "email": "ana@example.com"])
        let event = CalendarExchange.event(
            "DTSTART:20270329T080000Z",
            "SUMMARY:a",
            "LOCATION:Sala",
            "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@example.com"
        )
        try exchange.take(CalendarExchange.calendar(event))
        if changes.contains("location") { try edit("location", "Otra sala") }
        if changes.contains("link") {
            try exchange.crm.write(TemporaryStore.request("crm contact unlink event 1 1")) { transaction in
                let writer = try transaction.linkWriter(of: exchange.events)
                _ = try writer.unlink(contact: 1, record: 1, role: nil, endedOn: nil)
            }
        }
        #expect(try exchange.written() != event)
        #expect(try exchange.take(CalendarExchange.calendar(event)).report.updated == 1)
        #expect(try exchange.written() == event)
        #expect(try exchange.take(CalendarExchange.calendar(event)).report.unchanged == 1)
    }

    @Test("an event of this file is known again, in another file it is one by itself")
    func anEventOfThisFileIsKnownAgainInAnotherFileItIsOneByItself() throws {
        try exchange.crm.write(TemporaryStore.request("crm event add")) { transaction in
            _ = try transaction.add(
                exchange.events,
                [
                    FieldInput("subject", .set("Llamar")), FieldInput("kind", .set("call")),
                    FieldInput("starts_at", .set("2026-10-25T00:30:00Z")), FieldInput("status", .set("held")),
                    FieldInput("time_zone", .set("Europe/Madrid")), FieldInput("reminders", .setList(["15m"])),
                    FieldInput("recurrence", .set("FREQ=WEEKLY;UNTIL=20261231")), FieldInput("priority", .set("low")),
                    FieldInput("excluded_dates", .setList(["2026-11-08"])),
                ]
            )
        }
        let calendar = try exchange.calendar()
        #expect(try exchange.take(calendar).report.unchanged == 1)
        let lines = try exchange.written()
        #expect(lines.contains("DTSTART;TZID=Europe/Madrid:20261025T023000"))
        #expect(lines.contains("RRULE:FREQ=WEEKLY;UNTIL=20261231T225959Z"))
        #expect(lines.contains("EXDATE;TZID=Europe/Madrid:20261108T023000"))
        #expect(lines.contains("STATUS:CONFIRMED") && lines.contains("X-CRM-STATUS:held"))
        let other = try CalendarExchange()
        #expect(try other.take(calendar).report.created == 1)
        #expect(try other.take(calendar).report.unchanged == 1)
        for key in ["subject", "kind", "starts_at", "status", "time_zone", "reminders", "priority"] {
            #expect(try other.text(key) == exchange.text(key), "\(key)")
        }
    }

    @Test("a time that clocks show twice comes back as it was") func aTimeThatClocksShowTwiceComesBackAsItWas() throws {
        try exchange.crm.write(TemporaryStore.request("crm event add")) { transaction in
            _ = try transaction.add(
                exchange.events,
                [
                    FieldInput("subject", .set("a")), FieldInput("starts_at", .set("2026-10-25T01:30:00Z")),
                    FieldInput("time_zone", .set("Europe/Madrid")),
                ]
            )
        }
        #expect(try exchange.written().contains("DTSTART;X-CRM-ZONE=Europe/Madrid:20261025T013000Z"))
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 1)
    }

    @Test("a series by the clocks of whoever reads it goes out as it came")
    func aSeriesByTheClocksOfWhoeverReadsItGoesOutAsItCame() throws {
        let event = CalendarExchange.event(
            "DTSTART:20270329T080000",
            "DTEND:20270329T090000",
            "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270412T235959",
            "SUMMARY:a"
        )
        try exchange.take(CalendarExchange.calendar(event))
        #expect(try exchange.written() == event)
        // Once its start has a zone, the rule ends with a moment (RFC 5545 section 3.3.10).
        try exchange.crm.write(TemporaryStore.request("x")) { transaction in
            _ = try transaction.edit(exchange.events, id: 1, [FieldInput("starts_at", .set("2027-03-29T20:00:00Z"))])
        }
        let rule = try #require(try exchange.written().first { $0.hasPrefix("RRULE:") })
        #expect(rule.hasPrefix("RRULE:FREQ=WEEKLY;UNTIL=202704") && rule.contains("Z;BYDAY="), "\(rule)")
    }

    /// A task with a beginning and a due time, another due time, and what is written of both then.
    static let beginnings: [(lines: [String], due: String, written: [String])] = [
        (
            ["DTSTART:20261203T090000Z", "DUE:20261204T090000Z"], "2026-12-05T09:00:00Z",
            ["DTSTART:20261203T090000Z", "DUE:20261205T090000Z"]
        ),
        (["DTSTART:20261203T090000Z", "DUE:20261204T090000Z"], "2026-12-02T09:00:00Z", ["DUE:20261202T090000Z"]),
        (["DTSTART:20261203T090000Z", "DUE:20261204T090000Z"], "2026-12-03T09:00:00Z", ["DUE:20261203T090000Z"]),
        (
            ["DTSTART;VALUE=DATE:20261203", "DUE;VALUE=DATE:20261204"], "2026-12-02",
            ["DUE;VALUE=DATE:20261202"]
        ),
        (
            ["DTSTART:20261203T090000Z", "DUE:20261204T090000Z", "RRULE:FREQ=WEEKLY"], "2026-12-11T09:00:00Z",
            ["DTSTART:20261211T090000Z", "RRULE:FREQ=WEEKLY"]
        ),
        (
            ["DTSTART:20261203T090000Z", "DURATION:P1D"], "2026-12-05T09:00:00Z",
            ["DTSTART:20261203T090000Z", "DUE:20261205T090000Z"]
        ),
    ]

    @Test("a task begins before it is due, or is written without a beginning", arguments: beginnings)
    func aTaskBeginsBeforeItIsDue(lines: [String], due: String, written: [String]) throws {
        func times() throws -> [String] {
            let names = ["DTSTART", "DUE", "DURATION", "RRULE"]
            return try exchange.written().filter { line in names.contains { line.hasPrefix($0) } }
        }
        try exchange.take(CalendarExchange.calendar(["BEGIN:VTODO", "UID:u1", "SUMMARY:a"] + lines + ["END:VTODO"]))
        #expect(try times() == lines)
        try edit("starts_at", due)
        #expect(try times() == written)
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 1)
    }
}
