import Foundation
import Testing

/// Calendars exchanged with khal, todoman, vdirsyncer and Python's icalendar.
@Suite struct CalendarPeerTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add(
            "contact",
            "--first-name",
            "Ana",
            "--last-name",
            "Ruiz",
            "--email",
            "ana@example.org"
        )
        try crm.add(
            "event",
            "--subject",
            "Revisión; \"A\", \\ 日本",
            "--starts-at",
            "2026-12-03T15:00:00Z",
            "--ends-at",
            "2026-12-03T16:30:00Z",
            "--time-zone",
            "America/Mexico_City",
            "--recurrence",
            "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261231",
            "--excluded-date",
            "2026-12-10",
            "--location",
            "Sala, 1",
            "--reminder",
            "15m",
            "--description",
            "línea 1\n" + String(repeating: "ñ👩‍👩‍👧;,\\", count: 40),
            "--tag",
            "uno",
            "--contact",
            "1"
        )
        try crm.add(
            "event",
            "--subject",
            "Vacaciones",
            "--all-day",
            "--starts-at",
            "2026-12-05",
            "--ends-at",
            "2026-12-07"
        )
        try crm.add(
            "event",
            "--subject",
            "Pagar",
            "--kind",
            "task",
            "--starts-at",
            "2026-12-09T12:00:00Z",
            "--priority",
            "high",
            "--status",
            "in_progress"
        )
    }

    private func run(_ name: String, _ line: String) throws -> String {
        _ = try Peer(name)
        let result = try crm.shell(line, env: ["LC_ALL": "C.UTF-8", "TZ": "UTC"])
        try #require(result.status == 0, "\(line): \(result.errors)")
        return result.output
    }

    private static let reading = """
        import icalendar, json, sys
        def when(prop): return prop.dt.isoformat() if prop is not None else None
        calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
        found = []
        for item in calendar.walk():
            if item.name not in ("VEVENT", "VTODO"): continue
            exdate = item.get("exdate")
            found.append([item.name, item.get("summary"), when(item.get("dtstart")), when(item.get("dtend")),
                          when(item.get("due")), item.get("location"), item.get("description"),
                          str(item.get("attendee")), exdate.dts[0].dt.isoformat() if exdate else None,
                          item["rrule"]["until"][0].isoformat() if "rrule" in item else None,
                          [str(alarm["trigger"].dt.total_seconds()) for alarm in item.walk("VALARM")]])
        json.dump(found, sys.stdout)
        """

    @Test("Python's icalendar reads what is written")
    func icalendar() throws {
        try crm.write(Self.reading, to: "seen.py")
        try crm.succeed("event", "export", "--format", "ics", "--output", "out.ics")
        // Debian's python3-icalendar belongs to Debian's python3.
        let result = try crm.shell("/usr/bin/python3 seen.py < out.ics")
        try #require(
            result.status == 0,
            "apt-get install python3-icalendar, if it is that: \(result.errors)"
        )
        let found = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[Any?]]
        )
        func texts(_ index: Int) -> [String] {
            found[index].map { $0 as? String ?? ($0 as? [String])?.first ?? "" }
        }
        #expect(
            texts(0) == [
                "VEVENT", "Revisión; \"A\", \\ 日本", "2026-12-03T09:00:00-06:00",
                "2026-12-03T10:30:00-06:00", "",
                "Sala, 1", "línea 1\n" + String(repeating: "ñ👩‍👩‍👧;,\\", count: 40), "mailto:ana@example.org",
                "2026-12-10T09:00:00-06:00", "2027-01-01T05:59:59+00:00", "-900.0",
            ]
        )
        #expect(texts(1)[2...3] == ["2026-12-05", "2026-12-08"])
        #expect(texts(2)[0...4] == ["VTODO", "Pagar", "", "", "2026-12-09T12:00:00+00:00"])
    }

    @Test("khal lists what is written, and what it makes comes in")
    func khal() throws {
        try crm.succeed("event", "export", "--format", "ics", "--output", "cal/")
        try crm.write(
            """
            [calendars]
            [[crm]]
            path = \(crm.file("cal"))
            [locale]
            local_timezone = UTC
            default_timezone = Europe/Madrid
            timeformat = %H:%M
            dateformat = %Y-%m-%d
            longdateformat = %Y-%m-%d
            datetimeformat = %Y-%m-%d %H:%M
            longdatetimeformat = %Y-%m-%d %H:%M
            [sqlite]
            path = \(crm.file("khal.db"))

            """,
            to: "khal.conf"
        )
        let khal = "khal -c '\(crm.file("khal.conf"))'"
        let format = "'{start-long}|{end-long}|{title}|{location}'"
        let list = try run("khal", "\(khal) list --format \(format) 2026-12-03 14d")
        let lines = list.split(separator: "\n").filter { $0.contains("|") }.map(String.init)
        #expect(
            Set(lines) == [
                "2026-12-03 15:00|2026-12-03 16:30|Revisión; \"A\", \\ 日本|Sala, 1",
                "2026-12-08 15:00|2026-12-08 16:30|Revisión; \"A\", \\ 日本|Sala, 1",
                "2026-12-15 15:00|2026-12-15 16:30|Revisión; \"A\", \\ 日本|Sala, 1",
                "2026-12-05|2026-12-07|Vacaciones|",
            ]
        )
        _ = try run("khal", "\(khal) new -a crm 2026-12-20 10:00 11:00 'De khal' :: nota")
        let report = try crm.json("event", "import", "cal")
        #expect(report["created"]?.integer == 1 && report["unchanged"]?.integer == 3)
        #expect(
            try crm.sql(
                "SELECT starts_at, ends_at, time_zone, description FROM event WHERE subject = 'De khal'"
            )
                == "2026-12-20T09:00:00Z|2026-12-20T10:00:00Z|Europe/Madrid|nota"
        )
        #expect(try crm.json("event", "import", "cal")["unchanged"]?.integer == 4)
    }

    @Test("todoman lists tasks, and what it does to them comes in")
    func todoman() throws {
        try crm.succeed("event", "export", "--format", "ics", "--output", "cal/")
        try crm.write(
            """
            path = "\(crm.folder)/c*"
            date_format = "%Y-%m-%d"
            time_format = "%H:%M"
            default_list = "cal"
            cache_path = "\(crm.file("todo.db"))"

            """,
            to: "todo.py"
        )
        let todo = "todoman -c '\(crm.file("todo.py"))'"
        #expect(try run("todoman", "\(todo) list").contains("2026-12-09 12:00 Pagar"))
        _ = try run("todoman", "\(todo) new -l cal --due '2026-12-11 10:00' 'De todoman'")
        _ = try run("todoman", "\(todo) done 1")
        let report = try crm.json("event", "import", "cal")
        #expect(report["created"]?.integer == 1 && report["updated"]?.integer == 1)
        #expect(try crm.sql("SELECT status FROM event WHERE subject = 'Pagar'") == "completed")
        #expect(
            try crm.sql("SELECT kind, starts_at FROM event WHERE id = 4") == "task|2026-12-11T10:00:00Z"
        )
    }

    @Test("vdirsyncer carries a synced folder elsewhere and back")
    func vdirsyncer() throws {
        try crm.write(
            """
            [general]
            status_path = "\(crm.file("status"))"
            [pair p]
            a = "one"
            b = "two"
            collections = null
            [storage one]
            type = "filesystem"
            path = "\(crm.file("one"))"
            fileext = ".ics"
            [storage two]
            type = "filesystem"
            path = "\(crm.file("two"))"
            fileext = ".ics"

            """,
            to: "vdirsyncer.conf"
        )
        try crm.shell("mkdir one two")
        let vdirsyncer = "vdirsyncer -c '\(crm.file("vdirsyncer.conf"))'"
        try crm.succeed("event", "sync", "one")
        _ = try run("vdirsyncer", "yes | \(vdirsyncer) discover && \(vdirsyncer) sync")
        #expect(
            try crm.shell("ls two | wc -l").output.trimmingCharacters(in: .whitespacesAndNewlines) == "3"
        )
        try crm.shell("sed -i s/SUMMARY:Pagar/SUMMARY:Cobrar/ two/*.ics; rm two/crm-event-2-*.ics")
        _ = try run("vdirsyncer", "\(vdirsyncer) sync")
        let report = try crm.json("event", "sync", "one")
        #expect(report["updated"]?.integer == 1 && report["deleted"]?.integer == 1)
        #expect(try crm.sql("SELECT group_concat(subject, ',') FROM event WHERE id > 1") == "Cobrar")
        _ = try run("vdirsyncer", "\(vdirsyncer) sync")
        let again = try crm.json("event", "sync", "one")
        #expect(again["unchanged"]?.integer == 2 && again["files_written"]?.integer == 0)
    }
}
