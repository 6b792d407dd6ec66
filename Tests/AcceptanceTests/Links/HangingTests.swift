import Testing

/// What `show` counts on a record and `links` lists is what `has` finds and paths lead to.
@Suite struct HangingTests {
    private let crm: CRM

    /// Ana takes part in a demo about Bea, and Bea in one about herself; Leo is the second owner of Ana's laptop. Acme
    /// has it, and made it and another. A chair and its assembly are on a quote, two sales orders and a purchase order.
    init() throws {
        crm = try CRM()
        try crm.add("organization", "--name", "Acme")
        try crm.add("organization", "--name", "Zeta")
        for name in ["Ana", "Bea", "Leo"] { try crm.add("contact", "--last-name", name) }
        let start = ["--starts-at", "2098-11-27T02:00:00Z", "--about", "contact:2"]
        try crm.succeed(["event", "add", "--contact", "1", "--subject", "Demo"] + start)
        try crm.succeed(["event", "add", "--contact", "2", "--subject", "Cita"] + start)
        try crm.succeed("comment", "add", "--contact", "1", "--body", "Hola", "--about", "contact:2")
        try crm.succeed("comment", "add", "--contact", "1", "--body", "Adiós", "--about", "contact:1")
        try crm.succeed("field", "add", "asset", "owner2", "--type", "ref:contact")
        try crm.succeed("field", "add", "asset", "maker", "--type", "ref:organization")
        let laptop = ["--serial", "L1", "--owner2", "3", "--maker", "1", "--organization", "1"]
        try crm.succeed(["asset", "add", "--name", "Laptop", "--contact", "1", "--role", "user"] + laptop)
        try crm.succeed("asset", "add", "--name", "Tablet", "--serial", "T1", "--maker", "1")
        try crm.add("product", "--name", "Silla", "--code", "P1", "--price", "3")
        try crm.add("product", "--name", "Mesa", "--code", "P2", "--price", "3")
        try crm.add("service", "--name", "Montaje")
        let lines = [
            "--line", "product=code:P1,quantity=2", "--line", "product=code:P1", "--line", "service=1,price=1",
        ]
        try crm.succeed(["quote", "add", "--subject", "Q", "--organization", "1"] + lines)
        for subject in ["S1", "S2"] {
            try crm.succeed(["sales-order", "add", "--subject", subject, "--organization", "1"] + lines)
        }
        try crm.succeed(["purchase-order", "add", "--subject", "C", "--supplier", "2"] + lines)
    }

    private func ids(_ noun: String, _ filter: String) throws -> [String] {
        try crm.succeed(noun, "list", "--where", filter, "--sort", "id", "--format", "id").lines
    }

    @Test(
        "Every record on which something is counted is found by what that is, and no other",
        arguments: ["contact", "organization", "asset", "product", "service", "event", "quote"]
    )
    func agree(noun: String) throws {
        var compared = 0
        for id in try crm.succeed(noun, "list", "--format", "id").lines {
            let related = try #require(try crm.json(noun, "show", id)["related"])
            for other in related.keys {
                compared += 1
                let isFound = try ids(noun, "has \(other) and id = \(id)") == [id]
                #expect(isFound == (related[other] != 0), "\(noun) \(id): \(other)")
                if other == noun { continue }
                // A field of the same name is the field, so that not every noun leads to several.
                let path = "\(other).id"
                let listed = try crm.json(noun, "list", "--where", "id = \(id)", "--columns", path)
                guard case .array(let all)? = listed.elements[0][path] else { continue }
                #expect(related[other] == JSON(integerLiteral: all.count), "\(noun) \(id): \(other)")
            }
        }
        #expect(compared > 0, "nothing hangs on any of the records")
    }

    @Test(
        "has finds by links, by references of any name and by rows of parts",
        arguments: [
            ("contact", "has event", ["1", "2"]), ("contact", "has event(subject = Cita)", ["2"]),
            ("contact", "not has event", ["3"]), ("contact", "has asset", ["1", "3"]),
            ("contact", "has asset(link.role = user)", ["1"]), ("contact", "has asset(link.role is empty)", ["3"]),
            ("contact", "has comment(body = hola)", ["1", "2"]), ("contact", "assets.serial = L1", ["1", "3"]),
            ("organization", "has asset", ["1"]), ("organization", "has asset(serial = T1)", ["1"]),
            ("organization", "not has asset", ["2"]), ("product", "has quote", ["1"]),
            ("product", "not has quote", ["2"]),
            ("product", "quotes.subject = Q", ["1"]), ("product", "has sales_order(subject = S2)", ["1"]),
            ("service", "has purchase_order(supplier.name = Zeta)", ["1"]),
            ("organization", "has contact", []),
        ] as [(String, String, [String])]
    )
    func filters(noun: String, filter: String, expected: [String]) throws {
        #expect(try ids(noun, filter) == expected)
    }

    @Test(
        "Columns, sort keys and groups lead there too, to each record once",
        arguments: [
            ("contact", "events.subject", ["Demo", "Demo; Cita", ""]), ("contact", "asset.serial", ["L1", "", "L1"]),
            ("contact", "assets.link.role", ["user", "", ""]),
            ("contact", "comments.body", ["Hola; Adiós", "Hola", ""]),
            ("organization", "assets.serial", ["L1; T1", ""]), ("product", "quotes.subject", ["Q", ""]),
            ("product", "sales_orders.subject", ["S1; S2", ""]), ("service", "purchase_orders.subject", ["C"]),
        ] as [(String, String, [String])]
    )
    func columns(noun: String, path: String, expected: [String]) throws {
        let rows = try crm.succeed(noun, "list", "--sort", "id", "--columns", "id,\(path)").lines.dropFirst()
        #expect(rows.map { String($0.drop { $0 != "\t" }.dropFirst()) } == expected)
        #expect(try crm.run(noun, "list", "--sort", path).status == 0)
        #expect(try crm.run(noun, "summarize", "--by", path, "--count").status == 0)
    }

    @Test("A record whose link has ended is still reached by its reference, and once where both stand")
    func ended() throws {
        try crm.succeed("asset", "edit", "1", "--owner2", "1")
        #expect(try crm.json("contact", "list", "--columns", "assets.serial").elements[0]["assets.serial"] == ["L1"])
        try crm.succeed("contact", "unlink", "asset", "1", "1")
        #expect(try ids("contact", "has asset") == ["1"])
        #expect(try crm.json("contact", "list", "--columns", "assets.serial").elements[0]["assets.serial"] == ["L1"])
    }

    @Test("links lists by the same ways from either side")
    func links() throws {
        #expect(try crm.succeed("organization", "links", "asset", "1", "--format", "id").lines == ["1", "2"])
        #expect(try crm.succeed("product", "links", "quote", "1", "--format", "id").lines == ["1"])
        #expect(try crm.succeed("product", "links", "sales-order", "1", "--count").output == "2\n")
    }

    @Test("These names are offered where a path or a filter is typed")
    func offered() throws {
        func words(_ line: [String]) throws -> [String] {
            try crm.succeed(["__complete", "zsh"] + line).lines.dropFirst().map {
                String($0.split(separator: "\t", omittingEmptySubsequences: false)[0])
            }
        }
        #expect(try words(["product", "list", "--where", "has qu"]) == ["has quote"])
        #expect(try words(["product", "list", "--columns", "quotes.subj"]) == ["quotes.subject"])
        #expect(try words(["organization", "list", "--where", "has ass"]) == ["has asset"])
    }
}
