import Testing

/// What an added field holds, offers and finds: the keys of its choices, its default, its addresses.
@Suite("An added field")
struct AddedValueTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz", "--email", "ana@example.org")
        try crm.add("contact", "--last-name", "Gil")
    }

    @Test(
        "takes choices whose keys begin with a digit, in options, filters, columns and files",
        arguments: [("1a,2b", "1a", "1A"), ("1,2,3", "1", "1"), ("24 horas,48 horas", "24_horas", "24 Horas")]
    )
    func digits(values: String, key: String, label: String) throws {
        try crm.succeed("field", "add", "contact", "size", "--type", "choice", "--values", values)
        try crm.succeed("contact", "edit", "1", "--size", label)
        #expect(try crm.json("contact", "show", "1")["size"]?.string == key)
        let filters = [
            "size = \(key)", "size='\(key)'", "size in (\(key))", "size = \(key) and id = 1", "size = '\(label)'",
        ]
        for filter in filters {
            #expect(
                try crm.succeed("contact", "list", "--where", filter, "--format", "id").output == "1\n",
                "\(filter)"
            )
        }
        let csv = try crm.succeed("contact", "export", "--columns", "last_name,size").output
        try crm.succeed("contact", "import", "--match", "last_name", stdin: csv)
        try crm.succeed("choice", "add", "contact.size", "3c", "--en", "Third")
        let sums = try crm.succeed("contact", "summarize", "--by", "size", "--count").output
        #expect(sums.contains("\(key)\t1"), "\(sums)")
        let lines = try crm.succeed("export").output
        try crm.succeed("--db", crm.file("copy.db"), "apply", "--create", "--quiet", stdin: lines)
        #expect(try crm.succeed("--db", crm.file("copy.db"), "export").output == lines)
        #expect(try crm.succeed("check").errors == "crm: ok\n")
    }

    @Test("takes no choice without a letter or a digit, and no key of its own that begins with a digit")
    func noKeys() throws {
        #expect(try crm.run("field", "add", "contact", "size", "--type", "choice", "--values", "+,-").status != 0)
        let result = try crm.run("field", "add", "contact", "1st")
        #expect(result.errors.contains("begins with a letter"), "\(result.errors)")
    }

    @Test(
        "has a default that is counted from when a record is made, and kept, shown and exported as it is written",
        arguments: [
            ("date", "+30d"), ("date", "today"), ("date", "mañana"), ("date", "en 3 días"), ("date", "viernes"),
            ("date", "+30 days"), ("time", "now"), ("time", "+2h"), ("time", "10:00"), ("time", "in 2 hours"),
        ]
    )
    func relativeDefault(type: String, value: String) throws {
        try crm.succeed("field", "add", "contact", "due", "--type", type, "--default", value, "--required")
        #expect(try crm.json("field", "show", "contact", "due")["default"]?.string == value)
        let help = try crm.succeed("contact", "add", "--help").output
        #expect(help.contains("Due, \(value) by default"), "\(help)")
        let given = try crm.json("contact", "show", "1")["due"]?.string
        #expect(given?.hasPrefix("20") == true)
        if type == "date" {
            let trial = try crm.json("contact", "add", "--last-name", "Paz", "--dry-run")
            #expect(trial["due"]?.string == given)
        }
        try crm.add("contact", "--last-name", "Paz")
        #expect(try crm.json("contact", "show", "3")["due"]?.string?.hasPrefix("20") == true)
        let lines = try crm.succeed("export").output
        #expect(lines.contains("\"default_value\":\"\(value)\""), "\(lines)")
        try crm.succeed("--db", crm.file("copy.db"), "apply", "--create", "--quiet", stdin: lines)
        #expect(try crm.succeed("--db", crm.file("copy.db"), "export").output == lines)
        try crm.succeed("field", "edit", "contact", "due", "--default", "2026-12-31")
        try crm.add("contact", "--last-name", "Sanz")
        #expect(try crm.json("contact", "show", "4")["due"]?.string?.hasPrefix("2026-12-31") == true)
        #expect(try crm.succeed("check").errors == "crm: ok\n")
    }

    @Test("takes defaults that mean the same at any time")
    func fixedDefault() throws {
        let defaults = [("date", "31/12/2026"), ("duration", "2h"), ("time", "2026-12-31 10:00"), ("text", "today")]
        for (index, (type, value)) in defaults.enumerated() {
            try crm.succeed("field", "add", "contact", "due\(index)", "--type", type, "--default", value)
        }
    }

    @Test("is a list with words that a record has by default, in each record and through an export")
    func listDefault() throws {
        try crm.succeed("field", "add", "contact", "skills", "--type", "list", "--default", "ventas,norte")
        #expect(try crm.json("field", "show", "contact", "skills")["default"]?.string == "ventas,norte")
        try crm.add("contact", "--last-name", "Paz")
        try crm.add("contact", "--last-name", "Sanz", "--skills", "sur")
        try crm.add("contact", "--last-name", "Mora", "--skills=")
        for (id, words) in [(1, ["ventas", "norte"]), (3, ["ventas", "norte"]), (4, ["sur"]), (5, [])] {
            let skills = try crm.json("contact", "show", "\(id)")["skills"]
            #expect(skills?.elements.compactMap(\.string) == words, "\(id)")
        }
        try crm.succeed("contact", "edit", "3", "--add-skills", "sur", "--remove-skills", "norte")
        #expect(try crm.sql("SELECT skills FROM contact WHERE id = 3") == #"["ventas","sur"]"#)
        let lines = try crm.succeed("export").output
        try crm.succeed("--db", crm.file("copy.db"), "apply", "--create", "--quiet", stdin: lines)
        #expect(try crm.succeed("--db", crm.file("copy.db"), "export").output == lines)
        #expect(try crm.succeed("check").errors == "crm: ok\n")
    }

    @Test(
        "says of which types a default can be where its own can have none",
        arguments: [("money", "12", "its currency"), ("ref:organization", "1", "may go")]
    )
    func noDefault(type: String, value: String, reason: String) throws {
        try crm.add("organization", "--name", "Acme")
        let result = try crm.run("field", "add", "contact", "x", "--type", type, "--default", value)
        #expect(result.status == 2 && result.errors.contains(reason), "\(result.errors)")
        #expect(result.errors.contains("text, longtext, code") && result.errors.contains("list"), "\(result.errors)")
        #expect(!result.errors.contains("money,"))
    }

    @Test("with a default stays empty in what is made of a record that lacks it", arguments: ["today", "2026-12-31"])
    func emptyInCopies(value: String) throws {
        for noun in ["quote", "event"] {
            try crm.succeed("field", "add", noun, "due", "--type", "date", "--default", value)
        }
        try crm.add("quote", "--subject", "A", "--contact", "1", "--due", "")
        try crm.succeed("quote", "revise", "1")
        #expect(try crm.json("quote", "show", "2")["due"]?.string == nil)
        let repetition = ["--starts-at", "2026-12-01 10:00", "--recurrence", "FREQ=DAILY;COUNT=9"]
        try crm.succeed(["event", "add", "--subject", "A", "--kind", "meeting", "--due", ""] + repetition)
        try crm.succeed("event", "edit", "1", "--occurrence", "2026-12-03", "--following", "--subject", "B")
        #expect(try crm.json("event", "show", "2")["subject"]?.string == "B")
        #expect(try crm.json("event", "show", "2")["due"]?.string == nil)
    }

    @Test("with addresses or numbers of people is found as theirs are, a key or not", arguments: [[], ["--key"]])
    func addresses(key: [String]) throws {
        for noun in ["contact", "organization"] {
            try crm.succeed(["field", "add", noun, "mail2", "--type", "email"] + key)
            try crm.succeed(["field", "add", noun, "tel2", "--type", "phone"] + key)
        }
        try crm.add("organization", "--name", "Acme", "--mail2", "info@acme.example", "--tel2", "55 8888 0000")
        try crm.succeed("contact", "edit", "2", "--mail2", "gil@home.example", "--tel2", "55 9999 0000")
        let own = key.isEmpty ? [] : ["mail2:gil@home.example", "tel2:5599990000"]
        for reference in ["email:gil@home.example", "GIL@home.example", "phone:5599990000"] + own {
            #expect(try crm.succeed("contact", "show", reference, "--format", "id").output == "2\n", "\(reference)")
        }
        #expect(try crm.succeed("organization", "show", "email:info@acme.example", "--format", "id").output == "1\n")
        #expect(try crm.succeed("organization", "show", "phone:5588880000", "--format", "id").output == "1\n")
        for part in ["email:gil", "phone:5599"] {
            let offered = try crm.run("__complete", "zsh", "contact", "show", part).output
            #expect(offered.contains("Gil"), "\(part): \(offered)")
        }
        let imported = try crm.succeed(
            "contact",
            "import",
            "--match",
            "mail2",
            stdin: "mail2,title\nGil@Home.example,Jefa\n"
        )
        #expect(imported.output.contains("1 updated"), "\(imported.output)")
    }

    @Test("with addresses or numbers that another record has is told, or refused", arguments: [[], ["--key"]])
    func sharedAddresses(key: [String]) throws {
        try crm.succeed(["field", "add", "contact", "mail2", "--type", "email"] + key)
        try crm.succeed(["field", "add", "contact", "tel2", "--type", "phone"] + key)
        try crm.succeed("contact", "edit", "1", "--tel2", "55 9999 0000")
        for (option, value) in [("--mail2", "ana@example.org"), ("--mobile", "5599990000"), ("--tel2", "5599990000")] {
            let add = ["contact", "add", "--last-name", "Paz", option, value, "--format", "id"]
            let refused = try crm.run(add + ["--no-duplicates"])
            #expect(refused.status == 5 && refused.errors.contains("already that of contact 1 "), "\(refused.errors)")
            let told = try crm.succeed(add + ["--dry-run"])
            #expect(told.errors.ranges(of: "with contact 1 ").count == 1, "\(told.errors)")
        }
        let edited = try crm.succeed("contact", "edit", "2", "--mail2", "ana@example.org")
        #expect(edited.errors.ranges(of: "contact 1").count == 1, "\(edited.errors)")
        #expect(try crm.run("contact", "show", "email:ana@example.org").status == 4)
        let rows = "last_name,mail2\nSosa,ana@example.org\n"
        #expect(try crm.succeed("contact", "import", stdin: rows).errors.contains("with contact 1 "))
        #expect(try crm.run("contact", "import", "--no-duplicates", stdin: rows).status == 6)
        #expect(try crm.succeed("check").errors == "crm: ok\n")
    }

    @Test("that is removed is found no more, and again when it comes back")
    func removed() throws {
        try crm.succeed("field", "add", "contact", "mail2", "--type", "email")
        try crm.succeed("contact", "edit", "2", "--mail2", "gil@home.example")
        try crm.succeed("field", "remove", "contact", "mail2")
        #expect(try crm.run("contact", "show", "gil@home.example").status == 3)
        try crm.succeed("field", "edit", "contact", "mail2", "--no-hidden")
        #expect(try crm.succeed("contact", "show", "gil@home.example", "--format", "id").output == "2\n")
        try crm.succeed("field", "remove", "contact", "mail2", "--purge", "--yes")
        #expect(try crm.run("contact", "show", "gil@home.example").status == 3)
        #expect(try crm.succeed("check").errors == "crm: ok\n")
    }
}
