import Foundation
import Testing

@testable import CRMKit

/// What calendars say, in the fields of events.
@Suite struct `Calendars read into events` {
    struct Example: CustomTestStringConvertible {
        let lines: [String]
        let expected: [String: String?]
        var testDescription: String { lines.joined(separator: " | ") }

        init(_ lines: String..., is expected: [String: String?]) {
            self.lines = lines
            self.expected = expected
        }
    }

    /// So many, each compared with all before it, would take minutes.
    @Test("what comes twice is one however much there is") func whatComesTwiceIsOneHoweverMuchThereIs() throws {
        let exchange = try CalendarExchange()
        let dates = (0..<20_000).map { number in
            let (day, minute) = (number / 1440, number % 1440)
            let date = CivilDate(daysSinceEpoch: 20_000 + Int64(day))?.description.filter { $0 != "-" } ?? ""
            return "\(date)T\(String(10_000 + minute / 60 * 100 + minute % 60).dropFirst())00Z"
        }
        let people = (0..<20_000).map { "ATTENDEE:mailto:p\($0)@example.org" }
        let alarms = (0..<2_000).flatMap { number in
            ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT\(number % 1_000 + 1)M", "END:VALARM"]
        }
        let contents = try exchange.contents(
            ["BEGIN:VEVENT", "UID:u1", "DTSTART:20261203T150000Z", "RRULE:FREQ=DAILY"]
                + ["EXDATE:" + dates.joined(separator: ","), "EXDATE:" + dates[0]] + people + [people[0]] + alarms
                + ["END:VEVENT"]
        )
        #expect(contents.attendees.map(\.address) == (0..<20_000).map { "p\($0)@example.org" })
        let excluded = try #require(contents.texts["excluded_dates"])
        #expect(excluded.split(separator: ",").count == dates.count)
        #expect(contents.texts["reminders"]?.split(separator: ",").count == 1_000)
    }

    static let events: [Example] = [
        Example(
            "DTSTART:20261203T150000Z",
            "SUMMARY:a",
            is: [
                "subject": "a", "starts_at": "2026-12-03T15:00:00Z", "ends_at": nil, "all_day": "0", "time_zone": nil,
                "kind": "meeting", "uid": "u1",
            ]
        ),
        Example(
            "DTSTART;TZID=America/Mexico_City:20261203T090000",
            "DTEND;TZID=America/Mexico_City:20261203T100000",
            is: [
                "starts_at": "2026-12-03T15:00:00Z", "ends_at": "2026-12-03T16:00:00Z",
                "time_zone": "America/Mexico_City",
            ]
        ),
        Example(
            "DTSTART;TZID=Romance Standard Time:20260701T090000",
            is: ["starts_at": "2026-07-01T07:00:00Z", "time_zone": "Europe/Paris"]
        ),
        Example(
            "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Madrid:20260701T090000",
            is: ["starts_at": "2026-07-01T07:00:00Z", "time_zone": "Europe/Madrid"]
        ),
        // As Outlook and Exchange call zones.
        Example(
            "DTSTART;TZID=Hora estándar central (México):20261203T090000",
            is: ["starts_at": "2026-12-03T15:00:00Z", "time_zone": "America/Mexico_City"]
        ),
        Example(
            "DTSTART;TZID=Hora estándar romance:20260701T090000",
            is: ["starts_at": "2026-07-01T07:00:00Z", "time_zone": "Europe/Paris"]
        ),
        Example(
            "DTSTART;TZID=\"tzone://Microsoft/Utc\":20261203T090000",
            is: ["starts_at": "2026-12-03T09:00:00Z", "time_zone": "UTC"]
        ),
        // The clocks of Madrid go from 2 to 3 on that day.
        Example(
            "DTSTART;TZID=Europe/Madrid:20260329T023000",
            is: ["starts_at": "2026-03-29T01:30:00Z", "time_zone": "Europe/Madrid"]
        ),
        Example(
            "DTSTART;VALUE=DATE:20261203",
            "DTEND;VALUE=DATE:20261206",
            is: ["all_day": "1", "starts_at": "2026-12-03T00:00:00Z", "ends_at": "2026-12-05T00:00:00Z"]
        ),
        Example(
            "DTSTART;VALUE=DATE:20261203",
            "DURATION:P1D",
            is: [
                "starts_at": "2026-12-03T00:00:00Z", "ends_at": "2026-12-03T00:00:00Z",
            ]
        ),
        Example("DTSTART:20261203T150000Z", "DURATION:PT1H30M", is: ["ends_at": "2026-12-03T16:30:00Z"]),
        // A day is one of the clocks, 23 hours long.
        Example(
            "DTSTART;TZID=Europe/Madrid:20260328T120000",
            "DURATION:P1D",
            is: ["starts_at": "2026-03-28T11:00:00Z", "ends_at": "2026-03-29T10:00:00Z"]
        ),
        Example(
            "DTSTART:20261203T150000Z",
            "SUMMARY:a\\, b",
            "DESCRIPTION:uno\\ndos",
            "LOCATION:Sala; 2",
            "CATEGORIES:x,y",
            "CATEGORIES:z",
            "PRIORITY:3",
            "CLASS:CONFIDENTIAL",
            "STATUS:TENTATIVE",
            is: [
                "subject": "a, b", "description": "uno\ndos", "location": "Sala; 2", "tags": "[\"x\",\"y\",\"z\"]",
                "priority": "high", "visibility": "private", "status": "planned",
            ]
        ),
        Example("DTSTART:20261203T150000Z", "STATUS:CANCELLED", is: ["status": "not_held"]),
        Example("DTSTART:20261203T150000Z", "STATUS:CONFIRMED", "X-CRM-STATUS:held", is: ["status": "held"]),
        Example("DTSTART:20261203T150000Z", "STATUS:CANCELLED", "X-CRM-STATUS:held", is: ["status": "not_held"]),
        Example("DTSTART:20261203T150000Z", "X-CRM-KIND:call", is: ["kind": "call"]),
        // Without a summary
        Example("DTSTART:20261203T150000Z", "DESCRIPTION:uno\\ndos", is: ["subject": "uno"]),
        Example("DTSTART:20261203T150000Z", is: ["subject": "u1"]),
        Example(
            "DTSTART;TZID=America/Mexico_City:20261203T090000",
            "RRULE:FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261231T235959Z",
            "RDATE;TZID=America/Mexico_City:20270105T090000",
            "EXDATE:20261208T150000Z",
            is: [
                "recurrence": "FREQ=WEEKLY;UNTIL=20261231T235959Z;BYDAY=TU,TH",
                "further_dates": "[\"2027-01-05T09:00:00\"]", "excluded_dates": "[\"2026-12-08T09:00:00\"]",
                "time_zone": "America/Mexico_City",
            ]
        ),
        Example("DTSTART:20261203T150000Z", "RRULE:FREQ=DAILY", is: ["recurrence": "FREQ=DAILY", "time_zone": "UTC"]),
        Example(
            "DTSTART;VALUE=DATE:20261203",
            "RRULE:FREQ=YEARLY",
            "EXDATE;VALUE=DATE:20271203",
            is: ["recurrence": "FREQ=YEARLY", "excluded_dates": "[\"2027-12-03\"]"]
        ),
        // What programs write otherwise
        Example(
            "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
            "DTSTART;TZID=Europe/Madrid:20261203T000000",
            "DTEND;TZID=Europe/Madrid:20261205T000000",
            is: ["all_day": "1", "starts_at": "2026-12-03T00:00:00Z", "ends_at": "2026-12-04T00:00:00Z"]
        ),
        Example(
            "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
            "DTSTART;TZID=Europe/Madrid:20261203T090000",
            is: ["all_day": "0", "starts_at": "2026-12-03T08:00:00Z"]
        ),
        Example(
            "DTSTART;TZID=Europe/Madrid:20261203T090000",
            "RRULE:FREQ=DAILY;COUNT=4",
            "EXDATE;TZID=Europe/Madrid:20261204T000000",
            is: ["excluded_dates": "[\"2026-12-04\"]"]
        ),
        Example(
            "DTSTART;TZID=Europe/Madrid:20261203T090000",
            "RRULE:FREQ=HOURLY;COUNT=40",
            "EXDATE;TZID=Europe/Madrid:20261204T000000",
            is: ["excluded_dates": "[\"2026-12-04T00:00:00\"]"]
        ),
        Example(
            "DTSTART:20261203T150000Z",
            "RRULE:FREQ=DAILY;COUNT=3;UNTIL=20261231T000000Z",
            is: ["recurrence": "FREQ=DAILY;COUNT=3"]
        ),
        Example(
            "DTSTART:20261203T150000Z",
            "RRULE:FREQ=DAILY;UNTIL=20261204T150000Z;COUNT=30",
            is: ["recurrence": "FREQ=DAILY;UNTIL=20261204T150000Z"]
        ),
        Example(
            "DTSTART:20261203T150000Z",
            "RRULE:FREQ=WEEKLY;BYDAY=TU, TH;X-FOO=1",
            is: ["recurrence": "FREQ=WEEKLY;BYDAY=TU,TH"]
        ),
        // What fields cannot hold
        Example("DTSTART:20261203T150000Z", "RRULE:FREQ=DAILY;INTERVAL=0", is: ["recurrence": nil]),
        Example("DTSTART:20261203T150000Z", "RRULE:FREQ=DAILY;RSCALE=HEBREW", is: ["recurrence": nil]),
        Example("DTSTART:20261203T150000Z", "DTEND:20261203T140000Z", is: ["ends_at": nil]),
    ]

    @Test("an event", arguments: events) func anEvent(example: Example) throws {
        let exchange = try CalendarExchange()
        let calendar = CalendarExchange.calendar(["BEGIN:VEVENT", "UID:u1"] + example.lines + ["END:VEVENT"])
        let (report, problems) = try exchange.take(calendar)
        #expect(report.created == 1 && problems.isEmpty, "\(problems)")
        for (key, text) in example.expected { #expect(try exchange.text(key) == text, "\(key)") }
        // What came is what is written, and what is written changes nothing.
        let lines = try exchange.written()
        #expect(Array(lines.prefix(2 + example.lines.count)) == ["BEGIN:VEVENT", "UID:u1"] + example.lines)
        let again = try exchange.take(try exchange.calendar())
        #expect(again.report.unchanged == 1 && again.problems.isEmpty, "\(again)")
        #expect(try exchange.take(calendar).report.unchanged == 1)
    }

    /// Zones by what Outlook shows people: an offset, and cities of which one may be known.
    static let describedZones: [Example] = [
        Example(
            "DTSTART;TZID=\"(UTC-06:00) Guadalajara, Mexico City, Monterrey\":20261203T090000",
            is: ["starts_at": "2026-12-03T15:00:00Z", "time_zone": "America/Mexico_City"]
        ),
        Example(
            "DTSTART;TZID=\"(UTC+01:00) Bruselas, Copenhague, Madrid, París\":20260701T090000",
            is: ["starts_at": "2026-07-01T07:00:00Z", "time_zone": "Europe/Brussels"]
        ),
        Example(
            "DTSTART;TZID=\"(UTC-07:00) Nowhere\":20261203T090000",
            is: ["starts_at": "2026-12-03T16:00:00Z", "time_zone": "Etc/GMT+7"]
        ),
    ]

    @Test("an event in a zone that is described", arguments: describedZones) func anEventInAZoneThatIsDescribed(
        example: Example
    ) throws {
        let exchange = try CalendarExchange()
        let calendar = CalendarExchange.calendar(["BEGIN:VEVENT", "UID:u1"] + example.lines + ["END:VEVENT"])
        let (report, problems) = try exchange.take(calendar)
        #expect(report.created == 1 && problems.isEmpty, "\(problems)")
        for (key, text) in example.expected { #expect(try exchange.text(key) == text, "\(key)") }
        #expect(try exchange.take(calendar).report.unchanged == 1)
    }

    /// Times as programs write them otherwise than the standard, and as they are written again.
    static let spellings: [(line: String, start: String, written: String)] = [
        ("DTSTART;VALUE=DATE:20261203T000000", "2026-12-03T00:00:00Z", "DTSTART;VALUE=DATE:20261203"),
        ("DTSTART:2026-12-03T09:00:00Z", "2026-12-03T09:00:00Z", "DTSTART:20261203T090000Z"),
        ("DTSTART:2026-12-03", "2026-12-03T00:00:00Z", "DTSTART;VALUE=DATE:20261203"),
        ("DTSTART:20261203T0900Z", "2026-12-03T09:00:00Z", "DTSTART:20261203T090000Z"),
        ("DTSTART:20261203T090000Z ", "2026-12-03T09:00:00Z", "DTSTART:20261203T090000Z"),
        ("DTSTART:20261203T090000+0100", "2026-12-03T08:00:00Z", "DTSTART:20261203T080000Z"),
        ("DTSTART:20261203T003000+01:00", "2026-12-02T23:30:00Z", "DTSTART:20261202T233000Z"),
        ("DTSTART:20261203T240000Z", "2026-12-04T00:00:00Z", "DTSTART:20261204T000000Z"),
        ("DTSTART:20261203T2400Z", "2026-12-04T00:00:00Z", "DTSTART:20261204T000000Z"),
        (
            "DTSTART;TZID=Europe/Madrid :20261203T090000", "2026-12-03T08:00:00Z",
            "DTSTART;TZID=Europe/Madrid:20261203T090000"
        ),
        (
            "DTSTART;TZID=europe/madrid:20261203T090000", "2026-12-03T08:00:00Z",
            "DTSTART;TZID=europe/madrid:20261203T090000"
        ),
        (
            "DTSTART;TZID=America-Mexico_City:20261203T090000", "2026-12-03T15:00:00Z",
            "DTSTART;TZID=America-Mexico_City:20261203T090000"
        ),
        ("DTSTART;TZID=GMT+0100:20261203T090000", "2026-12-03T08:00:00Z", "DTSTART;TZID=GMT+0100:20261203T090000"),
        (
            "DTSTART;TZID=tzone://Microsoft/Utc:20261203T090000", "2026-12-03T09:00:00Z",
            "DTSTART;TZID=\"tzone://Microsoft/Utc\":20261203T090000"
        ),
        (
            "DTSTART;TZID=Hora est. Central (México):20261203T090000", "2026-12-03T15:00:00Z",
            "DTSTART;TZID=Hora est. Central (México):20261203T090000"
        ),
        (
            "DTSTART;TZID=/Europe/Vienna:20261203T090000", "2026-12-03T08:00:00Z",
            "DTSTART;TZID=/Europe/Vienna:20261203T090000"
        ),
        (
            "DTSTART;TZID=America/Mexico City:20261203T090000", "2026-12-03T15:00:00Z",
            "DTSTART;TZID=America/Mexico City:20261203T090000"
        ),
        (
            "DTSTART;TZID=Romance Standard Time 2:20261203T090000", "2026-12-03T08:00:00Z",
            "DTSTART;TZID=Romance Standard Time 2:20261203T090000"
        ),
        ("DTSTART;TZID=:20261203T090000", "2026-12-03T09:00:00Z", "DTSTART:20261203T090000"),
    ]

    @Test("a time however it is written", arguments: spellings) func aTimeHoweverItIsWritten(
        line: String,
        start: String,
        written: String
    ) throws {
        let exchange = try CalendarExchange()
        let calendar = CalendarExchange.calendar(["BEGIN:VEVENT", "UID:u1", line, "END:VEVENT"])
        let (report, problems) = try exchange.take(calendar)
        #expect(report.created == 1 && problems.isEmpty, "\(problems)")
        #expect(try exchange.text("starts_at") == start)
        #expect(try exchange.written().contains(written))
        #expect(try exchange.take(calendar).report.unchanged == 1)
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 1)
    }

    @Test("semicolons between excluded dates separate them too") func semicolonsBetweenExcludedDatesSeparateThemToo()
        throws
    {
        let exchange = try CalendarExchange()
        try exchange.take(
            CalendarExchange.calendar(
                CalendarExchange.event(
                    "DTSTART:20261203T150000Z",
                    "RRULE:FREQ=DAILY;COUNT=4",
                    "EXDATE:20261204T150000Z;20261205T150000Z"
                )
            )
        )
        #expect(try exchange.text("excluded_dates") == "[\"2026-12-04T15:00:00\",\"2026-12-05T15:00:00\"]")
        #expect(try exchange.written().contains("EXDATE:20261204T150000Z,20261205T150000Z"))
    }

    @Test("times without a zone are of the zone that the calendar names")
    func timesWithoutAZoneAreOfTheZoneThatTheCalendarNames() throws {
        let exchange = try CalendarExchange()
        let calendar = CalendarExchange.calendar(
            CalendarExchange.event("DTSTART:20260701T090000", "DTEND:20260701T100000"),
            CalendarExchange.event("DTSTART;VALUE=DATE:20260701", uid: "u2"),
            CalendarExchange.event(
                "DTSTART:20260701T090000",
                "RRULE:FREQ=DAILY;COUNT=3",
                "EXDATE:20260702T090000",
                uid: "u3"
            ),
            header: ["X-WR-TIMEZONE:Europe/Madrid"]
        )
        #expect(try exchange.take(calendar).report.created == 3)
        #expect(try exchange.text("starts_at") == "2026-07-01T07:00:00Z")
        #expect(try exchange.text("ends_at") == "2026-07-01T08:00:00Z")
        #expect(try exchange.text("time_zone") == "Europe/Madrid")
        #expect(try exchange.text("starts_at", of: 2) == "2026-07-01T00:00:00Z")
        #expect(try exchange.text("starts_at", of: 3) == "2026-07-01T07:00:00Z")
        #expect(try exchange.text("excluded_dates", of: 3) == "[\"2026-07-02T09:00:00\"]")
        // Elsewhere they are the same moments.
        #expect(try exchange.written().contains("DTSTART;TZID=Europe/Madrid:20260701T090000"))
        #expect(try exchange.take(calendar).report.unchanged == 3)
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 3)
    }

    static let tasks: [Example] = [
        Example(
            "DUE:20261203T150000Z",
            "SUMMARY:a",
            is: ["kind": "task", "starts_at": "2026-12-03T15:00:00Z", "status": nil]
        ),
        Example(
            "DTSTART:20261201T150000Z",
            "DUE;VALUE=DATE:20261203",
            is: ["starts_at": "2026-12-03T00:00:00Z", "all_day": "1"]
        ),
        Example("CREATED:20260102T030405Z", "SUMMARY:a", is: ["starts_at": "2026-01-02T03:04:05Z"]),
        Example("DUE:20261203T150000Z", "STATUS:IN-PROCESS", is: ["status": "in_progress"]),
        Example("DUE:20261203T150000Z", "COMPLETED:20261202T150000Z", is: ["status": "completed"]),
        Example("DUE:20261203T150000Z", "STATUS:CANCELLED", is: ["status": "deferred"]),
        Example(
            "DUE:20261203T150000Z",
            "STATUS:NEEDS-ACTION",
            "X-CRM-STATUS:pending_input",
            is: ["status": "pending_input"]
        ),
    ]

    @Test("a task", arguments: tasks) func aTask(example: Example) throws {
        let exchange = try CalendarExchange()
        let calendar = CalendarExchange.calendar(["BEGIN:VTODO", "UID:u1"] + example.lines + ["END:VTODO"])
        let (report, problems) = try exchange.take(calendar)
        #expect(report.created == 1 && problems.isEmpty, "\(problems)")
        for (key, text) in example.expected { #expect(try exchange.text(key) == text, "\(key)") }
        #expect(try exchange.written().prefix(2 + example.lines.count) == ["BEGIN:VTODO", "UID:u1"] + example.lines)
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 1)
    }

    static let faults: [(lines: [String], property: String)] = [
        (["SUMMARY:a"], "DTSTART"),
        (["DTSTART:20260230T100000Z"], "DTSTART"),
        (["DTSTART:03/02/2026"], "DTSTART"),
        (["DTSTART;TZID=Europe/Madrid:20261203T090000+0100"], "DTSTART"),
        (["DTSTART:20261203T2430"], "DTSTART"),
        (["DTSTART;TZID=GMT+1:20261203T090000"], "DTSTART"),
        (["DTSTART;TZID=Nowhere/Land:20261203T090000"], "DTSTART"),
        (["DTSTART;TZID=Customized Time Zone:20261203T090000"], "DTSTART"),
        (["DTSTART:20261203T150000Z", "DTEND:x"], "DTEND"),
        (["DTSTART:20261203T150000Z", "DURATION:1h"], "DURATION"),
        (["DTSTART:20261203T150000Z", "EXDATE:20261303"], "EXDATE"),
    ]

    @Test("a fault is told by its property", arguments: faults) func aFaultIsToldByItsProperty(
        lines: [String],
        property: String
    ) throws {
        let exchange = try CalendarExchange()
        let good = CalendarExchange.event("DTSTART:20261203T150000Z", uid: "u2")
        let (report, problems) = try exchange.take(
            CalendarExchange.calendar(["BEGIN:VEVENT", "UID:u1"] + lines + ["END:VEVENT"], good)
        )
        #expect(report.created == 1 && report.failed == 1)
        #expect(problems.map(\.field) == [property])
        #expect(problems.first?.line == 4)
        // A time with a zone and a distance from UTC is at fault itself, in whatever zone.
        let isOfZone = lines[0].contains("TZID") && !lines[0].hasSuffix("+0100")
        #expect(!isOfZone || problems.first?.reason.en.contains("TZID=America/Mexico_City") == true)
    }

    @Test("a zone that only the calendar defines gives moments, and its definition is written again")
    func aZoneThatOnlyTheCalendarDefinesGivesMomentsAndItsDefinitionIsWrittenAgain() throws {
        let exchange = try CalendarExchange()
        let zone = [
            "BEGIN:VTIMEZONE", "TZID:Casa", "BEGIN:STANDARD", "DTSTART:19701025T030000",
            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "TZOFFSETFROM:+0330", "TZOFFSETTO:+0230", "END:STANDARD",
            "BEGIN:DAYLIGHT", "DTSTART:19700329T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            "TZOFFSETFROM:+0230", "TZOFFSETTO:+0330", "END:DAYLIGHT", "END:VTIMEZONE",
        ]
        // The definition may stand behind what needs it.
        let calendar = CalendarExchange.calendar(
            CalendarExchange.event("DTSTART;TZID=Casa:20260701T090000"),
            CalendarExchange.event("DTSTART;TZID=Casa:20261203T090000", uid: "u2"),
            zone
        )
        #expect(try exchange.take(calendar).report.created == 2)
        #expect(try exchange.text("starts_at") == "2026-07-01T05:30:00Z")
        #expect(try exchange.text("starts_at", of: 2) == "2026-12-03T06:30:00Z")
        #expect(try exchange.text("time_zone") == nil)
        let written = try exchange.calendar()
        #expect(written.contains(zone.joined(separator: "\r\n")))
        #expect(written.components(separatedBy: "BEGIN:VTIMEZONE").count == 2)
        #expect(try exchange.take(written).report.unchanged == 2)
    }

    @Test(
        "a series in a zone that only the calendar defines goes by one with the same clocks",
        arguments: [("+0100", "+0200", "Europe/Berlin", "09:00"), ("+0130", "+0230", "UTC", "07:30")]
    )
    func aSeriesInAZoneThatOnlyTheCalendarDefinesGoesByOneWithTheSameClocks(
        winter: String,
        summer: String,
        zone: String,
        last: String
    ) throws {
        let exchange = try CalendarExchange()
        let definition = [
            "BEGIN:VTIMEZONE", "TZID:Custom Zone 1", "BEGIN:STANDARD", "DTSTART:16010101T030000",
            "TZOFFSETFROM:\(summer)", "TZOFFSETTO:\(winter)", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
            "END:STANDARD", "BEGIN:DAYLIGHT", "DTSTART:16010101T020000", "TZOFFSETFROM:\(winter)",
            "TZOFFSETTO:\(summer)", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT", "END:VTIMEZONE",
        ]
        let series = CalendarExchange.event(
            "DTSTART;TZID=Custom Zone 1:20261020T100000",
            "RRULE:FREQ=DAILY;COUNT=10",
            "EXDATE;TZID=Custom Zone 1:20261022T100000"
        )
        try exchange.take(CalendarExchange.calendar(definition, series))
        // Where there is no such zone, it goes by the user's clocks.
        #expect(try exchange.text("time_zone") == (zone == "UTC" ? nil : zone))
        let found = try AgendaQuery(
            from: try Moment(parsing: "2026-10-01", clock: TemporaryStore.clock),
            until: try Moment(parsing: "2026-12-01", clock: TemporaryStore.clock)
        ).occurrences(in: exchange.crm.store).map(\.start.description)
        #expect(found.count == 9)
        #expect(found.last == "2026-10-29T\(last):00Z")
        #expect(!found.contains { $0.hasPrefix("2026-10-22") })
        let written = try exchange.calendar()
        #expect(
            written.contains((definition + series).joined(separator: "\r\n"))
                || written.contains(series.joined(separator: "\r\n"))
        )
        #expect(try exchange.take(written).report.unchanged == 1)
    }

    @Test("a date beside those of the rule is as long as its period")
    func aDateBesideThoseOfTheRuleIsAsLongAsItsPeriod() throws {
        let exchange = try CalendarExchange()
        let lines = [
            "DTSTART;TZID=Europe/Madrid:20261201T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=1",
            "RDATE;VALUE=PERIOD:20261215T100000Z/PT3H,20261216T100000Z/20261216T110000Z",
        ]
        let calendar = CalendarExchange.calendar(["BEGIN:VEVENT", "UID:u1"] + lines + ["END:VEVENT"])
        try exchange.take(calendar)
        let query = AgendaQuery(
            from: try Moment(parsing: "2026-12-01", clock: TemporaryStore.clock),
            until: try Moment(parsing: "2026-12-31", clock: TemporaryStore.clock)
        )
        func lengths() throws -> [Int64] {
            try query.occurrences(in: exchange.crm.store).map {
                ($0.end.secondsSinceEpoch - $0.start.secondsSinceEpoch) / 3600
            }
        }
        #expect(try lengths() == [1, 3, 1])
        #expect(try exchange.written().count { $0 == "BEGIN:VEVENT" } == 1)
        #expect(try exchange.take(calendar).report.unchanged == 1)
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 1)
        // The period goes with the property.
        try exchange.take(CalendarExchange.calendar(["BEGIN:VEVENT", "UID:u1"] + lines.dropLast() + ["END:VEVENT"]))
        #expect(try lengths() == [1])
        #expect(try exchange.crm.store.partReader(of: .occurrence, in: exchange.events).rows(of: 1).isEmpty)
    }

    @Test("alarms before the start are reminders, others are kept") func alarmsBeforeTheStartAreRemindersOthersAreKept()
        throws
    {
        let exchange = try CalendarExchange()
        func alarm(_ trigger: String) -> [String] {
            ["BEGIN:VALARM", "ACTION:AUDIO", trigger, "X-A:1", "END:VALARM"]
        }
        let alarms =
            alarm("TRIGGER:-PT15M") + alarm("TRIGGER;RELATED=END:PT0S") + alarm("TRIGGER:-P1D") + alarm("TRIGGER:PT5M")
        let calendar = CalendarExchange.calendar(
            ["BEGIN:VEVENT", "UID:u1", "DTSTART:20261203T150000Z"] + alarms + ["END:VEVENT"]
        )
        try exchange.take(calendar)
        #expect(try exchange.text("reminders") == "[900,86400]")
        #expect(Array(try exchange.written().dropFirst(4).prefix(alarms.count)) == alarms)
        try exchange.crm.write(TemporaryStore.request("x")) { transaction in
            _ = try transaction.edit(exchange.events, id: 1, [FieldInput("reminders", .setList(["1h", "1d"]))])
        }
        let lines = try exchange.written()
        #expect(!lines.contains("TRIGGER:-PT15M") && lines.contains("TRIGGER:-PT1H"))
        #expect(lines.contains("TRIGGER;RELATED=END:PT0S") && lines.contains("TRIGGER:PT5M"))
        #expect(lines.count { $0 == "ACTION:AUDIO" } == 3)
    }

    @Test("an alarm at a moment is a reminder of what takes place once, and what is none is told")
    func anAlarmAtAMomentIsAReminderOfWhatTakesPlaceOnceAndWhatIsNoneIsTold() throws {
        let exchange = try CalendarExchange()
        func alarm(_ trigger: String, _ action: String = "DISPLAY") -> [String] {
            ["BEGIN:VALARM", "ACTION:\(action)", trigger, "END:VALARM"]
        }
        let alarms =
            alarm("TRIGGER;VALUE=DATE-TIME:20261203T143000Z") + alarm("TRIGGER:PT10M")
            + alarm("TRIGGER;VALUE=DATE-TIME:19760401T005545Z", "NONE")
        let lines = ["BEGIN:VEVENT", "UID:u1", "DTSTART:20261203T150000Z", "CATEGORIES:Trabajo,Ventas\\, México"]
        let end = alarms + ["END:VEVENT"]
        let contents = try exchange.contents(lines + end)
        #expect(contents.unheld.map(\.text) == ["Ventas, México", "PT10M"])
        try exchange.take(CalendarExchange.calendar(lines + end))
        #expect(try exchange.text("reminders") == "[1800]")
        #expect(try exchange.written().contains("TRIGGER;VALUE=DATE-TIME:20261203T143000Z"))
        // It goes along with the event.
        try exchange.crm.write(TemporaryStore.request("x")) { transaction in
            _ = try transaction.edit(exchange.events, id: 1, [FieldInput("starts_at", .set("2026-12-04T15:00:00Z"))])
        }
        let moved = try exchange.written()
        #expect(moved.contains("TRIGGER:-PT30M") && !moved.contains("TRIGGER;VALUE=DATE-TIME:20261203T143000Z"))
        // Of what comes again it is none.
        #expect(try exchange.contents(lines + ["RRULE:FREQ=DAILY"] + end).texts["reminders"] == nil)
    }

    @Test("attendees who are contacts are linked with their response")
    func attendeesWhoAreContactsAreLinkedWithTheirResponse() throws {
        let exchange = try CalendarExchange()
        try exchange.crm.write(TemporaryStore.request("x")) { transaction in
            let contacts = Registry.standard[.contact]
            for (name, email) in [("Ruiz", "ana@example.org"), ("Gil", "eva@example.org")] {
                _ = try transaction.add(
                    contacts,
                    [FieldInput("last_name", .set(name)), FieldInput("email", .set(email))]
                )
            }
        }
        let ana = "ATTENDEE;CN=\"Ruiz, Ana\";X-NUM=0;PARTSTAT=ACCEPTED:mailto:Ana@example.org"
        let eva = "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:eva@example.org"
        let other = "ATTENDEE;PARTSTAT=DECLINED:mailto:x@example.org"
        func calendar(_ attendees: String...) -> String {
            CalendarExchange.calendar(
                ["BEGIN:VEVENT", "UID:u1", "DTSTART:20261203T150000Z"] + attendees + ["END:VEVENT"]
            )
        }
        let all = calendar(ana, eva, other)
        try exchange.take(all)
        func links() throws -> [String] {
            try exchange.crm.store.database.all(
                "SELECT contact, response FROM contact_event ORDER BY contact"
            ).map { "\($0[0].integer ?? 0) \($0[1].text ?? "")" }
        }
        #expect(try links() == ["1 accepted", "2 needs_action"])
        #expect(Array(try exchange.written()[3..<6]) == [ana, eva, other])
        #expect(try exchange.take(all).report.unchanged == 1)
        // One who is no longer there is linked no longer.
        #expect(try exchange.take(calendar(ana, other)).report.updated == 1)
        #expect(try links() == ["1 accepted"])
        // A reply changes the response, and the words of the attendee stay.
        let reply = CalendarExchange.calendar(
            CalendarExchange.event("DTSTART:20261203T150000Z", "ATTENDEE;PARTSTAT=TENTATIVE:mailto:ana@example.org"),
            header: ["METHOD:REPLY"]
        )
        #expect(try exchange.take(reply).report.updated == 1)
        #expect(try links() == ["1 tentative"])
        let told = "ATTENDEE;CN=\"Ruiz, Ana\";X-NUM=0;PARTSTAT=TENTATIVE:mailto:Ana@example.org"
        #expect(try exchange.written().contains(told))
        #expect(try exchange.take(reply).report.unchanged == 1)
        let cancelled = CalendarExchange.calendar(
            CalendarExchange.event("DTSTART:20261203T150000Z"),
            header: ["METHOD:CANCEL"]
        )
        try exchange.take(cancelled)
        #expect(try exchange.text("status") == "not_held")
    }

    @Test(
        "attendees become contacts by their names, without the quotes of a program, and functions none",
        arguments: [
            ("CN='Eva Paz'", "eva@example.org", "Eva Paz"), ("CN=Tim O'Brien", "tim@example.org", "Tim O'Brien"),
            ("CN=noreply", "noreply@example.org", nil),
        ]
    )
    func attendeesBecomeContactsByTheirNamesWithoutTheQuotesOfAProgramAndFunctionsNone(
        name: String,
        address: String,
        contact: String?
    ) throws {
        let exchange = try CalendarExchange()
        let calendar = CalendarExchange.calendar(
            CalendarExchange.event("DTSTART:20261203T150000Z", "ATTENDEE;\(name):mailto:\(address)")
        )
        try exchange.take(calendar) { $0.creates = [.contact] }
        let names = try exchange.crm.store.database.all("SELECT name FROM contact").compactMap { $0[0].text }
        let expected: [String] = contact.map { [$0] } ?? []
        #expect(names == expected)
        #expect(try exchange.written().contains("ATTENDEE;\(name):mailto:\(address)"))
    }

    @Test("a reply for one date stands in what is told of that date alone")
    func aReplyForOneDateStandsInWhatIsToldOfThatDateAlone() throws {
        let exchange = try CalendarExchange()
        try exchange.crm.write(TemporaryStore.request("x")) { transaction in
            _ = try transaction.add(
                Registry.standard[.contact],
                [FieldInput("last_name", .set("Ruiz")), FieldInput("email", .set("ana@example.org"))]
            )
        }
        try exchange.take(
            CalendarExchange.calendar(
                CalendarExchange.event(
                    "DTSTART;TZID=Europe/Madrid:20261201T100000",
                    "RRULE:FREQ=DAILY;COUNT=5",
                    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@example.org",
                    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:x@example.org"
                )
            )
        )
        func reply(_ original: String, _ address: String, _ response: String) -> String {
            CalendarExchange.calendar(
                CalendarExchange.event(original, "ATTENDEE;PARTSTAT=\(response):mailto:\(address)"),
                header: ["METHOD:REPLY"]
            )
        }
        let declined = reply("RECURRENCE-ID:20261203T090000Z", "ana@example.org", "DECLINED")
        #expect(try exchange.take(declined).report.updated == 1)
        #expect(try exchange.take(declined).report.unchanged == 1)
        try exchange.take(reply("RECURRENCE-ID:20261203T090000Z", "x@example.org", "TENTATIVE"))
        let lines = try exchange.written()
        #expect(lines.count { $0 == "BEGIN:VEVENT" } == 2)
        let attendees = lines.filter { $0.hasPrefix("ATTENDEE") }
        let responses = [
            "ACCEPTED:mailto:ana@example.org", "ACCEPTED:mailto:x@example.org", "DECLINED:mailto:ana@example.org",
            "TENTATIVE:mailto:x@example.org",
        ]
        #expect(attendees.count == 4)
        for (attendee, response) in zip(attendees, responses) { #expect(attendee.hasSuffix("PARTSTAT=\(response)")) }
        #expect(try exchange.take(try exchange.calendar()).report.unchanged == 1)
        // What is changed of that date here leaves what was answered.
        try exchange.crm.write(TemporaryStore.request("x")) { transaction in
            _ = try transaction.edit(
                occurrence: "2026-12-03",
                of: 1,
                in: exchange.events,
                [FieldInput("location", .set("Sala 2"))]
            )
        }
        let changed = try exchange.written()
        #expect(changed.contains("LOCATION:Sala 2"))
        #expect(changed.contains { $0.hasSuffix("PARTSTAT=DECLINED:mailto:ana@example.org") })
        let missing = try exchange.take(reply("RECURRENCE-ID:20261223T090000Z", "ana@example.org", "DECLINED"))
        #expect(missing.report.failed == 1)
    }

    @Test("what is asked of an event that is not here is refused") func whatIsAskedOfAnEventThatIsNotHereIsRefused()
        throws
    {
        let exchange = try CalendarExchange()
        for method in ["REPLY", "CANCEL", "COUNTER"] {
            let (report, problems) = try exchange.take(
                CalendarExchange.calendar(
                    CalendarExchange.event("DTSTART:20261203T150000Z"),
                    header: ["METHOD:\(method)"]
                )
            )
            #expect(report.failed == 1 && report.created == 0, "\(method)")
            #expect(problems.count == 1)
        }
    }

    @Test("a lower SEQUENCE is passed over") func aLowerSEQUENCEIsPassedOver() throws {
        let exchange = try CalendarExchange()
        func calendar(_ sequence: Int, _ summary: String) -> String {
            CalendarExchange.calendar(
                CalendarExchange.event("DTSTART:20261203T150000Z", "SEQUENCE:\(sequence)", "SUMMARY:\(summary)")
            )
        }
        try exchange.take(calendar(2, "a"))
        #expect(try exchange.take(calendar(2, "a").replacing("20260101T", with: "20250101T")).report.unchanged == 1)
        #expect(try exchange.take(calendar(1, "b")).report.skipped == 1)
        #expect(try exchange.text("subject") == "a")
        #expect(try exchange.take(calendar(3, "c")).report.updated == 1)
        #expect(try exchange.text("subject") == "c")
    }

    @Test("of two messages with one SEQUENCE the one that was made later counts")
    func ofTwoMessagesWithOneSEQUENCETheOneThatWasMadeLaterCounts() throws {
        let exchange = try CalendarExchange()
        func request(_ stamp: String, _ start: String, _ original: String? = nil) -> String {
            CalendarExchange.calendar(
                ["BEGIN:VEVENT", "UID:u1", "DTSTAMP:\(stamp)", "DTSTART:\(start)", "SEQUENCE:0"]
                    + (original.map { ["RECURRENCE-ID:\($0)"] } ?? ["RRULE:FREQ=DAILY;COUNT=9"]) + ["END:VEVENT"],
                header: ["METHOD:REQUEST"]
            )
        }
        try exchange.take(request("20260301T000000Z", "20261201T090000Z"))
        #expect(try exchange.take(request("20260102T000000Z", "20261205T090000Z")).report.skipped == 1)
        #expect(try exchange.text("starts_at") == "2026-12-01T09:00:00Z")
        // So it is with those for one date.
        try exchange.take(request("20260303T000000Z", "20261202T110000Z", "20261202T090000Z"))
        try exchange.take(request("20260302T000000Z", "20261202T100000Z", "20261202T090000Z"))
        let starts = try exchange.crm.store.database.all("SELECT starts_at FROM event_occurrence").map { $0[0].text }
        #expect(starts == ["2026-12-02T11:00:00Z"])
        #expect(
            try exchange.take(request("20260304T000000Z", "20261202T120000Z", "20261202T090000Z")).report.updated == 1
        )
    }
}
