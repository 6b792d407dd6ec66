import Testing

/// Columns, sort keys and filters over what is linked with a record or points at it.
@Suite struct PathTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    @Test(
        "Several values are an array in JSON, of one or of none as well, of their own type",
        arguments: [
            ("asset", "contact.name", #"["José Muñoz"] ["美咲 田中"] []"#),
            ("asset", "contact.link.role", #"["custodian"] ["user"] []"#),
            ("asset", "contacts.do_not_call", "[false] [true] []"),
            ("asset", "contacts.birthdate", #"["1980-05-17"] [null] []"#),
            ("asset", "contacts.tags", #"[["vip","año nuevo"]] [[]] []"#),
            ("asset", "contacts.organization", #"[{"id":1,"name":"Acme, S.A."}] [{"id":1,"name":"Acme, S.A."}] []"#),
            ("asset", "contacts.organization.annual_revenue", "[1500000.50] [1500000.50] []"),
            ("organization", "opportunities.stage", #"["qualification"] ["closed_won"]"#),
            ("organization", "opportunities.amount", "[12500.00] [999.90]"),
            ("organization", "opportunities.probability", "[20] [100]"),
            ("organization", "contacts.id", "[1,3] [2]"),
        ]
    )
    func json(_ module: String, _ path: String, _ expected: String) throws {
        let result = try crm.succeed(module, "list", "--columns", path, "--format", "jsonl")
        let lead = "{\"\(path)\":"
        #expect(result.lines.map { String($0.dropFirst(lead.count).dropLast()) }.joined(separator: " ") == expected)
    }

    @Test(
        "Elsewhere the values there are have a semicolon between them",
        arguments: [
            (["asset", "list", "--columns", "serial,contact.name,contact.link.role"], "X1\tJosé Muñoz\tcustodian"),
            (["organization", "list", "--columns", "id,contacts.name"], "1\tJosé Muñoz; 美咲 田中"),
            (["organization", "list", "--columns", "id,contacts.birthdate"], "1\t1980-05-17"),
            (["organization", "list", "--columns", "id,contacts.title", "--format", "csv"], "1,\"Director, Compras\""),
            (
                ["organization", "list", "--columns", "id,opportunities.stage", "--format", "markdown"],
                "| Id | Opportunities › Stage |"
            ),
            (["organization", "list", "--columns", "id,contacts.organization", "--format", "csv"], "1,1; 1"),
            (
                ["contact", "export", "--columns", "id,opportunities.amount", "--decimal", ",", "--format", "tsv"],
                "1\t12500,00"
            ),
        ]
    )
    func text(_ words: [String], _ line: String) throws {
        #expect(try crm.succeed(words).lines.contains(line))
    }

    @Test("A terminal shows labels, names and amounts with their currency")
    func people() throws {
        let words = [
            "organization", "list", "--columns", "id,opportunities.stage,opportunities.amount,contacts.organization",
        ]
        let english = try crm.succeed(words + ["--format", "markdown"])
        #expect(english.lines.contains("| 1 | Qualification | 12500.00 USD | Acme, S.A.; Acme, S.A. |"))
        let spanish = try crm.succeed(words + ["--format", "markdown", "--lang", "es"])
        #expect(spanish.lines[2].contains("Calificando"))
        #expect(spanish.lines[0].contains("Oportunidades › Etapa de venta"))
    }

    @Test("A record and its links show such columns, too")
    func shown() throws {
        #expect(
            try crm.succeed("asset", "show", "1", "--columns", "serial,contacts.email", "--json").output
                == "{\"serial\":\"X1\",\"contacts.email\":[\"jose@example.org\"]}\n"
        )
        #expect(
            try crm.succeed("contact", "links", "asset", "1", "--columns", "serial,contacts.name,link.role", "--json")
                .output
                .contains(#""record":{"serial":"X1","contacts.name":["José Muñoz"]}"#)
        )
    }

    @Test("Links that have ended are not there, and an end that is yet to come is no end")
    func ended() throws {
        try crm.succeed("asset", "link", "contact", "3", "2", "--role", "owner", "--until", "2999-01-01")
        try crm.succeed("asset", "link", "contact", "3", "1", "--role", "user", "--since", "2020-01-01")
        let list = ["asset", "list", "--columns", "contacts.id", "--where", "id = 3"]
        #expect(try crm.succeed(list).lines[1] == "2; 1")
        try crm.succeed("asset", "unlink", "contact", "3", "1", "--ended", "2020-06-01")
        #expect(try crm.succeed(list).lines[1] == "2")
    }

    @Test(
        "What lists print of paths, imports read",
        arguments: [
            ("contacts.email", "ana@example.org; jose@example.org", "Ana; José"), ("contacts.id", "2; 1", "Ana; José"),
            ("contact.email", "ana@example.org", "Ana"), ("contacts.external_id", "K-1", "Ana"),
            ("Contactos.Correo electrónico principal", "ana@example.org", "Ana"), ("contacts", "\"2,1\"", "Ana; José"),
        ]
    )
    func imported(_ header: String, _ cell: String, _ names: String) throws {
        try crm.succeed("asset", "import", stdin: "name,serial,\(header),contact.link.role\nRatón,X9,\(cell),user\n")
        let list = ["asset", "list", "-w", "serial = X9", "--columns", "contacts.first_name,contacts.link.role"]
        let roles = names.contains(";") ? "user; user" : "user"
        #expect(try crm.succeed(list).lines[1] == "\(names)\t\(roles)")
    }

    @Test(
        "Errors name what is near, in both languages",
        arguments: [
            (
                ["asset", "list", "-c", "contact.nme"], "contacts have no field 'nme'",
                "contactos no tienen el campo 'nme'"
            ),
            (["asset", "list", "-s", "contacts"], "'contacts' is a module, not a field", "'contacts' es un módulo"),
            (
                ["contact", "list", "-s", "points"], "name a field of theirs, as in 'points.value'",
                "indicar uno de sus campos, como 'points.value'"
            ),
            (
                ["quote", "list", "-w", "lines = 3"], "'lines' are rows, and no value",
                "'lines' son filas, y no un valor"
            ),
            (
                ["contact", "list", "-c", "related"], "'crm contact show REF --json' says it of one record",
                "«crm contact show REF --json» lo dice de un registro"
            ),
            (
                ["contact", "list", "-w", "merged_from = 3"], "'crm contact show REF --json' says it of one record",
                "«crm contact show REF --json» lo dice de un registro"
            ),
            (
                ["asset", "list", "-w", "contcts.name = x"], "did you mean 'contacts.name'",
                "quiso decir 'contacts.name'"
            ),
        ]
    )
    func errors(_ words: [String], _ english: String, _ spanish: String) throws {
        for (language, text) in [("en", english), ("es", spanish)] {
            let result = try crm.run(words + ["--lang", language])
            #expect(result.status == 2)
            #expect(result.errors.contains(text), "\(result.errors)")
        }
    }
}
