import Testing

/// Quantities of links, which people write with what the product is counted in.
@Suite struct LinkUnitTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.add("product", "--name", "Harina", "--code", "H", "--unit", "kg")
        try crm.add("product", "--name", "Tuerca", "--code", "T")
    }

    @Test("The unit of the product is taken, as lines take it", arguments: ["3", "3 kg", "3 kilos", "3 Kg"])
    func taken(quantity: String) throws {
        try crm.succeed("contact", "link", "product", "1", "1", "--quantity", quantity)
        let rows = "contact,product,quantity\n1,1,\(quantity)\n"
        let again = try crm.succeed("contact", "link", "product", "--input", "-", "--input-format", "csv", stdin: rows)
        #expect(again.errors == "")
        try crm.succeed("product", "import", stdin: "name,contact,quantity\nMasa,1,7\n")
        #expect(try crm.sql("SELECT group_concat(quantity) FROM contact_product") == "3000000,7000000")
    }

    @Test(
        "Another unit, and one of a product that has none, is refused",
        arguments: [
            ("1", "3 h", "product 1 counts in Kg, not in Hours"),
            ("2", "3 kg", "nothing says that product 2 counts in Kg"),
            ("1", "3 naranjas", "naranjas is none of its units"),
        ]
    )
    func refused(product: String, quantity: String, reason: String) throws {
        let one = try crm.run("contact", "link", "product", "1", product, "--quantity", quantity)
        #expect(one.status == 2)
        #expect(one.errors.contains(reason), "\(one.errors)")
        let rows = "contact,product,quantity\n1,\(product),\(quantity)\n"
        let many = try crm.run(
            ["contact", "link", "product", "--input", "-", "--input-format", "csv"],
            stdin: Array(rows.utf8)
        )
        #expect(many.status == 6)
        #expect(many.errors.contains(reason), "\(many.errors)")
        #expect(try crm.sql("SELECT count(*) FROM contact_product") == "0")
    }
}
