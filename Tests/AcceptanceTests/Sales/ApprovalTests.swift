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
