/// A suite about calendars on the command line.
protocol CalendarSuite {}

extension CalendarSuite {
    /// A calendar with one event.
    static func event(_ uid: String, _ lines: String...) -> String {
        ([
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", "BEGIN:VEVENT", "UID:\(uid)",
            "DTSTAMP:20260101T000000Z",
        ]
            + lines + ["END:VEVENT", "END:VCALENDAR", ""]).joined(separator: "\r\n")
    }

    /// When it starts, where a test does not care.
    static var start: String { "DTSTART:20261203T150000Z" }
}
