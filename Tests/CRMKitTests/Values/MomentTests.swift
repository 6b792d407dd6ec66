import CRMKit
import Testing

@Suite("Moments")
struct MomentTests {
    @Test(
        "A moment is read as UTC, with an offset, or in the user's zone",
        arguments: [
            ("2026-03-15T09:30:00Z", "2026-03-15T09:30:00Z"), ("2026-03-15t09:30:00z", "2026-03-15T09:30:00Z"),
            ("2026-03-15T09:30:00-06:00", "2026-03-15T15:30:00Z"), ("2026-03-15T23:30:00-0600", "2026-03-16T05:30:00Z"),
            ("2026-03-15T09:30+05:45", "2026-03-15T03:45:00Z"), ("2026-03-15T09:30:00.999Z", "2026-03-15T09:30:00Z"),
            ("2026-03-15 09:30", "2026-03-15T15:30:00Z"), ("2026-03-15T09:30", "2026-03-15T15:30:00Z"),
            ("2026-03-15 09:30:15", "2026-03-15T15:30:15Z"), ("2026-03-15", "2026-03-15T06:00:00Z"),
            ("today", "2026-03-15T06:00:00Z"), ("-1d", "2026-03-14T06:00:00Z"), ("now", "2026-03-15T18:30:00Z"),
            ("ahora", "2026-03-15T18:30:00Z"), ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
        ]
    )
    func reads(text: String, moment: String) throws {
        let clock = try fixedClock()
        #expect(try Moment(parsing: text, clock: clock).description == moment)
    }

    @Test(
        "What is no moment is refused",
        arguments: [
            "2026-03-15T24:00:00Z", "2026-03-15T23:60:00Z", "2026-06-30T23:59:60Z", "2026-02-30T10:00:00Z", "9:3",
            "25:00", "in 5 m", "2 hours", "in hours", "hace 2 horas ago",
            "2026-03-15T09", "2026-03-15T09:30:00.Z", "2026-03-15T09:30:00+25:00", "10", "mañana 10", "13 pm", "later",
            "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "1773599400", "",
        ]
    )
    func refuses(text: String) throws {
        let clock = try fixedClock()
        #expect(throws: ValueError.self) { try Moment(parsing: text, clock: clock) }
    }

    @Test(
        "A time that no clock shows is told as such, and the beginning of the next day how to write it",
        arguments: [
            ("2026-03-15 25:00", "no existe la hora 25:00: "), ("2026-03-15T10:60", "no existe la hora 10:60: "),
            ("mañana 10:00:61", "no existe la hora 10:00:61: "), ("25:00", "no existe la hora 25:00: "),
            ("2026-03-15 24:00", "las 24:00 son el comienzo del día siguiente: escribir 2026-03-16 00:00"),
            ("a finales de mes", "no es una hora: escribir 2026-03-31 HH:MM"),
        ]
    )
    func explains(text: String, reason: String) throws {
        let clock = try fixedClock()
        let error = #expect(throws: ValueError.self) { try Moment(parsing: text, clock: clock) }
        #expect(error?.reason.es.hasPrefix(reason) == true, "\(String(describing: error))")
    }

    @Test(
        "A moment is read as people write it, in the user's zone",
        arguments: [
            ("2026-03-15 9:05", "2026-03-15T15:05:00Z"), ("9:05", "2026-03-15T15:05:00Z"),
            ("el lunes a las 5 de la tarde", "2026-03-16T23:00:00Z"),
            ("mañana 9:30 de la mañana", "2026-03-16T15:30:00Z"),
            ("mañana a las 9 de la noche", "2026-03-17T03:00:00Z"),
            ("tomorrow at 5 in the afternoon", "2026-03-16T23:00:00Z"),
            ("mañana 10:00", "2026-03-16T16:00:00Z"), ("el lunes a las 5 pm", "2026-03-16T23:00:00Z"),
            ("16/3/2026 16:30 h", "2026-03-16T22:30:00Z"), ("31 dic 2026, 9:30 p.m.", "2027-01-01T03:30:00Z"),
            ("tomorrow at 9", "2026-03-16T15:00:00Z"), ("hoy 12 am", "2026-03-15T06:00:00Z"),
            ("16/03/2026", "2026-03-16T06:00:00Z"), ("2026-03-15  09:30", "2026-03-15T15:30:00Z"),
            ("16/3/2026T7:00:05", "2026-03-16T13:00:05Z"), ("10h", "2026-03-15T16:00:00Z"),
            ("in 2 hours", "2026-03-15T20:30:00Z"), ("dentro de 2 horas", "2026-03-15T20:30:00Z"),
            ("en 30 minutos", "2026-03-15T19:00:00Z"), ("in an hour", "2026-03-15T19:30:00Z"),
            ("2 hours ago", "2026-03-15T16:30:00Z"), ("hace una hora", "2026-03-15T17:30:00Z"),
            ("hace 90 s", "2026-03-15T18:28:30Z"), ("en 10 horas", "2026-03-16T04:30:00Z"),
            ("in 2 days", "2026-03-17T06:00:00Z"), ("dentro de una semana", "2026-03-22T06:00:00Z"),
            ("+30min", "2026-03-15T19:00:00Z"), ("-2h", "2026-03-15T16:30:00Z"), ("+90s", "2026-03-15T18:31:30Z"),
        ]
    )
    func readsWritten(text: String, moment: String) throws {
        let clock = try fixedClock()
        #expect(try Moment(parsing: text, clock: clock).description == moment)
    }

    @Test("A local time that is skipped moves on, one that comes twice is the first")
    func daylightSaving() throws {
        let clock = try fixedClock("America/New_York")
        #expect(try Moment(parsing: "2026-03-08 02:30", clock: clock).description == "2026-03-08T07:30:00Z")
        #expect(try Moment(parsing: "2026-11-01 01:30", clock: clock).description == "2026-11-01T05:30:00Z")
        #expect(try Moment(parsing: "2026-11-01 02:30", clock: clock).description == "2026-11-01T07:30:00Z")
    }

    @Test("Today is the day in the user's zone")
    func today() throws {
        let lateInUTC: Int64 = 1_773_543_600  // 2026-03-15T03:00:00Z
        #expect(try fixedClock("UTC0", at: lateInUTC).today == "2026-03-15")
        #expect(try fixedClock("America/Mexico_City", at: lateInUTC).today == "2026-03-14")
        #expect(try fixedClock("Asia/Tokyo", at: lateInUTC).now == "2026-03-15T03:00:00Z")
    }

    @Test(
        "Local clocks show it with their distance from UTC",
        arguments: [
            ("UTC0", "2026-01-31 03:30:00 +00:00"), ("CST6", "2026-01-30 21:30:00 -06:00"),
            ("<+0545>-5:45", "2026-01-31 09:15:00 +05:45"), ("NST3:30", "2026-01-31 00:00:00 -03:30"),
        ]
    )
    func localTime(zone: String, shown: String) throws {
        let clock = try fixedClock(zone)
        #expect(clock.localTime(of: try Moment(parsing: "2026-01-31T03:30:00Z", clock: clock)) == shown)
    }

    @Test(
        "People read it to the minute by their clocks",
        arguments: [
            ("UTC0", "2026-01-31T03:30:59Z", "2026-01-31 03:30"), ("CST6", "2026-01-31T03:30:00Z", "2026-01-30 21:30"),
            ("UTC0", "some day", "some day"), ("<+14>-14", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
        ]
    )
    func shortTime(zone: String, stored: String, shown: String) throws {
        let audience = Audience(language: .spanish, clock: try fixedClock(zone))
        #expect(FieldType.dateTime.label(of: .text(stored), currency: nil, for: audience) == shown)
    }

    @Test("At the end of the calendar there may be no local day: the moment stands in UTC")
    func lastMoment() throws {
        let clock = try fixedClock("Asia/Tokyo")
        let last = try Moment(parsing: "9999-12-31T23:59:59Z", clock: clock)
        #expect(clock.localTime(of: last) == "9999-12-31T23:59:59Z")
    }
}
