import Testing

/// Tables as spreadsheets, shops, forms and databases send them.
@Suite struct SentTableTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    // MARK: - Tabs

    @Test(
        "Cells between tabs that a spreadsheet has put in quotes are read without them, and others as they stand",
        arguments: [
            ("Ana\t\"Ruiz, hija\"\tx\r", "Ana|Ruiz, hija|x"),
            ("Ana\t\"Ruiz, hija\"\t\"a \"\"b\"\"\"", "Ana|Ruiz, hija|a \"b\""),
            ("Luis\tPaz\t\"dice \"\"hola\"\"\"", "Luis|Paz|dice \"hola\""),
            ("Eva\tPaz\t\"una\ndos\"", "Eva|Paz|una\ndos"), ("\"Ana\"\tRuiz\tx", "\"Ana\"|Ruiz|x"),
            ("Ana\tRuiz\t\"Sol\", dijo", "Ana|Ruiz|\"Sol\", dijo"),
            ("Ana\t\"Ruiz, hija\"\t5\" x 3\"", "Ana|\"Ruiz, hija\"|5\" x 3\""),
        ]
    )
    func quotedCells(row: String, stored: String) throws {
        let end = row.hasSuffix("\r") ? "\r\n" : "\n"
        let result = try importing("first_name\tlast_name\tdescription\(end)\(row)\n", in: "in.tsv")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT first_name || '|' || last_name || '|' || description FROM contact") == stored)
        let isRaw = stored == row.replacing("\t", with: "|")
        #expect(result.errors.contains("cells stand in quotes") == !isRaw, "\(result.errors)")
    }

    @Test("Quotes around a comma alone may be the cell's own where lines end otherwise than a spreadsheet's, and stay")
    func doubtfulQuotes() throws {
        try crm.succeed("contact", "add", "--last-name", "\"Ruiz, hija\"")
        try crm.shell("crm contact list -c last_name,description --format tsv >own.tsv")
        for (options, name) in [([String](), "\"Ruiz, hija\""), (["--delimiter", "tab"], "Ruiz, hija")] {
            let result = try crm.run(["contact", "import", "own.tsv"] + options)
            #expect(result.status == 0 && result.errors.contains("--delimiter tab reads") == options.isEmpty)
            #expect(try crm.sql("SELECT last_name FROM contact ORDER BY id DESC LIMIT 1") == name)
        }
    }

    @Test("What the program itself wrote between tabs comes back with its quotes")
    func ownQuotes() throws {
        try crm.succeed("contact", "add", "--last-name", "\"Ruiz, hija\"", "--description", "una\ndos")
        try crm.shell("crm contact export --format tsv -o own.tsv")
        let again = try crm.succeed("contact", "import", "own.tsv")
        #expect(again.output.contains("1 unchanged"), "\(again.output)")
    }

    // MARK: - Numbers of telephones

    @Test(
        "What a spreadsheet has made of a telephone number is no part of it",
        arguments: [
            ("+34600000001.0", "+34600000001"), ("52 1 5512345678.0", "52 1 5512345678"),
            ("5.512345678E9", "5512345678"),
            ("5.51234567E9", "5512345670"), ("(55) 1234-5678.00", "(55) 1234-5678"), ("5512345678.0", "5512345678"),
            ("55 12.34", "55 12.34"),
        ]
    )
    func phones(cell: String, phone: String) throws {
        let result = try importing("last_name,phone\nRuiz,\(cell)\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT phone FROM contact") == phone)
    }

    @Test("The end of another number is refused where no country is known", arguments: ["912345678-79", "912345678/9"])
    func endings(cell: String) throws {
        let result = try importing("last_name,phone\nRuiz,\(cell)\n")
        #expect(result.status == 6 && result.errors.contains("whole number"), "\(result.errors)")
        #expect(try importing("last_name,phone\nRuiz,33-1-23-45-67-89\n").status == 0)
    }

    @Test("A tax number that a program has written as a float is the number, and a code with an E is a code")
    func taxIDs() throws {
        try crm.succeed(["organization", "import"], stdin: "name,tax_id\nAcme,1.2345678E7\nBeta,12E4\n")
        #expect(try crm.sql("SELECT tax_id FROM organization ORDER BY id") == "12345678\n12E4")
    }

    // MARK: - Times

    @Test(
        "A moment may have its distance from UTC behind it",
        arguments: [
            "2026/11/27 9:05:07 p. m. GMT-6", "2026-11-28 03:05:07 UTC", "2026-11-27 21:05:07 -0600",
            "2026-11-28 03:05:07+00", "2026-11-28T03:05:07.123+00:00", "2026-11-27T21:05:07-06:00[America/Mexico_City]",
            "2026-11-27 21:05:07 GMT-06:00", "27 Nov 2026 21:05:07 -0600",
        ]
    )
    func offsets(cell: String) throws {
        let result = try importing("Apellidos,Marca temporal\nRuiz,\(cell)\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT created_at FROM contact") == "2026-11-28T03:05:07Z")
    }

    @Test("A distance from UTC says nothing without a time", arguments: ["2026-11-27 GMT-6x", "hoy GMT-6"])
    func offsetAlone(cell: String) throws {
        #expect(try importing("Apellidos,Timestamp\nRuiz,\(cell)\n").status == 6)
    }

    // MARK: - Links

    @Test("What a list writes of several links comes back as it was", arguments: ["csv", "json"])
    func roles(format: String) throws {
        try crm.add("contact", "--last-name", "Ruiz", "--email", "a@x.example")
        try crm.add("contact", "--last-name", "Paz", "--email", "b@x.example")
        try crm.add("asset", "--name", "TV", "--serial", "S1")
        try crm.succeed("contact", "link", "asset", "1", "1", "--role", "user")
        try crm.succeed("contact", "link", "asset", "2", "1")
        let columns = "id,name,serial,contacts.email,contacts.link.role"
        let links = "SELECT contact, ifnull(role, '-') FROM contact_asset ORDER BY contact"
        for roles in ["1|user\n2|-", "1|user\n2|user"] {
            let list = try crm.succeed("asset", "list", "--format", format, "--columns", columns).output
            try crm.write(list, to: "list.\(format)")
            let result = try crm.run("asset", "import", "list.\(format)")
            #expect(result.status == 0, "\(result.errors)")
            #expect(try crm.sql(links) == roles)
            try crm.succeed("contact", "unlink", "asset", "2", "1")
            try crm.succeed("contact", "link", "asset", "2", "1", "--role", "user")
        }
    }

    @Test("One role is that of all links, and as many others as there are not are refused")
    func countOfRoles() throws {
        try crm.add("contact", "--last-name", "Ruiz", "--email", "a@x.example")
        try crm.add("contact", "--last-name", "Paz", "--email", "b@x.example")
        let rows = "name,serial,contacts.email,contacts.link.role\nTV,S1,a@x.example; b@x.example,"
        #expect(try importing(rows + "user\n", as: "asset").status == 0)
        #expect(try crm.sql("SELECT count(*) FROM contact_asset WHERE role = 'user'") == "2")
        let wrong = try importing(rows + "user; owner; user\n", as: "asset")
        #expect(wrong.status == 6 && wrong.errors.contains("3 values for 2 linked records"), "\(wrong.errors)")
    }

    @Test("An address is found however it was copied", arguments: ["Ana <a@x.example>", "mailto:a@x.example"])
    func copiedKeys(cell: String) throws {
        try crm.add("contact", "--last-name", "Ruiz", "--email", "a@x.example")
        try crm.add("asset", "--name", "TV", "--serial", "S1")
        try crm.succeed(
            ["contact", "link", "asset", "--input", "-"],
            stdin: "contact.email,asset.serial\n\(cell),S1\n"
        )
        #expect(try crm.sql("SELECT count(*) FROM contact_asset") == "1")
    }

    // MARK: - Words and forms

    @Test(
        "Countries are known by their codes of three letters",
        arguments: [("MEX", "MX"), ("esp", "ES"), ("USA", "US"), ("DEU", "DE")]
    )
    func countries(cell: String, code: String) throws {
        #expect(try importing("Apellidos,Ciudad,País\nRuiz,León,\(cell)\n").status == 0)
        #expect(try crm.sql("SELECT country FROM address") == code)
    }

    @Test(
        "Yes and no are said by marks and initials",
        arguments: [("✗", "0"), ("✘", "0"), ("☐", "0"), ("✔️", "1"), ("✓", "1"), ("V", "1"), ("F", "0"), ("x", "1")]
    )
    func marks(cell: String, value: String) throws {
        #expect(try importing("last_name,do_not_call\nRuiz,\(cell)\n").status == 0)
        #expect(try crm.sql("SELECT do_not_call FROM contact") == value)
    }

    @Test("Blanks may stand between a comma and a quote")
    func blanksBeforeQuotes() throws {
        try crm.succeed(["contact", "import"], stdin: "\"first_name\", \"last_name\"\n\"Ana\",  \"Paz, \"\"la\"\"\"\n")
        #expect(try crm.sql("SELECT first_name, last_name FROM contact") == "Ana|Paz, \"la\"")
    }

    @Test("Records within an object are to be taken out first", arguments: ["in.json", "in.jsonl"])
    func wrapped(file: String) throws {
        try crm.write(#"{"data":[{"last_name":"Ruiz"}]}"# + "\n", to: file)
        let result = try crm.run("contact", "import", file)
        #expect(result.status == 6 && result.errors.contains("jq"), "\(result.errors)")
    }

    // MARK: - Headers

    @Test(
        "Headers of shops, forms and other programs are known",
        arguments: [
            (
                "contact", "billing_first_name,billing_last_name,billing_address_1,billing_postcode,billing_email",
                "first_name,last_name,address.billing.street,address.billing.postal_code,email"
            ),
            ("contact", "last_name,Create Date", "created_at"), ("contact", "last_name,Lead Status", "-"),
            ("contact", "last_name,Unsubscribed from all email", "email_opt_out"),
            ("contact", "Apellidos y nombre", "name"), ("contact", "last_name,Razón social", "organization.name"),
            ("contact", "last_name,Domicilio particular", "address.home.street"),
            ("contact", "last_name,Nombre de cuenta", "organization.name"),
            ("contact", "last_name,Calle de correspondencia", "address.work.street"),
            ("contact", "Persona de contacto", "name"), ("contact", "Apellidos *", "last_name"),
            ("contact", "Apellidos (obligatorio)", "last_name"), ("organization", "Nombre*", "name"),
            ("opportunity", "Título del negocio", "name"), ("opportunity", "name,Persona de contacto", "contact.name"),
            ("opportunity", "name,Nombre de la cuenta", "organization.name"),
            ("organization", "name,Parent Account", "member_of.name"), ("organization", "name,NIF/CIF", "tax_id"),
            ("organization", "CardName,LicTradNum", "name,tax_id"),
        ]
    )
    func headers(noun: String, header: String, fields: String) throws {
        let mapped = try mapping(header, as: noun)
        #expect(mapped.suffix(fields.split(separator: ",").count).joined(separator: ",") == fields, "\(mapped)")
    }

    @Test(
        "Under a header that says so the family names come first",
        arguments: [
            ("Ruiz Ana", "Ana|Ruiz"), ("Ruiz Mora Ana", "Ana|Ruiz Mora"), ("\"Ruiz Mora, Ana\"", "Ana|Ruiz Mora"),
            ("Ruiz Mora Ana María", "Ana María|Ruiz Mora"),
        ]
    )
    func familyFirst(cell: String, name: String) throws {
        let result = try importing("Apellidos y nombre\n\(cell)\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT first_name, last_name FROM contact") == name)
        let unclear = try importing("Apellidos y nombre\nRuiz de la Mora Ana\n")
        #expect(unclear.status == 6 && unclear.errors.contains("comma"), "\(unclear.errors)")
    }

    @Test("Lines name what is sold by its code")
    func codeOfLines() throws {
        try crm.add("product", "--name", "Cable", "--code", "007", "--price", "10")
        try crm.write("Código,quantity,unit_price\n007,2,10.00\n", to: "lines.csv")
        try crm.add("organization", "--name", "Acme")
        let quote = ["quote", "add", "--subject", "Q", "--organization", "1", "--lines", "lines.csv"]
        let result = try crm.run(quote)
        #expect(result.status == 0, "\(result.errors)")
    }
}
