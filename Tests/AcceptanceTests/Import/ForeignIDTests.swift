import Testing

/// Records that JSON of another database names by ids, with what they are called there.
@Suite struct ForeignIDTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("organization", "--name", "Beta")
        try crm.add("contact", "--first-name", "Leo", "--last-name", "Sol", "--organization", "1")
        try crm.succeed("product", "import", stdin: "name,code,price,currency\nPerno,P-1,5,USD\nTuerca,T-1,7,USD\n")
    }

    private func quote(organization: String, product: String) -> String {
        """
        [{"id":9,"subject":"Q1","organization":\(organization),"currency":"USD","lines":\
        [{"position":1,"product":\(product),"quantity":3,"unit_price":5}]}]
        """
    }

    private func take(_ json: String, _ options: String...) throws -> CRM.Result {
        try crm.run(["quote", "import", "--input-format", "json"] + options, stdin: Array(json.utf8))
    }

    @Test("An id that is another record here is refused, of the record as of its lines")
    func refused() throws {
        let ofRecord = try take(
            quote(organization: #"{"id":1,"name":"Acme"}"#, product: #"{"id":1,"name":"Perno"}"#),
            "--map",
            "id=-"
        )
        #expect(ofRecord.status == 6)
        #expect(ofRecord.errors.contains(#"organization 1 is "Beta" here, not "Acme""#))
        #expect(ofRecord.errors.contains("--map organization=organization.name takes their names"))
        let ofLine = try take(
            quote(organization: #"{"id":1,"name":"Beta"}"#, product: #"{"id":2,"name":"Perno"}"#),
            "--map",
            "id=-"
        )
        #expect(ofLine.status == 6)
        #expect(ofLine.errors.contains(#"product 2 is "Tuerca" here, not "Perno""#))
        #expect(ofLine.errors.contains("write name:… or another of its keys"))
        #expect(try crm.json("quote", "list").elements.isEmpty)
    }

    @Test(
        "What both databases know is taken",
        arguments: [
            (#""name:Beta""#, #""code:T-1""#, "Tuerca"),
            (#"{"id":1,"name":"beta"}"#, #"{"id":2,"name":"Tuerca"}"#, "Tuerca"),
            (#"{"id":1}"#, "1", "Perno"),
        ]
    )
    func taken(organization: String, product: String, name: String) throws {
        let result = try take(quote(organization: organization, product: product), "--map", "id=-")
        #expect(result.status == 0, "\(result.errors)")
        let quote = try crm.json("quote", "show", "1")
        #expect(quote["lines"]?.elements.first?["product"]?["name"]?.string == name)
        #expect(quote["organization"]?["name"]?.string == "Beta")
    }

    @Test("A member of JSON is taken by its name where that is asked for")
    func byName() throws {
        let json = quote(organization: #"{"id":7,"name":"Beta"}"#, product: #"{"id":2,"name":"Tuerca"}"#)
        let result = try take(json, "--map", "id=-", "--map", "organization=organization.name")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.json("quote", "show", "1")["organization"]?["id"]?.integer == 1)
    }

    @Test("The ids in lines and links are among those of another database")
    func told() throws {
        let json = quote(organization: "null", product: "1").replacing(#""lines""#, with: #""contacts":[1],"lines""#)
        let result = try take(json)
        #expect(result.status == 6)
        #expect(result.errors.contains("the ids in organization, contacts, lines are of that database too"))
    }

    @Test("What is exported and taken in again in one database changes nothing")
    func same() throws {
        try crm.add(
            "quote",
            "--subject",
            "Q1",
            "--organization",
            "1",
            "--contact",
            "1",
            "--line",
            "product=1,quantity=2"
        )
        let json = try crm.succeed("quote", "export", "--format", "json").output
        let again = try crm.succeed("quote", "import", "--input-format", "json", stdin: json)
        #expect(again.output == "1 row, 1 unchanged\n")
    }

    // MARK: - Ids that nobody asked for

    @Test(
        "A name in part, or a subject at another time, does not make an id that of the record",
        arguments: [
            ("contact", "id,first_name,last_name,email\n2,Ana,Gómez,ana.g@x.example\n"),
            ("contact", "ID,Nombre,Correo\n2,Eva Ruiz,eva@x.example\n"),
            ("contact", "ID,Nombre,Correo\n2,Ana,ana3@x.example\n"),
            ("contact", "id,first_name,last_name\n2,Ana,Sol\n"),
            ("event", "ID,Asunto,Inicio\n1,Comida,2026-12-02 14:00\n"),
        ]
    )
    func inPart(noun: String, rows: String) throws {
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz", "--email", "ana@example.org")
        try crm.add("event", "--subject", "Comida", "--starts-at", "2026-12-01 14:00")
        let result = try crm.run([noun, "import"], stdin: Array(rows.utf8))
        #expect(result.status == 6 && result.errors.contains("nothing in common"), "\(result)")
        #expect(result.errors.contains("--match id"), "\(result.errors)")
    }

    @Test(
        "A whole name, an address or a number that agrees does, and so does what this program has exported",
        arguments: [
            ("contact", "ID,Nombre,Ciudad\n2,Ana Ruíz,Toluca\n"),
            ("contact", "id,first_name,last_name,email\n2,Ana,Sol,ana@example.org\n"),
            ("contact", "id,first_name,last_name,email\n2,Ana,Ruiz,otra@example.org\n"),
            ("contact", "id,first_name,title\n2,Ana,Jefa\n"), ("contact", "id,title\n2,Jefa\n"),
            ("event", "id,subject,location\n1,Comida,León\n"),
        ]
    )
    func asOne(noun: String, rows: String) throws {
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz", "--email", "ana@example.org")
        try crm.add("event", "--subject", "Comida", "--starts-at", "2026-12-01 14:00")
        let result = try crm.run([noun, "import"], stdin: Array(rows.utf8))
        #expect(result.status == 0 && result.output == "1 row, 1 updated\n", "\(result)")
    }
}
