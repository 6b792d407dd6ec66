import Testing

/// Cells of links, lines and addresses as spreadsheets and people spoil them, which imports of records know as well.
@Suite struct SpoiledCellTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    private func addPair() throws {
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz", "--email", "ana@example.org")
        try crm.add("asset", "--name", "Laptop", "--serial", "S1", "--status", "in_service", "--external-id", "A1")
    }

    @Test(
        "Quotes and blanks around the cells of links are none of them",
        arguments: [
            "contact,asset,role\n'ana@example.org','serial:S1','user'\n",
            "contact.email,asset.serial,role\n“ana@example.org”,'S1',\" user\n\"\n",
            "contact.name,asset.name,role\n\"Ana\nRuiz\",‘Laptop’,user\n",
            "contact,asset.ext,role\n' 1 ',' A1 ',user\n",
        ]
    )
    func links(rows: String) throws {
        try addPair()
        try crm.write(rows, to: "in.csv")
        let result = try crm.run(["contact", "link", "asset", "--input", "in.csv"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT role FROM contact_asset") == "user")
    }

    @Test("References one a line have no quotes around them, and unlink takes what link does")
    func references() throws {
        try addPair()
        let linked = try crm.run(["contact", "link", "asset", "1", "--input", "-"], stdin: Array("'serial:S1'\n".utf8))
        #expect(linked.status == 0, "\(linked.errors)")
        let taken = try crm.run(
            ["contact", "unlink", "asset", "--input", "-", "--yes"],
            stdin: Array("contact,asset\n'1','serial:S1'\n".utf8)
        )
        #expect(taken.status == 0, "\(taken.errors)")
    }

    @Test("A note of a link that has several lines is made one, and a person is told")
    func note() throws {
        try addPair()
        try crm.write("contact,asset,note\n1,1,\"se fue\nen mayo\"\n", to: "in.csv")
        let result = try crm.run(["contact", "link", "asset", "--input", "in.csv"])
        #expect(result.status == 0 && result.errors.contains("one line"), "\(result.errors)")
        #expect(try crm.sql("SELECT note FROM contact_asset") == "se fue en mayo")
    }

    @Test("Records are merged by references in quotes")
    func merges() throws {
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.add("contact", "--last-name", "Ruis")
        let result = try crm.run(
            ["contact", "merge", "--input", "-", "--input-format", "csv"],
            stdin: Array("keep,merge\n'1',“2”\n".utf8)
        )
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test(
        "Quotes and blanks around the cells of lines are none of them",
        arguments: [
            ("product", "'code:K1','2','10'"), ("product", "\" code:K1 \",2,10"), ("product.code", "‘K1’,\" 2 \",10"),
        ]
    )
    func lines(header: String, cells: String) throws {
        try crm.add("organization", "--name", "Acme")
        try crm.add("product", "--name", "Cable", "--code", "K1", "--price", "10")
        try crm.write("\(header),quantity,unit_price\n\(cells)\n", to: "lines.csv")
        let add = ["quote", "add", "--subject", "Q", "--organization", "1", "--lines", "lines.csv"]
        let result = try crm.run(add)
        #expect(result.status == 0, "\(result.errors)")
        let rows = "line.\(header),line.quantity,line.unit_price,subject\n\(cells),R\n"
        let imported = try importing(rows, as: "quote")
        #expect(imported.status == 0, "\(imported.errors)")
        let stored = try crm.sql("SELECT product, quantity, unit_price FROM quote_line")
        #expect(stored == "1|2000000|1000\n1|2000000|1000")
    }

    @Test(
        "A postcode of an address that was made a number is mended by its country",
        arguments: [
            ("1234.0,MX", "01234"), ("8001,ES", "08001"), ("8001,AT", "8001"), ("C.P. 6700,MX", "06700"),
            ("z:06700,MX", "06700"), ("06700,MX", "06700"), ("SW1A 1AA,GB", "SW1A 1AA"),
        ]
    )
    func postcodes(cells: String, code: String) throws {
        try crm.add("contact", "--last-name", "Ruiz")
        let rows = "contact,kind,city,postal_code,country\n1,work,León,\(cells)\n"
        #expect(try importing(rows, as: "address").status == 0)
        #expect(try crm.sql("SELECT postal_code FROM address") == code)
    }

    @Test("A postcode is mended by the country that is stored, and one that is stored so stays")
    func storedPostcodes() throws {
        try crm.succeed("config", "set", "country", "ES")
        try crm.add("contact", "--last-name", "Ruiz")
        let address = ["address", "add", "--contact", "1", "--kind", "work", "--external-id"]
        try crm.succeed(address + ["AT", "--country", "AT", "--city", "Wien"])
        try crm.succeed(address + ["ES", "--city", "León", "--postal-code", "1234"])
        let rows = "external_id,postal_code\nAT,1010\nES,1234\n"
        let result = try importing(rows, as: "address", "--match", "external_id")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT postal_code FROM address ORDER BY id") == "1010\n1234")
    }

    @Test(
        "A moment with its zone is the day on which it is midnight",
        arguments: [
            ("2026-11-26T00:00:00.000Z", "2026-11-26"), ("2026-11-26T00:00:00+02:00", "2026-11-26"),
            ("2026-11-26 00:00 UTC", "2026-11-26"), ("2026-11-26T06:00:00.000Z", "2026-11-26"),
            ("2026-11-26 06:00:00+00", "2026-11-26"), ("2026-11-26 09:30", "2026-11-26"),
            ("2026-11-26T10:00:00Z", ""), ("2026-11-26T10:00:00+02:00", ""), ("2026-11-26 10:00 UTC", ""),
        ]
    )
    func zones(cell: String, day: String) throws {
        try crm.write("last_name,birthdate\nRuiz,\(cell)\n", to: "in.csv")
        let result = try crm.run(["contact", "import", "in.csv"], env: ["TZ": "America/Mexico_City"])
        #expect(result.status == (day.isEmpty ? 6 : 0), "\(result.errors)")
        #expect(try crm.sql("SELECT birthdate FROM contact") == day)
        #expect(!day.isEmpty || result.errors.contains("write the day alone"), "\(result.errors)")
    }

    /// The lines of a quote that a table of one line brings in.
    private func taxes(_ header: String, _ cell: String) throws -> (errors: String, taxes: String) {
        let rows = "subject,line.text,line.quantity,line.unit_price,\(header)\nQ,Cable,1,100,\"\(cell)\"\n"
        let result = try importing(rows, as: "quote")
        return (result.errors, try crm.sql("SELECT ifnull(taxes, '') FROM quote_line"))
    }

    @Test(
        "Taxes are read as people write them, with or without what the header says already",
        arguments: [
            ("line.taxes", "IVA 16 %", #"["vat:16"]"#), ("line.taxes", "16%", #"["vat:16"]"#),
            ("line.taxes", "IVA 10,5%", #"["vat:10.5"]"#), ("line.taxes", "vat:0.16", #"["vat:0.16"]"#),
            ("line.taxes", "Recargo 0.5", #"["surcharge:0.5"]"#), ("IVA", "IVA 16 %", #"["vat:16"]"#),
            ("IVA", "IVA 16", #"["vat:16"]"#), ("IVA", "16,5%", #"["vat:16.5"]"#), ("IVA", "Exento", #"["exempt"]"#),
            ("Impuestos", "IVA 16% + IEPS 8%", #"["excise:8","vat:16"]"#),
            ("Impuestos", "IVA 10,5%, ISR 10%", #"["vat:10.5","withheld_income:10"]"#),
        ]
    )
    func taxes(header: String, cell: String, stored: String) throws {
        let (errors, taxes) = try taxes(header, cell)
        #expect(taxes == stored, "\(errors)")
    }

    @Test(
        "A rate that may be a part of one is refused, and one of another kind than its column has",
        arguments: [
            ("line.taxes", "0.16", "16%"), ("line.taxes", "0,16", "16%"), ("line.taxes", "IVA 0.16", "16%"),
            ("line.taxes", "ISR 0.1", "10%"), ("IVA", "0.16", "16%"), ("IVA", "IVA 0.16", "16%"),
            ("IVA", "IEPS 8%", "column of its own"),
        ]
    )
    func doubtfulTaxes(header: String, cell: String, words: String) throws {
        let (errors, taxes) = try taxes(header, cell)
        #expect(taxes.isEmpty && errors.contains(words), "\(taxes) \(errors)")
    }

    @Test(
        "A discount below one percent is refused under every header, and taken with its sign",
        arguments: [
            ("Descuento (%)", "0.1", nil), ("Descuento (%)", "10%", "100000"), ("Descuento (%)", "10", "100000"),
            ("Descuento (%)", "0.5%", "5000"), ("line.discount_percent", "0.1", nil),
            ("line.discount_percent", "0.1%", "1000"),
        ] as [(String, String, String?)]
    )
    func discounts(header: String, cell: String, stored: String?) throws {
        let column = header.contains(".") ? header : "line.\(header)"
        let rows = "subject,line.text,line.quantity,line.unit_price,\(column)\nQ,Cable,1,100,\(cell)\n"
        let result = try importing(rows, as: "quote")
        #expect(try crm.sql("SELECT discount_percent FROM quote_line") == stored ?? "", "\(result.errors)")
        #expect(stored != nil || result.errors.contains("may be 10% or 0.1%"), "\(result.errors)")
        try crm.write(
            "text,quantity,unit_price,\(header)\nCable,1,100,\(cell)\n".replacing("line.", with: ""),
            to: "l.csv"
        )
        try crm.add("organization", "--name", "Acme")
        let added = try crm.run(["quote", "add", "--organization", "1", "--subject", "L", "--lines", "l.csv"])
        #expect((added.status == 0) == (stored != nil), "\(added.errors)")
    }

    @Test("Of a name whose family names cannot be told it is said once, and what to do")
    func familyNames() throws {
        let result = try importing("Apellidos y nombre\nRuiz de la Mora Ana\n", as: "contact")
        #expect(result.errors.contains("comma") && result.errors.contains("last_name and first_name"))
        #expect(!result.errors.contains("required"), "\(result.errors)")
    }

    @Test(
        "Family names come first under any header that says so",
        arguments: ["Apellidos Nombre", "\"Apellido, nombre\"", "\"Last name, first name\"", "Apellidos/Nombre"]
    )
    func familyFirst(header: String) throws {
        let result = try importing("\(header),Correo\nRuiz Ana,a@example.org\n", as: "contact")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT first_name, last_name FROM contact") == "Ana|Ruiz")
    }

    @Test("People are matched by the parts of their names together, which is told where whole names are meant")
    func names() throws {
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz")
        try crm.add("contact", "--first-name", "Eva", "--last-name", "Ruiz")
        let rows = "first_name,last_name,title\nEva,Ruiz,Jefa\n"
        let result = try importing(rows, as: "contact", "--match", "first_name,last_name")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT first_name, ifnull(title, '') FROM contact ORDER BY id") == "Ana|\nEva|Jefa")
        let whole = try importing(rows, as: "contact", "--match", "name")
        #expect(whole.errors.contains("--match first_name,last_name"), "\(whole.errors)")
    }

    @Test(
        "The people of records are named by their e-mail addresses",
        arguments: [
            ("event", "subject,kind,starts_at,contact.email\nX,call,2026-11-26 10:00,", "contact_event"),
            ("project", "name,contact.email\nX,", "contact_project"),
        ]
    )
    func people(noun: String, rows: String, table: String) throws {
        try addPair()
        try crm.add("contact", "--last-name", "Paz", "--email", "paz@example.org")
        let one = try importing(rows + "'ANA@example.org'\n", as: noun)
        #expect(one.status == 0, "\(one.errors)")
        #expect(try crm.sql("SELECT contact FROM \(table)") == "1")
        let both = try importing(rows + "ana@example.org; paz@example.org\n", as: noun)
        #expect(both.status == 0, "\(both.errors)")
        #expect(try crm.sql("SELECT contact FROM \(table) ORDER BY 1") == "1\n1\n2")
        let none = try importing(rows + "nobody@example.org\n", as: noun)
        #expect(none.status == 6 && none.errors.contains("contact.email"), "\(none.errors)")
    }

    @Test(
        "What a text that is not UTF-8 is taken for is told where that was guessed",
        arguments: [
            ([0x4D, 0x75, 0xA4, 0x6F, 0x7A], "Mu\u{F1}oz", "cp850"),
            ([0x4D, 0x75, 0xF1, 0x6F, 0x7A], "Mu\u{F1}oz", nil),
            (Array("Mu\u{F1}oz".utf8), "Mu\u{F1}oz", nil),
        ] as [([UInt8], String, String?)]
    )
    func guesses(name: [UInt8], stored: String, encoding: String?) throws {
        try crm.write(Array("last_name;title\n".utf8) + name + Array(";x\n".utf8), to: "in.csv")
        let result = try crm.run(["contact", "import", "in.csv", "--excel-es"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT last_name FROM contact") == stored)
        #expect(result.errors.contains("is taken for") == (encoding != nil), "\(result.errors)")
        #expect(encoding.map(result.errors.contains) ?? true, "\(result.errors)")
    }

    @Test(
        "Escapes of programs are taken for what they stand for, which is told; what only looks like one stays",
        arguments: [
            ("O&#039;Brien &amp; Paz", "O'Brien & Paz", true), ("&quot;Nena&quot; Gil", "\"Nena\" Gil", true),
            ("Mu&ntilde;oz", "Muñoz", true), ("Ruiz_x000D_", "Ruiz", true), ("AT&T; más", "AT&T; más", false),
            ("R&D", "R&D", false), ("a_x0041_b", "a_x0041_b", false),
        ]
    )
    func escapes(cell: String, stored: String, isTold: Bool) throws {
        let result = try importing(
            "Apellidos,Correo\n\"\(cell.replacing("\"", with: "\"\""))\",a@example.org\n",
            as: "contact"
        )
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT last_name FROM contact") == stored)
        #expect(result.errors.contains("escapes stand for") == isTold, "\(result.errors)")
    }

    @Test("A table of this program comes back as it is")
    func ownEscapes() throws {
        try crm.add("contact", "--last-name", "O&#039;Brien", "--external-id", "7")
        try crm.shell("crm contact export --format csv -o out.csv")
        let result = try crm.run(["contact", "import", "out.csv", "--match", "external_id"])
        #expect(result.output.contains("1 unchanged"), "\(result.output)\(result.errors)")
    }

    @Test("Breaks of lines that a program has written as codes are breaks")
    func brokenNotes() throws {
        let result = try importing("Apellidos,Descripción\nRuiz,uno_x000D_\nPaz,\"uno_x000D_\ndos\"\n", as: "contact")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT replace(description, char(10), '/') FROM contact ORDER BY id") == "uno\nuno/dos")
    }

    @Test(
        "Marks that nobody sees stand around no cell and in no name, and pictures stay whole",
        arguments: [
            ("\u{200B}Ana Ruiz\u{200E}", "Ana Ruiz"), ("\u{AD}Ana Ru\u{AD}iz", "Ana Ruiz"),
            ("\u{FEFF} Ana Ruiz", "Ana Ruiz"),
            ("Ana 👩\u{200D}🔧❤\u{FE0F}", "Ana 👩\u{200D}🔧❤\u{FE0F}"),
        ]
    )
    func marks(cell: String, name: String) throws {
        let result = try importing("Nombre,Correo\n\(cell),a@example.org\n", as: "contact")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT name FROM contact") == name)
    }

    @Test(
        "The day of 4501 by which Outlook says that there is none is none",
        arguments: ["1/1/4501", "4501-01-01 00:00:00"]
    )
    func noDay(cell: String) throws {
        let result = try importing("Nombre,Fecha de nacimiento\nAna,\(cell)\n", as: "contact")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT birthdate IS NULL FROM contact") == "1")
    }

    @Test("The backslash that Google writes into web addresses is no part of them")
    func escapedAddress() throws {
        let header = "First Name,Last Name,Website 1 - Label,Website 1 - Value"
        let result = try importing("\(header)\nLuis,Vega,Blog,http\\://blog.example\n", as: "contact")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT value FROM contact_point") == "http://blog.example")
    }
}
