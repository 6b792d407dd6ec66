import Testing

/// Links by the command line, one or several at a time.
@Suite struct LinkTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    private func holders(_ asset: Int, _ words: String...) throws -> [String] {
        let columns = ["--columns", "id,link.role,link.since,link.until", "--no-header", "--sort", "link.since,id"]
        return try crm.succeed(["asset", "links", "contact", "\(asset)"] + columns + words).lines
    }

    @Test("A link is the same from either side")
    func bothSides() throws {
        #expect(try crm.succeed("contact", "link", "asset", "1", "3").output == "1 linked\n")
        #expect(try crm.succeed("asset", "link", "contact", "3", "1").output == "1 already linked\n")
        #expect(try crm.succeed("asset", "unlink", "contact", "3", "1").output == "1 unlinked\n")
        #expect(try crm.succeed("contact", "unlink", "asset", "1", "3").output == "1 not linked\n")
    }

    @Test("Many are linked at once, and once more is no error")
    func many() throws {
        #expect(try crm.succeed("contact", "link", "asset", "4", "1", "2", "3").output == "3 linked\n")
        #expect(try crm.succeed("contact", "link", "asset", "4", "1", "2", "3").output == "3 already linked\n")
        let report = try crm.json("contact", "link", "asset", "4", "1", "2")
        #expect(report["already_linked"] == 2)
        #expect(report["linked"] == 0)
        #expect(report["committed"] == true)
    }

    @Test("One that is not there and none is linked")
    func allOrNothing() throws {
        let result = try crm.run("contact", "link", "asset", "4", "1", "99", "3")
        #expect(result.status == 3)
        #expect(result.errors == "crm: no asset matches 99\n")
        #expect(try crm.succeed("contact", "links", "asset", "4", "--count").output == "0\n")
    }

    @Test("A link has attributes, which a repetition changes, and a role tells links of one pair apart")
    func attributes() throws {
        let link = ["asset", "link", "contact", "3", "4", "--role", "user"]
        try crm.succeed(link + ["--since", "2026-03-01", "--note", "préstamo"])
        #expect(try crm.succeed(link + ["--note", "definitivo"]).output == "1 updated\n")
        #expect(try crm.succeed(link + ["--note", "definitivo"]).output == "1 already linked\n")
        #expect(try crm.succeed("asset", "link", "contact", "3", "4", "--role", "custodian").output == "1 linked\n")
        let links = try crm.json("asset", "links", "contact", "3").elements
        #expect(links.map { $0["link"]?["role"] } == ["user", "custodian"])
        #expect(links.first?["link"]?["since"] == "2026-03-01")
        #expect(links.first?["link"]?["note"] == "definitivo")
        #expect(links.first?["record"]?["id"] == 4)
    }

    @Test("Wrong attributes are all named at once")
    func wrongAttributes() throws {
        let result = try crm.run("contact", "link", "asset", "4", "1", "--role", "boss", "--since", "x")
        #expect(result.status == 2)
        #expect(result.errors.contains("  --role \"boss\""))
        #expect(result.errors.contains("  --since \"x\""))
        let order = ["contact", "link", "asset", "4", "1", "--since", "2026-05-01", "--until", "2026-01-01"]
        #expect([2, 5].contains(try crm.run(order).status))
        #expect(try crm.succeed("contact", "links", "asset", "4", "--all", "--count").output == "0\n")
    }

    @Test("A hand-over ends the present holder of the role in the same step, and no other role")
    func replace() throws {
        try crm.succeed("asset", "link", "contact", "1", "5", "--role", "user", "--since", "2026-02-01")
        let link = ["asset", "link", "contact", "1", "3", "--role", "custodian", "--since", "2026-03-01", "--replace"]
        #expect(try crm.succeed(link).output == "1 linked, 1 ended\n")
        #expect(try holders(1) == ["5\tuser\t2026-02-01\t", "3\tcustodian\t2026-03-01\t"])
        #expect(
            try holders(1, "--all") == [
                "1\tcustodian\t2026-01-01\t2026-03-01", "5\tuser\t2026-02-01\t", "3\tcustodian\t2026-03-01\t",
            ]
        )
    }

    @Test("Of those whom a hand-over names together for a record none ends another's link")
    func replaceByTwo() throws {
        let link = [
            "asset", "link", "contact", "1", "3", "5", "--role", "custodian", "--since", "2026-03-01", "--replace",
        ]
        #expect(try crm.succeed(link).output == "2 linked, 1 ended\n")
        let both = ["3\tcustodian\t2026-03-01\t", "5\tcustodian\t2026-03-01\t"]
        #expect(try holders(1) == both)
        try crm.write("asset,contact\n2,5\n2,4\n", to: "rows.csv")
        let rows = ["--input", "rows.csv", "--role", "user", "--since", "2026-04-01", "--replace"]
        #expect(try crm.succeed(["contact", "link", "asset"] + rows).output.contains("2 linked, 1 ended"))
        #expect(try holders(2).count == 2)
    }

    @Test(
        "Who held what on a day: the first day counts, the last does not",
        arguments: [
            ("2025-05-31", [String]()), ("2025-06-01", ["2"]), ("2026-01-31", ["2"]), ("2026-02-01", ["3"]),
            ("2026-12-31", ["3"]),
        ]
    )
    func on(_ date: String, _ contacts: [String]) throws {
        let result = try crm.succeed("asset", "links", "contact", "2", "--on", date, "--format", "id")
        #expect(result.lines == contacts)
    }

    @Test("An ended link is kept as history")
    func ended() throws {
        let unlink = ["contact", "unlink", "asset", "3", "2", "--ended", "2026-04-01"]
        #expect(try crm.succeed(unlink).output == "1 unlinked\n")
        #expect(try crm.succeed(unlink).output == "1 not linked\n")
        #expect(try holders(2) == [])
        #expect(
            try holders(2, "--all") == ["2\tuser\t2025-06-01\t2026-02-01", "3\tuser\t2026-02-01\t2026-04-01"]
        )
    }

    @Test("Where links have no dates nothing can be ended, and a replacement takes them away")
    func withoutDates() throws {
        try crm.succeed("contract", "add", "--subject", "Póliza", "--contact", "1", "--role", "holder")
        for words in [
            ["contact", "unlink", "contract", "1", "1", "--ended", "2026-01-01"],
            ["contact", "links", "contract", "1", "--on", "2026-01-01"],
        ] {
            #expect(try crm.run(words).status == 2, "\(words)")
        }
        #expect(try !crm.succeed("contact", "unlink", "contract", "--help").output.contains("--ended"))
        #expect(try crm.succeed("contact", "unlink", "asset", "--help").output.contains("--ended"))
        try crm.succeed("contract", "link", "contact", "1", "2", "--role", "holder", "--replace")
        #expect(try crm.succeed("contract", "links", "contact", "1", "--format", "id").output == "2\n")
    }

    @Test("Of several roles only the one named is taken away, or all")
    func unlinkRole() throws {
        for role in ["custodian", "user", "owner"] {
            try crm.succeed("contact", "link", "asset", "4", "3", "--role", role)
        }
        try crm.succeed("contact", "unlink", "asset", "4", "3", "--role", "user")
        #expect(try holders(3) == ["4\tcustodian\t\t", "4\towner\t\t"])
        try crm.succeed("contact", "unlink", "asset", "4", "3")
        #expect(try holders(3) == [])
    }

    @Test("A dry run reports what it would do and does nothing")
    func dryRun() throws {
        let report = try crm.json("contact", "link", "asset", "4", "1", "2", "--dry-run")
        #expect(report["linked"] == 2)
        #expect(report["committed"] == false)
        #expect(try crm.succeed("contact", "links", "asset", "4", "--count").output == "0\n")
    }

    @Test(
        "What belongs to a contact, or is pointed at, is not linked: its own field says whose it is",
        arguments: [
            (["contact", "link", "address", "1", "1"], "crm address edit"),
            (["contact", "unlink", "comment", "1", "1"], "crm comment edit"),
            (["contact", "link", "organization", "1", "1"], "crm contact edit"),
            (["organization", "link", "contact", "1", "1"], "crm contact edit"),
        ]
    )
    func owned(_ words: [String], _ hint: String) throws {
        let result = try crm.run(words)
        #expect(result.status == 2)
        #expect(result.errors.contains(hint), "\(result.errors)")
    }

    @Test("Who had another role before an opportunity was handed over has it again when that is handed back")
    func handedBack() throws {
        try crm.succeed("contact", "link", "opportunity", "2", "1", "--role", "influencer")
        func links() throws -> [String] {
            try crm.json("opportunity", "links", "contact", "1").elements.map { link in
                "\(link["record"]?["id"]?.digits ?? "") \(link["link"]?["role"]?.string ?? "")"
            }.sorted()
        }
        let before = try links()
        try crm.succeed("opportunity", "edit", "1", "--contact", "2", "--force")
        #expect(try links() == ["2 primary"])
        try crm.succeed("opportunity", "edit", "1", "--contact", "1", "--force")
        #expect(try links() == before && before == ["1 primary", "2 influencer"])
    }

    @Test("An opportunity's first contact is moved by its own field alone")
    func mirror() throws {
        for words in [
            ["contact", "unlink", "opportunity", "1", "1"],
            ["opportunity", "unlink", "contact", "1", "1", "--role", "primary"],
            ["contact", "link", "opportunity", "2", "1", "--role", "primary"],
        ] {
            let result = try crm.run(words)
            #expect(result.status == 5, "\(words)")
            #expect(result.errors.contains("crm opportunity edit 1 --contact"), "\(words)")
        }
        try crm.succeed("opportunity", "edit", "1", "--contact", "3")
        let links = try crm.json("opportunity", "links", "contact", "1").elements
        #expect(links.map { $0["record"]?["id"] } == [3])
        #expect(links.map { $0["link"]?["role"] } == ["primary"])
    }

    @Test("Every module that has links takes one from either side", arguments: ModuleCase.all)
    func everyModule(_ module: ModuleCase) throws {
        guard case .many = module.relation else { return }
        let id = try crm.add(module.noun, module.required)
        #expect(try crm.succeed("contact", "link", module.noun, "4", "\(id)").output == "1 linked\n")
        #expect(try crm.json("contact", "show", "4")["related"]?[module.key] == 1)
        #expect(try crm.succeed(module.noun, "links", "contact", "\(id)", "--format", "id").output == "4\n")
        #expect(try crm.succeed(module.noun, "unlink", "contact", "\(id)", "4").output == "1 unlinked\n")
        #expect(try crm.json("contact", "show", "4")["related"]?[module.key] == 0)
    }
}
