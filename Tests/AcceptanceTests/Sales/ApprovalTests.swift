import Testing

/// Two people for a purchase: who asks for it and who approves it.
@Suite struct ApprovalTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.add("contact", "--last-name", "Paz")
        try crm.add("purchase-order", "--subject", "P", "--line", "text=n,price=1")
        try crm.succeed("config", "set", "purchase-order.approval", "two-people")
    }

    private func link(_ verb: String, _ contact: String, _ role: String) throws -> (status: Int32, errors: String) {
        let run = try crm.run("contact", verb, "purchase-order", contact, "1", "--role", role)
        return (run.status, run.errors)
    }

    @Test("A link does not make an approver of nobody's request, nor of who asks for it")
    func linked() throws {
        let early = try link("link", "1", "approver")
        #expect(early.status == 5 && early.errors.contains("was requested by nobody"), "\(early.errors)")
        #expect(try link("link", "1", "requester").status == 0)
        let own = try link("link", "1", "approver")
        #expect(own.status == 5 && own.errors.contains("was requested by contact 1"), "\(own.errors)")
        #expect(try link("link", "2", "approver").status == 0)
        let late = try link("link", "2", "requester")
        #expect(late.status == 5 && late.errors.contains("was approved by contact 2"), "\(late.errors)")
        #expect(try crm.run("purchase-order", "edit", "1", "--status", "approved").status == 0)
    }

    @Test("Neither goes as long as the approval stands on it, be the links named, chosen or read")
    func unlinked() throws {
        try crm.succeed("purchase-order", "request", "1", "--contact", "1")
        try crm.succeed("purchase-order", "approve", "1", "--contact", "2")
        #expect(try link("unlink", "1", "requester").status == 5)
        #expect(try link("unlink", "2", "approver").status == 5)
        let chosen = try crm.run(
            "contact",
            "unlink",
            "purchase-order",
            "1",
            "--where",
            "id > 0",
            "--role",
            "requester",
            "--yes"
        )
        #expect(chosen.status == 5, "\(chosen.errors)")
        try crm.write("contact,purchase_order,role\n1,1,approver\n", to: "links.csv")
        #expect(try crm.run("contact", "link", "purchase-order", "--input", "links.csv").status == 6)
        let shown = try crm.json("contact", "links", "purchase-order", "1")
        #expect(shown.elements.count == 1)
    }

    /// Tables with other lines for a purchase that is approved, and one for another purchase.
    private static let tables = [
        "number,line.text,line.price\nP1,m,1\nP2,m,5\n", "number,lines\nP1,\"text=m,price=1\"\nP2,\"text=m,price=5\"\n",
        #"[{"number":"P1","lines":[{"text":"m","unit_price":1}]},{"number":"P2","lines":[{"text":"m","unit_price":5}]}]"#,
    ]

    @Test("A row that would change what was approved is rejected, and the others are taken if asked", arguments: tables)
    func imported(table: String) throws {
        try crm.succeed("purchase-order", "edit", "1", "--number", "P1")
        try crm.add("purchase-order", "--subject", "P", "--number", "P2", "--line", "text=n,price=1")
        try crm.succeed("purchase-order", "request", "1", "--contact", "1")
        try crm.succeed("purchase-order", "approve", "1", "--contact", "2")
        let format = table.hasPrefix("[") ? "json" : "csv"
        let command = ["purchase-order", "import", "-", "--match", "number", "--input-format", format]
        let strict = try crm.run(command, stdin: Array(table.utf8))
        #expect(strict.status == 6 && strict.errors.contains("row 1"), "\(strict.errors)")
        let words = "is approved, and its lines would be others: --force insists"
        #expect(strict.errors.contains(words), "\(strict.errors)")
        #expect(!strict.errors.contains("is not rejected"), "\(strict.errors)")
        let result = try crm.run(command + ["--continue-on-error"], stdin: Array(table.utf8))
        #expect(result.status == 6 && result.output == "2 rows, 1 updated, 1 failed\n", "\(result)")
        let lines = try crm.sql("SELECT group_concat(text || unit_price) FROM purchase_order_line")
        #expect(lines == "n100,m500", "\(lines)")
        #expect(try crm.run(command + ["--force", "--dry-run"], stdin: Array(table.utf8)).status == 0)
        #expect(try crm.run("check").status == 0)
    }

    @Test("Who asked for a purchase and who approved it do not become one")
    func merged() throws {
        try crm.add("contact", "--last-name", "Paz")
        try crm.succeed("purchase-order", "request", "1", "--contact", "1")
        try crm.succeed("purchase-order", "approve", "1", "--contact", "2")
        let refused = try crm.run("contact", "merge", "1", "2", "--yes")
        #expect(refused.status == 5, "\(refused.errors)")
        #expect(
            refused.errors.contains(
                "contacts 1 and 2 cannot become one: purchase order 1 was requested by contact 1, and another must"
            ),
            "\(refused.errors)"
        )
        #expect(try crm.json("contact", "links", "purchase-order", "2").elements.count == 1)
        #expect(try crm.run("contact", "merge", "2", "3", "--yes").status == 0)
        #expect(try crm.run("contact", "merge", "1", "3", "--yes", "--dry-run").status == 5)
    }

    @Test("Who approved a purchase is not deleted while the approval stands on them", arguments: [false, true])
    func deleted(chosen: Bool) throws {
        try crm.add("contact", "--last-name", "Sosa")
        try crm.succeed("purchase-order", "request", "1", "--contact", "1")
        try crm.succeed("purchase-order", "approve", "1", "--contact", "2")
        let words = chosen ? ["--where", "last_name = Paz"] : ["2"]
        let refused = try crm.run(["contact", "delete"] + words + ["--yes"])
        #expect(refused.status == 5, "\(refused.errors)")
        let told = "contact 2 cannot be deleted: purchase order 1 was approved by"
        #expect(refused.errors.contains(told), "\(refused.errors)")
        #expect(try crm.sql("SELECT count(*) FROM contact") == "3")
        try crm.succeed("purchase-order", "approve", "1", "--contact", "3")
        #expect(try crm.run(["contact", "delete"] + words + ["--yes"]).status == 0)
        #expect(try crm.run("purchase-order", "delete", "1", "--yes").status == 0)
    }

    @Test("An order that nobody asked for is not approved, whoever approved it before two people were needed")
    func before() throws {
        try crm.succeed("config", "set", "purchase-order.approval", "one-person")
        try crm.succeed("contact", "link", "purchase-order", "1", "1", "--role", "approver")
        try crm.succeed("config", "set", "purchase-order.approval", "two-people")
        let received = try crm.run("purchase-order", "receive", "1")
        #expect(received.status == 5 && received.errors.contains("was requested by nobody"), "\(received.errors)")
    }

    private func approve() throws {
        try crm.succeed("purchase-order", "request", "1", "--contact", "1")
        try crm.succeed("purchase-order", "approve", "1", "--contact", "2")
    }

    /// Ways to change what an order comes to.
    private static let changes = [
        "purchase-order line edit 1 1 --price 500000", "purchase-order line add 1 text=m,price=500000",
        "purchase-order line remove 1 1", "purchase-order edit 1 --shipping 500000",
        "purchase-order edit 1 --line text=m,price=500000",
        "apply order.jsonl",
    ]

    @Test("What two people approved does not come to something else unless that is forced", arguments: changes)
    func total(words: String) throws {
        let lines = #"[{"text":"m","unit_price":"7","quantity":"1"}]"#
        try crm.write(#"{"module":"purchase_order","external_id":"P","lines":\#(lines)}"# + "\n", to: "order.jsonl")
        try crm.succeed("purchase-order", "edit", "1", "--external-id", "P")
        #expect(try crm.shell("crm \(words)").errors == "")
        try crm.succeed("undo")
        try approve()
        let before = try crm.sql("SELECT total, currency FROM purchase_order")
        for status in ["approved", "created"] {
            try crm.succeed("purchase-order", "edit", "1", "--status", status)
            let refused = try crm.shell("crm \(words)")
            #expect(refused.status == 5 || refused.status == 6, "\(refused.errors)")
            #expect(refused.errors.contains("is approved, and its total would be another"), "\(refused.errors)")
            #expect(try crm.sql("SELECT total, currency FROM purchase_order") == before)
        }
        let forced = try crm.shell("crm \(words) --force")
        #expect(forced.status == 0, "\(forced.errors)")
        // What is put back whole is told by the line.
        if !words.hasPrefix("apply") { #expect(forced.errors.contains("its total changes"), "\(forced.errors)") }
        try crm.succeed("undo")
        #expect(try crm.sql("SELECT total, currency FROM purchase_order") == before)
        try crm.succeed("purchase-order", "line", "edit", "1", "1", "--comment", "x")
    }

    /// Ways to order something else for the same total, with the word for what would change.
    private static let others = [
        ("purchase-order line edit 1 1 --text m", "lines"),
        ("purchase-order line edit 1 1 --quantity 2 --price 0.50", "lines"),
        ("purchase-order line edit 1 1 --unit box", "lines"),
        ("purchase-order line edit 1 1 --price 2 --discount 50%", "lines"),
        ("purchase-order line edit 1 1 --tax exempt", "lines"),
        ("purchase-order line edit 1 1 --product 1 --price 1 --tax= --text=", "lines"),
        ("purchase-order line add 1 text=m,price=0", "lines"),
        ("purchase-order line remove 1 2", "lines"),
        ("purchase-order edit 1 --line text=m,price=0", "lines"),
        ("apply order.jsonl", "lines"),
        ("purchase-order edit 1 --supplier 1", "supplier"),
        ("purchase-order edit 1 --supplier-name Otro", "supplier name"),
        ("purchase-order edit --where id=1 --supplier-name Otro --yes", "supplier name"),
        ("purchase-order edit 1 --shipping 1 --adjustment=-1", "shipping"),
    ]

    @Test("What two people approved is what is ordered, though the total be the same", arguments: others)
    func sameTotal(words: String, what: String) throws {
        try crm.add("organization", "--name", "Otro")
        try crm.add("product", "--name", "Bomba", "--price", "1")
        try crm.succeed("purchase-order", "line", "add", "1", "text=gratis,price=0")
        try crm.succeed("purchase-order", "edit", "1", "--external-id", "P")
        let lines = #"[{"text":"m","unit_price":"1"},{"text":"gratis","unit_price":"0"}]"#
        try crm.write(#"{"module":"purchase_order","external_id":"P","lines":\#(lines)}"# + "\n", to: "order.jsonl")
        try crm.succeed("config", "set", "purchase-order.approval", "one-person")
        #expect(try crm.shell("crm \(words)").errors == "")
        try crm.succeed("undo")
        try crm.succeed("config", "set", "purchase-order.approval", "two-people")
        try approve()
        let before = try crm.succeed("export").output
        for status in ["approved", "cancelled", "created"] {
            try crm.succeed("purchase-order", "edit", "1", "--status", status)
            let refused = try crm.shell("crm \(words)")
            #expect(refused.status == 5 || refused.status == 6, "\(refused.errors)")
            #expect(refused.errors.contains("is approved, and its \(what) would be"), "\(refused.errors)")
        }
        let forced = try crm.shell("crm \(words) --force")
        #expect(forced.status == 0, "\(forced.errors)")
        if !words.hasPrefix("apply") { #expect(forced.errors.contains("its \(what) change"), "\(forced.errors)") }
        for _ in 0..<3 { try crm.succeed("undo") }
        #expect(Self.timeless(try crm.succeed("export").output) == Self.timeless(before))
        #expect(try crm.run("check").status == 0)
    }

    private static func timeless(_ lines: String) -> String { lines.replacing(/"updated_at":"[^"]*"/, with: "") }

    @Test("Comments, positions and dates of what was approved are free, and so is what has come of it")
    func freeChanges() throws {
        try crm.add("product", "--name", "Bomba", "--price", "2")
        try crm.succeed("purchase-order", "line", "add", "1", "product=1,quantity=3")
        try crm.succeed("purchase-order", "edit", "1", "--external-id", "P")
        try approve()
        let lines = #"[{"product":1,"quantity":"3","unit_price":"2"},{"text":"n","unit_price":"1","comment":"y"}]"#
        try crm.write(#"{"module":"purchase_order","external_id":"P","lines":\#(lines)}"# + "\n", to: "order.jsonl")
        for words in [
            "purchase-order line move 1 2 1", "purchase-order line edit 1 1 --comment x", "apply order.jsonl",
            "purchase-order edit 1 --due-date 2030-01-01 --tracking-no T", "purchase-order receive 1 --quantity 1=1",
            "purchase-order receive 1",
        ] {
            let done = try crm.shell("crm \(words)")
            #expect(done.status == 0 && !done.errors.contains("approv"), "\(words): \(done.errors)")
        }
    }

    @Test("What an approved purchase orders goes on to be the same when products and suppliers become one")
    func mergedOrdered() throws {
        for name in ["Bomba", "Bomba 2"] { try crm.add("product", "--name", name, "--price", "2") }
        for name in ["Norte", "Norte 2"] { try crm.add("organization", "--name", name) }
        try crm.succeed("purchase-order", "edit", "1", "--line", "product=2", "--supplier", "2")
        try approve()
        for noun in ["product", "organization"] { try crm.succeed(noun, "merge", "1", "2", "--yes") }
    }

    @Test("Lines that were changed before the approval are not changed back after it")
    func undoneLines() throws {
        let words = [
            ["line", "edit", "1", "1", "--text", "m"], ["line", "add", "1", "text=m,price=0"],
            ["line", "remove", "1", "2"], ["edit", "1", "--supplier-name", "Norte"],
        ]
        var changes: [String] = []
        for word in words {
            try crm.succeed(["purchase-order"] + word)
            changes.append(try crm.sql("SELECT max(id) FROM change_set"))
        }
        try approve()
        for (change, what) in zip(changes.dropFirst(2), ["lines", "supplier name"]) {
            let refused = try crm.run("undo", change)
            #expect(refused.status != 0 && refused.errors.contains("its \(what) would be"), "\(refused.errors)")
        }
        for _ in 0..<2 { try crm.succeed("undo") }
        for change in changes.reversed() { try crm.succeed("undo", change) }
        #expect(try crm.run("check").status == 0)
    }

    @Test("Where one person is enough, another total of what was approved is told") func onePerson() throws {
        try crm.succeed("config", "set", "purchase-order.approval", "one-person")
        #expect(try crm.run("purchase-order", "line", "edit", "1", "1", "--price", "2").errors == "")
        try crm.succeed("purchase-order", "approve", "1", "--contact", "2")
        let told = try crm.run("purchase-order", "line", "edit", "1", "1", "--price", "3", "--lang", "es")
        #expect(told.errors.contains("la compra 1 está autorizada; su total cambia"), "\(told.errors)")
    }

    @Test("An undo takes nothing away on which an approval stands") func undone() throws {
        func newest() throws -> String { try crm.sql("SELECT max(id) FROM change_set") }
        try crm.succeed("purchase-order", "line", "edit", "1", "1", "--price", "5")
        let priced = try newest()
        try crm.succeed("purchase-order", "request", "1", "--contact", "1")
        let requested = try newest()
        try crm.succeed("purchase-order", "approve", "1", "--contact", "2")
        let approved = try newest()
        for (id, words) in [(priced, "its total would be another"), (requested, "was requested by nobody")] {
            let refused = try crm.run("undo", id)
            #expect(refused.status != 0 && refused.errors.contains(words), "\(refused.errors)")
        }
        try crm.succeed("purchase-order", "edit", "1", "--status", "created")
        let opened = try newest()
        try crm.succeed("contact", "unlink", "purchase-order", "2", "1", "--role", "approver")
        let refused = try crm.run("undo", opened)
        #expect(refused.status != 0 && refused.errors.contains("was approved by nobody"), "\(refused.errors)")
        try crm.succeed("undo")
        for id in [opened, approved, requested, priced] { try crm.succeed("undo", id) }
        #expect(try crm.run("check").status == 0)
    }
}
