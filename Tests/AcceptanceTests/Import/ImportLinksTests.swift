import Testing

/// Records that come in together with what they refer to and what they are linked with.
@Suite struct ImportLinksTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    @Test(
        "A reference is named by any key",
        arguments: [
            ("organization", "1"), ("organization", #""name:Acme, S.A.""#), ("organization", "ext:ORG-1"),
            ("organization.id", "1"), ("organization.name", #""acme, s.a.""#), ("organization.external_id", "ORG-1"),
            ("organization.ext", "ORG-1"), ("Organization Name", #""Accounts::::Acme, S.A.""#),
        ]
    )
    func references(header: String, cell: String) throws {
        try crm.succeed("contact", "import", stdin: "last_name,\(header)\nPaz,\(cell)\n")
        #expect(try crm.sql("SELECT organization FROM contact WHERE last_name = 'Paz'") == "1")
    }

    @Test("A record of whatever module is named by what it is called, where one alone is called so")
    func anyNamed() throws {
        let header = try crm.succeed("comment", "export", "--columns", "about.name").lines[0]
        #expect(header == "about.name")
        try crm.add("product", "--name", "Mesa azul", "--code", "MA", "--price", "3")
        try crm.succeed("comment", "import", stdin: "contact,body,about.name\n1,uno,mesa azul\n1,dos,\n")
        #expect(
            try crm.succeed("comment", "list", "--where", "body = uno or body = dos", "--columns", "body,about.name")
                .lines
                == ["body\tabout.name", "uno\tMesa azul", "dos\t"]
        )
        let shown = try crm.succeed("comment", "import", "--show-mapping", stdin: "body,About.Name\n").output
        #expect(shown == "body\tbody\nAbout.Name\tabout.name\n")
        try crm.add("service", "--name", "Mesa Azul")
        for (name, words) in [("Mesa azul", "names several records: service:"), ("Nadie", "no record is called")] {
            let table = "contact,body,about.name\n1,x,\(name)\n"
            let result = try crm.run(["comment", "import"], stdin: Array(table.utf8))
            #expect(result.status == 6)
            #expect(result.errors.contains(words), "\(result.errors)")
        }
    }

    @Test("A reference in JSON is what show prints, an id or a word")
    func jsonReferences() throws {
        let lines = """
            {"last_name":"P1","organization":{"id":1,"name":"Acme, S.A."}}
            {"last_name":"P2","organization":1}
            {"last_name":"P3","organization":"ext:ORG-1"}
            {"last_name":"P4","organization.name":"Acme, S.A."}
            """
        try crm.succeed("contact", "import", "--input-format", "jsonl", stdin: lines)
        #expect(try crm.sql("SELECT count(*) FROM contact WHERE organization = 1 AND last_name LIKE 'P_'") == "4")
    }

    @Test("What is missing is an error, unless it may be made, once")
    func createMissing() throws {
        let input = "last_name,organization.name\nP1,Nueva\nP2,nueva\nP3,\"Acme, S.A.\"\n"
        #expect(try crm.run("contact", "import", stdin: input).status == 6)
        let report = try crm.json(
            "contact",
            "import",
            try crm.write(input, to: "in.csv"),
            "--create-missing",
            "organization"
        )
        #expect(report["created_missing"] == 1)
        #expect(
            try crm.sql(
                "SELECT c.last_name, o.name FROM contact c JOIN organization o ON o.id = c.organization WHERE c.last_name LIKE 'P_' ORDER BY c.id"
            )
                == "P1|Nueva\nP2|Nueva\nP3|Acme, S.A."
        )
        // Only what is told may be made.
        let other = try crm.run(
            "contact",
            "import",
            "--create-missing",
            "product",
            stdin: "last_name,organization.name\nP4,Otra\n"
        )
        #expect(other.status == 6)
    }

    @Test("Links come in from either side, with their attributes, one or several in a cell")
    func links() throws {
        let people = "last_name,asset.serial,role,link.since\nP1,X1,user,2026-03-01\n"
        #expect(try crm.succeed("contact", "import", stdin: people).output == "1 row, 1 created, 1 linked\n")
        let several = "last_name,assets\nP2,\"1,2\"\nP3,serial:X3\nP4,\n"
        #expect(try crm.succeed("contact", "import", stdin: several).output == "3 rows, 3 created, 3 linked\n")
        let things = "name,serial,contact.email,Rol\nTV,T1,jose@example.org,owner\n"
        #expect(try crm.succeed("asset", "import", stdin: things).output == "1 row, 1 created, 1 linked\n")
        let lines = #"{"name":"PC","serial":"T2","contacts":[1,"ana@example.org"]}"#
        try crm.succeed("asset", "import", "--input-format", "jsonl", stdin: lines)
        #expect(
            try crm.sql(
                """
                SELECT c.last_name, a.serial, l.role, l.since FROM contact_asset l
                JOIN contact c ON c.id = l.contact JOIN asset a ON a.id = l.asset
                WHERE c.last_name LIKE 'P_' OR a.serial LIKE 'T_' ORDER BY l.id
                """
            ) == "P1|X1|user|2026-03-01\nP2|X1||\nP2|X2||\nP3|X3||\nMuñoz|T1|owner|\nMuñoz|T2||\nRuiz|T2||"
        )
    }

    @Test("An owned record is its contact's, and each row needs one")
    func owned() throws {
        let input =
            "contact.email,kind,street,city\njose@example.org,home,Reforma 1,Puebla\nana@example.org,work,Juárez 2,León\n"
        #expect(try crm.succeed("address", "import", stdin: input).output == "2 rows, 2 created\n")
        #expect(try crm.sql("SELECT contact, city FROM address ORDER BY id") == "1|Puebla\n2|León")
        let without = try crm.run("address", "import", stdin: "kind,street\nhome,Reforma 1\n")
        #expect(without.status == 6)
        #expect(without.errors.contains("contact"))
        try crm.succeed("comment", "import", stdin: "contact,body\next:K-1,Llamó\n")
        #expect(try crm.sql("SELECT contact FROM comment") == "2")
    }

    @Test("An opportunity takes its organization from its contact, and each row is one of its own")
    func opportunities() throws {
        let input = """
            name,contact.email,amount,close_date,stage
            Uno,jose@example.org,1000,2026-12-31,proposal
            Dos,jose@example.org,2000.50 MXN,2026-12-31,qualification
            Tres,ana@example.org,5,2026-11-30,closed_won

            """
        #expect(try crm.succeed("opportunity", "import", stdin: input).output.hasPrefix("3 rows, 3 created"))
        #expect(
            try crm.sql(
                "SELECT name, contact, organization, amount, probability FROM opportunity WHERE id > 2 ORDER BY id"
            )
            .split(separator: "\n").map {
                $0.split(separator: "|", omittingEmptySubsequences: false).prefix(4).joined(separator: "|")
            }
                == ["Uno|1|1|100000", "Dos|1|1|200050", "Tres|2|2|500"]
        )
        // Each has its one primary link.
        #expect(
            try crm.sql(
                "SELECT count(*) FROM contact_opportunity l JOIN opportunity o ON o.id = l.opportunity AND o.contact = l.contact WHERE o.id > 2 AND l.role = 'primary'"
            )
                == "3"
        )
        let other = try crm.run(
            "opportunity",
            "import",
            stdin: "name,contact,organization,close_date,amount,stage\nX,1,2,2026-12-31,1,proposal\n"
        )
        #expect(other.status == 6)
        let lost = try crm.run(
            "opportunity",
            "import",
            stdin: "name,close_date,amount,stage\nX,2026-12-31,1,proposal\n"
        )
        #expect(lost.status == 6 && lost.errors.contains("contact"))
    }

    @Test("A document takes its organization from its contact where the cell is blank, and none where it says so")
    func brought() throws {
        let table = "subject,contact\nQ1,1\n"
        try crm.succeed("quote", "import", stdin: table)
        try crm.succeed("quote", "import", stdin: "subject,contact,organization\nQ2,1,\nQ3,1,2\nQ4,1,-\n")
        let none = #"{"subject":"Q5","contact":1,"organization":null}"# + "\n"
        try crm.succeed("quote", "import", "--input-format", "jsonl", stdin: none)
        let quotes = try crm.succeed("quote", "list", "--columns", "subject,organization.id", "--no-header").lines
        #expect(Set(quotes.filter { $0.hasPrefix("Q") }) == ["Q1\t1", "Q2\t1", "Q3\t2", "Q4\t", "Q5\t"])
    }

    @Test("Nothing of a rejected row stays: not its links, nor what was made for it")
    func rejectedWhole() throws {
        let input = "last_name,organization.name,asset.serial\nP1,Nueva,X9\nP2,Otra,X1\n"
        let result = try crm.run(
            "contact",
            "import",
            "--continue-on-error",
            "--create-missing",
            "organization",
            stdin: input
        )
        #expect(result.status == 6)
        #expect(result.output == "2 rows, 1 created, 1 linked, 1 made because named, 1 failed\n")
        #expect(try crm.sql("SELECT name FROM organization WHERE id > 2") == "Otra")
    }

    @Test(
        "A number, or yes or no, under a mere noun names no record",
        arguments: [
            ("contact", "Activo", "1"), ("contact", "Proyectos", "2"), ("contact", "Ventas", "\"0,00 €\""),
            ("contact", "Activo", "Sí"), ("contact", "Activo", "x"), ("contact", "Assets", "1"),
            ("contact", "Activo", "0"),
        ]
    )
    func counts(noun: String, header: String, cell: String) throws {
        let rows = "Nombre,\(header)\nEva,\(cell)\n"
        let result = try crm.run([noun, "import"], stdin: Array(rows.utf8))
        #expect(result.status == 6 && result.errors.contains("--map '\(header)=-'"), "\(result)")
        #expect(!result.errors.contains(".name, as with"), "\(result.errors)")
    }

    @Test(
        "An id is taken under a header that says so, and a noun has names and keys",
        arguments: [
            ("assets", "1", []), ("asset.id", "1", []), ("Activo", "serial:X1", []),
            ("Activo", "1", ["--map", "Activo=asset"]),
            ("Activo", "1", ["--map", "Activo=asset.id"]),
        ]
    )
    func ids(header: String, cell: String, options: [String]) throws {
        let result = try crm.run(["contact", "import"] + options, stdin: Array("Nombre,\(header)\nEva,\(cell)\n".utf8))
        #expect(result.output == "1 row, 1 created, 1 linked\n", "\(result)")
    }

    @Test("Of several organizations in a cell the first is that of the record, and the others are told")
    func severalOrganizations() throws {
        let rows = "First Name,Last Name,Associated Company\nEva,Gil,Uno;Dos\n"
        let result = try crm.run(["contact", "import", "--create-missing", "organization"], stdin: Array(rows.utf8))
        #expect(result.status == 0 && result.errors.contains("\"Dos\": left out"), "\(result)")
        #expect(
            try crm.sql(
                "SELECT o.name FROM contact c JOIN organization o ON o.id = c.organization WHERE last_name = 'Gil'"
            )
                == "Uno"
        )
        #expect(try crm.sql("SELECT count(*) FROM organization WHERE name LIKE '%Dos%'") == "0")
    }
}
