import Foundation
import Testing

@testable import CRMKit

/// What calendars say, in the fields of events.
@Suite struct `Calendars read into events` {
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

    static let events: [CalendarExample] = [
        CalendarExample(
            "DTSTART:20261203T150000Z",
            "SUMMARY:a",
            is: [
                "subject": "a", "starts_at": "2026-12-03T15:00:00Z", "ends_at": nil, "all_day": "0", "time_zone": nil,
                "kind": "meeting", "uid": "u1",
            ]
        ),
        CalendarExample(
            "DTSTART;TZID=America/Mexico_City:20261203T090000",
            "DTEND;TZID=America/Mexico_City:20261203T100000",
            is: [
                "starts_at": "2026-12-03T15:00:00Z", "ends_at": "2026-12-03T16:00:00Z",
                "time_zone": "America/Mexico_City",
            ]
        ),
        CalendarExample(
            "DTSTART;TZID=Romance Standard Time:20260701T090000",
            is: ["starts_at": "2026-07-01T07:00:00Z", "time_zone": "Europe/Paris"]
        ),
        CalendarExample(
            "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Madrid:20260701T090000",
            is: ["starts_at": "2026-07-01T07:00:00Z", "time_zone": "Europe/Madrid"]
        ),
        // As Outlook and Exchange call zones.
        CalendarExample(
            "DTSTART;TZID=Hora estándar central (México):20261203T090000",
            is: ["starts_at": "2026-12-03T15:00:00Z", "time_zone": "America/Mexico_City"]
        ),
        CalendarExample(
            "DTSTART;TZID=Hora estándar romance:20260701T090000",
            is: ["starts_at": "2026-07-01T07:00:00Z", "time_zone": "Europe/Paris"]
        ),
        CalendarExample(
            "DTSTART;TZID=\"tzone://Microsoft/Utc\":20261203T090000",
            is: ["starts_at": "2026-12-03T09:00:00Z", "time_zone": "UTC"]
        ),
        // The clocks of Madrid go from 2 to 3 on that day.
        CalendarExample(
            "DTSTART;TZID=Europe/Madrid:20260329T023000",
            is: ["starts_at": "2026-03-29T01:30:00Z", "time_zone": "Europe/Madrid"]
        ),
        CalendarExample(
            "DTSTART;VALUE=DATE:20261203",
            "DTEND;VALUE=DATE:20261206",
            is: ["all_day": "1", "starts_at": "2026-12-03T00:00:00Z", "ends_at": "2026-12-05T00:00:00Z"]
        ),
        CalendarExample(
            "DTSTART;VALUE=DATE:20261203",
            "DURATION:P1D",
            is: [
                "starts_at": "2026-12-03T00:00:00Z", "ends_at": "2026-12-03T00:00:00Z",
            ]
        ),
        CalendarExample("DTSTART:20261203T150000Z", "DURATION:PT1H30M", is: ["ends_at": "2026-12-03T16:30:00Z"]),
        // A day is one of the clocks, 23 hours long.
        CalendarExample(
            "DTSTART;TZID=Europe/Madrid:20260328T120000",
            "DURATION:P1D",
            is: ["starts_at": "2026-03-28T11:00:00Z", "ends_at": "2026-03-29T10:00:00Z"]
        ),
        CalendarExample(
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
        CalendarExample("DTSTART:20261203T150000Z", "STATUS:CANCELLED", is: ["status": "not_held"]),
        CalendarExample("DTSTART:20261203T150000Z", "STATUS:CONFIRMED", "X-CRM-STATUS:held", is: ["status": "held"]),
        CalendarExample(
            "DTSTART:20261203T150000Z",
            "STATUS:CANCELLED",
            "X-CRM-STATUS:held",
            is: ["status": "not_held"]
        ),
        CalendarExample("DTSTART:20261203T150000Z", "X-CRM-KIND:call", is: ["kind": "call"]),
        // Without a summary
        CalendarExample("DTSTART:20261203T150000Z", "DESCRIPTION:uno\\ndos", is: ["subject": "uno"]),
        CalendarExample("DTSTART:20261203T150000Z", "LOCATION:Sala 1", is: ["subject": "Sala 1"]),
        CalendarExample("DTSTART:20261203T150000Z", is: ["subject": "(…)"]),
        CalendarExample(
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
        CalendarExample(
            "DTSTART:20261203T150000Z",
            "RRULE:FREQ=DAILY",
            is: ["recurrence": "FREQ=DAILY", "time_zone": "UTC"]
        ),
        CalendarExample(
            "DTSTART;VALUE=DATE:20261203",
            "RRULE:FREQ=YEARLY",
            "EXDATE;VALUE=DATE:20271203",
            is: ["recurrence": "FREQ=YEARLY", "excluded_dates": "[\"2027-12-03\"]"]
        ),
        // What programs write otherwise
        CalendarExample(
            "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
            "DTSTART;TZID=Europe/Madrid:20261203T000000",
            "DTEND;TZID=Europe/Madrid:20261205T000000",
            is: ["all_day": "1", "starts_at": "2026-12-03T00:00:00Z", "ends_at": "2026-12-04T00:00:00Z"]
        ),
        CalendarExample(
            "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
            "DTSTART;TZID=Europe/Madrid:20261203T090000",
            is: ["all_day": "0", "starts_at": "2026-12-03T08:00:00Z"]
        ),
        CalendarExample(
            "DTSTART;TZID=Europe/Madrid:20261203T090000",
            "RRULE:FREQ=DAILY;COUNT=4",
            "EXDATE;TZID=Europe/Madrid:20261204T000000",
            is: ["excluded_dates": "[\"2026-12-04\"]"]
        ),
        CalendarExample(
            "DTSTART;TZID=Europe/Madrid:20261203T090000",
            "RRULE:FREQ=HOURLY;COUNT=40",
            "EXDATE;TZID=Europe/Madrid:20261204T000000",
            is: ["excluded_dates": "[\"2026-12-04T00:00:00\"]"]
        ),
        CalendarExample(
            "DTSTART:20261203T150000Z",
            "RRULE:FREQ=DAILY;COUNT=3;UNTIL=20261231T000000Z",
            is: ["recurrence": "FREQ=DAILY;COUNT=3"]
        ),
        CalendarExample(
            "DTSTART:20261203T150000Z",
            "RRULE:FREQ=DAILY;UNTIL=20261204T150000Z;COUNT=30",
            is: ["recurrence": "FREQ=DAILY;UNTIL=20261204T150000Z"]
        ),
        CalendarExample(
            "DTSTART:20261203T150000Z",
            "RRULE:FREQ=WEEKLY;BYDAY=TU, TH;X-FOO=1",
            is: ["recurrence": "FREQ=WEEKLY;BYDAY=TU,TH"]
        ),
        // What fields cannot hold
        CalendarExample("DTSTART:20261203T150000Z", "RRULE:FREQ=DAILY;INTERVAL=0", is: ["recurrence": nil]),
        CalendarExample("DTSTART:20261203T150000Z", "RRULE:FREQ=DAILY;RSCALE=HEBREW", is: ["recurrence": nil]),
        CalendarExample("DTSTART:20261203T150000Z", "DTEND:20261203T140000Z", is: ["ends_at": nil]),
    ]

    @Test("an event", arguments: events) func anEvent(example: CalendarExample) throws {
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

    static let tasks: [CalendarExample] = [
        CalendarExample(
            "DUE:20261203T150000Z",
            "SUMMARY:a",
            is: ["kind": "task", "starts_at": "2026-12-03T15:00:00Z", "status": nil]
        ),
        CalendarExample(
            "DTSTART:20261201T150000Z",
            "DUE;VALUE=DATE:20261203",
            is: ["starts_at": "2026-12-03T00:00:00Z", "all_day": "1"]
        ),
        CalendarExample("DTSTART:20261201T150000Z", "DURATION:P1DT1H", is: ["starts_at": "2026-12-02T16:00:00Z"]),
        CalendarExample(
            "DTSTART;VALUE=DATE:20261201",
            "DURATION:P2D",
            is: ["starts_at": "2026-12-03T00:00:00Z", "all_day": "1"]
        ),
        CalendarExample("DTSTART:20261201T150000Z", "DURATION:1h", is: ["starts_at": "2026-12-01T15:00:00Z"]),
        CalendarExample(
            "DTSTART:20261201T150000Z",
            "DURATION:P1D",
            "RRULE:FREQ=WEEKLY",
            is: ["starts_at": "2026-12-01T15:00:00Z"]
        ),
        CalendarExample(
            "DTSTART:20261207T090000Z",
            "DUE:20261211T180000Z",
            "RRULE:FREQ=WEEKLY;BYDAY=MO",
            "EXDATE:20261214T090000Z",
            is: ["starts_at": "2026-12-07T09:00:00Z", "excluded_dates": "[\"2026-12-14T09:00:00\"]"]
        ),
        CalendarExample("DUE:20261211T180000Z", "RRULE:FREQ=WEEKLY", is: ["starts_at": "2026-12-11T18:00:00Z"]),
        CalendarExample("CREATED:20260102T030405Z", "SUMMARY:a", is: ["starts_at": "2026-01-02T03:04:05Z"]),
        CalendarExample("DUE:20261203T150000Z", "STATUS:IN-PROCESS", is: ["status": "in_progress"]),
        CalendarExample("DUE:20261203T150000Z", "COMPLETED:20261202T150000Z", is: ["status": "completed"]),
        CalendarExample("DUE:20261203T150000Z", "STATUS:CANCELLED", is: ["status": "deferred"]),
        CalendarExample(
            "DUE:20261203T150000Z",
            "STATUS:NEEDS-ACTION",
            "X-CRM-STATUS:pending_input",
            is: ["status": "pending_input"]
        ),
    ]

    @Test("a task", arguments: tasks) func aTask(example: CalendarExample) throws {
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
        (["DTSTART:20261203T150000Z", "EXDATE;TZID=Mars/Phobos:20261203T150000"], "EXDATE"),
        (["DTSTART:20261203T150000Z", "RDATE;TZID=Mars/Phobos:20261203T150000"], "RDATE"),
        (["DTSTART:20261203T150000Z", "RECURRENCE-ID;TZID=Mars/Phobos:20261203T150000"], "RECURRENCE-ID"),
    ]

    @Test("a date of a series in a zone that nobody knows is a fault of that series alone", arguments: [true, false])
    func aDateInAnUnknownZone(withSeries: Bool) throws {
        let exchange = try CalendarExchange()
        let series = CalendarExchange.event("DTSTART:20261203T150000Z", "RRULE:FREQ=DAILY", uid: "s")
        let date = CalendarExchange.event(
            "RECURRENCE-ID;TZID=Mars/Phobos:20261204T150000",
            "DTSTART:20261204T160000Z",
            uid: "s"
        )
        let good = CalendarExchange.event("DTSTART:20261203T150000Z", uid: "g")
        if !withSeries { try exchange.take(CalendarExchange.calendar(series)) }
        let (report, problems) = try exchange.take(
            withSeries ? CalendarExchange.calendar(good, series, date) : CalendarExchange.calendar(good, date)
        )
        #expect(report.created == 1 && report.failed == 1)
        #expect(problems.map(\.field) == ["RECURRENCE-ID"])
        for method in ["REPLY", "CANCEL"] {
            let message = CalendarExchange.calendar(date, header: ["METHOD:\(method)"])
            #expect(try exchange.take(message).problems.map(\.field) == ["RECURRENCE-ID"])
        }
    }

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

    @Test("what was written before the event was changed here puts nothing back", arguments: [true, false])
    func whatWasWrittenBeforePutsNothingBack(inOneSecond: Bool) throws {
        let exchange = try CalendarExchange()
        func edit(_ values: KeyValuePairs<String, String>) throws {
            if !inOneSecond { exchange.crm.tick() }
            try exchange.crm.edit(.event, 1, values)
        }
        try exchange.crm.add(
            .event,
            ["subject": "own", "uid": "own", "starts_at": "2026-12-22 10:00", "time_zone": "UTC"]
        )
        let first = try exchange.calendar()
        try edit(["starts_at": "2026-12-23 10:00"])
        let second = try exchange.calendar()
        try edit(["subject": "twice"])
        for calendar in [first, second] { #expect(try exchange.take(calendar).report.skipped == 1) }
        #expect(try exchange.text("starts_at") == "2026-12-23T10:00:00Z")
        #expect(try exchange.text("subject") == "twice")
        // What is new counts in the last one that was written: not every program stamps what it changes.
        let last = try exchange.calendar().replacing("SUMMARY:twice", with: "SUMMARY:thrice")
        #expect(try exchange.take(last).report.updated == 1)
        #expect(try exchange.text("subject") == "thrice")
    }

    /// What is changed here after a calendar was written, what that calendar gets, and what the event has then.
    private static let laterHere:
        [(here: KeyValuePairs<String, String>, old: String, new: String, expected: [String: String?])] = [
            (
                ["subject": "later"], "SUMMARY:own", "SUMMARY:own\r\nLOCATION:Sala 7",
                ["subject": "later", "location": "Sala 7"]
            ),
            (
                ["description": "x", "starts_at": "2026-12-23 10:00"], "SUMMARY:own", "SUMMARY:other",
                ["subject": "other", "description": "x", "starts_at": "2026-12-23T10:00:00Z"]
            ),
            // The times are of one side, since an end without its start would be wrong.
            (
                ["subject": "later", "starts_at": "2026-12-23 10:00"], "20261222T110000Z", "20261222T113000Z",
                ["subject": "later", "starts_at": "2026-12-22T10:00:00Z", "ends_at": "2026-12-22T11:30:00Z"]
            ),
        ]

    @Test("what is new in a calendar written before counts, and the rest puts nothing back", arguments: laterHere)
    func whatIsNewInACalendarWrittenBeforeCounts(
        here: KeyValuePairs<String, String>,
        old: String,
        new: String,
        expected: [String: String?]
    ) throws {
        let exchange = try CalendarExchange()
        try exchange.crm.add(
            .event,
            [
                "subject": "own", "uid": "own", "starts_at": "2026-12-22 10:00", "ends_at": "2026-12-22 11:00",
                "time_zone": "UTC",
            ]
        )
        let written = try exchange.calendar()
        let edited = written.replacing(old, with: new)
        #expect(edited != written)
        exchange.crm.tick()
        try exchange.crm.edit(.event, 1, here)
        #expect(try exchange.take(edited).report.updated == 1)
        #expect(try exchange.take(edited).report.updated == 0)
        for (key, text) in expected { #expect(try exchange.text(key) == text, "\(key)") }
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
}
