import Testing

/// Tables that a spreadsheet has opened and saved again, with what it makes of codes.
@Suite struct SpreadsheetLossTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "A number that a spreadsheet made of a stored code leaves it as it is, and people are told",
        arguments: [
            ("product", "code", "00123", "123"), ("product", "code", "1.10", "1.1"), ("product", "code", "2.0", "2"),
            ("asset", "serial", "351234567890123456", "351234567890123000"), ("asset", "location", "007", "7"),
            ("asset", "asset_number", "000", "0"), ("contact", "mobile", "0445512345678", "445512345678"),
        ]
    )
    func keeps(noun: String, field: String, stored: String, cell: String) throws {
        try add(noun, field, stored)
        let table = "id;description;\(field)\n1;cambio;\(cell)\n"
        let result = try importing(table, as: noun, "--excel-es", "--match", "id")
        #expect(result.status == 0 && result.errors.contains(stored), "\(result.errors)")
        #expect(try crm.sql("SELECT \(field), description FROM \(noun)") == "\(stored)|cambio")
    }

    @Test(
        "What no spreadsheet makes of a stored code replaces it",
        arguments: [
            ("00123", "124"), ("123", "00123"), ("00123", "0123"), ("A-01", "A-1"), ("1.1", "1.10"), ("12", "1.2"),
            ("351234567890123456", "351234567890124000"),
        ]
    )
    func changes(stored: String, cell: String) throws {
        try add("product", "code", stored)
        let result = try importing("id,code\n1,\(cell)\n", as: "product", "--match", "id")
        #expect(result.status == 0 && result.output == "1 row, 1 updated\n", "\(result.errors)")
        #expect(try crm.sql("SELECT code FROM product") == cell)
    }

    @Test("A code that lacks the zeros of a stored one is no new record", arguments: ["en", "es"])
    func matches(language: String) throws {
        try add("product", "code", "00123")
        try crm.write("name,code,price\nA,123,5\n", to: "in.csv")
        let result = try crm.run(["product", "import", "in.csv", "--match", "code", "--lang", language])
        #expect(result.status == 6 && result.errors.contains("00123"), "\(result.errors)")
        #expect(result.errors.contains(language == "en" ? "take zeros away" : "quitan los ceros"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM product") == "1")
    }

    @Test("Nor is one made of it because a row names it")
    func makesNone() throws {
        try add("product", "code", "00123")
        let rows = "name,serial,product.code\nA,1,123\n"
        let result = try importing(rows, as: "asset", "--create-missing", "product")
        #expect(result.status == 6 && result.errors.contains("product 1 has 00123"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM product") == "1")
    }

    @Test("A table that gives codes with zeros and without has kept them")
    func both() throws {
        let result = try importing("name,code\nA,007\nB,7\n", as: "product", "--match", "code")
        #expect(result.status == 0 && result.output == "2 rows, 2 created\n", "\(result.errors)")
    }

    @Test("A reference that lacks the zeros of a code says whose it is")
    func references() throws {
        try add("asset", "serial", "00045")
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.write("contact.id,asset.serial\n1,45\n", to: "in.csv")
        let linked = try crm.run(["contact", "link", "asset", "--input", "in.csv"])
        #expect(linked.status != 0 && linked.errors.contains("asset 1 has 00045"), "\(linked.errors)")
        let shown = try crm.run(["asset", "show", "serial:45"])
        #expect(shown.status == 3 && shown.errors.contains("asset 1 has 00045"), "\(shown.errors)")
    }

    @Test(
        "What was exported for spreadsheets comes back as it was",
        arguments: [[], ["--excel-es"]]
    )
    func guarded(dialect: [String]) throws {
        try crm.add("contact", "--last-name", "=1+1", "--first-name", "@x", "--description", "=a\n-b")
        try crm.add("comment", "--contact", "1", "--body", "-no\n+sí")
        for noun in ["contact", "comment"] {
            try crm.succeed([noun, "export", "--spreadsheet-safe", "-o", "\(noun).csv"] + dialect)
            let result = try crm.run([noun, "import", "\(noun).csv"] + dialect)
            #expect(result.output == "1 row, 1 unchanged\n", "\(result.errors)")
        }
    }

    @Test(
        "Other programs keep a text from being run as well; an apostrophe before a word is its own",
        arguments: [("'=A1", "=A1"), ("'-Guion", "-Guion"), ("'@x", "@x"), ("'t Hooft", "'t Hooft")]
    )
    func foreign(cell: String, stored: String) throws {
        #expect(try importing("Apellidos,Ciudad\n\(cell),León\n").status == 0)
        #expect(try crm.sql("SELECT last_name FROM contact") == stored)
    }

    private func add(_ noun: String, _ field: String, _ value: String) throws {
        let name = noun == "contact" ? ["--last-name", "A"] : ["--name", "A"]
        let serial = noun == "asset" && field != "serial" ? ["--serial", "S1"] : []
        try crm.succeed([noun, "add"] + name + serial + ["--\(field.replacing("_", with: "-"))", value])
    }
}
