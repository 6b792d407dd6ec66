import Testing

/// Calendars on the command line.
@Suite struct CalendarCommandTests: CalendarSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

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

    @Test("Two events of one UID have a file each in a folder")
    func folderOfOneUID() throws {
        try crm.add("event", "--subject", "a", "--uid", "same", "--starts-at", "2026-12-01")
        try crm.add("event", "--subject", "b", "--uid", "same", "--starts-at", "2026-12-02")
        try crm.succeed("event", "export", "--format", "ics", "-o", "out/")
        #expect(try crm.shell("grep -h SUMMARY out/same.ics out/event-2.ics").output == "SUMMARY:a\r\nSUMMARY:b\r\n")
    }

    @Test("The version of an event that was taken before does not put back where it was moved from")
    func olderVersion() throws {
        let version = Self.event("u1", Self.start, "SEQUENCE:5", "SUMMARY:a")
        try crm.write(version, to: "in.ics")
        try crm.succeed("event", "import", "in.ics")
        try crm.succeed("event", "edit", "1", "--starts-at", "2026-12-11T10:00:00Z")
        let again = try crm.succeed("event", "import", "in.ics")
        #expect(again.errors.contains("passed over: version 5 of event 1 (a)"), "\(again.errors)")
        #expect(try crm.sql("SELECT starts_at FROM event") == "2026-12-11T10:00:00Z")
        // What is new in it counts, whatever its number: few programs count it.
        try crm.write(version.replacing("SUMMARY:a", with: "SUMMARY:b"), to: "in.ics")
        try crm.succeed("event", "import", "in.ics")
        #expect(try crm.sql("SELECT subject FROM event") == "b")
    }

    @Test("A file that was written before an event was moved here does not put it back, and is told")
    func olderFile() throws {
        try crm.add("event", "--subject", "own", "--uid", "own", "--starts-at", "2026-12-22T10:00:00Z")
        try crm.succeed("event", "export", "--format", "ics", "-o", "out.ics")
        try crm.succeed("event", "edit", "uid:own", "--starts-at", "2026-12-23T10:00:00Z")
        let again = try crm.succeed("event", "import", "out.ics")
        #expect(again.errors.contains("passed over: version 0 of event 1 (own) is older"), "\(again.errors)")
        #expect(try crm.sql("SELECT starts_at FROM event") == "2026-12-23T10:00:00Z")
    }

    @Test("What is new in a file that was written before is taken, and what is kept instead of the rest is told")
    func olderFileWithNews() throws {
        try crm.add("event", "--subject", "own", "--uid", "own", "--starts-at", "2026-12-22T10:00:00Z")
        // The stamps count seconds.
        try crm.sql("UPDATE event SET created_at = '2026-01-01T00:00:00Z', updated_at = '2026-01-01T00:00:00Z'")
        let calendar = try crm.succeed("event", "export", "--format", "ics").output
        try crm.succeed("event", "edit", "uid:own", "--subject", "later")
        let edited = calendar.replacing("SUMMARY:own", with: "SUMMARY:own\r\nLOCATION:Sala 7")
        try crm.write(edited, to: "in.ics")
        let result = try crm.succeed("event", "import", "in.ics")
        let kept = "kept of event 1 (later), which was changed after the calendar was written: subject\n"
        #expect(result.errors.contains(kept), "\(result.errors)")
        #expect(try crm.sql("SELECT subject, location FROM event") == "later|Sala 7")
    }

    @Test("An event that was moved from a zone that only its calendar knows changes nothing when it comes back")
    func foreignZone() throws {
        let name = "(UTC-06:00) Guadalajara, Ciudad de México, Monterrey"
        let calendar = Self.event("u1", "DTSTART;TZID=\"\(name)\":20261203T100000", "SUMMARY:a")
        let zone = [
            "BEGIN:VTIMEZONE", "TZID:\(name.replacing(",", with: "\\,"))", "BEGIN:STANDARD", "DTSTART:16010101T000000",
            "TZOFFSETFROM:-0600", "TZOFFSETTO:-0600", "END:STANDARD", "END:VTIMEZONE", "BEGIN:VEVENT",
        ]
        try crm.write(calendar.replacing("BEGIN:VEVENT", with: zone.joined(separator: "\r\n")), to: "in.ics")
        try crm.succeed("event", "import", "in.ics")
        for words in [["--location", "Sala"], ["--starts-at", "2026-12-03T19:00:00Z"]] {
            try crm.succeed(["event", "edit", "1"] + words)
            try crm.write(try crm.succeed("event", "export", "--format", "ics").output, to: "out.ics")
            #expect(try crm.json("event", "import", "out.ics")["unchanged"] == 1, "\(words)")
        }
        #expect(try crm.sql("SELECT starts_at FROM event") == "2026-12-03T19:00:00Z")
    }

    @Test(
        "That a calendar defines a zone of Windows in another way than its name says is told",
        arguments: [("-0700", false), ("-0600", true)]
    )
    func contradictedZone(offset: String, isTold: Bool) throws {
        let name = "Mountain Standard Time (Mexico)"
        let zone = [
            "BEGIN:VTIMEZONE", "TZID:\(name)", "BEGIN:STANDARD", "DTSTART:16010101T000000",
            "TZOFFSETFROM:\(offset)", "TZOFFSETTO:\(offset)", "END:STANDARD", "END:VTIMEZONE", "BEGIN:VEVENT",
        ]
        let calendar = Self.event("u1", "DTSTART;TZID=\"\(name)\":20260715T100000", "SUMMARY:a")
        try crm.write(calendar.replacing("BEGIN:VEVENT", with: zone.joined(separator: "\r\n")), to: "in.ics")
        let told = [("en", "they are taken by America/Mazatlan"), ("es", "se toman por America/Mazatlan")]
        for (language, words) in told {
            let result = try crm.succeed("event", "import", "in.ics", "--lang", language)
            #expect(result.errors.contains(words) == isTold, "\(result.errors)")
        }
        #expect(try crm.sql("SELECT starts_at, time_zone FROM event") == "2026-07-15T17:00:00Z|America/Mazatlan")
    }

    @Test("A date is the same date wherever it is read and written")
    func dates() throws {
        let (west, east) = (["TZ": "America/Los_Angeles"], ["TZ": "Asia/Tokyo"])
        try crm.add("event", "--subject", "Feriado", "--starts-at", "2026-12-01", "--all-day")
        for zone in [west, east] {
            for words in [["event", "show", "1"], ["event", "list"], ["agenda", "--day", "--on", "2026-12-01"]] {
                let line = "crm " + words.joined(separator: " ") + " --format table"
                #expect(try crm.shell(line, env: zone).output.contains("2026-12-01"), "\(words) \(zone)")
            }
            let output = try crm.run("event", "export", "--format", "ics", env: zone).output
            #expect(output.contains("DTSTART;VALUE=DATE:20261201"))
        }
        let edit = try crm.run("event", "edit", "1", "--starts-at", "2026-12-05", env: east)
        #expect(edit.status == 0)
        #expect(try crm.sql("SELECT starts_at FROM event") == "2026-12-05T06:00:00Z")
        let log = try crm.shell("crm log --last 1 --format table", env: west)
        #expect(!log.output.contains("2026-11-30"))
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

    @Test("A repetition that is not understood is told by the option written", arguments: ["repeat", "recurrence"])
    func repetition(option: String) throws {
        let event = ["event", "add", "--subject", "a", "--starts-at", "2026-12-03 10:00"]
        let result = try crm.run(event + ["--\(option)", "every blue moon"])
        #expect(result.status != 0 && result.errors.contains("--\(option) \"every blue moon\""), "\(result.errors)")
    }

    @Test("A moved occurrence is named by when it would be, and an event that came without a UID gets one")
    func names() throws {
        try crm.add(
            "event",
            ["--subject", "W", "--starts-at", "2026-12-01T16:00:00Z", "--repeat", "every day"]
                + ["--time-zone", "America/Mexico_City"]
        )
        try crm.succeed("event", "edit", "1", "--occurrence", "2026-12-05", "--starts-at", "2026-12-05T18:00:00Z")
        try crm.write(
            Self.event("x", Self.start, "SUMMARY:n").replacing("UID:x\r\n", with: ""),
            to: "nameless.ics"
        )
        try crm.succeed("event", "import", "nameless.ics")
        let out = try crm.succeed("event", "export", "--format", "ics").output
        #expect(out.contains("RECURRENCE-ID;TZID=America/Mexico_City:20261205T100000\r\n"))
        #expect(out.contains("DTSTART;TZID=America/Mexico_City:20261205T120000\r\n"))
        #expect(out.matches(of: /\r\nUID:crm-event-2-/).count == 1)
        try crm.write(out, to: "out.ics")
        #expect(try crm.json("event", "import", "out.ics")["unchanged"]?.integer == 2)
    }

    @Test("A time that the clocks of its zone skip is told, and an event that says nothing of what it is about")
    func toldOfEvents() throws {
        try crm.write(Self.event("u1", "DTSTART;TZID=Europe/Madrid:20270328T023000", "SUMMARY:a"), to: "gap.ics")
        let gap = try crm.run("event", "import", "gap.ics")
        let words = "starts_at \"20270328T023000\": clocks skip that time on that day: taken as 03:30"
        #expect(gap.status == 0 && gap.errors.contains(words), "\(gap.errors)")
        #expect(try crm.run("event", "import", "gap.ics").errors == "")
        try crm.write(Self.event("040000008200E00074C5B7101A82E008", Self.start), to: "bare.ics")
        let bare = try crm.run("event", "import", "bare.ics", "--lang", "es")
        #expect(bare.status == 0 && bare.errors.contains("nada dice de qué trata: se llama (…)"), "\(bare.errors)")
        #expect(try crm.sql("SELECT subject FROM event WHERE id = 2") == "(…)")
    }

    @Test("An occurrence does not end before it starts, and those that follow a moved one last as long")
    func ends() throws {
        try crm.add(
            "event",
            ["--subject", "C", "--starts-at", "2026-12-01T10:00:00Z", "--ends-at", "2026-12-01T11:00:00Z"]
                + ["--repeat", "every day 10 times", "--time-zone", "UTC"]
        )
        let edit = ["event", "edit", "1", "--occurrence", "2026-12-03"]
        let refused = try crm.run(edit + ["--ends-at", "2026-12-02T00:00:00Z"])
        #expect(refused.status == 2 && refused.errors.contains("is before its start"), "\(refused)")
        try crm.succeed(edit + ["--following", "--starts-at", "2026-12-03T15:00:00Z"])
        #expect(try crm.sql("SELECT ends_at FROM event WHERE id = 2") == "2026-12-03T16:00:00Z")
    }

    @Test("Attendees that are linked are counted, those that are made too")
    func linked() throws {
        try crm.add("contact", ["--last-name", "Ruiz", "--email", "ana@example.org"])
        let attendees = ["ana", "eva"].map { "ATTENDEE;CN=\($0):mailto:\($0)@example.org" }
        try crm.write(Self.event("u1", Self.start, attendees[0], attendees[1]), to: "in.ics")
        for (options, linked, made) in [([], 1, 0), ([], 0, 0), (["--create-missing", "contact"], 1, 1)] {
            let report = try JSON(crm.succeed(["event", "import", "in.ics", "--json"] + options).outputBytes)
            #expect(report["linked"]?.integer == linked && report["created_missing"]?.integer == made, "\(report)")
        }
    }

    @Test("What somebody answers for one date counts on that date")
    func answers() throws {
        try crm.add("contact", ["--last-name", "Ruiz", "--email", "ana@example.org"])
        let series = ["DTSTART:20261201T100000Z", "DTEND:20261201T110000Z", "RRULE:FREQ=DAILY;COUNT=3"]
        func attendee(_ word: String) -> String { "ATTENDEE;PARTSTAT=\(word):mailto:ana@example.org" }
        func take(_ lines: [String], method: String = "REQUEST", to name: String) throws {
            let head = ["BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:\(method)", "BEGIN:VEVENT", "UID:s", "SUMMARY:S"]
            let rest = ["DTSTAMP:20261101T000000Z", "END:VEVENT", "END:VCALENDAR", ""]
            try crm.write((head + lines + rest).joined(separator: "\r\n"), to: name)
            try crm.succeed("event", "import", name)
        }
        func days() throws -> [String] {
            try crm.succeed(
                "agenda",
                "--contact",
                "1",
                "--from",
                "2026-12-01",
                "--until",
                "2026-12-05",
                "--format",
                "jsonl"
            )
            .lines.map { String((try JSON($0)["occurrence"]?.string ?? "").suffix(2)) }
        }
        try take(series + [attendee("ACCEPTED")], to: "series.ics")
        #expect(try days() == ["01", "02", "03"])
        try take(["RECURRENCE-ID:20261202T100000Z", attendee("DECLINED")], method: "REPLY", to: "no.ics")
        #expect(try days() == ["01", "03"])
        let all = try crm.succeed("agenda", "--from", "2026-12-02", "--until", "2026-12-02", "--format", "jsonl").output
        #expect(all.contains("\"declined\""))
        // Nobody comes but on one date.
        try take([series[0], attendee("DECLINED")], method: "REPLY", to: "never.ics")
        #expect(try days() == [])
        try take(["RECURRENCE-ID:20261203T100000Z", attendee("ACCEPTED")], method: "REPLY", to: "once.ics")
        #expect(try days() == ["03"])
    }

    @Test("An answer, and that it does not take place, need not say again when it is")
    func withoutStart() throws {
        try crm.add("contact", "--last-name", "Ruiz", "--email", "ana@example.org")
        try crm.write(Self.event("u1", Self.start, "SUMMARY:a"), to: "in.ics")
        try crm.succeed("event", "import", "in.ics")
        func answer(_ method: String, _ lines: String) throws -> CRM.Result {
            let text = Self.event("u1", lines).replacing("VERSION:2.0", with: "VERSION:2.0\r\nMETHOD:\(method)")
            try crm.write(text, to: "answer.ics")
            return try crm.run("event", "import", "answer.ics")
        }
        let reply = try answer("REPLY", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@example.org")
        #expect(reply.status == 0, "\(reply.errors)")
        #expect(try crm.succeed("event", "links", "1", "--json").output.contains("accepted"))
        #expect(try answer("CANCEL", "SEQUENCE:1").status == 0)
        #expect(try crm.json("event", "show", "1")["status"] == "not_held")
        let missing = try answer("PUBLISH", "SUMMARY:b")
        #expect(missing.status == 6 && missing.errors.contains("DTSTART: is missing"), "\(missing.errors)")
    }

    @Test("A date of a series without an alarm of its own reminds of nothing, and stays so on the way back")
    func dateWithoutAlarm() throws {
        let alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT15M\r\nEND:VALARM"
        let other = "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:u1\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:a"
        let calendar = Self.event(
            "u1",
            Self.start,
            "SUMMARY:a",
            "RRULE:FREQ=DAILY;COUNT=3",
            alarm,
            other,
            "RECURRENCE-ID:20261204T150000Z",
            "DTSTART:20261204T160000Z"
        )
        try crm.write(calendar, to: "in.ics")
        try crm.succeed("event", "import", "in.ics")
        let due = try crm.run("reminder", "due", "--since", "2026-12-01", "--json")
        #expect(due.status == 0)
        let rows = try crm.shell("sqlite3 crm.db 'select reminders from event_occurrence'").output
        #expect(rows == "[]\n")
        let out = try crm.succeed("event", "export", "--format", "ics").output
        #expect(out.components(separatedBy: "BEGIN:VALARM").count == 2)
        try crm.write(out, to: "out.ics")
        #expect(try crm.json("event", "import", "out.ics")["unchanged"] == 1)
        #expect(try crm.succeed("check").status == 0)
    }

    @Test("Calendars that hold no event are told, and so are their names")
    func nothingInThem() throws {
        try crm.write("", to: "a.ics")
        #expect(try crm.succeed("event", "import", "a.ics").errors.contains("holds no event and no task"))
        try crm.shell("mkdir cal")
        try crm.write("", to: "cal/cut.ics")
        let synced = try crm.run("event", "sync", "cal")
        #expect(synced.status == 6 && synced.errors.contains("cut.ics, row 1 (line 1): holds no event"))
        let named = Self.event("u1", Self.start).replacing("VERSION:2.0", with: "VERSION:2.0\r\nX-WR-CALNAME:Trabajo")
        try crm.write(named, to: "named.ics")
        #expect(try crm.succeed("event", "import", "named.ics").errors.contains("kept in no event: \"Trabajo\""))
    }

    @Test("What is wrong is told in the order of the file, what waits for others too")
    func orderOfProblems() throws {
        func event(_ number: Int, _ lines: String) -> String {
            "BEGIN:VEVENT\r\nUID:u\(number)\r\nDTSTAMP:20260101T000000Z\r\n\(lines)\r\nEND:VEVENT\r\n"
        }
        let zone = "DTSTART;TZID=Nowhere/Here:20260105T100000"
        let events = [event(1, zone), event(2, "SUMMARY:x"), event(3, zone), event(4, "DTSTART:x"), event(5, zone)]
        try crm.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\(events.joined())END:VCALENDAR\r\n", to: "in.ics")
        let errors = try crm.run("event", "import", "in.ics").errors
        let places = (1...5).map { errors.range(of: "row \($0) ")?.lowerBound }
        #expect(places.allSatisfy { $0 != nil } && places.compactMap { $0 } == places.compactMap { $0 }.sorted())
    }
}
