import Testing

/// What the states of documents do not become, whatever writes them.
@Suite struct DocumentStateTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    /// Quote 1, superseded; 2, ordered by sales order 1; 3, rejected. Sales order 2 and purchase order 1, cancelled.
    private func prepare() throws {
        let line = ["--line", "text=n,price=4"]
        for key in ["A", "B", "C"] { try crm.add("quote", ["--subject", "Q", "--external-id", key] + line) }
        try crm.succeed("quote", "order", "2")
        try crm.succeed("quote", "reject", "3")
        try crm.succeed("quote", "revise", "1")
        for noun in ["sales-order", "purchase-order"] {
            try crm.add(noun, ["--subject", "S", "--external-id", "X", "--status", "cancelled"] + line)
        }
    }

    /// A record, what is set of it, and what is said.
    private static let states: [(noun: String, key: String, field: String, state: String, words: String)] = [
        ("quote", "A", "stage", "accepted", "quote 1 was superseded by quote 4"),
        ("quote", "A", "stage", "reviewed", "quote 1 was superseded by quote 4"),
        ("quote", "B", "stage", "rejected", "quote 2 was ordered by sales order 1"),
        ("quote", "B", "stage", "created", "quote 2 is accepted already"),
        ("quote", "C", "stage", "delivered", "quote 3 is rejected already"),
        ("sales-order", "X", "status", "delivered", "sales order 2 is cancelled"),
        ("purchase-order", "X", "status", "approved", "purchase order 1 is cancelled"),
        ("purchase-order", "X", "status", "received_shipment", "purchase order 1 is cancelled"),
    ]

    @Test(
        "What an action refuses of a state no other way of writing brings about, and --force insists",
        arguments: states
    )
    func refused(_ item: (noun: String, key: String, field: String, state: String, words: String)) throws {
        try prepare()
        let module = item.noun == "sales-order" ? "sales_order" : item.noun == "quote" ? "quote" : "purchase_order"
        try crm.write("external_id,\(item.field)\n\(item.key),\(item.state)\n", to: "rows.csv")
        try crm.write(
            "{\"module\":\"\(module)\",\"external_id\":\"\(item.key)\",\"\(item.field)\":\"\(item.state)\"}\n",
            to: "lines.jsonl"
        )
        let option = ["--\(item.field)", item.state]
        let ways = [
            [item.noun, "edit", "ext:\(item.key)"] + option,
            [item.noun, "edit", "--where", "external_id = \(item.key)", "--yes"] + option,
            [item.noun, "import", "rows.csv", "--match", "external_id"], ["apply", "lines.jsonl"],
        ]
        for words in ways {
            let result = try crm.run(words)
            #expect(result.status == 5 || result.status == 6, "\(words): \(result.status)")
            #expect(result.errors.contains(item.words), "\(words): \(result.errors)")
        }
        for words in ways {
            let former = try crm.json(item.noun, "show", "ext:\(item.key)")[item.field]
            try crm.succeed(words + ["--force"])
            #expect(try crm.json(item.noun, "show", "ext:\(item.key)")[item.field]?.string == item.state)
            let undone = try crm.succeed("undo").errors
            #expect(try crm.json(item.noun, "show", "ext:\(item.key)")[item.field] == former)
            let redo = try #require(undone.split { !$0.isNumber }.last, "\(undone)")
            try crm.succeed("undo", String(redo))
            #expect(try crm.json(item.noun, "show", "ext:\(item.key)")[item.field]?.string == item.state)
            try crm.sql(
                "UPDATE \(module) SET \(item.field) = '\(former?.string ?? "")' WHERE external_id = '\(item.key)'"
            )
        }
    }

    @Test("A history that comes in is in any state, and one that is told whole at once is taken")
    func history() throws {
        try crm.add("quote", "--subject", "New", "--line", "text=n,price=4")
        try crm.write(
            "subject,external_id,stage,superseded_by\nA,A,accepted,1\nB,B,rejected,\nC,C,created,\n",
            to: "rows.csv"
        )
        try crm.succeed("quote", "import", "rows.csv", "--match", "external_id")
        try crm.write("external_id,stage,superseded_by\nC,rejected,1\n", to: "later.csv")
        try crm.succeed("quote", "import", "later.csv", "--match", "external_id")
        #expect(try crm.sql("SELECT stage FROM quote ORDER BY id") == "created\naccepted\nrejected\nrejected")
    }

    @Test("An order that was cancelled is open again as created, and then delivered")
    func reviving() throws {
        try prepare()
        let refused = try crm.run("sales-order", "deliver", "2")
        #expect(refused.errors.contains("sales-order edit 2 --status created opens it again"), "\(refused.errors)")
        try crm.succeed("sales-order", "edit", "2", "--status", "created")
        try crm.succeed("sales-order", "deliver", "2")
    }

    @Test("Two people are needed for a purchase that was cancelled, too")
    func approval() throws {
        try prepare()
        try crm.succeed("config", "set", "purchase-order.approval", "two-people")
        let result = try crm.run("purchase-order", "edit", "1", "--status", "approved", "--force")
        #expect(result.status == 5 && result.errors.contains("was requested by nobody"), "\(result.errors)")
    }

    @Test("That a document has no lines, or open ones, is told where its state says that all is done")
    func unfinished() throws {
        for noun in ["quote", "sales-order", "purchase-order"] { try crm.add(noun, "--subject", "E") }
        try crm.add("sales-order", "--subject", "L", "--line", "text=n,price=4", "--line", "text=m,price=4")
        let told: [(String, String)] = [
            ("quote accept 1", "quote 1 has no lines"), ("quote order 1", "quote 1 has no lines"),
            ("sales-order deliver 1", "sales order 1 has no lines"),
            ("sales-order invoice 1 --number F1", "sales order 1 has no lines"),
            ("purchase-order receive 1", "purchase order 1 has no lines"),
            ("sales-order edit 2 --status delivered", "sales order 2: 2 lines are still to be delivered"),
            ("sales-order edit 2 --status approved", ""),
            ("sales-order edit --where id=2 --status delivered --yes", "1 sales order has lines still to be delivered"),
            ("sales-order edit --where id>0 --status approved --yes", ""),
            ("sales-order edit --where id=3 --status delivered --yes", "1 sales order has no lines"),
        ]
        for (line, words) in told {
            let result = try crm.run(line.split(separator: " ").map(String.init))
            let isTold = words.isEmpty ? !result.errors.contains("lines") : result.errors.contains(words)
            #expect(result.status == 0 && isTold, "\(line): \(result.errors)")
        }
    }

    @Test("Stock does not fall below zero by hand either, one by one or of many, and --force insists")
    func stock() throws {
        for (name, stock) in [("A", "9"), ("B", "3")] { try crm.add("product", "--name", name, "--stock", stock) }
        try crm.write("name,stock\nB,-1\n", to: "rows.csv")
        let ways = [
            ["product", "edit", "2", "--stock", "-5"], ["product", "edit", "2", "--stock", "=-2"],
            ["product", "edit", "--where", "id > 0", "--yes", "--stock", "-5"],
            ["product", "import", "rows.csv", "--match", "name"],
        ]
        for words in ways {
            let result = try crm.run(words)
            #expect(result.status == 5 || result.status == 6, "\(words): \(result.status)")
            #expect(result.errors.contains("product 2 has 3 left in stock") || result.errors.contains("below zero"))
            #expect(try crm.sql("SELECT stock FROM product ORDER BY id") == "9000000\n3000000", "\(words)")
        }
        try crm.succeed("product", "edit", "2", "--stock", "-5", "--force")
        try crm.succeed("product", "edit", "2", "--stock", "+1")
        #expect(try crm.json("product", "show", "2")["stock"]?.digits == "-1")
        #expect(try crm.run("product", "edit", "2", "--stock", "-1").status == 5)
        let new = try crm.run("product", "add", "--name", "C", "--stock", "=-2", "--lang", "es")
        #expect(new.status == 5 && new.errors.contains("está bajo cero"), "\(new.errors)")
        #expect(new.errors.contains("insistir con --force"))
        try crm.add("product", "--name", "C", "--stock", "=-2", "--force")
    }

    @Test("A discount of a document that is settled is told as its lines are, and what changes nothing is not")
    func amounts() throws {
        try crm.add("quote", "--subject", "Q", "--external-id", "Q", "--line", "text=n,price=10,quantity=2")
        try crm.succeed("quote", "accept", "1")
        let told = "quote 1 is accepted; its amounts change, those of its orders stay as they are"
        for words in [["1"], ["--where", "id = 1", "--yes"]] {
            let result = try crm.run(["quote", "edit"] + words + ["--discount-percent", "\(words.count)"])
            #expect(result.errors.contains(told), "\(result.errors)")
        }
        let line = try crm.run("quote", "line", "edit", "1", "1", "--discount", "5%")
        #expect(line.errors.contains("its lines change"), "\(line.errors)")
        for rows in [
            "external_id,lines\nQ,\"text=n,quantity=2,unit_price=10,discount=5%\"\n",
            "external_id,line.text,line.quantity,line.unit_price,line.discount_percent\nQ,n,2,10,5\n",
        ] {
            try crm.write(rows, to: "rows.csv")
            let again = try crm.run("quote", "import", "rows.csv", "--match", "external_id")
            #expect(again.output == "1 row, 1 unchanged\n" && again.errors.isEmpty, "\(again.errors)")
        }
    }

    @Test("A quote has organization and contacts of the opportunity that it names, an order those of its quote")
    func followed() throws {
        try crm.add("organization", "--name", "Acme")
        for name in ["Ruiz", "Vega", "Paz"] { try crm.add("contact", "--last-name", name, "--organization", "1") }
        let sale = ["--name", "O", "--amount", "1", "--close-date", "2026-12-31", "--stage", "proposal"]
        try crm.add("opportunity", ["--contact", "1"] + sale)
        try crm.succeed("opportunity", "link", "contact", "1", "2", "--role", "decision_maker")
        func links(_ noun: String, _ id: Int) throws -> [String] {
            let words = [
                noun, "links", "contact", "\(id)", "--columns", "name,link.role", "--format", "csv", "--no-header",
            ]
            return try crm.succeed(words).lines.sorted()
        }
        try crm.add("quote", "--subject", "Q", "--opportunity", "1")
        try crm.write("subject,opportunity\nI,1\n", to: "rows.csv")
        try crm.succeed("quote", "import", "rows.csv")
        for id in [1, 2] {
            #expect(try crm.json("quote", "show", "\(id)")["organization"]?["id"] ?? .null == 1)
            #expect(try links("quote", id) == ["Ruiz,recipient", "Vega,approver"])
        }
        try crm.succeed("apply", stdin: "{\"module\":\"quote\",\"subject\":\"A\",\"opportunity\":1}\n")
        #expect(try crm.sql("SELECT organization FROM quote WHERE id = 3") == "1")
        try crm.add("sales-order", "--subject", "S", "--quote", "1")
        #expect(try crm.sql("SELECT organization, opportunity FROM sales_order") == "1|1")
        #expect(try links("sales-order", 1) == ["Ruiz,buyer"])
        try crm.add("quote", "--subject", "Own", "--opportunity", "1", "--contact", "3")
        #expect(try links("quote", 4) == ["Paz,"])
    }
}
