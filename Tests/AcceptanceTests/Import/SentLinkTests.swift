import Testing

/// People and organizations that two columns name, and other cells that meant something else than was taken.
@Suite struct SentLinkTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    private static let day = "2026-12-24 09:00"

    private func people() throws -> String {
        try crm.sql(
            "SELECT ifnull(first_name, '') || '|' || ifnull(last_name, '') || '|' || ifnull(email, '') FROM contact ORDER BY id"
        )
    }

    @Test("A name beside an address is of the same person")
    func paired() throws {
        let rows = "Título,Contact Name,contact.email\nA,Eva Paz,eva@x.mx\nB,Eva Paz,eva@x.mx\nC,Rui Mar,rui@x.mx\n"
        let result = try importing(rows, as: "case", "--create-missing", "contact")
        #expect(result.output.hasPrefix("3 rows, 3 created, 3 linked, 2 made because named"), "\(result.output)")
        #expect(try people() == "Eva|Paz|eva@x.mx\nRui|Mar|rui@x.mx")
        let other = "Título,contact.email,contact.name\nD,eva@x.mx,Eva Paz Ruiz\nE,,Rui Mar\nF,rui@x.mx,\n"
        #expect(try importing(other, as: "case").output.contains("3 created, 3 linked"))
        #expect(try people() == "Eva|Paz|eva@x.mx\nRui|Mar|rui@x.mx")
        let several = "Asunto,Inicio,contact.email,contact.name\nG,\(Self.day),eva@x.mx; ana@x.mx,Eva Paz; Ana Gil\n"
        _ = try importing(several, as: "event", "--create-missing", "contact")
        #expect(try people() == "Eva|Paz|eva@x.mx\nRui|Mar|rui@x.mx\nAna|Gil|ana@x.mx")
    }

    @Test("An address with a name around it is read so where it names a person or an organization")
    func mailboxes() throws {
        let day = Self.day
        let cells = [
            "Eva Paz <eva@x.mx>", "mailto:dan@x.mx", "\"\"\"Paz, Luis\"\" <luis@x.mx>\"", "<solo@x.mx>", "eva@x.mx",
        ]
        let rows = "Asunto,Inicio,contact.email\n" + cells.map { "A,\(day),\($0)\n" }.joined()
        _ = try importing(rows, as: "event", "--create-missing", "contact")
        #expect(try people() == "Eva|Paz|eva@x.mx\n|dan@x.mx|dan@x.mx\nLuis|Paz|luis@x.mx\n|solo@x.mx|solo@x.mx")
        let asset = "name,serial,organization.email\nA,1,Acme <info@acme.mx>\n"
        _ = try importing(asset, as: "asset", "--create-missing", "organization")
        #expect(try crm.sql("SELECT name || '|' || email FROM organization") == "Acme|info@acme.mx")
        let hubSpot = "name,serial,organization.name\nB,2,Acme (8123456)\n"
        #expect(try importing(hubSpot, as: "asset").status == 0)
    }

    @Test("The code of a branch of trade is no tax id")
    func branches() throws {
        let rows = "Organization Name,SIC Code,RFC\nBeta,7372,\nGamma,7372,GAM010101AAA\n"
        let result = try importing(rows, as: "organization")
        #expect(result.errors.contains("passed over the column SIC Code"), "\(result.errors)")
        #expect(try crm.sql("SELECT group_concat(ifnull(tax_id, '')) FROM organization") == ",GAM010101AAA")
    }

    @Test("Another currency in a row is refused where the record has an amount that the row does not name")
    func currencies() throws {
        try crm.add("campaign", "--name", "F", "--budget", "500 EUR", "--actual-cost", "400 EUR")
        let refused = try importing("name,budget,currency\nF,600,USD\n", as: "campaign", "--match", "name")
        #expect(refused.status == 6 && refused.errors.contains("no actual_cost, and 400.00 EUR"), "\(refused.errors)")
        let whole = "name,budget,actual_cost,currency\nF,600,430,USD\n"
        #expect(try importing(whole, as: "campaign", "--match", "name").status == 0)
        #expect(try importing("name,budget,currency\nF,700,USD\n", as: "campaign", "--match", "name").status == 0)
        try crm.add("product", "--name", "P", "--code", "001", "--price", "10 EUR")
        let product = try importing("code,currency\n001,USD\n", as: "product", "--match", "code")
        #expect(product.status == 6 && product.errors.contains("no price, and 10.00 EUR"), "\(product.errors)")
        #expect(try crm.sql("SELECT budget || currency FROM campaign") == "70000USD")
    }

    @Test(
        "A key in other capitals is refused, for every key of a record",
        arguments: [
            ("asset", "serial", ["--name", "A", "--serial", "5CG1234AB"], "serial,name\n5cg1234ab,w\n"),
            (
                "asset", "asset_number", ["--name", "A", "--serial", "1", "--asset-number", "INV-1"],
                "asset_number,name,serial\ninv-1,w,2\n"
            ),
            ("quote", "number", ["--subject", "A", "--number", "Q-AB1"], "number,subject\nq-ab1,B\n"),
        ]
    )
    func capitals(noun: String, key: String, added: [String], rows: String) throws {
        try crm.succeed([noun, "add"] + added)
        let result = try importing(rows, as: noun, "--match", key)
        #expect(result.status == 6 && result.errors.contains("capitals and small letters"), "\(result.errors)")
    }

    @Test("Keys of other programs that differ in capitals alone are two, and the first is told")
    func keys() throws {
        let rows = "external_id,last_name\nk-1,A\nK-1,B\nq-1,C\nQ-1,D\n"
        let result = try importing(rows, "--match", "external_id")
        #expect(result.status == 0 && result.output == "4 rows, 4 created\n", "\(result.errors)")
        let told = result.errors.components(separatedBy: "capitals and small letters differ").count - 1
        #expect(told == 1 && result.errors.contains("external id K-1 is another than k-1"), "\(result.errors)")
        let whole = try crm.succeed("export").output
        let cards = try crm.succeed("contact", "export", "--format", "vcard").output
        let (applied, imported) = (try CRM(.database), try CRM(.database))
        try applied.succeed("apply", stdin: whole)
        #expect(try applied.sql("SELECT group_concat(external_id) FROM contact") == "k-1,K-1,q-1,Q-1")
        let taken = try imported.succeed("contact", "import", "--input-format", "vcard", stdin: cards)
        #expect(taken.output == "4 rows, 4 created\n")
    }

    @Test("UIDs of calendars that differ in capitals alone are two, as RFC 5545 has them")
    func calendarUIDs() throws {
        let events = ["u1", "U1"].map { uid in
            "BEGIN:VEVENT\r\nUID:\(uid)\r\nSUMMARY:\(uid)\r\nDTSTART:20261201T090000Z\r\nEND:VEVENT\r\n"
        }
        try crm.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\(events.joined())END:VCALENDAR\r\n", to: "in.ics")
        #expect(try crm.succeed("event", "import", "in.ics").output == "2 rows, 2 created\n")
        #expect(try crm.succeed("event", "import", "in.ics").output == "2 rows, 2 unchanged\n")
    }

    @Test("Blanks and hyphens at which no line breaks are those of the keyboard in a code")
    func codes() throws {
        try crm.add("product", "--name", "P", "--code", "A-100 B")
        for code in ["A-100\u{A0}B", "A\u{2011}100 B"] {
            let result = try importing("code,name\n\(code),Q\n", as: "product", "--match", "code")
            #expect(result.output.contains("0 created") || !result.output.contains("created"), "\(result.output)")
        }
    }

    @Test("A year of two digits with zeros before it is refused, and a day of marks alone is none")
    func years() throws {
        let year = try importing("Nombre,Fecha inicio\nA,26/11/0026\n", as: "project", "--dates", "dmy")
        #expect(year.status == 6 && year.errors.contains("the year is 0026"), "\(year.errors)")
        let empty = try importing("Nombre,Fecha inicio\nA,  /  /    \n", as: "project", "--dates", "dmy")
        #expect(empty.status == 0, "\(empty.errors)")
    }

    @Test("The value-added tax of services is known as that of products is")
    func services() throws {
        _ = try importing("Servicio,Precio,IVA\nA,100,16\n", as: "service")
        #expect(try crm.sql("SELECT taxes FROM service") == #"["vat:16"]"#)
    }
}
