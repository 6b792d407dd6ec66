import Testing

/// `crm export` and `crm apply` as scripts use them.
@Suite struct ApplyTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private static let lines = """
        {"module":"contact","ref":"ana","external_id":"C-1","last_name":"Ruiz","organization":"ref:acme"}
        {"module":"organization","ref":"acme","external_id":"O-1","name":"Acme, S.A.","tags":["a","b"]}

        {"module":"asset","ref":"pc","external_id":"A-1","name":"Laptop","serial":"X1","value":1234.50,"currency":"MXN"}
        {"link":"asset","contact":"ref:ana","record":"ref:pc","role":"owner","since":"2026-01-01"}
        """

    @Test("Lines are taken in once, however often they are applied")
    func twice() throws {
        let first = try JSON(crm.succeed("apply", "-", "--json", stdin: Self.lines).outputBytes)
        #expect(first.keys == ["rows", "created", "updated", "unchanged", "linked", "failed", "committed"])
        #expect(first["created"] == 3)
        #expect(first["linked"] == 1)
        #expect(first["committed"] == true)
        #expect(try crm.succeed("apply", stdin: Self.lines).output == "4 rows, 4 unchanged\n")
        #expect(try crm.json("contact", "links", "asset", "1").elements.count == 1)
        #expect(try crm.sql("SELECT count(*) FROM change_set") == "1")
        #expect(try crm.json("asset", "show", "1")["value"] == .number("1234.50"))
        try crm.succeed("undo")
        #expect(try crm.succeed("contact", "list", "--count").output == "0\n")
    }

    @Test("A new contact with nothing but a whole name has its parts, as one of a table has")
    func wholeNames() throws {
        let lines = """
            {"module":"contact","external_id":"C-1","name":"Dra. Ana Ruiz"}
            {"module":"contact","name":"Eva Sol","salutation":"ing"}
            {"module":"contact","name":"Other Name","last_name":"Paz"}
            """
        try crm.succeed("apply", stdin: lines)
        let parts = "SELECT salutation, first_name, last_name FROM contact ORDER BY id"
        #expect(try crm.sql(parts) == "dra|Ana|Ruiz\ning|Eva|Sol\n||Paz")
        // Of one that is there the name follows from its parts.
        try crm.succeed("apply", stdin: #"{"module":"contact","external_id":"C-1","name":"Leo Gil"}"#)
        #expect(try crm.sql("SELECT name FROM contact WHERE id = 1") == "Ana Ruiz")
    }

    @Test("A new document has the contacts of what it names, as one that is added has, unless lines say which")
    func followers() throws {
        try crm.add("organization", "--name", "Acme")
        try crm.add("contact", "--last-name", "Ruiz", "--organization", "1")
        try crm.add("contact", "--last-name", "Paz")
        try crm.add(
            "opportunity",
            ["--contact", "1", "--name", "O", "--amount", "1", "--close-date", "2026-12-31", "--stage", "proposal"]
        )
        let lines = """
            {"link":"quote","contact":2,"record":"ref:told","role":"approver"}
            {"module":"quote","subject":"A","opportunity":1}
            {"module":"quote","ref":"told","subject":"B","opportunity":1}
            {"module":"quote","subject":"C","opportunity":1,"created_at":"2020-01-01T00:00:00Z"}
            {"module":"sales-order","subject":"D","quote":"ref:later"}
            {"module":"quote","ref":"later","subject":"E","opportunity":1}
            """
        let report = try JSON(
            crm.succeed("apply", "-", "--json", stdin: lines.replacing("sales-order", with: "sales_order")).outputBytes
        )
        #expect(report["created"] == 5 && report["linked"]?.integer ?? 0 >= 3, "\(report)")
        func people(_ noun: String) throws -> [String] {
            try crm.succeed(noun, "list", "--columns", "subject,organization.name,contacts.name", "--format", "csv")
                .lines
                .dropFirst().sorted()
        }
        #expect(try people("quote") == ["A,Acme,Ruiz", "B,Acme,Paz", "C,,", "E,Acme,Ruiz"])
        #expect(try people("sales-order").first?.hasPrefix("D,Acme,") == true)
        let before = try crm.sql("SELECT count(*) FROM contact_quote")
        try crm.succeed("apply", "-", stdin: try crm.succeed("export").output)
        #expect(try crm.sql("SELECT count(*) FROM contact_quote") == before)
    }

    @Test("Records whose content nobody has brought are told")
    func missingContents() throws {
        try crm.write("uno", to: "a.txt")
        try crm.add("document", "a.txt")
        try crm.add("document", "--title", "Web", "--url", "https://example.org/a")
        try crm.succeed("export", "-o", "bare.jsonl")
        try crm.succeed("export", "--with-content", "-o", "whole.jsonl")
        let bare = try crm.succeed("--db", "bare.db", "apply", "bare.jsonl", "--create")
        #expect(bare.errors.contains("content the database does not have: 1, the first document 1"), "\(bare.errors)")
        #expect(try !crm.succeed("--db", "bare.db", "apply", "bare.jsonl").errors.contains("content"))
        #expect(try !crm.succeed("--db", "whole.db", "apply", "whole.jsonl", "--create").errors.contains("content"))
        #expect(try !crm.succeed("--db", "bare.db", "apply", "whole.jsonl").errors.contains("content"))
    }

    @Test("A dry run tells what would happen and keeps nothing")
    func dryRun() throws {
        let file = try crm.write(Self.lines, to: "state.jsonl")
        let report = try crm.json("apply", file, "--dry-run")
        #expect(report["created"] == 3)
        #expect(report["committed"] == false)
        #expect(try crm.sql("SELECT count(*) FROM contact") == "0")
    }

    @Test("Bad lines are all told on standard error, and the exit is 6")
    func rejected() throws {
        let lines = Self.lines + "\n{\"module\":\"contact\"}\n{\"module\":\"contact\",\"last_name\":\"x\",\"age\":3}\n"
        let result = try crm.run("apply", "--json", stdin: lines)
        #expect(result.status == 6)
        #expect(try JSON(result.outputBytes)["committed"] == false)
        let errors = try result.errorLines.map { try JSON($0)["error"] }
        #expect(errors.map { $0?["line"] } == [6, 7])
        #expect(errors.map { $0?["row"] } == [5, 6])
        #expect(errors.map { $0?["field"] } == ["last_name", "age"])
        #expect(try crm.sql("SELECT count(*) FROM contact") == "0")
        let words = try crm.run("apply", "--lang", "es", stdin: lines)
        #expect(words.errorLines.first == "crm: fila 5 (línea 6), last_name: es obligatorio")
    }

    @Test("A whole database goes into an empty one and comes out the same")
    func copied() throws {
        try crm.succeed("apply", stdin: Self.lines)
        try crm.succeed("contact", "unlink", "asset", "1", "1", "--ended", "2026-02-01")
        try crm.succeed("config", "set", "currency", "MXN")
        let export = try crm.succeed("export").output
        try crm.succeed("export", "--output", crm.file("all.jsonl"))
        #expect(try String(decoding: crm.read("all.jsonl"), as: UTF8.self) == export)
        let other = crm.file("other.db")
        try crm.succeed("--db", other, "apply", crm.file("all.jsonl"), "--create")
        #expect(try crm.succeed("--db", other, "export").output == export)
        #expect(try crm.succeed("--db", other, "check").status == 0)
    }

    @Test("What an export leaves out of documents and mail is told, and nothing where it carries them or there is none")
    func leftOut() throws {
        #expect(try crm.succeed("export").errors.isEmpty)
        try crm.write("uno", to: "a.txt")
        try crm.add("document", "a.txt")
        try crm.succeed(["email", "import", "-"], stdin: "Message-ID: <1@x>\nFrom: e@x.example\n\nb\n")
        let told = try crm.succeed("export", "-o", "all.jsonl").errors
        #expect(told.contains("not among the lines: 2; carried by: --with-content, --content-folder"), "\(told)")
        #expect(try crm.succeed("export", "--with-content").errors.isEmpty)
        #expect(try crm.succeed("export", "--content-folder", "contents", "-o", "all.jsonl").errors.isEmpty)
    }

    @Test("Every module goes out and in", arguments: ModuleCase.all)
    func everyModule(_ module: ModuleCase) throws {
        var words = [module.noun, "add"] + module.required
        if module.needsContact {
            try crm.add("organization", "--name", "Acme")
            words += ["--contact", "\(try crm.add("contact", "--last-name", "Ruiz", "--organization", "1"))"]
        }
        try crm.succeed(words)
        let export = try crm.succeed("export").output
        let other = try CRM()
        try other.succeed("apply", stdin: export)
        #expect(try other.succeed("export").output == export)
        #expect(try crm.json(module.noun, "show", "1") == other.json(module.noun, "show", "1"))
    }

    @Test("jq reads and changes what is exported, and apply takes the change")
    func jq() throws {
        try crm.succeed("apply", stdin: Self.lines)
        let export = try crm.succeed("export").outputBytes
        let program = #"select(.module == "contact") | .title = "Jefa" | .organization = null"#
        let changed = try Peer("jq").run("-c", program, stdin: export, in: crm)
        #expect(try crm.succeed("apply", stdin: changed).output == "1 row, 1 updated\n")
        #expect(try crm.json("contact", "show", "1")["title"] == "Jefa")
        #expect(try crm.json("contact", "show", "1")["organization"] == JSON.null)
    }

    @Test(
        "What a constraint of the file forbids is told by the record that has the value, never in SQLite's words",
        arguments: [
            (
                [
                    #"{"module":"email","subject":"A","message_id":"m","external_id":"1"}"#,
                    #"{"module":"email","subject":"B","message_id":"m","external_id":"2"}"#,
                ],
                #"row 2 (line 2): another new email already has the Message id "m""#
            ),
            (
                [
                    #"{"module":"email","subject":"A","message_id":"m","external_id":"1"}"#,
                    #"{"module":"email","subject":"B","message_id":"n","external_id":"2"}"#,
                    #"{"module":"email","message_id":"m","external_id":"2"}"#,
                ],
                #"row 3 (line 3): another new email already has the Message id "m""#
            ),
            (
                [
                    #"{"module":"contact","ref":"c","last_name":"A"}"#,
                    #"{"module":"asset","ref":"a","name":"L","serial":"1"}"#,
                    #"{"link":"asset","contact":"ref:c","record":"ref:a","created_at":"2026-01-01T00:00:00Z"}"#,
                    #"{"link":"asset","contact":"ref:c","record":"ref:a","created_at":"2026-01-02T00:00:00Z"}"#,
                ],
                "row 4 (line 4): contact 1 and asset 1 are linked already, by a link without an end"
            ),
            (
                [#"{"module":"asset","name":"L","created_at":"2026-01-01T00:00:00Z"}"#],
                "row 1 (line 1), serial: is required"
            ),
            (
                [
                    #"{"module":"contact","ref":"c","last_name":"A"}"#,
                    #"{"module":"opportunity","name":"L","contact":"ref:c","created_at":"2026-01-01T00:00:00Z"}"#,
                ],
                "row 2 (line 2): organization: is required"
            ),
        ]
    )
    func constraints(lines: [String], words: String) throws {
        let result = try crm.run(["apply"], stdin: Array(lines.map { "\($0)\n" }.joined().utf8))
        #expect(result.status == 6)
        #expect(result.errors.hasPrefix("crm: \(words)"), "\(result.errors)")
        #expect(!result.errors.contains("constraint"))
    }

    @Test("What a file adds to the modules is known by its key in another, whatever id it has there")
    func definitions() throws {
        let other = try CRM()
        for (crm, key) in [(crm, "region"), (other, "zona")] {
            try crm.succeed("field", "add", "contact", key)
            try crm.succeed("view", "save", "contact", key, "--where", "last_name = R")
            // As two scripts make two files within a second.
            for table in ["field_definition", "saved_view"] {
                try crm.sql("UPDATE \(table) SET created_at = '2026-01-01T00:00:00Z'")
            }
        }
        let lines = try crm.succeed("export").output
        try other.succeed("apply", stdin: lines)
        #expect(try other.json("field", "list").elements.map { $0["key"] } == ["zona", "region"])
        #expect(try other.json("view", "list").elements.map { $0["name"] } == ["region", "zona"])
        #expect(try other.run("check").errors == "crm: ok\n")
        #expect(try other.succeed("apply", stdin: lines).output.contains("unchanged"))
        #expect(try other.json("field", "list").elements.count == 2)
    }

    @Test("Records of two databases that were made in one second are two, unless they are called the same")
    func sameSecond() throws {
        let other = try CRM()
        for (crm, name) in [(crm, "A"), (other, "B")] {
            try crm.add("contact", "--last-name", name)
            try crm.add("contact", "--last-name", "Paz")
            try crm.sql("UPDATE contact SET created_at = '2026-01-01T00:00:00Z', updated_at = '2026-01-01T00:00:00Z'")
        }
        let lines = try crm.succeed("export").output
        let applied = try other.succeed("apply", stdin: lines)
        #expect(applied.errors.contains("contact 1 of the input is not the one that is here"), "\(applied.errors)")
        let names = try other.succeed("contact", "list", "--columns", "id,last_name", "--no-header").lines
        #expect(names == ["2\tPaz", "1\tB", "3\tA"].sorted() || Set(names) == ["1\tB", "2\tPaz", "3\tA"])
        #expect(try other.succeed("apply", stdin: lines).output.contains("unchanged"))
        #expect(try other.succeed("contact", "list", "--count").output == "3\n")
        // One that was changed since is the same all the same.
        try crm.succeed("contact", "edit", "1", "--last-name", "C")
        try other.succeed("apply", stdin: crm.succeed("export").output)
        #expect(try other.json("contact", "show", "3")["last_name"] == "C")
    }

    @Test("An id that was merged away elsewhere is kept free, and check finds nothing wrong with that")
    func mergedIDs() throws {
        for name in ["A", "B", "C"] { try crm.add("contact", "--last-name", name) }
        try crm.succeed("contact", "merge", "1", "3", "--yes")
        let other = try CRM()
        try other.succeed("apply", stdin: crm.succeed("export").output)
        #expect(try other.run("check").errors == "crm: ok\n")
        #expect(try other.add("contact", "--last-name", "D") == 4)
        #expect(try other.json("contact", "show", "3")["last_name"] == "A")

        // Where the records take other ids, the one that went says nothing.
        let third = try CRM()
        try third.add("contact", "--last-name", "E")
        try third.sql("UPDATE contact SET created_at = '2026-01-01T00:00:00Z'")
        try third.succeed("apply", stdin: crm.succeed("export").output)
        #expect(
            try third.succeed("contact", "list", "--columns", "id,last_name", "--no-header").lines == [
                "1\tE", "2\tA", "3\tB",
            ]
        )
        #expect(try third.run("check").errors == "crm: ok\n")
        #expect(try third.json("contact", "show", "2")["merged_from"]?.elements.isEmpty != false)
    }

    @Test("Every wrong key of a line is named, and the line counts once")
    func everyKey() throws {
        let crm = try CRM()
        try crm.write(#"{"module":"contact","email":"x","mobile":"abc","colour":1}"# + "\n", to: "lines.jsonl")
        let result = try crm.run("apply", crm.file("lines.jsonl"))
        #expect(result.status == 6)
        #expect(result.output.hasPrefix("1 row, 1 failed"))
        for (line, field) in zip(result.errorLines, ["email \"x\"", "mobile \"abc\"", "colour"]) {
            #expect(line.hasPrefix("crm: row 1 (line 1), \(field): "), "\(line)")
        }
        #expect(result.errorLines.count == 3)
    }

    @Test(
        "What is no JSON Lines is told whole, with what reads it",
        arguments: ["a,b\n1,2\n", "[{\"a\":1}]", "BEGIN:VCARD\r\n"]
    )
    func otherForm(text: String) throws {
        let crm = try CRM()
        try crm.write(text, to: "lines")
        let result = try crm.run("apply", crm.file("lines"), "--lang", "es")
        #expect(result.status == 2)
        #expect(result.errorLines.count == 2 && result.errors.contains("'crm contact import'"), "\(result.errors)")
    }
}
