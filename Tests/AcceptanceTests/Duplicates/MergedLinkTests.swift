import Testing

/// What becomes of what two links with one record say otherwise, when the records they are of become one.
@Suite struct MergedLinkTests {
    private let crm: CRM

    /// Contacts 1 and 2, of whom one wants product 1 and the other has bought it; product 2 is like the first, and
    /// contact 1 has it.
    init() throws {
        crm = try CRM()
        for name in ["Ruiz", "Ruiz Sosa"] { try crm.add("contact", "--last-name", name) }
        for name in ["Cable", "Cable 2m"] { try crm.add("product", "--name", name, "--price", "1") }
        try crm.succeed("contact", "link", "product", "1", "1", "--status", "interested", "--quantity", "2")
        try crm.succeed("contact", "link", "product", "2", "1", "--status", "purchased", "--quantity", "3")
        try crm.succeed("contact", "link", "product", "1", "2", "--status", "assigned", "--quantity", "5")
    }

    private func link() throws -> String {
        try crm.sql("SELECT status, quantity / 1000000, note FROM contact_product ORDER BY id LIMIT 1")
    }

    @Test("It is shown before, with what would be kept")
    func shown() throws {
        let rows = try crm.json("contact", "merge", "1", "2", "--dry-run").elements
        let row = try #require(rows.first { $0["field"]?.string == "product.link.status" })
        #expect(row["kept"]?.string == "purchased" && row["record"]?["name"]?.string == "Cable", "\(row)")
        #expect(row["values"]?.elements.map { $0["value"]?.string } == ["interested", "purchased"])
        #expect(row["others"]?.elements.first?["becomes"]?.string == "note")
        #expect(rows.first { $0["field"]?.string == "last_name" }?["record"] == .null)
        #expect(rows.contains { $0["field"]?.string == "product.link.quantity" })
        let table = try crm.succeed("contact", "merge", "1", "2", "--dry-run").output
        #expect(table.contains("product.link.status\tinterested\tpurchased\tpurchased\t1:note\t1\n"), "\(table)")
    }

    @Test("It is told, and stands in the note")
    func told() throws {
        let result = try crm.succeed("contact", "merge", "1", "2")
        let told = "Status \"Interested\" of the link of contact 1 with product 1 \"Cable\": in the note of the link"
        #expect(result.errors.contains(told), "\(result.errors)")
        #expect(try link() == "purchased|2|status: interested; quantity: 3")
        try crm.succeed("undo")
        let spanish = try crm.succeed("contact", "merge", "1", "2", "--lang", "es")
        let words =
            "Estado «Interesado» del vínculo del contacto 1 con el inventariable 1 «Cable»: en la nota del vínculo"
        #expect(spanish.errors.contains(words), "\(spanish.errors)")
    }

    /// Preferences, and the link that is left.
    private static let preferences = [
        ("product.link.status=2", "purchased|2|status: interested; quantity: 3"),
        ("product.link.quantity=2", "purchased|3|status: interested; quantity: 2"),
        ("product.link.status=1", "interested|2|status: purchased; quantity: 3"),
    ]

    @Test("A preference decides", arguments: preferences)
    func preferred(preference: String, left: String) throws {
        try crm.succeed("contact", "merge", "1", "2", "--prefer", preference)
        #expect(try link() == left)
    }

    @Test("One attribute may go by its record, and the rest by what is newer")
    func both() throws {
        try crm.sql("UPDATE contact SET updated_at = '2026-01-01T00:00:00Z' WHERE id = 1")
        try crm.succeed("contact", "merge", "1", "2", "--prefer", "newer", "--prefer", "product.link.status=1")
        #expect(try link() == "interested|3|status: purchased; quantity: 2")
    }

    @Test("So it is of products, whose links are with contacts")
    func products() throws {
        let result = try crm.succeed("product", "merge", "1", "2", "--prefer", "contact.link.quantity=2")
        #expect(result.errors.contains("with contact 1 \"Ruiz\": in the note of the link"), "\(result.errors)")
        #expect(try link() == "assigned|5|status: interested; quantity: 2")
    }

    /// Preferences that mean nothing, and what is said.
    private static let wrong = [
        ("product.link.colour=2", "there is product.link.status, product.link.quantity, product.link.warranty_until"),
        ("organization.link.role=2", "contacts are not linked with organization"),
        ("product.link.status=3", "no contact matches 3"), ("asset.link.role=2", "nothing to choose"),
    ]

    @Test("A preference that means nothing is refused", arguments: wrong)
    func refused(preference: String, words: String) throws {
        let result = try crm.run("contact", "merge", "1", "2", "--prefer", preference)
        #expect(result.status != 0 && result.errors.contains(words), "\(result.errors)")
    }

    @Test("Pairs of a file tell how many there were")
    func pairs() throws {
        let result = try crm.succeed("contact", "merge", "--input", "-", stdin: "{\"keep\":1,\"merge\":2}\n")
        #expect(result.errors.contains("2 values that links had otherwise stand in the notes"), "\(result.errors)")
        try crm.succeed("undo")
        let named = ["contact", "merge", "--input", "-", "--prefer", "product.link.status=2"]
        let refused = try crm.run(named, stdin: Array("{\"keep\":1,\"merge\":2}\n".utf8))
        #expect(refused.status == 2 && refused.errors.contains("names a record"), "\(refused.errors)")
    }

    @Test("A link that has always held goes on to, whichever of them is kept", arguments: [["1", "2"], ["2", "1"]])
    func unbounded(records: [String]) throws {
        for serial in ["A", "B"] { try crm.add("asset", "--name", "Laptop", "--serial", serial) }
        try crm.succeed("contact", "link", "asset", "1", "1", "--role", "user")
        try crm.succeed("contact", "link", "asset", "2", "1", "--role", "user", "--since", "2026-07-14")
        for (contact, since) in [("1", "2026-03-01"), ("2", "2026-07-14")] {
            try crm.succeed("contact", "link", "asset", contact, "2", "--role", "user", "--since", since)
        }
        try crm.succeed(["contact", "merge"] + records)
        #expect(try crm.sql("SELECT asset, since FROM contact_asset ORDER BY 1") == "1|\n2|2026-03-01")
        let held = try crm.succeed("report", "asset-holdings", "--on", "2026-01-01", "--format", "csv")
        #expect(held.lines.count == 2 && held.output.contains("in_service,\(records[0]),user,,"), "\(held.output)")
    }
}
