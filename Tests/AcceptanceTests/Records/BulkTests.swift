import Testing

/// What is done to all records that a filter chooses: counted first, asked about, told, and taken back as one.
@Suite("Many at once") struct BulkTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("organization", "--name", "Acme")
        try crm.add("contact", "--last-name", "Ruiz", "--organization", "1")
        try crm.add("contact", "--last-name", "Vega", "--organization", "1")
        for (name, stage) in [("One", "proposal"), ("Two", "negotiation"), ("Three", "qualification")] {
            let fields = ["--name", name, "--close-date", "2026-12-31", "--amount", "100", "--stage", stage]
            try crm.succeed(["opportunity", "add", "--contact", "1", "--quiet"] + fields)
        }
    }

    private static let edit = ["opportunity", "edit", "--where", "amount = 100", "--stage", "negotiation"]

    private func json(_ words: [String]) throws -> JSON {
        try JSON(crm.succeed(words + ["--json"]).outputBytes)
    }

    private func stages() throws -> [String] {
        try crm.succeed("opportunity", "list", "--columns", "stage", "--no-header").lines
    }

    @Test("Without a yes nothing is done, and what to write is told", arguments: ["en", "es"])
    func unconfirmed(language: String) throws {
        for words in [
            Self.edit, ["opportunity", "delete", "--where", "amount = 100"],
            ["contact", "link", "opportunity", "2", "--where", "amount = 100", "--role", "other"],
        ] {
            let result = try crm.run(words + ["--lang", language])
            #expect(result.status == 2, "\(words)")
            #expect(result.errors.contains(language == "en" ? "3 opportunities match" : "coinciden 3 oportunidades"))
            #expect(result.errors.contains("--yes"), "\(result.errors)")
        }
        #expect(try stages() == ["proposal", "negotiation", "qualification"])
    }

    @Test("Lists that an edit gives anew are told where they lose something, with the option that keeps it")
    func replacedLists() throws {
        let crm = try CRM()
        for name in ["A", "B"] { try crm.add("contact", "--last-name", name, "--tag", "vip", "--tag", "sur") }
        try crm.add("contact", "--last-name", "C")
        let one = try crm.succeed("contact", "edit", "1", "3", "--tag", "sur", "--lang", "es").errors
        #expect(one.contains("el contacto 1: sus etiquetas eran vip, sur; --add-tag conserva lo que hay"), "\(one)")
        #expect(!one.contains("contacto 3"), "\(one)")
        let all = "contact edit --where id>0 --tag x --lang es"
        #expect(try crm.shell("crm '\(all.replacing(" ", with: "' '"))' --yes").errors.isEmpty)
        let terminal = try crm.terminal(all.replacing("--tag x", with: "--tag y"))
        try terminal.expect("3 contactos ya con etiquetas: --tag reemplaza lo que hay, --add-tag lo\nconserva\n")
        for words in [["--add-tag", "y"], ["--tag="]] {
            #expect(try !crm.succeed(["contact", "edit", "1"] + words).errors.contains("--add-tag"))
        }
    }

    @Test(
        "A sign before an element is told to add or remove nothing",
        arguments: [("+nuevo", "--add-tag nuevo"), ("-vip", "--remove-tag vip")]
    )
    func signedElements(word: String, meant: String) throws {
        let crm = try CRM()
        try crm.add("contact", "--last-name", "A", "--tag", "vip")
        for records in [["1"], ["--where", "id > 0", "--yes"]] {
            let result = try crm.run(["contact", "edit"] + records + ["--tag", word])
            #expect(result.status == 2 && result.errors.contains("that is '\(meant)'"), "\(result.errors)")
        }
        try crm.succeed("contact", "edit", "1", "--tag", "+18", "--tag", "vip")
    }

    @Test("What is so already stays as it is, and one undo takes all back")
    func edit() throws {
        let report = try json(Self.edit + ["--yes"])
        #expect(report["matched"] == 3)
        #expect(report["updated"] == 2)
        #expect(report["unchanged"] == 1)
        #expect(report["committed"] == true)
        #expect(try stages() == ["negotiation", "negotiation", "negotiation"])
        #expect(try crm.json("opportunity", "show", "1")["probability"] == 80)
        try crm.succeed("undo", "--quiet")
        #expect(try stages() == ["proposal", "negotiation", "qualification"])
    }

    @Test(
        "Every way of editing works on all",
        arguments: [
            (["--add-tag", "vip"], "tags = vip"), (["--amount", "+50"], "amount = 150"),
            (["--next-step="], "next_step is empty"), (["--amount", "=7"], "amount = 7"),
            (["--close-date", "2027-01-31"], "close_date = 2027-01-31"),
        ]
    )
    func ways(options: [String], condition: String) throws {
        try crm.succeed(["opportunity", "edit", "--where", "id > 0", "--yes", "--next-step", "call"])
        try crm.succeed(["opportunity", "edit", "--where", "id > 0", "--yes"] + options)
        #expect(try crm.succeed("opportunity", "list", "--where", condition, "--count").output == "3\n")
    }

    @Test("All or none: one that refuses is named")
    func refusal() throws {
        try crm.succeed("opportunity", "edit", "2", "--amount", "10")
        let result = try crm.run("opportunity", "edit", "--where", "id > 0", "--amount", "-50", "--yes")
        #expect(result.status == 2)
        #expect(result.errors.contains("opportunity 2"), "\(result.errors)")
        #expect(try crm.json("opportunity", "show", "1")["amount"] == .number("100.00"))
    }

    @Test("A dry run prints what would change, as it was and as it would be")
    func dryRun() throws {
        let list = try json(Self.edit + ["--dry-run"]).elements
        #expect(list.map { $0["id"] } == [1, 3])
        #expect(list.map { $0["name"] } == ["One", "Three"])
        let stage = list.first?["fields"]?.elements.first
        #expect(stage?["field"] == "stage")
        #expect(stage?["before"] == "proposal")
        #expect(stage?["after"] == "negotiation")

        let rows = try crm.succeed(Self.edit + ["--dry-run"])
        #expect(rows.lines[0] == "id\tname\tfield\tbefore\tafter")
        #expect(rows.lines[1] == "1\tOne\tstage\tproposal\tnegotiation")
        #expect(rows.errors.contains("2 of 3 opportunities would change"))
        // As by the real run: those that were chosen, whether or not they have the value already.
        #expect(try crm.succeed(Self.edit + ["--dry-run", "--format", "id"]).output == "1\n2\n3\n")
        let table = try crm.succeed(Self.edit + ["--dry-run", "--format", "markdown", "--lang", "es"])
        #expect(table.output.contains("Propuesta/Cotización → Negociación/Revisión"), "\(table.output)")
        let screen = try crm.screen("opportunity edit --where id=1 --stage negotiation -n")
        #expect(screen.contains("Proposal/Quote → "))
        #expect(try stages() == ["proposal", "negotiation", "qualification"])
    }

    @Test("A dry run ends as the real run does")
    func dryRunEnds() throws {
        for words in [["--amount", "-500"], ["--stage", "nonsense"], ["--stage", "proposal"]] {
            let all = ["opportunity", "edit", "--where", "id > 0"] + words
            let (dry, real) = (try crm.run(all + ["--dry-run"]), try crm.run(all + ["--yes"]))
            #expect(dry.status == real.status, "\(words)")
            if dry.status != 0 { #expect(dry.errors == real.errors) }
        }
    }

    @Test("On a terminal a question is asked", arguments: [("y", 0), ("n", 1)] as [(String, Int32)])
    func question(answer: String, status: Int32) throws {
        let terminal = try crm.terminal("opportunity edit --where id>0 --stage closed_won")
        try terminal.answer("3 opportunities match. Change them? [y/N]: ", answer)
        #expect(try terminal.finish() == status)
        #expect(try stages().contains("closed_won") == (status == 0))
    }

    @Test("Records are named or chosen, and one of the two")
    func meaning() throws {
        for verb in [["edit", "--name", "x"], ["delete"]] {
            #expect(try crm.run(["contact"] + verb).status == 2)
            #expect(try crm.run(["contact"] + verb + ["1", "--where", "id = 1", "--yes"]).status == 2)
        }
        #expect(try crm.run("case", "close").errors.contains("--where"))
        #expect(try crm.json("contact", "edit", "--where", "id = 99", "--title", "x")["matched"] == 0)
    }

    @Test("Deletion goes as far as it may, and prints what would go")
    func deletion() throws {
        let refused = try crm.run("contact", "delete", "--where", "id > 0", "--yes")
        #expect(refused.status == 5)
        let listed = try crm.succeed("opportunity", "delete", "--where", "stage = proposal", "--dry-run")
        #expect(listed.lines.count == 2)
        #expect(listed.errors.contains("1 opportunity would be deleted"))
        let report = try crm.json("opportunity", "delete", "--where", "amount = 100", "--yes")
        #expect(report["deleted"] == 3)
        #expect(try crm.succeed("opportunity", "list", "--count").output == "0\n")
        try crm.succeed("undo", "--quiet")
        #expect(try stages().count == 3)
    }

    @Test("An action is done to all")
    func action() throws {
        for title in ["A", "B"] { try crm.add("case", "--title", title) }
        try crm.succeed("case", "close", "1", "--quiet")
        let report = try crm.json("case", "close", "--where", "title ~ ''", "--solution", "done", "--yes")
        #expect(report["matched"] == 2)
        #expect(report["updated"] == 2)
        #expect(try crm.succeed("case", "list", "--where", "status = closed", "--count").output == "2\n")
        try crm.succeed("undo", "--quiet")
        #expect(try crm.succeed("case", "list", "--where", "status = closed", "--count").output == "1\n")
    }

    @Test("All that a filter chooses are linked with one")
    func linking() throws {
        try crm.add("campaign", "--name", "Spring")
        let link = ["campaign", "link", "contact", "1", "--where", "organization.name = acme", "--yes"]
        #expect(try json(link)["linked"] == 2)
        #expect(try json(link)["already_linked"] == 2)
        let unlink = ["campaign", "unlink", "contact", "1", "--where", "last_name = vega", "--yes"]
        #expect(try json(unlink)["unlinked"] == 1)
    }
}
