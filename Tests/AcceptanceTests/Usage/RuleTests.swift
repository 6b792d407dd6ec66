import Testing

/// What no single value is wrong about: rules between fields and records.
@Suite struct RuleTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    @Test("A chain of superiors or parents never closes")
    func loops() throws {
        try crm.succeed("organization", "edit", "2", "--member-of", "1")
        let comment = try crm.add("comment", "--contact", "1", "--body", "a")
        let reply = try crm.add("comment", "--contact", "1", "--body", "b", "--in-reply-to", "\(comment)")
        for words in [
            ["contact", "edit", "1", "--reports-to", "5"], ["contact", "edit", "1", "--reports-to", "1"],
            ["organization", "edit", "1", "--member-of", "2"],
            ["comment", "edit", "\(comment)", "--in-reply-to", "\(reply)"],
        ] {
            let result = try crm.run(words)
            #expect(result.status == 5, "\(words)")
            #expect(result.output == "")
        }
        #expect(try crm.json("contact", "show", "1")["reports_to"] == JSON.null)
    }

    @Test("A hash that is none is refused", arguments: ["email", "document"])
    func hashes(noun: String) throws {
        #expect(try crm.run(noun, "add", "--sha256", "zz").errors.contains("not a SHA-256"))
    }

    @Test(
        "Dates stand in order",
        arguments: [
            ["contact", "add", "--last-name", "x", "--support-start", "2026-02-01", "--support-end", "2026-01-01"],
            ["project", "add", "--name", "x", "--start-date", "2026-02-01", "--target-end-date", "2026-01-01"],
            ["contract", "add", "--subject", "x", "--start-date", "2026-02-01", "--end-date", "2026-01-01"],
            ["product", "add", "--name", "x", "--sales-start", "2026-02-01", "--sales-end", "2026-01-01"],
            [
                "event", "add", "--subject", "x", "--starts-at", "2026-02-01T10:00:00Z", "--ends-at",
                "2026-02-01T09:00:00Z",
            ],
        ]
    )
    func dates(_ words: [String]) throws {
        let result = try crm.run(words)
        #expect([2, 5].contains(result.status))
        #expect(result.errors.contains("2026-0"))
        #expect(try crm.run(words[0], "list", "--where", "id > 5", "--count").output == "0\n")
    }

    @Test("An external id is unique in its module")
    func externalID() throws {
        let result = try crm.run("contact", "add", "--last-name", "x", "--external-id", "K-1")
        #expect(result.status == 5)
        #expect(try crm.run("organization", "add", "--name", "x", "--external-id", "K-1").status == 0)
    }

    @Test(
        "A place is on Earth",
        arguments: [("90", "-180", 0), ("-90.0000001", "0", 2), ("0", "180.0000001", 2), ("91", "181", 2)]
            as [(String, String, Int32)]
    )
    func place(latitude: String, longitude: String, status: Int32) throws {
        let contact = try crm.add("contact", "--last-name", "Ruiz")
        let line = ["address", "add", "--contact", "\(contact)", "--kind", "visit"]
        let result = try crm.run(line + ["--latitude", latitude, "--longitude", longitude])
        #expect(result.status == status)
        if latitude == "91" {
            #expect(result.errors.contains("--latitude \"91\": degrees go from -90 to 90"))
            #expect(result.errors.contains("--longitude \"181\": degrees go from -180 to 180"))
        }
    }

    @Test("A second primary address demotes the first of its kind and says so")
    func primaryAddress() throws {
        let first = try crm.add("address", "--contact", "1", "--city", "Puebla", "--primary")
        let result = try crm.run("address", "add", "--contact", "1", "--city", "Oaxaca", "--primary")
        #expect(result.status == 0)
        #expect(result.errors.contains("\(first)"))
        #expect(try crm.json("address", "show", "\(first)")["primary"] == false)
        try crm.succeed("address", "add", "--contact", "1", "--kind", "home", "--primary", "--quiet")
        #expect(try crm.run("address", "list", "--where", "primary = yes", "--count").output == "2\n")
    }

    @Test("Closing an opportunity fills what follows from it, and reopening takes it back")
    func stages() throws {
        let won = try crm.json("opportunity", "edit", "1", "--stage", "closed_won")
        #expect(won["probability"] == 100)
        #expect(won["closed_on"]?.string != nil)
        let open = try crm.json("opportunity", "edit", "1", "--stage", "negotiation")
        #expect(open["probability"] == 80)
        #expect(open["closed_on"] == JSON.null)
        let lost = try crm.json("opportunity", "edit", "1", "--stage", "closed_lost", "--lost-reason", "precio")
        #expect(lost["probability"] == 0)
        #expect(lost["lost_reason"] == "precio")
        try crm.succeed("opportunity", "edit", "1", "--stage", "proposal", "--probability", "33")
        #expect(try crm.json("opportunity", "edit", "1", "--stage", "negotiation")["probability"] == 33)
    }

    @Test("A contract's progress follows from its units and cannot be set")
    func progress() throws {
        let id = try crm.add("contract", "--subject", "x", "--total-units", "40", "--used-units", "10")
        #expect(try crm.json("contract", "show", "\(id)")["progress"] == 25)
        #expect(try crm.run("contract", "edit", "\(id)", "--progress", "50").status == 2)
    }
}
