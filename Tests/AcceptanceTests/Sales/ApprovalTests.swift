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

    @Test("An order that nobody asked for is not approved, whoever approved it before two people were needed")
    func before() throws {
        try crm.succeed("config", "set", "purchase-order.approval", "one-person")
        try crm.succeed("contact", "link", "purchase-order", "1", "1", "--role", "approver")
        try crm.succeed("config", "set", "purchase-order.approval", "two-people")
        let received = try crm.run("purchase-order", "receive", "1")
        #expect(received.status == 5 && received.errors.contains("was requested by nobody"), "\(received.errors)")
    }
}
