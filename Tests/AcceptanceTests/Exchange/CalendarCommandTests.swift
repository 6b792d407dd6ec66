import Testing

/// Calendars on the command line.
@Suite struct CalendarCommandTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    static func event(_ uid: String, _ lines: String...) -> String {
        ([
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", "BEGIN:VEVENT", "UID:\(uid)",
            "DTSTAMP:20260101T000000Z",
        ]
            + lines + ["END:VEVENT", "END:VCALENDAR", ""]).joined(separator: "\r\n")
    }

    private static let start = "DTSTART:20261203T150000Z"

    @Test("A file goes in and out, known by its name or by its first bytes")
    func file() throws {
        let calendar = Self.event("u1", Self.start, "SUMMARY:a", "X-A:1")
        try crm.write(calendar, to: "in.ics")
        #expect(try crm.json("event", "import", "in.ics")["created"]?.integer == 1)
        let piped = try crm.run("event", "import", stdin: Self.event("u2", Self.start))
        #expect(piped.status == 0, "\(piped.errors)")
        let out = try crm.succeed("event", "export", "--format", "ics", "--where", "uid=u1").output
        #expect(
            out.hasPrefix(
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//crm//crm//EN\r\nBEGIN:VEVENT\r\nUID:u1\r\n"
            )
        )
        #expect(out.contains("X-A:1\r\n") && !out.contains("u2"))
        try crm.write(try crm.succeed("event", "export", "--format", "ics").output, to: "out.ics")
        #expect(try crm.json("event", "import", "out.ics")["unchanged"]?.integer == 2)
    }

    @Test("A folder has a file for each event, named by its UID")
    func folder() throws {
        try crm.write(Self.event("u1", Self.start), to: "in.ics")
        try crm.succeed("event", "import", "in.ics")
        try crm.add("event", "--subject", "a", "--starts-at", "2026-12-03")
        try crm.succeed("event", "export", "--format", "ics", "--output", "cal/")
        let names = try crm.shell("ls -A cal").lines
        #expect(
            names.count == 2 && names.contains("u1.ics")
                && names.contains { $0.hasPrefix("crm-event-2-") }
        )
        #expect(try crm.json("event", "import", "cal")["unchanged"]?.integer == 2)
        let other = try CRM()
        #expect(try other.json("event", "import", crm.file("cal"))["created"]?.integer == 2)
    }

    @Test("Rejected events with their reasons are what to import next")
    func rejects() throws {
        try crm.write(
            Self.event("u1", "DTSTART;TZID=Nada:20261203T090000") + Self.event("u2", Self.start),
            to: "in.ics"
        )
        let result = try crm.run(
            "event",
            "import",
            "in.ics",
            "--continue-on-error",
            "--rejects",
            "bad.ics"
        )
        #expect(result.status == 6)
        #expect(
            result.errors.contains(
                "row 1 (line 4), DTSTART \"20261203T090000\": the time zone Nada is not known"
            )
        )
        try crm.shell(
            "sed -i s/Nada/Europe.Madrid/ bad.ics; sed -i s,Europe.Madrid,Europe/Madrid, bad.ics"
        )
        #expect(try crm.json("event", "import", "bad.ics")["created"]?.integer == 1)
    }

    @Test(
        "What no field can hold is told",
        arguments: [
            (
                "en",
                "ends_at \"20261203T140000Z\": its field cannot hold it; it is kept and exported with the rest"
            ),
            (
                "es",
                "término «20261203T140000Z»: no cabe en su campo; se conserva y se exporta con lo demás"
            ),
        ]
    )
    func unheld(language: String, message: String) throws {
        try crm.write(Self.event("u1", Self.start, "DTEND:20261203T140000Z"), to: "in.ics")
        let result = try crm.run("event", "import", "in.ics", "--lang", language)
        #expect(result.status == 0)
        #expect(result.errors.contains(message), "\(result.errors)")
    }

    // MARK: - Both ways

    private func sync(_ words: String...) throws -> [String: Int] {
        let result = try crm.run(["event", "sync", "cal", "--json"] + words)
        let counts = [
            "created", "updated", "deleted", "files_written", "files_removed", "conflicts", "failed",
        ]
        let json = try JSON(result.output)
        var found: [String: Int] = [:]
        for key in counts { if let count = json[key]?.integer, count > 0 { found[key] = Int(count) } }
        return found
    }

    @Test("A folder and the events are brought to each other's state")
    func syncing() throws {
        try crm.shell("mkdir cal")
        try crm.write(Self.event("u1", Self.start, "SUMMARY:a"), to: "cal/u1.ics")
        try crm.add("event", "--subject", "b", "--starts-at", "2026-12-03", "--uid", "u2")
        #expect(try sync() == ["created": 1, "files_written": 1])
        #expect(try sync() == [:])
        // Changed on either side
        try crm.shell("sed -i s/SUMMARY:a/SUMMARY:c/ cal/u1.ics")
        try crm.succeed("event", "edit", "1", "--location", "Sala")
        #expect(try sync() == ["updated": 1, "files_written": 1])
        #expect(try crm.sql("SELECT subject FROM event WHERE uid = 'u1'") == "c")
        #expect(try crm.shell("grep -c Sala cal/u2.ics").output == "1\n")
        #expect(try sync() == [:])
        // Gone from either side
        try crm.shell("rm cal/u1.ics")
        #expect(try sync() == ["deleted": 1])
        try crm.succeed("event", "delete", "1", "--yes")
        #expect(try sync("--force") == ["files_removed": 1])
        #expect(try crm.shell("ls cal").output == "")
    }

    @Test("What both have changed is told, and the later is taken")
    func conflicts() throws {
        try crm.shell("mkdir cal")
        try crm.write(Self.event("u1", Self.start, "SUMMARY:a"), to: "cal/u1.ics")
        #expect(try sync() == ["created": 1])
        try crm.write(
            Self.event("u1", Self.start, "SUMMARY:b", "LAST-MODIFIED:20990101T000000Z"),
            to: "cal/u1.ics"
        )
        try crm.succeed("event", "edit", "1", "--subject", "c")
        #expect(try sync() == ["updated": 1, "conflicts": 1])
        #expect(try crm.sql("SELECT subject FROM event") == "b")
        try crm.write(
            Self.event("u1", Self.start, "SUMMARY:d", "LAST-MODIFIED:20010101T000000Z"),
            to: "cal/u1.ics"
        )
        try crm.succeed("event", "edit", "1", "--subject", "e")
        #expect(try sync() == ["files_written": 1, "conflicts": 1])
        #expect(try crm.shell("grep SUMMARY cal/u1.ics").output == "SUMMARY:e\r\n")
    }

    @Test("A folder that lost its files deletes nothing, and a bad file is left alone")
    func losses() throws {
        try crm.shell("mkdir cal")
        for uid in ["u1", "u2", "u3"] {
            try crm.write(Self.event(uid, Self.start), to: "cal/\(uid).ics")
        }
        #expect(try sync() == ["created": 3])
        try crm.shell("mkdir away; mv cal/*.ics away")
        #expect(try crm.run("event", "sync", "cal").status == 5)
        try crm.shell("mv away/*.ics cal; echo hello > cal/bad.ics; echo hello > cal/u3.ics")
        let result = try crm.run("event", "sync", "cal")
        #expect(result.status == 6)
        #expect(result.errors.contains("bad.ics, row 1 (line 1, column 1): this is outside a calendar"))
        #expect(try crm.sql("SELECT count(*) FROM event") == "3")
        #expect(try crm.shell("cat cal/u3.ics").output == "hello\n")
    }
}
