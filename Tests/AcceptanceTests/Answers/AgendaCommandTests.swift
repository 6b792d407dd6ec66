import Testing

/// Events on the command line, as they come again.
@Suite struct AgendaCommandTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private func task(_ words: String...) throws {
        try crm.add("event", ["--kind", "task"] + words)
    }

    @Test("An agenda is a calendar too, of which each event is there once and whole")
    func calendar() throws {
        try crm.add("event", "--subject", "Junta", "--starts-at", "2026-12-01 10:00", "--repeat", "every day")
        try crm.add("event", "--subject", "Otra", "--starts-at", "2026-12-20 10:00")
        let out = try crm.succeed("agenda", "--from", "2026-12-01", "--until", "2026-12-07", "--format", "ics").output
        #expect(out.hasPrefix("BEGIN:VCALENDAR\r\n") && out.hasSuffix("END:VCALENDAR\r\n"))
        #expect(out.split(separator: "\r\n").filter { $0 == "SUMMARY:Junta" || $0 == "RRULE:FREQ=DAILY" }.count == 2)
        #expect(!out.contains("Otra"))
    }

    @Test(
        "A period that goes beyond the calendar ends with it",
        arguments: [[], ["--day"], ["--week"], ["--month"]],
        ["UTC", "America/Mexico_City", "Asia/Tokyo"]
    )
    func lastDay(period: [String], zone: String) throws {
        try crm.add("event", "--subject", "Junta", "--starts-at", "9999-12-31T10:00:00Z")
        try crm.add("event", "--subject", "Ronda", "--starts-at", "9999-12-30T11:00:00Z", "--repeat", "every day")
        let run = try crm.run(["agenda", "--on", "9999-12-31", "--format", "csv"] + period, env: ["TZ": zone])
        #expect(run.status == 0 && run.lines.contains { $0.hasPrefix("9999-12-31T10:00:00Z,") }, "\(run)")
        #expect(run.lines.contains { $0.hasPrefix("9999-12-31T11:00:00Z,") }, "\(run)")
        for bounds in [["--from", "9999-12-31"], ["--from", "9999-12-31", "--until", "9999-12-31"]] {
            let bounded = try crm.run(["agenda", "--format", "csv"] + bounds, env: ["TZ": zone])
            #expect(bounded.lines.contains { $0.hasPrefix("9999-12-31T10:00:00Z,") }, "\(bounded)")
        }
    }

    @Test("That an event begins on a day which its rule does not name is told, and when the rule begins")
    func firstOccurrence() throws {
        let words = ["event", "add", "--subject", "a", "--repeat", "every monday", "--starts-at"]
        let told = try crm.succeed(words + ["2026-11-28 10:00"]).errors
        #expect(told.contains("2026-11-28") && told.contains("2026-11-30"), "\(told)")
        #expect(try crm.succeed(words + ["2026-11-30 10:00"]).errors.isEmpty)
        let spanish = try crm.succeed(words + ["2026-11-28 10:00", "--lang", "es"]).errors
        #expect(spanish.contains("la primera de la regla es 2026-11-30"), "\(spanish)")
        #expect(try crm.succeed("event", "edit", "1", "--location", "Sala").errors.isEmpty)
        let times = ["event", "add", "--subject", "a", "--repeat", "FREQ=DAILY;BYHOUR=15", "--starts-at"]
        let sameDay = try crm.succeed(times + ["2026-12-01 08:00"]).errors
        #expect(sameDay.contains("the start, 2026-12-01 08:00, which"), "\(sameDay)")
        #expect(sameDay.contains("its first is 2026-12-01 15:00"), "\(sameDay)")
        for phrase in ["cada enero", "cada año en marzo", "FREQ=WEEKLY;BYMONTH=1"] {
            let months = ["event", "add", "--subject", "a", "--repeat", phrase, "--starts-at"]
            #expect(try crm.succeed(months + ["2026-12-15 10:00"]).errors.contains("does not name"), "\(phrase)")
        }
        let january = ["event", "add", "--subject", "a", "--repeat", "cada enero", "--starts-at", "2027-01-15 10:00"]
        #expect(try crm.succeed(january).errors.isEmpty)
    }

    @Test("What is said of a date that the event does not have is told")
    func strayOccurrence() throws {
        try crm.add("event", "--subject", "a", "--starts-at", "2026-12-01 10:00", "--repeat", "every tuesday")
        #expect(try crm.succeed("event", "occurrence", "add", "1", "2026-12-08").errors.isEmpty)
        let told = try crm.succeed("event", "occurrence", "add", "1", "2026-12-09").errors
        #expect(told.contains("has no occurrence 2026-12-09:"), "\(told)")
        let spanish = try crm.succeed("event", "occurrence", "add", "1", "2026-12-10", "--lang", "es").errors
        #expect(spanish.contains("no tiene ninguna repetición 2026-12-09, 2026-12-10:"), "\(spanish)")
    }

    @Test("What is said twice of a date is refused, and what is said of the dates of an event that comes once")
    func refusedOccurrence() throws {
        try crm.add("event", "--subject", "a", "--starts-at", "2026-12-01 10:00", "--repeat", "every tuesday")
        try crm.succeed("event", "occurrence", "add", "1", "2026-12-08")
        for name in ["2026-12-08", "2026-12-08 10:00"] {
            let twice = try crm.run("event", "occurrence", "add", "1", "--original", name)
            #expect(twice.status == 5, "\(twice)")
            #expect(twice.errors.contains("says already what is different on 2026-12-08"), "\(twice)")
        }
        try crm.succeed("event", "occurrence", "add", "1", "--original", "2026-12-08", "--following", "--location", "A")
        try crm.add("event", "--subject", "b", "--starts-at", "2026-12-01 10:00")
        let once = try crm.run("event", "occurrence", "add", "2", "2026-12-01")
        #expect(once.status == 5 && once.errors.contains("event 2 does not come again"), "\(once)")
        #expect(try crm.sql("SELECT count(*) FROM event_occurrence") == "2")
    }

    @Test("That clocks skip the time at which a series begins is told")
    func skippedStart() throws {
        let words = ["event", "add", "--subject", "a", "--time-zone", "America/New_York", "--starts-at"]
        let newYork = ["TZ": "America/New_York"]
        let told = try crm.run(words + ["2027-03-14 02:30", "--repeat", "every day"], env: newYork).errors
        #expect(told.contains("skip 02:30 on 2027-03-14") && told.contains("03:30"), "\(told)")
        let single = try crm.run(words + ["2027-03-14 02:30"], env: newYork).errors
        #expect(single.contains("skip 02:30 on 2027-03-14: the event begins at 03:30"), "\(single)")
        let ending = try crm.run(words + ["2027-03-14 01:30", "--ends-at", "02:15"], env: newYork).errors
        #expect(ending.contains("skip 02:15 on 2027-03-14: the event ends at 03:15"), "\(ending)")
        #expect(try crm.run(words + ["2027-03-14 03:30", "--repeat", "every day"], env: newYork).errors.isEmpty)
        #expect(try crm.run(words + ["2027-03-14T06:30:00Z"], env: newYork).errors.isEmpty)
        #expect(try crm.run(words + ["2027-03-14 04:30", "--repeat", "every day"], env: newYork).errors.isEmpty)
    }

    @Test("An import tells the times that clocks skip, the first of them one by one")
    func skippedInImport() throws {
        let newYork = ["TZ": "America/New_York"]
        let rows = (1...12).map { "a\($0),2027-03-14 02:\($0 + 10)\n" }.joined()
        try crm.write("subject,starts_at\n\(rows)b,2027-03-14 03:30\nc,2027-03-14T06:30:00Z\n", to: "in.csv")
        let told = try crm.run(["event", "import", "in.csv"], env: newYork).errorLines
        let first = "row 1 (line 2), starts_at \"2027-03-14 02:11\": clocks skip that time on that day: taken as 03:11"
        #expect(told.contains("crm: \(first)"), "\(told)")
        #expect(told.contains("crm: and 2 more times that clocks skip") && told.count == 11, "\(told)")
        try crm.write("Subject,Start Date,Start Time\nd,03/14/2027,2:30 AM\n", to: "in.csv")
        let halves = try crm.run(["event", "import", "in.csv"], env: newYork).errors
        #expect(halves.contains("taken as 03:30"), "\(halves)")
    }

    @Test(
        "How long a repetition lasts is told by the start",
        arguments: [
            ("cada semana durante 3 meses", "FREQ=WEEKLY;UNTIL=20270228"),
            ("weekly for 3 months", "FREQ=WEEKLY;UNTIL=20270228"),
            ("cada lunes y miércoles durante 4 semanas", "FREQ=WEEKLY;UNTIL=20261228;BYDAY=MO,WE"),
            ("cada semana durante 4 semanas", "FREQ=WEEKLY;COUNT=4"),
        ]
    )
    func lengthOfRepetition(phrase: String, rule: String) throws {
        try crm.add("event", "--repeat", phrase, "--subject", "a", "--starts-at", "2026-12-01 10:00")
        #expect(try crm.sql("SELECT recurrence FROM event") == rule)
        try crm.succeed("event", "edit", "1", "--starts-at", "2026-12-08 10:00", "--repeat", "weekly for 1 month")
        #expect(try crm.sql("SELECT recurrence FROM event") == "FREQ=WEEKLY;UNTIL=20270107")
    }

    @Test("A command runs for reminders that are taken alone")
    func untakenReminders() throws {
        try crm.add("event", "--subject", "a", "--starts-at", "2026-12-01 10:00", "--reminder", "1h")
        let result = try crm.run("reminder", "due", "--since", "2026-11-01", "--exec", "touch ran")
        #expect(result.status == 2 && result.errors.contains("--since last"), "\(result.errors)")
        #expect(try crm.shell("ls").output.contains("ran") == false)
    }

    @Test("A run that is stopped gives what was not done to the next question")
    func stoppedReminders() throws {
        try crm.shell("crm event add --subject K --reminder 10m --starts-at \"$(date -d '+5 minutes' '+%F %H:%M')\"")
        try crm.shell("crm event add --subject L --reminder 10m --starts-at \"$(date -d '+6 minutes' '+%F %H:%M')\"")
        // The command ends the program that runs it, which has as yet to hear what became of the first.
        let result = try crm.run("reminder", "due", "--exec", "kill -TERM $PPID; sleep 1; false")
        #expect(result.status == 130 && !result.errors.contains("nothing was saved"), "\(result.errors)")
        let again = try crm.succeed("reminder", "due", "--format", "jsonl").lines.map { try JSON($0)["subject"] }
        #expect(again == ["K", "L"], "\(again)")
        #expect(try crm.succeed("reminder", "due").output.isEmpty)
    }

    @Test("What became of a command is known under a parent that ignores the end of its children", arguments: [0, 3])
    func ignoredEnds(status: Int) throws {
        try crm.shell("crm event add --subject K --reminder 10m --starts-at \"$(date -d '+5 minutes' '+%F %H:%M')\"")
        let words = "['crm', 'reminder', 'due', '--exec', 'exit \(status)']"
        let ignoring = "import os, signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN); os.execvp('crm', \(words))"
        let result = try crm.shell("python3 -c \"\(ignoring)\"")
        #expect(result.status == (status == 0 ? 0 : 1), "\(result.errors)")
        #expect(try crm.succeed("reminder", "due").output.isEmpty == (status == 0))
    }

    @Test("That a time is past, or ends before it begins, is told")
    func emptyTimes() throws {
        for (language, words) in [("en", "what is past is left out"), ("es", "lo pasado se omite")] {
            let free = ["event", "free", "--from", "2020-03-23", "--until", "2020-04-05", "--lang", language]
            let past = try crm.succeed(free)
            #expect(past.lines.count == 1 && past.errors.contains(words), "\(past.errors)")
        }
        let agenda = try crm.run("agenda", "--from", "2026-12-08", "--until", "2026-12-07")
        #expect(agenda.status == 2 && agenda.errors.contains("is after --until"), "\(agenda.errors)")
    }

    @Test("One date has no place where that is said of it, whatever the others have")
    func withoutPlace() throws {
        try crm.add(
            "event",
            ["--subject", "a", "--repeat", "every day", "--starts-at", "2026-12-01 10:00", "--location", "Sala"]
        )
        try crm.succeed("event", "edit", "1", "--occurrence", "2026-12-02", "--location", "")
        let places = try crm.json("agenda", "--from", "2026-12-01", "--until", "2026-12-03").elements.map {
            $0["location"]
        }
        #expect(places == ["Sala", .null, "Sala"])
        #expect(try crm.json("event", "occurrence", "list", "1").elements.first?["location"] == "")
        #expect(try crm.succeed("event", "export").output.contains("location=[]"))
        try crm.succeed("event", "edit", "1", "--occurrence", "2026-12-02", "--following", "--subject", "b")
        #expect(
            try crm.json("agenda", "--from", "2026-12-01", "--until", "2026-12-03").elements.map { $0["location"] }
                == places
        )
        try crm.succeed("check")
    }

    @Test(
        "An occurrence is named by its day as all days are written",
        arguments: [
            ["edit", "15/12/2026", "--location", "x"], ["edit", "15 dic 2026", "--location", "x"],
            ["edit", "15/12/2026 10:00", "--location", "x"], ["edit", "15.12.2026", "--following", "--location", "x"],
            ["hold", "martes 15 de diciembre de 2026"], ["cancel", "Dec 15, 2026"],
            ["edit", "", "--excluded-date", "15/12/2026"],
        ]
    )
    func occurrence(words: [String]) throws {
        let add = ["event", "add", "--subject", "a", "--starts-at", "2026-12-01 10:00", "--repeat", "every day"]
        try crm.succeed(add + ["--location", "Sala"])
        let place = words[1].isEmpty ? [] : ["--occurrence", words[1]]
        try crm.succeed(["event", words[0], "1"] + place + words.dropFirst(2))
        let day = try crm.json("agenda", "--from", "2026-12-15", "--until", "2026-12-15").elements.first
        #expect(day?["location"] != "Sala" || day?["status"] == "held", "\(String(describing: day))")
        #expect(try crm.json("agenda", "--from", "2026-12-14", "--until", "2026-12-14").elements.count == 1)
        let ambiguous = try crm.run("event", "edit", "1", "--occurrence", "2/12/2026", "--location", "y")
        #expect(ambiguous.status == 2 && ambiguous.errors.contains("2026-12-02"), "\(ambiguous.errors)")
    }

    @Test("A repetition is given by one option alone")
    func options() throws {
        let words = ["event", "add", "--subject", "a", "--starts-at", "2026-12-01 10:00", "--repeat", "every day"]
        let result = try crm.run(words + ["--recurrence", "every week"])
        #expect(result.status == 2)
        #expect(result.errors.contains("--repeat and --recurrence say the same"))
        try crm.succeed(words)
    }

    @Test("A task that comes again is overdue by the first date on which it is still to be done")
    func overdue() throws {
        try task("--subject", "Informe", "--starts-at", "2026-12-01 10:00", "--repeat", "every week")
        func overdue(on day: String) throws -> [String] {
            try crm.succeed("today", "--on", day, "--format", "jsonl").lines.map { try JSON($0) }
                .filter { $0["group"] == "overdue" }.map { String(($0["date"]?.string ?? "").prefix(10)) }
        }
        #expect(try overdue(on: "2026-12-01") == [])
        #expect(try overdue(on: "2026-12-20") == ["2026-12-01"])
        try crm.succeed("event", "complete", "1", "--occurrence", "2026-12-01")
        #expect(try overdue(on: "2026-12-20") == ["2026-12-08"])
        try crm.succeed("event", "cancel", "1", "--occurrence", "2026-12-08")
        try crm.succeed("event", "edit", "1", "--occurrence", "2026-12-15", "--starts-at", "2026-12-19 10:00")
        #expect(try overdue(on: "2026-12-19") == [])
        #expect(try overdue(on: "2026-12-20") == ["2026-12-19"])
        for verb in ["complete", "hold"] {
            let refused = try crm.run("event", verb, "1")
            #expect(refused.status == 5 && refused.errors.contains("\(verb) 1 --occurrence DATE"), "\(refused.errors)")
            #expect(refused.errors.contains("comes again"))
        }
        #expect(try overdue(on: "2026-12-20") == ["2026-12-19"])
        try crm.succeed("event", "edit", "1", "--status", "completed")
        #expect(try overdue(on: "2026-12-20") == [])
    }

    @Test("A series that begins at a time which clocks skip is moved on that day alone")
    func skipped() throws {
        let calendar = """
            BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:gap\r\nDTSTAMP:20260101T000000Z\r
            DTSTART;TZID=America/New_York:20260308T023000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=3\r\nSUMMARY:a\r
            END:VEVENT\r\nEND:VCALENDAR\r\n
            """
        try crm.succeed("event", "import", "--input-format", "ics", stdin: calendar)
        let days = ["--from", "2026-03-01", "--until", "2026-03-30", "--format", "tsv", "--no-header"]
        let starts = try crm.succeed(["agenda"] + days).lines.map { $0.prefix { $0 != "\t" } }
        #expect(starts == ["2026-03-08T07:30:00Z", "2026-03-09T06:30:00Z", "2026-03-10T06:30:00Z"])
        let again = try crm.succeed("event", "import", "--input-format", "ics", stdin: calendar)
        #expect(again.output.contains("1 unchanged"), "\(again.output)")
        let written = try crm.succeed("event", "export", "--format", "ics").output
        #expect(written.contains("RRULE:FREQ=DAILY;COUNT=3"), "\(written)")
    }

    @Test("A reminder that could not be written is given again")
    func unwritten() throws {
        try crm.add("event", "--subject", "Cita", "--starts-at", "now", "--reminder", "15m")
        #expect(try crm.shell("crm reminder due --format jsonl > /dev/full").status == 74)
        #expect(try crm.succeed("reminder", "due", "--format", "jsonl").lines.count == 1)
        #expect(try crm.succeed("reminder", "due", "--format", "jsonl").output == "")
    }

    @Test("A whole day is the same day for whoever reads it")
    func wholeDays() throws {
        try crm.add("contact", ["--last-name", "Ruiz"])
        try crm.add(
            "event",
            [
                "--subject", "Feria", "--starts-at", "2026-12-01", "--ends-at", "2026-12-02", "--all-day",
                "--time-zone", "Pacific/Auckland", "--contact", "1",
            ]
        )
        for (day, count) in [("2026-11-30", 0), ("2026-12-01", 1), ("2026-12-02", 1), ("2026-12-03", 0)] {
            let lines = try crm.succeed("today", "--on", day, "--format", "jsonl").lines
            #expect(lines.filter { $0.contains("Feria") }.count == count, "\(day)")
        }
        let entry = try #require(
            try crm.succeed("contact", "timeline", "1", "--format", "jsonl").lines.first { $0.contains("Feria") }
        )
        #expect(try JSON(entry)["date"] == "2026-12-01")
        let since = try crm.succeed("contact", "timeline", "1", "--since", "2026-12-01", "--format", "jsonl").output
        #expect(since.contains("Feria"))
    }

    @Test("A table says what found no room, and a period that ends before it begins is refused")
    func room() throws {
        for subject in ["Uno", "Dos"] {
            try crm.add(
                "event",
                [
                    "--subject", subject, "--starts-at", "2026-12-01 22:00", "--ends-at", "2026-12-02 06:00",
                    "--repeat", "daily", "--assigned-to", "ana",
                ]
            )
        }
        let shown = try crm.screen("agenda --from 2026-12-01 --until 2026-12-03", columns: 80)
        #expect(shown.contains("! Uno") && shown.contains("Id"))
        let narrow = try crm.screen("agenda --from 2026-12-01 --until 2026-12-03", columns: 40)
        #expect(narrow.contains("found no room"), "\(narrow)")
        #expect(try crm.run("agenda", "--from", "2026-12-31", "--until", "2026-01-01").status == 2)
        #expect(try crm.run("event", "free", "--length", "0m").status != 0)
    }
}
