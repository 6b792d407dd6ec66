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

extension CRM {
    /// Synchronizes the folder `cal` with the events.
    ///
    /// - Returns: the counts that are not 0.
    func syncCalendars(_ words: [String] = [], file: String? = nil) throws -> [String: Int] {
        let result = try run(["event", "sync", "cal", "--json"] + words + (file.map { ["--db", $0] } ?? []))
        let counts = [
            "created", "updated", "deleted", "files_written", "files_removed", "conflicts", "failed",
        ]
        let json = try JSON(result.output)
        var found: [String: Int] = [:]
        for key in counts { if let count = json[key]?.integer, count > 0 { found[key] = Int(count) } }
        return found
    }
}
