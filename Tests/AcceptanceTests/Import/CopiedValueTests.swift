import Testing

/// Values as people copy, type and leave them out: what an import takes of them, and what it refuses.
@Suite struct CopiedValueTests: ImportingSuite {
    let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.succeed("config", "set", "country", "MX")
    }

    // MARK: - Several

    @Test(
        "The first of several values in a cell fills the field, and the others become points",
        arguments: [
            ("mobile", "55 1234 5678 / 55 8765 4321", "55 1234 5678", "phone|55 8765 4321"),
            ("phone", "Tel. 5512345678 y 5587654321", "5512345678", "phone|5587654321"),
            ("email", "a@x.example; b@x.example", "a@x.example", "email|b@x.example"),
            ("email", "Ana <a@x.example>, Eva <b@x.example>", "a@x.example", "email|b@x.example"),
        ]
    )
    func several(field: String, cell: String, first: String, point: String) throws {
        let result = try importing("last_name,\(field)\nRuiz,\"\(cell)\"\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT \(field) FROM contact") == first)
        #expect(try crm.sql("SELECT kind, value FROM contact_point") == point)
    }

    @Test("Several values on an option, and where there is no room for more, are refused with their names")
    func refusedSeveral() throws {
        let options = [
            ["contact", "add", "--last-name", "Ruiz", "--email", "a@x.example; b@x.example"],
            ["contact", "add", "--last-name", "Ruiz", "--email", "a@x.example, b@x.example"],
        ]
        for line in options {
            let result = try crm.run(line)
            #expect(result.status != 0 && result.errors.contains("a@x.example and b@x.example"), "\(result.errors)")
        }
        let sites = try importing("name,website\nAcme,www.a.example;www.b.example\n", as: "organization")
        #expect(sites.status == 6 && sites.errors.contains("www.a.example and www.b.example"), "\(sites.errors)")
        for rest in ["55 1234 5678 / 79", "5512345678-79"] {
            let result = try importing("last_name,phone\nRuiz,\(rest)\n")
            #expect(result.status == 6 && result.errors.contains("whole number"), "\(result.errors)")
        }
    }

    @Test("An address is taken from what a mail program copies, on options and in cells")
    func copied() throws {
        try crm.add("contact", "--last-name", "Mora", "--email", "Lía Mora <lia@x.example>")
        #expect(try importing("last_name,email\nPaz,mailto:leo@x.example;\n").status == 0)
        #expect(try crm.sql("SELECT email FROM contact ORDER BY id") == "lia@x.example\nleo@x.example")
    }

    // MARK: - Numbers

    @Test(
        "A sign is part of a number in a table, with an equals sign before it or not",
        arguments: [("+3", "3000000"), ("=+3", "3000000")]
    )
    func signed(number: String, stock: String) throws {
        try crm.add("product", "--name", "Silla", "--code", "S-1", "--stock", "5")
        for _ in 1...2 {
            let result = try crm.run("product", "import", "-", "--match", "code", stdin: "code,stock\nS-1,\(number)\n")
            #expect(result.status == 0, "\(result.errors)")
            #expect(try crm.sql("SELECT stock FROM product") == stock)
        }
        for (language, words) in [("en", "only in edit does +3 add"), ("es", "solo en edit +3 se suma")] {
            let manual = try crm.succeed("help", "product", "import", "--lang", language).output
            #expect(manual.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(words))
        }
        let formula = try crm.run("product", "import", "-", stdin: "name,stock\nMesa,=3+4\n")
        #expect(formula.status == 6, "\(formula.errors)")
    }

    @Test(
        "The decimal mark that is told decides what the other one is",
        arguments: [
            (["--decimal", "."], "12,500", "1250000"), (["--decimal", "."], "1,250.50", "125050"),
            (["--decimal", "."], "12.500", "1250"), (["--decimal", "."], "$1,250 MXN", "125000"),
            (["--decimal", ","], "12,500", "1250"), (["--decimal", ","], "1.200", "120000"),
            (["--excel-es", "--delimiter", "comma"], "1.200", "120000"),
        ]
    )
    func decimal(options: [String], amount: String, units: String) throws {
        try crm.write("name,serial,value\nBomba,S1,\"\(amount)\"\n", to: "in.csv")
        let result = try crm.run(["asset", "import", "in.csv"] + options)
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT value FROM asset") == units)
    }

    @Test("A number that the marks do not allow is refused, and one that may be two names the option")
    func wrongMarks() throws {
        let wrong = try importing("name,serial,value\nBomba,S1,\"12,50\"\n", as: "asset", "--decimal", ".")
        #expect(wrong.status == 6 && wrong.errors.contains("a decimal point"), "\(wrong.errors)")
        let two = try importing("name,serial,value\nBomba,S1,\"12,500\"\n", as: "asset")
        #expect(two.status == 6 && two.errors.contains("--decimal"), "\(two.errors)")
        let line = try crm.run("asset", "add", "--name", "x", "--serial", "1", "--value", "12,500")
        #expect(line.status != 0 && !line.errors.contains("--decimal"), "\(line.errors)")
        let stock = try importing("name,stock,price\nBomba,\"1,200\",\"1,250\"\n", as: "product", "--decimal", ".")
        #expect(stock.status == 0, "\(stock.errors)")
    }

    // MARK: - Nothing

    @Test(
        "What people write into a cell that has nothing is nothing",
        arguments: ["N/A", "n/d", "S/C", "s/n", "NULL", "-", "--", "—", "#N/A"]
    )
    func placeholders(word: String) throws {
        let header = "last_name,email,phone,birthdate,organization.name"
        let rows = "\(header)\nRuiz,\(word),\(word),\(word),\(word)\n"
        let result = try importing(rows, "--create-missing", "organization")
        #expect(result.status == 0, "\(result.errors)")
        let values = "coalesce(email, phone, birthdate, organization, 'nothing')"
        #expect(try crm.sql("SELECT \(values) FROM contact") == "nothing")
        #expect(try crm.sql("SELECT count(*) FROM organization") == "0")
        #expect(try importing("name,serial,value\nBomba,S1,\(word)\n", as: "asset").status == 0)
        #expect(try crm.sql("SELECT coalesce(value, 'nothing') FROM asset") == "nothing")
    }

    @Test("A dash with the sign of a currency is zero, as accounting formats show it")
    func accountingZero() throws {
        #expect(try importing("name,serial,value\nBomba,S1, $ -   \n", as: "asset").status == 0)
        #expect(try crm.sql("SELECT value FROM asset") == "0")
    }

    @Test(
        "What keeps the zeros of a code in a spreadsheet is no part of it",
        arguments: ["=\"0012\"", "\"=\"\"0012\"\"\""]
    )
    func keptZeros(cell: String) throws {
        let result = try importing("last_name,external_id,title\nRuiz,\(cell),\(cell)\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT external_id, title FROM contact") == "0012|0012")
    }

    // MARK: - Days

    @Test(
        "A birthday without a year is left out and told",
        arguments: ["05/17", "17/05", "17 de mayo", "17-may", "17-may.", "May 17", "--05-17"]
    )
    func yearless(text: String) throws {
        let result = try importing("last_name,birthdate\nRuiz,\(text)\n")
        #expect(result.status == 0 && result.errors.contains("it has no year"), "\(result.errors)")
        #expect(try crm.sql("SELECT coalesce(birthdate, 'nothing') FROM contact") == "nothing")
    }

    @Test("Another day without a year is refused")
    func yearlessDay() throws {
        let result = try importing("name,serial,sold_on\nBomba,S1,17 de mayo\n", as: "asset")
        #expect(result.status == 6, "\(result.errors)")
    }

    // MARK: - Tax ids

    @Test("The tax id of the public at large is nobody's", arguments: ["XAXX010101000", "XEXX-010101-000"])
    func generic(id: String) throws {
        try crm.add("organization", "--name", "Acme", "--tax-id", id)
        let second = try crm.succeed("organization", "add", "--name", "Borealis", "--tax-id", id, "--no-duplicates")
        #expect(second.errors.isEmpty, "\(second.errors)")
        let rows = "name,tax_id\nCirrus,\(id)\nDelta,\(id)\n"
        let matched = try importing(rows, as: "organization", "--match", "tax_id")
        #expect(matched.status == 6 && matched.errors.contains("no tax_id to match by"), "\(matched.errors)")
        #expect(try !crm.succeed("organization", "duplicates").output.contains("Borealis"))
        #expect(try crm.succeed("organization", "list", "-w", "tax_id=\(id)", "--json").output.contains("Acme"))
    }

    // MARK: - Names

    @Test(
        "A name is read with the company and the form of address that stand beside it",
        arguments: [
            ("Nombre completo,Empresa", "\"Acme, Ana Ruiz\",Acme", "-|Ana|Ruiz"),
            ("Nombre completo,Empresa", "\"Taller Pérez, S.A. de C.V.\",Acme", "-|-|Taller Pérez, S.A. de C.V."),
            ("Nombre completo,Tel", "C.P. Martha Solís Ríos,5512345678", "cp|Martha|Solís Ríos"),
            ("Nombre,Apellidos", "Ing. Luis,Vega", "ing|Luis|Vega"),
            ("Nombre,Apellidos", "Don Luis,Vega", "mr|Luis|Vega"),
            ("Nombre,Apellidos,Tratamiento", "Ing. Luis,Vega,Dr.", "dr|Ing. Luis|Vega"),
            ("Nombre,Apellido paterno,Apellido materno", "Luis,Vega,-", "-|Luis|Vega"),
            ("Tratamiento,Apellidos", "Dña.,Vega", "mrs|-|Vega"), ("Tratamiento,Apellidos", "C.P.,Vega", "cp|-|Vega"),
            ("Tratamiento,Apellidos", "Srta,Vega", "ms|-|Vega"), ("Tratamiento,Apellidos", "D.,Vega", "mr|-|Vega"),
            ("Tratamiento,Apellidos", "Licda.,Vega", "lic|-|Vega"),
        ]
    )
    func names(header: String, row: String, name: String) throws {
        let result = try importing("\(header)\n\(row)\n", "--create-missing", "organization")
        #expect(result.status == 0, "\(result.errors)")
        let parts = ["salutation", "first_name", "last_name"].map { "coalesce(\($0), '-')" }.joined(separator: ", ")
        #expect(try crm.sql("SELECT \(parts) FROM contact") == name)
    }

    @Test("A title in a given name that a record has stays when its row comes again")
    func ownTitle() throws {
        try crm.add("contact", "--first-name", "Ing. Luis", "--last-name", "Vega", "--external-id", "K1")
        let rows = try crm.succeed("contact", "export").output
        #expect(try importing(rows, "--match", "external_id").output == "1 row, 1 unchanged\n")
    }
}
