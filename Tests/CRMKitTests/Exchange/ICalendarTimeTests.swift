import Foundation
import Testing

@testable import CRMKit

/// When things are, however calendars say it: zones, spellings, dates of series.
@Suite struct `Times read from calendars` {
    /// Zones by what Outlook shows people: an offset, and cities of which one may be known.
    static let describedZones: [CalendarExample] = [
        CalendarExample(
            "DTSTART;TZID=\"(UTC-06:00) Guadalajara, Mexico City, Monterrey\":20261203T090000",
            is: ["starts_at": "2026-12-03T15:00:00Z", "time_zone": "America/Mexico_City"]
        ),
        CalendarExample(
            "DTSTART;TZID=\"(UTC+01:00) Bruselas, Copenhague, Madrid, París\":20260701T090000",
            is: ["starts_at": "2026-07-01T07:00:00Z", "time_zone": "Europe/Brussels"]
        ),
        CalendarExample(
            "DTSTART;TZID=\"(UTC-07:00) Nowhere\":20261203T090000",
            is: ["starts_at": "2026-12-03T16:00:00Z", "time_zone": "Etc/GMT+7"]
        ),
    ]

    @Test("an event in a zone that is described", arguments: describedZones) func anEventInAZoneThatIsDescribed(
        example: CalendarExample
    ) throws {
        let exchange = try CalendarExchange()
        let calendar = CalendarExchange.calendar(["BEGIN:VEVENT", "UID:u1"] + example.lines + ["END:VEVENT"])
        let (report, problems) = try exchange.take(calendar)
        #expect(report.created == 1 && problems.isEmpty, "\(problems)")
        for (key, text) in example.expected { #expect(try exchange.text(key) == text, "\(key)") }
        #expect(try exchange.take(calendar).report.unchanged == 1)
    }

    @Test(
        "a zone by its name in Windows",
        arguments: [
            ("Mountain Standard Time (Mexico)", "America/Mazatlan", "2026-07-15T17:00:00Z"),
            ("Hora estándar de las Montañas (México)", "America/Mazatlan", "2026-07-15T17:00:00Z"),
            ("Central Asia Standard Time", "Asia/Bishkek", "2026-07-15T04:00:00Z"),
            ("Alberta Standard Time", "America/Edmonton", "2026-07-15T16:00:00Z"),
            ("British Columbia Standard Time", "America/Vancouver", "2026-07-15T17:00:00Z"),
            ("Manitoba Standard Time", "America/Winnipeg", "2026-07-15T15:00:00Z"),
        ]
    )
    func aZoneByItsNameInWindows(name: String, zone: String, start: String) throws {
        let exchange = try CalendarExchange()
        try exchange.take(CalendarExchange.calendar(CalendarExchange.event("DTSTART;TZID=\(name):20260715T100000")))
        #expect(try exchange.text("time_zone") == zone)
        #expect(try exchange.text("starts_at") == start)
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

    @Test(
        "whole days come to the day that their rule is written to",
        arguments: ["20261205T000000Z", "20261205T000000", "20261205T225959Z", "20261205"]
    )
    func wholeDaysComeToTheDayThatIsWritten(end: String) throws {
        let exchange = try CalendarExchange()
        let rule = "RRULE:FREQ=DAILY;UNTIL=\(end)"
        let calendar = CalendarExchange.calendar(CalendarExchange.event("DTSTART;VALUE=DATE:20261201", rule))
        try exchange.take(calendar)
        #expect(try exchange.text("recurrence") == "FREQ=DAILY;UNTIL=20261205")
        #expect(try exchange.written().contains(rule))
        #expect(try exchange.take(calendar).report.unchanged == 1)
        let id = try exchange.crm.write {
            try $0.add(
                exchange.events,
                [
                    FieldInput("subject", .set("a")), FieldInput("starts_at", .set("2026-12-01")),
                    FieldInput("all_day", .set("true")), FieldInput("recurrence", .set(String(rule.dropFirst(6)))),
                ]
            )
        }
        #expect(try exchange.text("recurrence", of: id) == "FREQ=DAILY;UNTIL=20261205")
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
}
