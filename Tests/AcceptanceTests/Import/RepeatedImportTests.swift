import Testing

/// A file that is taken in twice without a word of how rows are matched.
@Suite struct RepeatedImportTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private func told(_ module: String, _ rows: String, _ options: String...) throws -> [String] {
        try crm.succeed([module, "import", "--input-format", "csv"] + options, stdin: rows).errorLines
    }

    private static let names = "first_name,last_name\nAna,Ruiz\nLeo,Sol\n"

    @Test("Names alone that were there before are told, with the option that avoids it")
    func names() throws {
        #expect(try told("contact", Self.names) == [])
        #expect(
            try told("contact", "first_name,last_name\nANA,Ruíz\nEva,Gil\nLeo,Sol\n") == [
                "crm: 2 of 3 new contacts are like what was there before, contact 3 like contact 1: "
                    + "'crm undo' takes them back, and with --match first_name,last_name the rows are about those"
            ]
        )
        #expect(try crm.json("contact", "list").elements.count == 5)
    }

    @Test(
        "An address that all have is what the rows are matched by, and a telephone is none of it",
        arguments: [
            ("first_name,last_name,email,phone\nAna,Ruiz,ana@example.org,5555010001\n", "email"),
            ("first_name,last_name,email,phone\nAna,Ruiz,,5555010001\n", "first_name,last_name"),
            ("first_name,last_name,email\nAna,Ruiz,ana@example.org\nEva,Gil,\n", "first_name,last_name"),
        ]
    )
    func addresses(rows: String, fields: String) throws {
        try crm.succeed("contact", "import", stdin: rows)
        let told = try told("contact", rows, "--dry-run")
        #expect(told.last?.hasSuffix(": with --match \(fields) the rows are about those") == true, "\(told)")
        let again = try crm.succeed("contact", "import", "--match", fields, stdin: rows)
        #expect(again.output.contains(" unchanged") && again.errors == "", "\(again)")
    }

    @Test("Somebody else of the same address, or name, is not told")
    func others() throws {
        try crm.succeed("contact", "import", stdin: "first_name,last_name,email\nAna,Ruiz,ana@example.org\n")
        for row in ["Eva,Gil,ana@example.org", "Ana,Ruiz,otra@example.org"] {
            let told = try told("contact", "first_name,last_name,email\n\(row)\n", "--dry-run")
            #expect(!told.contains { $0.contains("what was there before") }, "\(told)")
        }
    }

    @Test("The option that is named avoids it")
    func avoided() throws {
        try crm.succeed("contact", "import", stdin: Self.names)
        let again = try crm.succeed("contact", "import", "--match", "first_name,last_name", stdin: Self.names)
        #expect(again.output == "2 rows, 2 unchanged\n")
        #expect(again.errors == "")
    }

    @Test(
        "What else rows say tells them apart, and what they do not say does not",
        arguments: [
            ("first_name,last_name,title\nAna,Ruiz,Jefa\n", 1),
            ("first_name,last_name,title\nAna,Ruiz,\n", 1),
            ("first_name,last_name\nAna,Ruiz\n", 1),
            ("first_name,last_name,title\nAna,Ruiz,Directora\n", 0),
            ("first_name,last_name,email\nAna,Ruiz,otra@example.org\n", 0),
            ("first_name,last_name,external_id\nAna,Ruiz,K9\n", 0),
        ]
    )
    func likeness(rows: String, lines: Int) throws {
        try crm.add(
            "contact",
            "--first-name",
            "Ana",
            "--last-name",
            "Ruiz",
            "--title",
            "Jefa",
            "--mobile",
            "5512345678"
        )
        #expect(try told("contact", rows).count == lines)
    }

    @Test("A first import, one of what is new, and one that is matched by ids say nothing")
    func silent() throws {
        #expect(try told("organization", "name\nAcme\nAcme\n") == [])
        #expect(try told("organization", "name\nBeta\n") == [])
        #expect(try told("organization", "id,name\n1,Acme\n3,Beta\n") == [])
    }

    @Test("What every record of a module must have is matched by, too")
    func required() throws {
        let rows = "subject,starts_at\nLlamada,2026-12-01 10:00\n"
        #expect(try told("event", rows) == [])
        #expect(try told("event", "subject,starts_at\nLlamada,2026-12-02 10:00\n") == [])
        let again = try told("event", rows)
        #expect(again.count == 1)
        #expect(again.first?.hasSuffix("and with --match subject,starts_at the rows are about those") == true)
    }

    @Test("Codes that differ in capitals alone are told", arguments: ["Tornillo", "Pieza"])
    func codes(name: String) throws {
        #expect(try told("product", "name,code\nTornillo,SKU-1\n") == [])
        let again = try told("product", "name,code\n\(name),sku-1\n")
        #expect(
            again.first?.hasPrefix("crm: product 2 shares the Product code sku-1 but for capitals with product 1")
                == true
        )
        #expect(
            again.dropFirst() == [
                "crm: the new product is like what was there before, product 2 like product 1: "
                    + "'crm undo' takes it back, and with --match code such a row is refused"
            ]
        )
    }

    @Test("Of very many records some are looked at")
    func many() throws {
        let rows = "name\n" + (1...5_000).map { "Cliente \($0)\n" }.joined()
        try crm.succeed("organization", "import", stdin: rows)
        let again = try crm.succeed("organization", "import", stdin: rows).errors
        #expect(again.contains("about 5000 of 5000 new organizations are like what was there before"))
    }

    @Test("Whole names are matched by no option, and how they can be is told")
    func wholeNames() throws {
        let rows = "Nombre,Puesto\nAna Ruiz,Jefa\n"
        try crm.succeed("contact", "import", stdin: rows)
        let told = try told("contact", rows)
        #expect(
            told.last?.contains("into columns first_name and last_name, and --match first_name,last_name") == true,
            "\(told)"
        )
    }

    @Test("A key that another record has is told with the option that avoids it")
    func heldKey() throws {
        let rows = "last_name,external_id\nRuiz,7\n"
        try crm.succeed("contact", "import", stdin: rows)
        let again = try crm.run("contact", "import", stdin: rows)
        #expect(again.status == 6 && again.errors.contains("with --match external_id"), "\(again)")
        #expect(
            try crm.succeed("contact", "import", "--match", "external_id", stdin: rows).output == "1 row, 1 unchanged\n"
        )
        let twice = try crm.run("contact", "import", stdin: "last_name,external_id\nRuiz,8\nPaz,8\n")
        #expect(twice.status == 6 && !twice.errors.contains("--match"), "\(twice)")
    }
}
