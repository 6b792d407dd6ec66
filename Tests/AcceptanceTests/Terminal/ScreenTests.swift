import Foundation
import Testing

/// What results look like on a terminal.
@Suite struct ScreenTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("organization", "--name", "Comercializadora del Norte, S.A. de C.V.")
        let long = ["--title", "Directora General de Operaciones", "--organization", "1"]
        try crm.succeed(["contact", "add", "--first-name", "José", "--last-name", "Núñez"] + long)
        try crm.succeed(["contact", "add", "--first-name", "花子", "--last-name", "田中", "--title", "社長 😀"])
    }

    /// The cells of a line, as a terminal lays them out, told by another program.
    private func cells(_ line: String) throws -> Int {
        let script = """
            import sys, unicodedata
            wide = lambda c: 0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
            print(sum(map(wide, sys.stdin.buffer.read().decode())))
            """
        return Int(try Peer("python3").run("-c", script, stdin: Array(line.utf8), in: crm).dropLast()) ?? -1
    }

    @Test("A table fits the terminal, at every width", arguments: [40, 60, 80, 200] as [UInt16])
    func fits(columns: UInt16) throws {
        let lines = try crm.screen("contact list --quiet", columns: columns).split(separator: "\n")
        #expect(lines.count == 3)
        for line in lines { #expect(try cells(String(line)) <= columns, "\(line)") }
        // Columns stand under each other in cells, not in characters.
        let starts = try ["José", "花子"].map { name in
            let line = try #require(lines.first { $0.contains(name) })
            return try cells(String(line[..<(try #require(line.range(of: name))).lowerBound]))
        }
        #expect(Set(starts).count == 1)
    }

    @Test("COLUMNS is the width where it is set")
    func columns() throws {
        let narrow = try crm.screen("contact list --quiet", env: ["COLUMNS": "40"], columns: 200)
        for line in narrow.split(separator: "\n") { #expect(try cells(String(line)) <= 40) }
        let wide = try crm.screen("contact list --quiet", env: ["COLUMNS": "200"], columns: 40)
        #expect(wide.contains("Comercializadora del Norte, S.A. de C.V.  Directora General de Operaciones"))
    }

    @Test("Columns that find no room are counted, not hidden")
    func omitted() throws {
        let narrow = try crm.screen("contact list", columns: 20)
        #expect(narrow.contains("columns found\nno room; choose some\nwith --columns\n"), "\(narrow)")
        // Texts are cut before a column is left out.
        for columns: UInt16 in [30, 60, 200] {
            #expect(try !crm.screen("contact list", columns: columns).contains("found no room"))
        }
        try crm.add("asset", "--name", "Portátil", "--serial", "LT-001", "--contact", "1")
        let links = try crm.screen("contact links 1", columns: 40)
        #expect(links.contains("found no room; --format\ncsv prints all"), "\(links)")
        #expect(try !crm.screen("contact links 1", columns: 200).contains("found no room"))
    }

    @Test("Labels and choices are in the reader's language")
    func language() throws {
        let spanish = try crm.screen("contact list --lang es", columns: 200)
        #expect(spanish.contains("Nombre completo") && spanish.contains("Cargo"))
        #expect(try crm.screen("contact show 1 --lang es").contains("No llamar por teléfono:"))
    }

    @Test(
        "Colour is for terminals that have it and people who want it",
        arguments: [
            ([:], true),
            (["NO_COLOR": "1"], false),
            (["TERM": "dumb"], false),
            (["TERM": "dumb", "CLICOLOR_FORCE": "1"], true),
            (["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], false),
        ] as [([String: String], Bool)]
    )
    func color(variables: [String: String], isUsed: Bool) throws {
        let shown = try crm.screen("contact list", env: ["NO_COLOR": ""].merging(variables) { $1 })
        #expect(shown.contains("\u{1B}[") == isUsed)
    }

    @Test("A pipe gets no colour")
    func pipe() throws {
        #expect(try !crm.run("contact", "list").output.contains("\u{1B}"))
    }

    @Test(
        "Control characters in data are made visible",
        arguments: ["contact list", "contact show 3", "contact links 3", "contact show 3 --lang es"]
    )
    func controlCharacters(line: String) throws {
        let evil = "x\u{1B}[31m\u{7}\u{9B}2J\u{8}y"
        try crm.add("contact", "--last-name", "Evil")
        try crm.sql("UPDATE contact SET last_name = '\(evil)', name = '\(evil)' WHERE id = 3")
        let shown = try crm.screen(line)
        for scalar in shown.unicodeScalars where scalar != "\n" {
            #expect(
                scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value),
                "U+\(String(scalar.value, radix: 16))"
            )
        }
    }
}

/// How values look to people, and to programs beside them.
@Suite struct ShownValueTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz")
        try crm.add("organization", "--name", "Comercializadora del Norte, S.A. de C.V.")
        try crm.add("event", "--subject", "Llamada", "--starts-at", "2026-11-27T02:00:00Z", "--contact", "1")
        let opportunity = [
            "--name", "Renovación de la flota", "--amount", "1234567.89", "--stage", "proposal", "--organization", "1",
        ]
        try crm.succeed(["opportunity", "add", "--contact", "1", "--close-date", "2026-12-31"] + opportunity)
    }

    @Test(
        "Times are local and short for people, UTC for programs",
        arguments: [
            ("event list", "2026-11-26 20:00"), ("event show 1", "Starts at:   2026-11-26 20:00"),
            ("event show 1 --lang es", "2026-11-26 20:00"), ("event list --format markdown", "2026-11-26 20:00"),
            ("contact links event 1 --columns name,starts_at", "2026-11-26 20:00"),
            ("event list --format tsv", "2026-11-27T02:00:00Z"), ("event list --format csv", "2026-11-27T02:00:00Z"),
            ("event show 1 --json", "2026-11-27T02:00:00Z"), ("event list --format jsonl", "2026-11-27T02:00:00Z"),
        ]
    )
    func times(line: String, time: String) throws {
        let shown = try crm.screen(line, columns: 120)
        #expect(shown.contains(time), "\(shown)")
        #expect(shown.contains("2026-11-27T02") == time.contains("T"))
    }

    @Test("Of an event of all day people read the day, and programs the time")
    func wholeDays() throws {
        let options = ["--all-day", "--starts-at", "2026-12-24", "--ends-at", "2026-12-25", "--contact", "1"]
        try crm.succeed(["event", "add", "--subject", "Feria"] + options)
        for line in [
            "event list --where id=2", "event show 2", "event show 2 --lang es", "contact links 1", "contact show 1",
            "contact links event 1 --columns starts_at,ends_at --where id=2",
            "event list --where id=2 --format markdown",
            "contact list --columns events.starts_at",
        ] {
            let shown = try crm.screen(line, columns: 120)
            #expect(shown.contains("2026-12-24") && !shown.contains("00:00"), "\(line): \(shown)")
        }
        #expect(try crm.screen("contact links 1").contains("2026-11-26 20:00"))
        #expect(try crm.json("event", "show", "2")["starts_at"] == "2026-12-24T06:00:00Z")
        #expect(try crm.run("contact", "links", "1").output.contains("2026-12-24T06:00:00Z"))
        try crm.succeed("event", "edit", "2", "--starts-at", "2026-12-23", "--quiet")
        #expect(try crm.screen("log event 2").contains("Starts at: 2026-12-24 → 2026-12-23\n"))
        try crm.succeed("event", "edit", "2", "--no-all-day", "--starts-at", "2026-12-23 10:00", "--quiet")
        #expect(try crm.screen("event show 2").contains("2026-12-23 10:00"))
        #expect(try crm.screen("log event 2").contains("Starts at: 2026-12-23 → 2026-12-23 10:00\n"))
    }

    @Test("History tells changed times by local clocks")
    func historyOfTimes() throws {
        try crm.succeed("event", "edit", "1", "--starts-at", "2026-11-27T03:30:00Z")
        #expect(try crm.screen("log event 1").contains("Starts at: 2026-11-26 20:00 → 2026-11-26 21:30"))
    }

    @Test("Columns that are empty in every row are left out, and named")
    func emptyColumns() throws {
        let english = try crm.screen("event list")
        #expect(english.contains("Subject  Kind     Starts at"))
        #expect(english.contains("crm: left out, empty in every row: Ends at, Status, Location; --columns chooses\n"))
        let spanish = try crm.screen("event list --lang es")
        #expect(
            spanish.contains(
                "crm: se omite lo vacío en todas las filas: Término, Estado, Lugar; --columns las\nelige\n"
            )
        )
        let chosen = try crm.screen("event list --columns id,location")
        #expect(chosen == "Id  Location\n 1\n")
        #expect(try crm.screen("event list --where id=9").contains("Location"))
        #expect(try !crm.run("event", "list").errors.contains("left out"))
        #expect(try crm.screen("field list").contains("Module  Part  Key"))
    }

    @Test("A column of a long list is empty only if it is so to the end", arguments: [nil, 1200, 1100] as [Int?])
    func longLists(limit: Int?) throws {
        try crm.sql(
            """
            WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 1300)
            INSERT INTO contact (last_name, name, title, do_not_call, email_opt_out, created_at, updated_at)
            SELECT 'Ruiz', 'Ruiz ' || i, CASE i WHEN 1150 THEN 'Jefa' END, 0, 0, '2026-01-01T00:00:00Z',
                '2026-01-01T00:00:00Z' FROM n
            """
        )
        let shown = try crm.screen("contact list" + (limit.map { " --limit \($0)" } ?? ""), env: ["PAGER": ""])
        #expect(shown.contains("Title") && shown.contains("Jefa") == (limit != 1100))
        #expect(shown.contains("empty in every row: \(limit == 1100 ? "Organization, Title" : "Organization"), Email"))
    }

    @Test("No column of currencies stands beside amounts that have them")
    func currency() throws {
        let list = try crm.screen("opportunity list", columns: 200)
        #expect(list.contains("1234567.89 USD") && !list.contains("Currency"))
        #expect(try crm.screen("opportunity list --columns amount,currency").contains("Currency"))
        #expect(try !crm.screen("opportunity show 1").contains("Currency"))
        #expect(try crm.screen("opportunity show 1 --columns amount,currency").contains("Currency:"))
        #expect(try crm.run("opportunity", "list").lines.first?.contains("\tcurrency\t") == true)
    }

    @Test("Dates and numbers stay whole at any width", arguments: [60, 80, 120] as [UInt16], ["en", "es"])
    func wholeNumbers(columns: UInt16, language: String) throws {
        let list = try crm.screen("opportunity list --lang \(language)", columns: columns)
        #expect(list.contains("1234567.89 USD"))
        let events = try crm.screen("event list --lang \(language)", columns: columns)
        #expect(events.contains("2026-11-26 20:00"))
        let chosen = "opportunity list --lang \(language) --columns name,organization,contact,close_date,amount"
        #expect(try crm.screen(chosen, columns: columns).contains(/2026-12-31 +1234567.89 USD/))
    }

    @Test("A form offers and shows local times")
    func forms() throws {
        let terminal = try crm.terminal("event add --contact 1 --subject Visita")
        try terminal.answer("Kind * (number or name) [Meeting]: ", "")
        try terminal.answer("All day", "")
        try terminal.answer("Starts at * (YYYY-MM-DD HH:MM): ", "2026-11-26 20:00")
        for question in ["Ends at", "Status", "Location", "Response", "Note"] { try terminal.answer("\(question)", "") }
        let review = try terminal.answer("Save? (yes, no, or the number of a field to change): ", "3")
        #expect(review.contains("Starts at:  2026-11-26 20:00\n"))
        try terminal.answer("Starts at * (YYYY-MM-DD HH:MM) [2026-11-26 20:00]: ", "")
        try terminal.answer("Save? (yes, no, or the number of a field to change): ", "yes")
        #expect(try terminal.finish() == 0)
        #expect(try crm.json("event", "show", "2")["starts_at"] == "2026-11-27T02:00:00Z")
    }

    @Test("A form asks for the day of an event of all day, and shows it")
    func wholeDayForm() throws {
        let terminal = try crm.terminal("event add --contact 1 --subject Feria")
        try terminal.answer("Kind", "")
        try terminal.answer("All day", "y")
        try terminal.answer("Starts at * (YYYY-MM-DD, today or +30d): ", "24/12/2026")
        try terminal.expect("= 2026-12-24\n")
        for question in ["Ends at", "Status", "Location", "Response", "Note"] { try terminal.answer("\(question)", "") }
        let review = try terminal.answer("Save? (yes, no, or the number of a field to change): ", "3")
        #expect(review.contains(/Starts at: +2026-12-24\n/), "\(review)")
        try terminal.answer("Starts at * (YYYY-MM-DD, today or +30d) [2026-12-24]: ", "")
        try terminal.answer("Save? (yes, no, or the number of a field to change): ", "yes")
        #expect(try terminal.finish() == 0)
        #expect(try crm.json("event", "show", "2")["starts_at"] == "2026-12-24T06:00:00Z")
    }
}

/// The pager.
@Suite struct PagingTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--last-name", "Núñez")
        // A pager that keeps what it was given and shows that it ran.
        let script = """
            cat >"$HOME/paged"
            printf '%s %s' "$LESS" "$LESSCHARSET" >"$HOME/less"
            echo paged
            """
        try crm.write(script, to: "recorder")
    }

    @Test(
        "A list on a terminal goes through PAGER",
        arguments: ["contact list", "contact links 1", "contact list --lang es"]
    )
    func used(line: String) throws {
        let shown = try crm.screen(line + " --quiet", env: ["PAGER": "sh recorder"])
        #expect(shown.hasSuffix("paged\n"))
        #expect(crm.has("home/paged"))
        #expect(String(decoding: try crm.read("home/less"), as: UTF8.self) == "FRX utf-8")
    }

    @Test(
        "It does not where nobody wants it",
        arguments: [
            ("contact list --no-pager", "sh recorder"), ("contact list", ""), ("contact list", "cat"),
            ("contact list", "no-such-pager"), ("contact list --json", "sh recorder"),
            ("contact list --count", "sh recorder"),
        ]
    )
    func unused(line: String, pager: String) throws {
        let shown = try crm.screen(line, env: ["PAGER": pager])
        #expect(!crm.has("home/paged"))
        #expect(shown.contains("N") || shown == "1\n")
    }

    @Test("A pipe is never paged")
    func pipe() throws {
        #expect(try crm.run("contact", "list", env: ["PAGER": "sh recorder"]).status == 0)
        #expect(!crm.has("home/paged"))
    }

    @Test("Leaving the pager early is no failure of the program's")
    func early() throws {
        try crm.sql(
            """
            WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
            INSERT INTO contact (last_name, name, do_not_call, email_opt_out, created_at, updated_at)
            SELECT 'Ruiz', 'Ruiz ' || i, 0, 0, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z' FROM n
            """
        )
        let terminal = try crm.terminal("contact list", env: ["PAGER": "head -n 1"])
        #expect(try [0, 141].contains(terminal.finish()))
        #expect(!terminal.shown.contains("crm:"))
    }

    @Test("less shows letters beyond ASCII as they are, whatever the locale")
    func less() throws {
        _ = try Peer("less")
        #expect(try crm.screen("contact list", env: ["PAGER": "less"]).contains("Núñez"))
    }
}
