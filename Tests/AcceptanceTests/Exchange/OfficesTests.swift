import Testing

/// Databases of several offices that apply each other's exports.
@Suite struct OfficesTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    @Test("What two databases took in from the same source is one, whatever its ids: mail, events and rooms")
    func sameSource() throws {
        let other = try CRM()
        try other.add("event", "--subject", "Other", "--starts-at", "2027-01-01 10:00")
        let calendar = """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:x
            BEGIN:VEVENT
            UID:u1
            DTSTAMP:20260101T000000Z
            DTSTART:20261201T100000Z
            SUMMARY:Visit
            END:VEVENT
            END:VCALENDAR
            """
        let mail = "From: a@x.example\nTo: b@x.example\nSubject: s\nMessage-ID: <m1@x.example>\n\nhola\n"
        for crm in [crm, other] {
            try crm.succeed("event", "import", "-", stdin: calendar)
            try crm.succeed("email", "import", "-", stdin: mail)
            try crm.add("channel", "--name", "gen", "--room", "GENERAL", "--server-url", "https://chat.example")
        }
        try crm.add("channel", "--name", "gen", "--room", "GENERAL", "--server-url", "https://other.example")
        for table in ["event", "email", "channel"] {
            try crm.sql("UPDATE \(table) SET created_at = '2026-01-01T00:00:00Z'")
        }
        try crm.succeed("event", "edit", "1", "--location", "Sala 2")
        let lines = try crm.succeed("export").output
        for _ in 1...2 {
            try other.succeed("apply", stdin: lines)
            #expect(try other.json("event", "show", "2")["location"] == "Sala 2")
            #expect(try other.succeed("event", "list", "--count").output == "2\n")
            #expect(try other.succeed("email", "list", "--count").output == "1\n")
            #expect(try other.succeed("channel", "list", "--count").output == "2\n")
        }
        #expect(try other.run("check").errors == "crm: ok\n")
        #expect(try crm.succeed("apply", stdin: other.succeed("export").output).output.contains("1 created"))
        #expect(try crm.succeed("event", "list", "--count").output == "2\n")
    }

    @Test("A product that two databases took in from one catalogue is one, unless its name says another thing")
    func sameCatalogue() throws {
        let other = try CRM()
        try other.add("product", "--name", "Other", "--code", "B-2")
        for crm in [crm, other] { try crm.add("product", "--name", "Drill", "--code", "A-1") }
        try crm.sql("UPDATE product SET created_at = '2026-01-01T00:00:00Z'")
        try crm.succeed("product", "edit", "1", "--price", "9")
        let lines = try crm.succeed("export").output
        for _ in 1...2 {
            try other.succeed("apply", stdin: lines)
            #expect(try other.succeed("product", "list", "--count").output == "2\n")
            #expect(try other.json("product", "show", "2")["price"] == .number("9.00"))
        }
        try crm.succeed("product", "edit", "1", "--name", "Saw")
        let refused = try other.run("apply", stdin: crm.succeed("export").output)
        #expect(refused.status == 6 && refused.errors.contains("A-1"), "\(refused.errors)")
    }

    @Test("Settings of another database that take the place of those here are told, and those of a first one are not")
    func settings() throws {
        let line = #"{"settings":{"currency":"MXN","country":"MX"}}"#
        try crm.succeed("config", "set", "currency", "EUR")
        for (language, told) in [("en", "of the input take the place"), ("es", "de la entrada sustituyen")] {
            let applied = try crm.succeed("apply", "--dry-run", "--lang", language, stdin: line)
            #expect(applied.errors.contains(told) && applied.errors.contains(": currency;"), "\(applied.errors)")
        }
        try crm.succeed("apply", stdin: line)
        #expect(try !crm.succeed("apply", stdin: line).errors.contains("settings"))
        #expect(try !CRM().succeed("apply", stdin: line).errors.contains("settings"))
    }

    @Test("A record that was merged here and comes back from another database is told, with the way to merge it again")
    func mergedHere() throws {
        for name in ["A", "B"] { try crm.add("contact", "--last-name", name) }
        let lines = try crm.succeed("export").output
        try crm.succeed("contact", "merge", "1", "2", "--yes")
        for (language, told) in [("en", "contact 3 is new"), ("es", "contacto 3 es nuevo")] {
            let applied = try crm.succeed("apply", "--dry-run", "--lang", language, stdin: lines)
            #expect(applied.errors.contains(told) && applied.errors.contains("contact merge 1 3"), "\(applied.errors)")
        }
        let other = try CRM()
        #expect(try !other.succeed("apply", stdin: lines).errors.contains("is new"))
    }

    @Test("That a person who was erased here comes back from another database is told")
    func erasedHere() throws {
        try crm.add("contact", "--last-name", "A")
        let lines = try crm.succeed("export").output
        try crm.succeed("contact", "erase", "1", "--yes")
        for (language, told) in [("en", "contact 1 was erased here"), ("es", "aquí se suprimió el contacto 1")] {
            let applied = try crm.succeed("apply", "--dry-run", "--lang", language, stdin: lines)
            #expect(applied.errors.contains(told) && applied.errors.contains("contact erase 2"), "\(applied.errors)")
        }
    }
}
