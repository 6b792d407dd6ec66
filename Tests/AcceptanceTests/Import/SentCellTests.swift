import Testing

/// Cells as programs quote them, mark what they do not know, and break them.
@Suite struct SentCellTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "Quotes around a whole cell are none of it",
        arguments: [
            ("'Ruiz'", "Ruiz"), ("“Ruiz”", "Ruiz"), ("‘Ruiz’", "Ruiz"), ("O'Brien", "O'Brien"),
            ("'t Hooft", "'t Hooft"),
            ("'A' y 'B'", "'A' y 'B'"), ("«Ruiz»", "«Ruiz»"),
        ]
    )
    func quotes(cell: String, name: String) throws {
        #expect(try importing("last_name,Ciudad\n\(cell),León\n").status == 0)
        #expect(try crm.sql("SELECT last_name FROM contact") == name)
    }

    @Test(
        "The apostrophe by which a spreadsheet marks a text is none of it where no value begins with one",
        arguments: [
            ("contact", "email", "'a@x.example", "a@x.example"), ("contact", "external_id", "'A-1", "A-1"),
            ("contact", "phone", "'+52 55 1234 5678", "+52 55 1234 5678"),
            ("contact", "birthdate", "'1980-05-12", "1980-05-12"), ("contact", "last_name", "'t Hooft", "'t Hooft"),
            ("organization", "tax_id", "'00123", "00123"), ("organization", "tax_id", "'AAA010101AAA", "AAA010101AAA"),
            ("organization", "employees", "'12", "12"), ("organization", "website", "'x.example", "x.example"),
            ("organization", "annual_revenue", "'9.50", "950"), ("product", "code", "'A-1", "A-1"),
            ("product", "price", "'9.50", "950"), ("product", "serial", "'S/1", "S/1"),
            ("product", "stock", "'2.5", "2.5"),
        ]
    )
    func textMark(noun: String, field: String, cell: String, stored: String) throws {
        let name = noun == "contact" ? "last_name" : "name"
        let (header, row) = field == name ? (name, cell) : ("\(name),\(field)", "A,\(cell)")
        let result = try importing("\(header)\n\(row)\n", as: noun)
        #expect(result.status == 0, "\(result.errors)")
        let found = try crm.succeed(noun, "list", "--columns", field, "--format", "tsv", "--no-header").output
        #expect(found.contains(stored == "950" ? "9.50" : stored), "\(found)")
        #expect(stored.hasPrefix("'") || !found.contains("'"), "\(found)")
    }

    @Test(
        "Of several forms of address before a name the first counts, and people are told of the rest",
        arguments: [
            ("name\nProf. Dr. Juan Paz", "prof|Juan|Paz", "Dr."), ("name\nDr. Ing. Eva Sol", "dr|Eva|Sol", "Ing."),
            ("name\nSr. D. Luis Mora", "mr|Luis|Mora", ""),
            ("first_name,last_name\nProf. Dr. Juan,Paz", "prof|Juan|Paz", "Dr."),
            ("name\nDr. Juan Paz", "dr|Juan|Paz", ""),
        ]
    )
    func titles(table: String, name: String, told: String) throws {
        let result = try importing("\(table)\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT salutation, first_name, last_name FROM contact") == name)
        #expect(
            told.isEmpty ? result.errors.isEmpty : result.errors.contains("\"\(told)\": left out"),
            "\(result.errors)"
        )
    }

    @Test(
        "Forms of address as address books have them are taken as far as they are known, and kept",
        arguments: [
            ("Name Prefix,Given Name,Family Name\nProf. Dr.,Juan,Paz", "prof|Name Prefix: Prof. Dr."),
            ("Name Prefix,Given Name,Family Name\nGral.,Juan,Paz", "-|Name Prefix: Gral."),
            ("Title,First Name,Last Name,Job Title\nExcmo. Sr.,Juan,Paz,Jefe", "mr|Title: Excmo. Sr."),
            ("Title,First Name,Last Name,Job Title\nDr.,Juan,Paz,Jefe", "dr|-"),
        ]
    )
    func prefixes(table: String, outcome: String) throws {
        let result = try importing("\(table)\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT ifnull(salutation, '-'), ifnull(description, '-') FROM contact") == outcome)
    }

    @Test("The company in a customer of Odoo is the organization, where the person has a column")
    func odooCustomer() throws {
        let table =
            "External ID,Opportunity,Customer,Contact Name,Expected Revenue,Stage,Expected Closing\n"
            + "e.1,Venta,\"Acme, Ana Ruiz\",Ana Ruiz,1250.5,Proposition,2026-12-31\n"
            + "e.2,Otra,\"Sol, S.A.\",Ana Ruiz,1250.5,Proposition,2026-12-31\n"
        let result = try importing(table, as: "opportunity", "--create-missing", "organization,contact")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT group_concat(name, '|') FROM organization") == "Acme|Sol, S.A.")
    }

    @Test(
        "People are told of a zero that a postal code gets by the country of the settings alone",
        arguments: [
            ("address", "contact,city,postal_code\n1,León,6600", true),
            ("address", "contact,city,postal_code,country\n1,León,6600,MX", false),
            ("address", "contact,city,postal_code\n1,León,37000", false),
            ("contact", "last_name,Ciudad,C.P.\nPaz,León,6600", true),
        ]
    )
    func lostZero(noun: String, table: String, isTold: Bool) throws {
        try crm.succeed("config", "set", "country", "MX")
        try crm.add("contact", "--last-name", "Ruiz")
        let result = try importing("\(table)\n", as: noun)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("\"06600\": taken so, with the zero") == isTold, "\(result.errors)")
    }

    @Test("The notice of a postal code with decimals tells what is stored")
    func postcodeWithDecimals() throws {
        try crm.add("contact", "--last-name", "Ruiz")
        let result = try importing("contact,city,postal_code,country\n1,Boston,2134.0,US\n", as: "address")
        #expect(result.errors.contains("\"02134\": taken so, without"), "\(result.errors)")
    }

    @Test("The notice of a telephone number with decimals tells what is stored")
    func phoneWithDecimals() throws {
        let result = try importing("last_name,mobile\nPaz,34600000002.0\n", as: "contact")
        #expect(result.status == 0 && result.errors.contains("\"34600000002\": taken so, without"), "\(result.errors)")
    }

    @Test("A postal code is no number with decimals, on a card and in an option either")
    func postcodesElsewhere() throws {
        let lines = ["BEGIN:VCARD", "VERSION:3.0", "UID:u1", "FN:Ana Ruiz", "N:Ruiz;Ana;;;"]
        let card = (lines + ["ADR;TYPE=WORK:;;Calle 1;Oaxaca;;68000.0;", "END:VCARD", ""]).joined(separator: "\r\n")
        let result = try crm.succeed("contact", "import", "-", "--input-format", "vcard", stdin: card)
        #expect(result.errors.contains("\"68000\": taken so, without"), "\(result.errors)")
        let cards = try crm.succeed("contact", "export", "--format", "vcard").output
        #expect(cards.contains(";68000;") && !cards.contains("68000.0"), "\(cards)")
        let again = try crm.succeed("contact", "import", "-", "--input-format", "vcard", stdin: card)
        #expect(again.output.contains("1 unchanged"), "\(again.output)")
        try crm.add("address", "--contact", "1", "--postal-code", "6500.0", "--kind", "home")
        #expect(try crm.sql("SELECT postal_code FROM address ORDER BY id") == "68000\n6500")
    }

    @Test(
        "A line of apply parts a list in another program's notation as an import does",
        arguments: ["A;VIP", "A,VIP"]
    )
    func appliedTags(tags: String) throws {
        let line = #"{"module":"contact","last_name":"Y","tags":"\#(tags)"}"#
        try crm.succeed("apply", stdin: line)
        #expect(try crm.sql("SELECT tags FROM contact") == #"["A","VIP"]"#)
    }

    @Test("A reference with a spreadsheet's mark for text finds its record")
    func markedReference() throws {
        try crm.add("organization", "--name", "Acme", "--external-id", "007")
        #expect(try importing("last_name,organization.external_id\nPaz,'007\n").status == 0)
        #expect(try crm.sql("SELECT organization FROM contact") == "1")
    }

    @Test(
        "A number that is not written as an id is none, save that of a spreadsheet with decimals, where no key is so",
        arguments: [
            ("last_name,organization", "001", "(2 Vega): write ext:001, or 1 for the id"),
            ("last_name,organization", "02", "write ext:02, or 2 for the id"),
            ("last_name,organization", "3.0", "write ext:3.0, or 3 for the id"),
            ("last_name,organization", " 2 ", ""), ("last_name,organization", "2.0", ""),
            ("last_name,organization.id", "2.0", ""), ("last_name,organization.id", "02", "an id is a whole number"),
        ]
    )
    func numbersThatAreNoIDs(header: String, cell: String, refusal: String) throws {
        try crm.add("organization", "--name", "Acme")
        try crm.add("organization", "--name", "Vega", "--external-id", "001")
        try crm.add("organization", "--name", "Faro", "--external-id", "3.0")
        let result = try importing("\(header)\nPaz,\(cell)\n")
        #expect(result.status == (refusal.isEmpty ? 0 : 6), "\(result.errors)")
        #expect(refusal.isEmpty || result.errors.contains(refusal), "\(result.errors)")
        #expect(try crm.sql("SELECT group_concat(organization) FROM contact") == (refusal.isEmpty ? "2" : ""))
    }

    @Test("A column of ids takes a number with decimals, and none with zeros before it")
    func idsOfRows() throws {
        try crm.add("asset", "--name", "A", "--serial", "X")
        #expect(try importing("id,name\n1.0,B\n", as: "asset", "--match", "id").status == 0)
        for id in ["01", "+1"] {
            let result = try importing("id,name\n\(id),C\n", as: "asset", "--match", "id")
            #expect(result.status == 6 && result.errors.contains("no id begins so"), "\(result.errors)")
        }
        #expect(try crm.sql("SELECT name FROM asset") == "B")
    }

    @Test(
        "Tags may be an array of JSON",
        arguments: [
            (#""[""b"",""vip""]""#, #"["b","vip"]"#), ("[]", ""), ("[vip", #"["[vip"]"#),
            (#""[1, ""b""]""#, #"["1","b"]"#),
        ]
    )
    func tags(cell: String, tags: String) throws {
        #expect(try importing("last_name,tags\nRuiz,\(cell)\n").status == 0)
        #expect(try crm.sql("SELECT ifnull(tags, '') FROM contact") == tags)
    }

    @Test("A text of one line that has several is made one, and a person is told")
    func lines() throws {
        let result = try importing("last_name,title\n\"Ruiz\nMora\",Jefa\tde compras\nPaz,\"\n\"\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT last_name, ifnull(title, '-') FROM contact") == "Ruiz Mora|Jefa de compras\nPaz|-")
        #expect(result.errors.contains("row 1") && result.errors.contains("one line"), "\(result.errors)")
    }

    @Test("Rows of tabs and blanks that do not break are none", arguments: ["\t,", "\u{A0},\u{A0}", " ,\t"])
    func blankRows(row: String) throws {
        #expect(try importing("last_name,title\nRuiz,Jefa\n\(row)\n").status == 0)
        #expect(try crm.sql("SELECT count(*) FROM contact") == "1")
    }

    @Test(
        "Days that programs write for none, and years for an unknown one, are not taken for known",
        arguments: ["1604-03-15", "15/03/1604", "0001-01-01", "01/01/0001", "0001-01-01T00:00:00"]
    )
    func unknownDays(cell: String) throws {
        let result = try importing("last_name,birthdate\nRuiz,\(cell)\n", as: "contact", "--dates", "dmy")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT ifnull(birthdate, '-') FROM contact") == "-")
        #expect(!cell.contains("1604") || result.errors.contains("--03-15"), "\(result.errors)")
    }

    @Test("A postal code has no mark of Facebook", arguments: ["z:06700", "06700"])
    func facebook(cell: String) throws {
        #expect(try importing("last_name,city,zip_code\nRuiz,León,\(cell)\n").status == 0)
        #expect(try crm.sql("SELECT postal_code FROM address") == "06700")
    }

    @Test("A field to match by that no column has is told with what to do")
    func unmatchable() throws {
        let whole = try importing(
            "Nombre completo,Correo\nAna Ruiz,a@x.example\n",
            as: "contact",
            "--match",
            "last_name"
        )
        #expect(whole.status == 6 && whole.errors.contains("whole names"), "\(whole.errors)")
        let other = try importing("last_name\nRuiz\n", as: "contact", "--match", "email")
        #expect(other.status == 6 && other.errors.contains("its header is email"), "\(other.errors)")
    }

    @Test("Where no option says how a text is encoded, what makes UTF-8 of it is told", arguments: ["batch", "apply"])
    func encodings(command: String) throws {
        let text =
            command == "batch"
            ? "contact add --last-name Pe\u{F1}a\n" : "{\"type\":\"contact\",\"last_name\":\"Pe\u{F1}a\"}\n"
        let bytes = text.unicodeScalars.map { UInt8($0.value) }
        let result = try crm.run([command, "-"], stdin: bytes)
        #expect(result.status != 0 && result.errors.contains("iconv"), "\(result.errors)")
        #expect(!result.errors.contains("--encoding"), "\(result.errors)")
    }

    @Test(
        "A program's word for no value is none, and told",
        arguments: ["NULL", "null", "\\N", "N/D", "N/A", "#N/A", "undefined", "nan", "NaN", "None"]
    )
    func noValue(word: String) throws {
        let result = try importing(
            "first_name,last_name,title,organization.name,Ciudad\nLuis,\(word),\(word),\(word),\(word)\n"
        )
        if word == "#N/A" {
            #expect(result.status == 6)
            return
        }
        #expect(result.status == 0 && result.errors.contains("last_name \"\(word)\": taken as empty"), "\(result)")
        #expect(try crm.sql("SELECT first_name, last_name, title FROM contact") == "|Luis|")
        #expect(try crm.sql("SELECT (SELECT count(*) FROM address) + (SELECT count(*) FROM organization)") == "0")
    }

    @Test("A surname like such a word stays", arguments: ["Null", "Nan", "Undo"])
    func surname(name: String) throws {
        #expect(try importing("first_name,last_name\nLuis,\(name)\n").errors == "")
        #expect(try crm.sql("SELECT first_name, last_name FROM contact") == "Luis|\(name)")
    }

    @Test(
        "Who has an address and no name is called by it",
        arguments: ["Correo\ninfo@acme.example\n", "Puesto,Nombre,Correo\nJefa,,info@acme.example\n"]
    )
    func nameless(rows: String) throws {
        let result = try importing(rows)
        #expect(result.status == 0 && result.errors.contains("the row has no last name"), "\(result.errors)")
        #expect(
            try crm.sql("SELECT first_name, last_name, email FROM contact") == "|info@acme.example|info@acme.example"
        )
        #expect(try importing(rows, as: "contact", "--match", "email").output == "1 row, 1 unchanged\n")
    }
}
