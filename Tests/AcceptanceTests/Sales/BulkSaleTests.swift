import Testing

/// Actions and edits on many documents at once, and what their dry runs tell of them.
@Suite struct BulkSaleTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz", "--email", "ana@example.org")
        try crm.add("product", "--name", "Bomba", "--code", "W", "--price", "1", "--stock", "10")
    }

    /// What a command on chosen records says that it did.
    private func done(_ words: [String]) throws -> JSON {
        try JSON(crm.succeed(words + ["--yes", "--json"]).outputBytes)
    }

    @Test("An action on chosen orders counts those whose lines it wrote, though no field of theirs changed")
    func counted() throws {
        try crm.add(
            "sales-order",
            "--subject",
            "A",
            "--line",
            "product=code:W,quantity=2",
            "--status",
            "delivered"
        )
        let deliver = ["sales-order", "deliver", "--where", "lines.open > 0"]
        let dry = try crm.run(deliver + ["-n"])
        #expect(dry.errors.contains("1 of 1 sales order would change"), "\(dry.errors)")
        #expect(dry.errors.contains("Delivered: — → 2"), "\(dry.errors)")
        #expect(dry.errors.contains("product 1 \"Bomba\"  Stock: 10 → 8"), "\(dry.errors)")
        #expect(!dry.errors.contains("Updated"), "\(dry.errors)")
        #expect(try crm.json("product", "show", "1")["stock"]?.digits == "10")
        let report = try done(deliver)
        #expect(report["updated"] == 1 && report["unchanged"] == 0, "\(report)")
        #expect(try crm.json("product", "show", "1")["stock"]?.digits == "8")
        #expect(try crm.json("sales-order", "deliver", "--where", "id > 0", "--yes")["updated"] == 0)
    }

    @Test("Links and opportunities that an action writes count, and its dry run tells of them")
    func links() throws {
        try crm.add("purchase-order", "--subject", "P", "--line", "product=code:W,quantity=5")
        let request = ["purchase-order", "request", "--where", "id > 0", "--contact", "1"]
        let dry = try crm.run(request + ["-n"])
        #expect(dry.errors.contains("linked with purchase order 1 \"P\""), "\(dry.errors)")
        #expect(try done(request)["updated"] == 1)
        #expect(try done(request)["updated"] == 0)
        try crm.add("organization", "--name", "Bombas del Norte")
        try crm.add(
            "opportunity",
            "--contact",
            "1",
            "--organization",
            "1",
            "--name",
            "O",
            "--stage",
            "prospecting",
            "--amount",
            "9",
            "--close-date",
            "2026-12-31"
        )
        try crm.add("quote", "--subject", "Q", "--stage", "accepted", "--opportunity", "1")
        let accept = ["quote", "accept", "--where", "id > 0", "--win"]
        let told = try crm.run(accept + ["-n"])
        #expect(told.errors.contains("opportunity 1 \"O\"  Stage: "), "\(told.errors)")
        #expect(try done(accept)["updated"] == 1)
    }

    @Test("Quotes that are chosen are ordered or revised, all of them or none, after they are counted")
    func making() throws {
        for subject in ["A", "B", "C"] {
            try crm.add("quote", "--subject", subject, "--line", "text=n,price=4", "--contact", "1")
        }
        try crm.succeed("view", "save", "quote", "dos", "--where", "subject in (A, B)")
        let order = ["quote", "order", "--view", "dos"]
        let unasked = try crm.run(order)
        #expect(unasked.status == 2 && unasked.errors.contains("2 quotes match"), "\(unasked.errors)")
        let dry = try crm.succeed(order + ["-n", "--json"])
        #expect(try JSON(dry.outputBytes).elements.count == 2)
        #expect(try crm.succeed("sales-order", "list", "--count").output == "0\n")
        let orders = try done(order + ["--where", "subject = A", "--due-date", "2026-12-24"]).elements
        #expect(orders.map { $0["due_date"]?.string } == ["2026-12-24"])
        #expect(try crm.run(order + ["--yes"]).status == 5)
        #expect(try crm.succeed("sales-order", "list", "--count").output == "1\n")
        #expect(try done(["quote", "order", "--where", "subject = Z"]).elements.isEmpty)
        #expect(try crm.run(order + ["1"]).status == 2)
        #expect(try crm.run("quote", "order").status == 2)
        #expect(try crm.succeed("quote", "revise", "--where", "subject = C", "--yes", "--format", "id").output == "4\n")
        try crm.succeed("undo")
        #expect(try crm.succeed("quote", "list", "--count").output == "3\n")
    }

    @Test("A dry run of an edit that adds lines shows them")
    func lines() throws {
        try crm.add("quote", "--subject", "Q")
        let edit = try crm.run("quote", "edit", "--where", "id > 0", "--line", "text=n,price=4", "-n")
        #expect(edit.errors.contains("quote 1 \"Q\"  added line 1"), "\(edit.errors)")
        #expect(edit.errors.contains("1 of 1 quote would change"))
        #expect(try crm.json("quote", "show", "1")["lines"]?.elements.isEmpty == true)
    }

    @Test("A dry run of a deletion lists what would go before it ends as the deletion would")
    func deletion() throws {
        try crm.add("quote", "--subject", "Q", "--contact", "1", "--line", "text=n,price=4")
        for arguments in [["1"], ["--where", "id > 0"]] {
            let dry = try crm.run(["quote", "delete"] + arguments + ["-n"])
            #expect(dry.status == 2)
            #expect((dry.output + dry.errors).contains("Q"))
            #expect(dry.errors.contains("1 line: would be deleted with it"), "\(dry.errors)")
            #expect(dry.errors.contains("1 contact: links would be dropped"), "\(dry.errors)")
            #expect(dry.errors.contains("add --yes"), "\(dry.errors)")
            #expect(try crm.run(["quote", "delete"] + arguments + ["-n", "--yes"]).status == 0)
        }
        #expect(try crm.run("quote", "list", "--count").output == "1\n")
    }
}
