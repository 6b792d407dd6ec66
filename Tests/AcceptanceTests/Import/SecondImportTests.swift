import Testing

/// What is there already, and comes again: a second import of a file changes nothing, and takes nothing for another
/// thing.
@Suite struct SecondImportTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "A second telephone or address of an organization is one of its points, and never takes the place of the first",
        arguments: [
            ("Teléfono 2", "5533334444"), ("Celular", "5533334444"), ("Móvil", "5533334444"), ("Email 2", "z@x.mx"),
            ("Otro correo", "z@x.mx"),
        ]
    )
    func secondNumbers(header: String, value: String) throws {
        try crm.add("organization", "--name", "O", "--phone", "5511112222", "--email", "a@x.mx")
        let rows = "name,\(header)\nO,\(value)\n"
        #expect(try importing(rows, as: "organization", "--match", "name").output.contains("1 updated"))
        #expect(try importing(rows, as: "organization", "--match", "name").output.contains("1 unchanged"))
        #expect(try crm.sql("SELECT phone || '|' || email FROM organization") == "5511112222|a@x.mx")
        #expect(try crm.sql("SELECT value FROM organization_point") == value)
    }

    @Test("A code is found however its hyphen is written", arguments: ["A-1", "A\u{2010}1", "A\u{2011}1"])
    func hyphens(code: String) throws {
        try crm.add("product", "--name", "A", "--code", code)
        for (number, written) in ["A-1", "A\u{2010}1", "A\u{2011}1"].enumerated() {
            _ = try importing("code,name\n\(written),B\(number)\n", as: "product", "--match", "code")
            #expect(try crm.sql("SELECT group_concat(name) FROM product") == "B\(number)")
        }
    }

    @Test("An empty cell leaves what a new record gets without it, as a number, a default, what a stage brings")
    func filled() throws {
        try crm.add("organization", "--name", "Acme")
        try crm.add("contact", "--last-name", "R", "--organization", "1")
        let cases = [
            (
                "opportunity", "name",
                "name,contact,organization,close_date,amount,stage,Probability\nX,1,1,2027-01-01,10,qualification,\n"
            ), ("sales-order", "subject", "subject,number\nX,\n"),
            ("case", "title", "title,number,priority\nA,,\n"),
        ]
        for (noun, key, rows) in cases {
            #expect(try importing(rows, as: noun).output.contains("1 created"), "\(noun)")
            let again = try importing(rows, as: noun, "--match", key)
            #expect(again.output.contains("1 unchanged"), "\(noun): \(again.output) \(again.errors)")
        }
    }

    @Test("The client that a record has taken of its contact is met by a blank cell, by the option that is advised too")
    func clientOfContact() throws {
        try crm.add("organization", "--name", "Acme")
        try crm.add("contact", "--last-name", "R", "--organization", "1")
        let cases = [
            ("opportunity", "name,contact,organization,amount,close_date,stage\nZ,1,,5,2027-01-01,proposal\n"),
            ("quote", "Asunto,Contacto,Cliente\nZ,R,\n"),
            ("sales-order", "Asunto,Contacto,Cliente\nZ,R,\n"),
        ]
        for (noun, rows) in cases {
            #expect(try importing(rows, as: noun).output.contains("1 created"), "\(noun)")
            let list = try crm.succeed(noun, "list", "--columns", "organization.name", "--no-header")
            #expect(list.output == "Acme\n", "\(noun)")
            let told = try importing(rows, as: noun, "--dry-run").errors
            let option = told.split(separator: " ").drop { $0 != "--match" }.dropFirst().first.map(String.init)
            let keys = try #require(option, "\(told)")
            let name = noun == "opportunity" ? "name" : "subject"
            for key in [keys, name, "\(name),organization"] {
                let again = try importing(rows, as: noun, "--match", key)
                #expect(again.output.contains("1 unchanged"), "\(noun), \(key): \(again.output) \(again.errors)")
            }
        }
    }

    @Test("Lines in JSON are met by what they sell, as those of tables are, so that what is delivered stays with it")
    func linesInJSON() throws {
        try crm.add(
            "sales-order",
            "--number",
            "S1",
            "--subject",
            "X",
            "--line",
            "text=A,quantity=1,price=100",
            "--line",
            "text=B,quantity=1,price=200"
        )
        try crm.succeed(["sales-order", "deliver", "1", "--quantity", "1=1"])
        let id = try crm.sql("SELECT id FROM sales_order_line WHERE text = 'A'")
        let line = #"{"text":"B","quantity":1,"unit_price":200},{"text":"A","quantity":1,"unit_price":100}"#
        try crm.write(#"{"number":"S1","subject":"X","lines":[\#(line)]}"# + "\n", to: "in.jsonl")
        let result = try crm.run(["sales-order", "import", "in.jsonl", "--match", "number"])
        #expect(result.output.contains("1 updated"), "\(result.errors)")
        #expect(try crm.sql("SELECT id FROM sales_order_line WHERE text = 'A'") == id)
        #expect(try crm.run(["sales-order", "import", "in.jsonl", "--match", "number"]).output.contains("1 unchanged"))
    }

    @Test("A list of who has what now ends the links of former ones by --replace, and tells them without it")
    func holders() throws {
        for mail in ["a@x.mx", "l@x.mx", "e@x.mx"] { try crm.add("contact", "--last-name", mail, "--email", mail) }
        let header = "name,serial,contact.email,role\n"
        _ = try importing(header + "A,1,a@x.mx,custodian\n", as: "asset")
        let told = try importing(header + "A,1,l@x.mx,custodian\n", as: "asset", "--match", "serial")
        #expect(told.errors.contains("--replace ends the links"), "\(told.errors)")
        let inForce =
            "SELECT group_concat(contact) FROM contact_asset WHERE until IS NULL OR until > date('now', '+1 day')"
        #expect(try crm.sql(inForce) == "1,2")
        let list = header + "A,1,e@x.mx; l@x.mx,custodian\n"
        let handed = try importing(list, as: "asset", "--match", "serial", "--replace")
        #expect(handed.output.contains("1 linked") && handed.output.contains("1 ended"), "\(handed.output)")
        #expect(handed.errors == "")
        #expect(try crm.sql("SELECT group_concat(contact) FROM contact_asset WHERE until IS NULL") == "2,3")
        let again = try importing(list, as: "asset", "--match", "serial", "--replace")
        #expect(again.output == "1 row, 1 unchanged\n", "\(again.output)")
        let since = "SELECT group_concat(ifnull(since, '')) FROM contact_asset WHERE until IS NULL"
        #expect(try crm.sql(since).hasPrefix(","), "who has it already has it since whenever that was")
    }
}
