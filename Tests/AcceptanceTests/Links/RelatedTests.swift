import Testing

/// What hangs on a record, by links and by references, shown by `links` and `show`.
@Suite struct RelatedTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("organization", "--name", "Acme, S.A.")
        try crm.add("organization", "--name", "Filial", "--member-of", "1")
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz", "--organization", "1", "--title", "Jefa")
        try crm.add("contact", "--last-name", "Vega", "--reports-to", "1")
        try crm.add("campaign", "--name", "Expo")
        let opportunity = ["--name", "Flota", "--amount", "48000", "--stage", "proposal", "--campaign", "1"]
        try crm.succeed(["opportunity", "add", "--contact", "1", "--close-date", "2099-12-31"] + opportunity)
        let link = ["--contact", "1", "--role", "user", "--since", "2025-03-01"]
        try crm.succeed(["asset", "add", "--name", "Laptop", "--serial", "X1"] + link)
        let event = ["--subject", "Demo", "--starts-at", "2098-11-27T02:00:00Z", "--about", "opportunity:1"]
        try crm.succeed(["event", "add", "--contact", "1"] + event)
        let comment = ["--body", "Quiere descuento", "--author", "ana", "--about", "opportunity:1"]
        try crm.succeed(["comment", "add", "--contact", "1"] + comment)
        try crm.add("quote", "--subject", "Flota 2099", "--opportunity", "1", "--organization", "1")
    }

    /// Modules and names in their order, with the field by which each points.
    private func related(_ words: String...) throws -> [String] {
        guard case .array(let rows) = try JSON(crm.succeed(words + ["--json"]).outputBytes) else { return [] }
        return rows.map { row in
            let texts = [row["module"], row["record"]?["name"], row["field"]]
            return texts.compactMap { if case .string(let text)? = $0 { text } else { nil } }.joined(separator: " ")
        }
    }

    @Test("Everything that is linked with a record or points at it is listed, newest first")
    func everything() throws {
        #expect(try related("campaign", "links", "1") == ["opportunity Flota campaign"])
        #expect(
            try Set(related("organization", "links", "1")) == [
                "opportunity Flota organization", "quote Flota 2099 organization", "contact Ana Ruiz organization",
                "organization Filial member_of",
            ]
        )
        #expect(
            try Set(related("opportunity", "links", "1")) == [
                "event Demo about", "comment Quiere descuento about", "quote Flota 2099 opportunity",
                "contact Ana Ruiz",
            ]
        )
        let contact = try related("contact", "links", "1")
        #expect(Array(contact.prefix(2)) == ["opportunity Flota", "event Demo"])
        #expect(contact.last == "asset Laptop")
        let between = Set(contact.dropFirst(2).dropLast())
        #expect(between == ["contact Vega reports_to", "quote Flota 2099", "comment Quiere descuento contact"])
    }

    @Test("What hangs in more than one way is told once")
    func once() throws {
        try crm.succeed("comment", "add", "--contact", "1", "--body", "Sobre ella", "--about", "contact:1")
        #expect(try related("contact", "links", "1").filter { $0.hasPrefix("comment Sobre") }.count == 1)
        #expect(try crm.json("contact", "show", "1")["related"]?["comment"] == 2)
        try crm.succeed("event", "edit", "1", "--about", "contact:1")
        #expect(try related("contact", "links", "1").filter { $0.hasPrefix("event") } == ["event Demo"])
        try crm.succeed("contact", "unlink", "event", "1", "1")
        #expect(try related("contact", "links", "1").filter { $0.hasPrefix("event") } == ["event Demo about"])
    }

    @Test("Each module says of its records what matters, with a date")
    func details() throws {
        let rows = try crm.succeed("contact", "links", "1", "--format", "jsonl").lines
        #expect(rows[0].contains(#""date":"2099-12-31","record":{"id":1,"name":"Flota","stage":"proposal","#))
        #expect(rows[0].contains(#""amount":48000.00,"currency":"USD"}"#))
        #expect(rows[1].contains(#""date":"2098-11-27T02:00:00Z""#))
        #expect(rows.last?.contains(#""role":"user","field":null,"date":"2025-03-01""#) == true)
        let tsv = try crm.succeed("contact", "links", "1").lines
        #expect(tsv[0] == "module\tid\tname\trole\tdate\tfield\tdetails")
        #expect(tsv[1] == "opportunity\t1\tFlota\tprimary\t2099-12-31\t\tproposal; 48000.00; USD")
    }

    @Test(
        "On a terminal a line has its date, at any width",
        arguments: [60, 80, 120] as [UInt16],
        [
            ("en", "Date              Module", "2098-11-26 20:00  Event", "Opportunities (1):"),
            ("es", "Fecha             Módulo", "2098-11-26 20:00  ", "Oportunidades (1):"),
        ]
    )
    func screen(columns: UInt16, words: (language: String, header: String, event: String, group: String)) throws {
        let links = try crm.screen("contact links 1 --lang \(words.language)", columns: columns)
        #expect(links.hasPrefix(words.header) && links.contains(words.event) && links.contains("2099-12-31"))
        let show = try crm.screen("contact show 1 --lang \(words.language)", columns: columns)
        #expect(show.contains(words.group) && show.contains("2099-12-31  1 Flota ("))
    }

    @Test("Of many, show tells how many there are and the three newest")
    func newest() throws {
        for day in 1...4 { try crm.add("asset", "--name", "A\(day)", "--serial", "S\(day)") }
        for day in 1...4 {
            let since = "2026-01-0\(day)"
            try crm.succeed("contact", "link", "asset", "1", "\(day + 1)", "--role", "user", "--since", since)
        }
        let shown = try crm.screen("contact show 1", columns: 100)
        #expect(shown.contains("Assets (5):"))
        let names = ["A4", "A3", "A2"].map { shown.range(of: $0)?.lowerBound }
        #expect(names.allSatisfy { $0 != nil } && names.compactMap(\.self) == names.compactMap(\.self).sorted())
        #expect(!shown.contains("A1") && shown.contains("…"))
    }

    @Test(
        "The records of one module that hang on another are listed alone",
        arguments: [
            ("organization links opportunity 1", ["Flota"]), ("organization links contact 1", ["Ana Ruiz"]),
            ("organization links organization 1", ["Filial"]), ("contact links contact 1", ["Vega"]),
            ("opportunity links event 1", ["Demo"]), ("campaign links opportunity 1", ["Flota"]),
            ("contact links organization 1", ["Acme, S.A."]), ("opportunity links campaign 2", []),
        ]
    )
    func oneModule(line: String, names: [String]) throws {
        var words = line.split(separator: " ").map(String.init)
        if words[2] == "campaign" {
            #expect(try crm.run(words).status == 2)
            return
        }
        words += ["--format", "csv", "--no-header", "--columns", "name"]
        #expect(try crm.succeed(words).lines.map { $0.filter { $0 != "\"" } } == names)
    }

    @Test("Their columns are those the module declares, on a terminal without the empty ones")
    func oneModuleOnScreen() throws {
        let shown = try crm.screen("organization links opportunity 1")
        #expect(shown.contains("Id  Name   Stage                 Amount  Expected close date\n"))
        #expect(shown.contains(" 1  Flota  Proposal/Quote  48000.00 USD  2099-12-31\n"))
        #expect(try crm.succeed("organization", "links", "opportunity", "1", "--count").output == "1\n")
    }

    @Test("The schemas tell of them")
    func schemas() throws {
        let record = try crm.json("schema", "organization")["properties"]?["related"]?["properties"]
        for module in ["contact", "opportunity", "quote", "sales_order", "event", "organization"] {
            #expect(record?[module] != nil, "\(module)")
        }
        let properties = try crm.json("schema", "links")["properties"]
        for key in ["module", "role", "field", "date", "record"] { #expect(properties?[key] != nil, "\(key)") }
        #expect(try crm.run("schema", "organization", "--links", "opportunity").status == 0)
    }

    @Test("a link with a period is dated by its beginning, seen from either side") func since() throws {
        let crm = try CRM()
        try crm.add("contact", "--last-name", "Vega")
        try crm.add(
            "asset",
            "--name",
            "Laptop",
            "--serial",
            "S-9",
            "--contact",
            "1",
            "--role",
            "custodian",
            "--since",
            "2026-02-01"
        )
        for (noun, module) in [("asset", "contact"), ("contact", "asset")] {
            let row = try crm.json(noun, "links", "1").elements.first { $0["module"]?.string == module }
            #expect(row?["date"]?.string?.hasPrefix("2026-02-01") == true, "\(noun)")
        }
    }
}
