import Testing

/// A folder of calendars and the events beside it.
@Suite struct CalendarSyncTests: CalendarSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    private func sync(_ words: String...) throws -> [String: Int] { try sync(words) }

    private func sync(_ words: [String]) throws -> [String: Int] { try crm.syncCalendars(words) }

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

    @Test("A link is written where it leads")
    func links() throws {
        try crm.shell("mkdir cal elsewhere")
        try crm.write(Self.event("u1", Self.start, "SUMMARY:a"), to: "elsewhere/mine.ics")
        try crm.shell("ln -s ../elsewhere/mine.ics cal/u1.ics")
        #expect(try sync() == ["created": 1])
        try crm.succeed("event", "edit", "1", "--location", "Sala")
        #expect(try sync() == ["files_written": 1])
        let found = try crm.shell("grep -c Sala elsewhere/mine.ics; readlink cal/u1.ics").lines
        #expect(found == ["1", "../elsewhere/mine.ics"])
        #expect(try sync() == [:])
    }

    @Test("A folder that is called like a calendar is told as one")
    func folderAsFile() throws {
        try crm.shell("mkdir -p cal/u1.ics")
        let result = try crm.run("event", "sync", "cal")
        #expect(result.errors.contains("cal/u1.ics is no file but a folder"), "\(result.errors)")
    }

    @Test("No event is written into the file of another")
    func names() throws {
        try crm.shell("mkdir cal")
        // The name of the first event is that of another file, and so is the one by its id.
        try crm.write(Self.event("u1", Self.start, "SUMMARY:F1"), to: "cal/mine.ics")
        try crm.write(Self.event("u2", Self.start, "SUMMARY:F2"), to: "cal/event-1.ics")
        try crm.add("event", "--subject", "A", "--starts-at", "2026-12-03", "--uid", "mine")
        // The name of one that is too long for a file is that of another event.
        let long = String(repeating: "x", count: 400)
        try crm.add("event", "--subject", "B", "--starts-at", "2026-12-03", "--uid", "event-3")
        try crm.add("event", "--subject", "C", "--starts-at", "2026-12-03", "--uid", long)
        #expect(try sync() == ["created": 2, "files_written": 3])
        #expect(try sync() == [:])
        #expect(
            try crm.shell("grep -h SUMMARY cal/*.ics | tr -d '\\r' | sort").output
                == "SUMMARY:A\nSUMMARY:B\nSUMMARY:C\nSUMMARY:F1\nSUMMARY:F2\n"
        )
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

    @Test("What has a file in the folder is kept alike, whether the filter has it or not")
    func filtered() throws {
        try crm.shell("mkdir cal")
        func sync(_ words: String...) throws -> [String: Int] {
            try self.sync(["--where", "location = Sala"] + words)
        }
        try crm.add("event", "--subject", "in", "--starts-at", "2026-12-03", "--uid", "in", "--location", "Sala")
        try crm.add("event", "--subject", "out", "--starts-at", "2026-12-03", "--uid", "out")
        try crm.write(Self.event("u1", Self.start, "SUMMARY:a"), to: "cal/u1.ics")
        #expect(try sync() == ["created": 1, "files_written": 1])
        #expect(try sync() == [:])
        try crm.shell("sed -i s/SUMMARY:a/SUMMARY:c/ cal/u1.ics")
        #expect(try sync() == ["updated": 1])
        #expect(try crm.sql("SELECT subject FROM event WHERE uid = 'u1'") == "c")
        // An event that leaves the filter, changed here and there.
        try crm.succeed("event", "edit", "1", "--location", "Otra")
        #expect(try sync() == ["files_written": 1])
        try crm.shell("sed -i s/LOCATION:Otra/LOCATION:Sala/ cal/in.ics")
        #expect(try sync() == ["updated": 1])
        try crm.shell("rm cal/u1.ics")
        #expect(try sync() == ["deleted": 1])
        try crm.succeed("event", "delete", "1", "--yes")
        #expect(try sync("--force") == ["files_removed": 1])
        #expect(try crm.shell("ls cal").output == "")
    }

    @Test("Dates whose series is not here stand in the one file that they came in", arguments: ["true", "sleep 1.1"])
    func datesAlone(pause: String) throws {
        try crm.shell("mkdir cal")
        func date(_ day: Int, _ lines: String...) -> [String] {
            let start = "202612\(day < 10 ? "0" : "")\(day)T090000Z"
            return ["BEGIN:VEVENT", "UID:u1", "DTSTAMP:20260101T000000Z", "RECURRENCE-ID:\(start)", "DTSTART:\(start)"]
                + lines + ["END:VEVENT"]
        }
        func write(_ components: [String]...) throws {
            let lines =
                ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN"] + components.joined() + ["END:VCALENDAR", ""]
            try crm.write(lines.joined(separator: "\r\n"), to: "cal/k.ics")
        }
        func files() throws -> [String] { try crm.shell("ls cal; grep -h SUMMARY cal/* | tr -d '\\r'").lines }
        try write(date(3, "SUMMARY:a"), date(4, "SUMMARY:b"))
        #expect(try sync() == ["created": 2])
        #expect(try sync() == [:])
        #expect(try files() == ["k.ics", "SUMMARY:a", "SUMMARY:b"])
        // Changed on either side, and gone from either.
        try crm.succeed("event", "edit", "2", "--subject", "c")
        #expect(try sync() == ["files_written": 1])
        #expect(try files() == ["k.ics", "SUMMARY:a", "SUMMARY:c"])
        try crm.shell("\(pause); sed -i s/SUMMARY:a/SUMMARY:d/ cal/k.ics")
        #expect(try sync() == ["updated": 1])
        try crm.shell(pause)
        try crm.succeed("event", "delete", "1", "--yes")
        #expect(try sync() == ["files_written": 1])
        #expect(try files() == ["k.ics", "SUMMARY:c"])
        try crm.succeed("event", "delete", "2", "--yes")
        #expect(try sync("--force") == ["files_removed": 1])
        // Where there is no file yet they get one together, and their series comes into it.
        try write(date(3, "SUMMARY:a"), date(4, "SUMMARY:b"))
        try crm.shell("mv cal/k.ics in.ics")
        try crm.succeed("event", "import", "in.ics")
        #expect(try sync() == ["files_written": 1])
        #expect(try files() == ["u1.ics", "SUMMARY:a", "SUMMARY:b"])
        #expect(try sync() == [:])
        let series = ["BEGIN:VEVENT", "UID:u1", "DTSTAMP:20260101T000000Z", "DTSTART:20261202T090000Z"]
        try crm.shell("rm cal/u1.ics")
        try write(
            series + ["RRULE:FREQ=DAILY;COUNT=3", "SUMMARY:s", "END:VEVENT"],
            date(3, "SUMMARY:a"),
            date(4, "SUMMARY:b")
        )
        try crm.shell("mv cal/k.ics cal/u1.ics")
        _ = try sync()
        #expect(try crm.sql("SELECT count(*), min(uid) FROM event") == "1|u1")
        #expect(try sync() == [:])
        #expect(try files().first == "u1.ics")
    }

    @Test("A second file of one event is told, whichever name comes first", arguments: ["AA.ics", "zz.ics"])
    func secondFile(name: String) throws {
        try crm.shell("mkdir cal")
        try crm.write(Self.event("u1", Self.start, "SUMMARY:a"), to: "cal/k.ics")
        #expect(try sync() == ["created": 1])
        try crm.write(Self.event("u1", Self.start, "SUMMARY:b"), to: "cal/\(name)")
        for change in ["true", "sed -i s/SUMMARY:a/SUMMARY:c/ cal/k.ics"] {
            try crm.shell(change)
            let result = try crm.run("event", "sync", "cal")
            #expect(result.status == 6)
            #expect(result.errors.contains("\(name), row 1") && result.errors.contains("that of k.ics too"))
        }
        #expect(try crm.sql("SELECT subject FROM event") == "c")
        #expect(try crm.shell("cat cal/\(name)").output.contains("SUMMARY:b"))
    }

    @Test("What a file says beside its event stays, and what is no event is left alone and told")
    func besides() throws {
        try crm.shell("mkdir cal")
        let journal = "BEGIN:VJOURNAL\r\nUID:j1\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:x\r\nEND:VJOURNAL\r\n"
        let event = Self.event("u1", Self.start, "SUMMARY:a")
            .replacing("PRODID:-//x//EN\r\n", with: "PRODID:-//x//EN\r\nX-WR-CALNAME:Trabajo\r\n")
            .replacing("END:VCALENDAR", with: journal + "END:VCALENDAR")
        try crm.write(event, to: "cal/u1.ics")
        try crm.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\(journal)END:VCALENDAR\r\n", to: "cal/j1.ics")
        let result = try crm.run("event", "sync", "cal")
        #expect(result.status == 0)
        #expect(
            result.errors.contains(
                "passed over what is neither an event nor a task: VJOURNAL (1, entries of a journal)"
            )
        )
        try crm.succeed("event", "edit", "1", "--subject", "b")
        #expect(try sync() == ["files_written": 1])
        let written = try crm.shell("cat cal/u1.ics").output
        #expect(written.contains("X-WR-CALNAME:Trabajo\r\n") && written.contains(journal))
        #expect(written.contains("SUMMARY:b\r\n"))
        #expect(try crm.shell("grep -c VJOURNAL cal/j1.ics").output == "2\n")
        #expect(try sync() == [:])
    }

    @Test("A day, and a time without a zone, are the same wherever they are read")
    func floating() throws {
        try crm.shell("mkdir cal")
        try crm.write(Self.event("day", "DTSTART;VALUE=DATE:20261201"), to: "cal/day.ics")
        try crm.write(Self.event("time", "DTSTART:20261201T090000"), to: "cal/time.ics")
        try crm.shell("TZ=America/Mexico_City crm event sync cal")
        try crm.shell("TZ=America/Mexico_City crm event edit 1 --location Sala")
        let result = try crm.shell("TZ=America/Los_Angeles crm event sync cal --json")
        #expect(try JSON(result.output)["files_written"]?.integer == 1, "\(result.errors)")
        #expect(try crm.shell("grep -h DTSTART cal/day.ics").output == "DTSTART;VALUE=DATE:20261201\r\n")
        #expect(try crm.shell("grep -h DTSTART cal/time.ics").output == "DTSTART:20261201T090000\r\n")
        let agenda = "crm agenda --from 2026-12-01 --until 2026-12-01 --format jsonl"
        let items = try crm.shell("TZ=America/Los_Angeles \(agenda)").lines.map { try JSON($0) }
        let starts = items.map { $0["starts_at"]?.string }
        #expect(starts.contains("2026-12-01T08:00:00Z"), "\(starts)")
    }

    @Test("After a restore what came meanwhile is taken in again, and only what was deleted here is removed")
    func restored() throws {
        try crm.shell("mkdir cal")
        for number in 1...6 {
            try crm.add("event", "--subject", "e\(number)", "--starts-at", "2026-12-03", "--uid", "u\(number)")
        }
        try crm.succeed("event", "sync", "cal")
        try crm.succeed("backup", "bk")
        try crm.write(Self.event("tel1", Self.start, "SUMMARY:tel"), to: "cal/tel1.ics")
        try crm.add("event", "--subject", "own", "--starts-at", "2026-12-03")
        #expect(try sync() == ["created": 1, "files_written": 1])
        try crm.succeed("restore", "bk")
        let result = try crm.run("event", "sync", "cal")
        #expect(result.errors.contains("taken in again") && result.errors.contains("tel1.ics"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM event") == "8")
        #expect(try sync() == [:])
        // Deleted here, it goes; and so does what has another UID now, whose file is written anew.
        try crm.succeed("event", "delete", "1", "--yes")
        try crm.succeed("event", "edit", "2", "--uid", "other")
        #expect(try sync() == ["files_removed": 2, "files_written": 1])
        #expect(try crm.shell("ls cal | wc -l").output == "7\n")
        #expect(try sync() == [:])
    }

    @Test("A second database of the folder takes in what the first has made, and each removes what it deletes")
    func twoDatabases() throws {
        try crm.shell("mkdir cal")
        func sync(_ file: String, _ words: String = "") throws -> String {
            let result = try crm.shell("CRM_DB=\(file) crm event sync cal --json \(words)")
            #expect(result.status == 0, "\(result.errors)")
            let json = try JSON(result.output)
            return ["created", "files_written", "files_removed", "deleted"]
                .compactMap { key in json[key]?.integer.flatMap { $0 > 0 ? "\(key) \($0)" : nil } }
                .joined(separator: ", ")
        }
        for file in ["x.db", "y.db"] { try crm.shell("CRM_DB=\(file) crm init -q") }
        try crm.shell("for n in 1 2 3; do CRM_DB=x.db crm event add --subject e$n --starts-at 2026-12-03; done")
        #expect(try sync("x.db") == "files_written 3")
        #expect(try sync("y.db") == "created 3")
        try crm.shell("CRM_DB=x.db crm event add --subject late --starts-at 2026-12-03")
        #expect(try sync("x.db") == "files_written 1")
        #expect(try sync("y.db") == "created 1")
        #expect(try sync("x.db").isEmpty)
        // What the second deletes goes from the folder, and from the first.
        try crm.shell("CRM_DB=y.db crm event delete 4 --yes")
        #expect(try sync("y.db") == "files_removed 1")
        // What the phone brings and is undone here comes back until it is deleted.
        try crm.write(Self.event("tel1", Self.start, "SUMMARY:tel"), to: "cal/tel1.ics")
        #expect(try sync("y.db") == "created 1")
        try crm.shell("CRM_DB=y.db crm undo --quiet")
        #expect(try sync("y.db") == "created 1")
        try crm.shell("CRM_DB=y.db crm event delete name:tel --yes")
        #expect(try sync("y.db") == "files_removed 1")
    }

    @Test("What may have been erased is neither taken in again nor removed")
    func erased() throws {
        try crm.shell("mkdir cal")
        try crm.add("contact", "--last-name", "Ruiz")
        for uid in ["u1", "u2", "u3"] {
            try crm.add("event", "--subject", uid, "--starts-at", "2026-12-03", "--uid", uid)
        }
        try crm.succeed("event", "link", "contact", "1", "1")
        #expect(try sync() == ["files_written": 3])
        try crm.succeed("contact", "erase", "1", "--yes")
        let result = try crm.run("event", "sync", "cal")
        #expect(result.status == 0 && result.errors.contains("left alone"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM event") == "2")
        #expect(try crm.shell("ls cal | wc -l").output == "3\n")
    }
}
