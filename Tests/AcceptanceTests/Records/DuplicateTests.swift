import Testing

/// What is told, or refused, of values by which other records are named already.
@Suite struct DuplicateTests {
    private let crm: CRM

    /// Organization 1; contact 1, Ana Ruiz, with every kind of address and number; asset 1.
    init() throws {
        crm = try CRM()
        try crm.succeed("config", "set", "country", "MX")
        try crm.add("organization", "--name", "Acme", "--tax-id", "ACM010203AB1", "--email", "hola@acme.example")
        try crm.add(
            "contact",
            "--first-name",
            "Ana",
            "--last-name",
            "Ruiz",
            "--organization",
            "1",
            "--email",
            "ana@example.org",
            "--email-secondary",
            "ruiz@example.org",
            "--mobile",
            "55 1234 5678",
            "--point",
            "email:casa@example.org",
            "--point",
            "phone:55 8765 4321"
        )
        try crm.add("asset", "--name", "Laptop", "--serial", "LT-001")
    }

    @Test(
        "A shared value is told with who has it, whatever field it stands in and however it is written",
        arguments: [
            (["contact", "--last-name", "Sosa", "--email", "ANA@example.org"], "contact 1"),
            (["contact", "--last-name", "Sosa", "--email-secondary", "ana@example.org"], "contact 1"),
            (["contact", "--last-name", "Sosa", "--email", "ruiz@example.org"], "contact 1"),
            (["contact", "--last-name", "Sosa", "--email", "casa@example.org"], "contact 1"),
            (["contact", "--last-name", "Sosa", "--point", "email:ana@example.org"], "contact 1"),
            (["contact", "--last-name", "Sosa", "--phone", "+52 (55) 1234-5678"], "contact 1"),
            (["contact", "--last-name", "Sosa", "--home-phone", "5587654321"], "contact 1"),
            (["contact", "--last-name", "Sosa", "--point", "phone:5512345678"], "contact 1"),
            (["organization", "--name", "Beta", "--tax-id", "ACM010203AB1"], "organization 1"),
            (["organization", "--name", "Beta", "--tax-id", "acm-010203-ab1"], "organization 1"),
            (["organization", "--name", "Beta", "--email", "hola@acme.example"], "organization 1"),
            (["asset", "--name", "Otra", "--serial", "LT-001"], "asset 1"),
        ]
    )
    func told(_ words: [String], _ holder: String) throws {
        let add = [words[0], "add"] + words.dropFirst()
        let told = try crm.succeed(add + ["--format", "id"])
        #expect(told.output == "2\n")
        #expect(told.errorLines.count == 1)
        #expect(told.errors.hasPrefix("crm: \(words[0]) 2 shares the "))
        #expect(told.errors.contains(" with \(holder) \""))
        let dry = try crm.succeed(add + ["--dry-run", "--format", "id"])
        #expect(dry.errors.contains(" with \(holder) \""))
        let refused = try crm.run(add + ["--no-duplicates"])
        #expect(refused.status == 5)
        #expect(refused.output == "")
        #expect(refused.errors.contains("already that of \(holder) \""))
        #expect(refused.errors.contains("--no-duplicates"))
        #expect(try crm.succeed(words[0], "list", "--count").output == "2\n")
    }

    @Test("The words name the record, the value and the organization of who has it, in either language")
    func words() throws {
        let words = ["contact", "add", "--last-name", "Sosa", "--email", "ana@example.org", "--format", "id"]
        #expect(
            try crm.succeed(words).errors
                == "crm: contact 2 shares the Email ana@example.org with contact 1 \"Ana Ruiz\" (Acme)\n"
        )
        try crm.succeed("contact", "delete", "2", "--yes")
        let spanish = try crm.succeed(words + ["--lang", "es"]).errors
        #expect(
            spanish
                == "crm: el contacto 3 comparte «ana@example.org» (Correo electrónico principal) con el contacto 1 «Ana Ruiz» (Acme)\n"
        )
        #expect(try crm.succeed(words + ["--quiet"]).errors == "")
    }

    @Test("Programs get who has the value as an object")
    func json() throws {
        let told = try crm.succeed("contact", "add", "--last-name", "Sosa", "--email", "ana@example.org", "--json")
        let note = try JSON(told.errorBytes)
        #expect(note.keys == ["note", "duplicates"])
        let duplicate = try #require(note["duplicates"]?.elements.first)
        #expect(duplicate.keys == ["record", "field", "value", "module", "id", "name", "details"])
        #expect(duplicate["record"] == 2)
        #expect(duplicate["field"] == "email")
        #expect(duplicate["id"] == 1)
        #expect(duplicate["name"] == "Ana Ruiz")
        #expect(duplicate["details"]?["organization"] == "Acme")
        let batch = try crm.succeed(
            "batch",
            stdin: "asset add --name B --serial LT-001\nasset add --name C --serial 9\n"
        )
        let lines = try batch.lines.map { try JSON(Array($0.utf8)) }
        #expect(lines.map { $0["duplicates"]?.elements.count } == [1, 0])
        #expect(lines[0]["notices"]?.elements.count == 1)
    }

    @Test("To programs a choice is its key, whatever the language", arguments: ["en", "es"])
    func choice(language: String) throws {
        let add = ["document", "add", "--title", "Tarifas", "-", "--json", "--lang", language]
        try crm.succeed(add, stdin: "2026")
        let note = try JSON(crm.succeed(add, stdin: "2026").errorBytes)
        #expect(note["duplicates"]?.elements.first?["details"]?["status"] == "active")
    }

    @Test("An edit tells what it gives, and nothing of what stands already")
    func edit() throws {
        try crm.add("contact", "--last-name", "Sosa", "--email", "sosa@example.org")
        let edit = ["contact", "edit", "2", "--format", "id"]
        #expect(try crm.succeed(edit + ["--email", "ana@example.org"]).errors.contains("with contact 1"))
        #expect(try crm.succeed(edit + ["--title", "CEO"]).errors == "")
        // It shares an address, which is told no more when a number is changed.
        #expect(try crm.succeed(edit + ["--phone", "5599990000", "--no-duplicates"]).errors == "")
        #expect(try crm.run(edit + ["--phone", "5512345678", "--no-duplicates"]).status == 5)
        #expect(try crm.run(edit + ["--title", "Jefa", "--no-duplicates"]).status == 0)
        let point = ["contact", "point", "add", "2", "email:ruiz@example.org"]
        #expect(try crm.run(point + ["--no-duplicates"]).status == 5)
        #expect(try crm.succeed(point).errors.contains("shares the Email ruiz@example.org with contact 1"))
    }

    @Test("Of one's own values nothing is told")
    func own() throws {
        let words = ["contact", "add", "--last-name", "Sosa", "--email", "s@example.org", "--email-secondary"]
        #expect(try crm.succeed(words + ["S@example.org", "--format", "id", "--no-duplicates"]).errors == "")
    }

    @Test("An import tells how many there are and the first ten")
    func importing() throws {
        let shared = (1...12).map { "Sosa \($0),c\($0)@example.org" }
        let rows = ["last_name,email", "Nueva,ana@example.org"] + shared + shared
        try crm.write(rows.joined(separator: "\n") + "\n", to: "in.csv")
        for dry in [["--dry-run"], []] {
            let told = try crm.succeed(["contact", "import", "in.csv"] + dry)
            #expect(told.errorLines.count == 11)
            #expect(told.errorLines[0].hasPrefix("crm: contact 2 shares the Email ana@example.org with contact 1"))
            #expect(told.errorLines[1].hasPrefix("crm: contact 15 shares the Email c1@example.org with contact 3"))
            #expect(told.errorLines[10] == "crm: and 3 more: 13 values in all that other records have as well")
            #expect(told.output.hasPrefix("25 rows, 25 created"))
        }
    }

    @Test("Much of a module at once is told as one record is, whatever the fields")
    func importingMuch() throws {
        let new = (1...150).map { "Sosa,k\($0),e\($0)@example.org,,55 1000 \(1000 + $0)," }
        let later = (1...150).map { "Vega,l\($0),v\($0)@example.org,E\($0)@example.org,,+52 55 1000 \(1000 + $0)" }
        let header = "last_name,external_id,email,email_secondary,phone,mobile"
        try crm.write(([header] + new + later).joined(separator: "\n") + "\n", to: "in.csv")
        let told = try crm.succeed("contact", "import", "in.csv").errorLines
        #expect(told.count == 11)
        #expect(told[0].hasPrefix("crm: contact 152 shares the Secondary email E1@example.org with contact 2 "))
        #expect(told[1].hasPrefix("crm: contact 152 shares the Mobile +52 55 1000 1001 with contact 2 "))
        #expect(told[2].hasPrefix("crm: contact 153 shares the Secondary email E2@example.org with contact 3 "))
        #expect(told[10] == "crm: and 290 more: 300 values in all that other records have as well")

        let changes = (1...150).map { "k\($0),casa@example.org" }
        try crm.write((["external_id,email"] + changes).joined(separator: "\n") + "\n", to: "in.csv")
        let again = try crm.succeed("contact", "import", "in.csv", "--match", "external_id").errorLines
        #expect(again.count == 11)
        #expect(again[0].hasPrefix("crm: contact 2 shares the Email casa@example.org with contact "))
        #expect(again[0].hasSuffix(", and others"))
        #expect(again[10].hasPrefix("crm: and 140 more: 150 values"))
    }

    @Test("With --no-duplicates the rows are rejected, and the others can be saved")
    func rejecting() throws {
        try crm.write("last_name,email\nUno,ana@example.org\nDos,d@example.org\nTres,D@example.org\n", to: "in.csv")
        let whole = try crm.run("contact", "import", "in.csv", "--no-duplicates")
        #expect(whole.status == 6)
        #expect(whole.errorLines.count == 2)
        #expect(
            whole.errors.hasPrefix(
                "crm: row 1 (line 2, column 5), email \"ana@example.org\": already that of contact 1 \"Ana Ruiz\" (Acme)\n"
            )
        )
        // What the same input made there will never be.
        #expect(
            whole.errors.contains("already that of another new contact \"Dos\" (d@example.org)\n"),
            "\(whole.errors)"
        )
        #expect(try crm.succeed("contact", "list", "--count").output == "1\n")
        let good = try crm.run("contact", "import", "in.csv", "--no-duplicates", "--continue-on-error")
        #expect(good.status == 6)
        #expect(good.output == "3 rows, 1 created, 2 failed\n")
        #expect(try crm.succeed("contact", "list", "--count").output == "2\n")
    }

    @Test("What is applied is told and refused in the same way")
    func applying() throws {
        let lines = #"{"module":"asset","name":"B","serial":"LT-001"}"# + "\n"
        #expect(try crm.run(["apply", "--no-duplicates"], stdin: Array(lines.utf8)).status == 6)
        #expect(try crm.succeed("apply", stdin: lines).errors.contains("asset 2 shares the Serial number LT-001"))
    }

    @Test("A number that another document has is refused, by whatever it comes")
    func numbers() throws {
        try crm.add("quote", "--subject", "A", "--number", "COT-1")
        let refused = try crm.run("quote", "add", "--subject", "B", "--number", "COT-1")
        #expect(refused.status == 5)
        #expect(refused.errors == "crm: quote 1 already has the Quote number \"COT-1\"\n")
        #expect(
            try crm.run("quote", "add", "--subject", "B", "--number", "COT-1", "--lang", "es").errors
                == "crm: la cotización 1 ya tiene «COT-1» como Número de cotización\n"
        )
        try crm.write("subject,number\nB,COT-1\n", to: "in.csv")
        #expect(try crm.run("quote", "import", "in.csv").status == 6)
        let line = #"{"module":"quote","subject":"B","number":"COT-1"}"# + "\n"
        #expect(try crm.run(["apply"], stdin: Array(line.utf8)).status == 6)
    }

    @Test("The form tells it right after the answer, and asks again where duplicates are refused")
    func form() throws {
        let remark = "It is also that of contact 1 \"Ana Ruiz\" (Acme)."
        let told = try crm.terminal("contact add --first-name Eva")
        try told.answer("Last name *: ", "Sosa")
        try told.answer("Organization (part of a name, or a reference): ", "")
        try told.answer("Title: ", "")
        try told.answer("Email: ", "ana@example.org")
        let shown = try told.answer("Office phone: ", "")
        #expect(shown.contains(remark))
        try told.answer("Mobile: ", "")
        try told.answer("Save? (yes, no, or the number of a field to change): ", "yes")
        #expect(try told.finish() == 0)

        let refusing = try crm.terminal("contact add --first-name Eva --no-duplicates")
        try refusing.answer("Last name *: ", "Sosa")
        try refusing.answer("Organization (part of a name, or a reference): ", "")
        try refusing.answer("Title: ", "")
        try refusing.answer("Email: ", "ana@example.org")
        let again = try refusing.answer("Email: ", "eva@example.org")
        #expect(again.contains("It is also that of contact 1 \"Ana Ruiz\" (Acme), contact 2"))
    }

    @Test(
        "A code that differs in capitals alone is told and refused in the same way, of unique ones too",
        arguments: [
            ("asset", ["--name", "A"], "serial", "SN-1", "sn-1"), ("asset", ["--name", "A"], "serial", "sn-1", "Sn-1"),
            ("asset", ["--name", "A"], "serial", "Sn-1", "sn-1"), ("asset", ["--name", "A"], "serial", "Sn-1", "sN-1"),
            ("asset", ["--name", "A"], "serial", "AbC_%'9ñ", "aBc_%'9ñ"),
            ("asset", ["--name", "A"], "asset-number", "INV-1", "inv-1"),
            ("product", ["--name", "A"], "code", "SKU-1", "sku-1"), ("product", ["--name", "A"], "serial", "X1", "x1"),
            ("quote", ["--subject", "A"], "number", "COT-1", "cot-1"),
            ("case", ["--title", "A"], "number", "C-1", "c-1"), ("project", ["--name", "A"], "clave", "P-A", "p-a"),
        ]
    )
    func capitals(module: String, words: [String], option: String, code: String, other: String) throws {
        try crm.succeed("field", "add", "project", "clave", "--type", "code", "--key")
        func options(_ code: String, _ serial: Int) -> [String] {
            words + ["--\(option)", code] + (option == "asset-number" ? ["--serial", "\(serial)"] : [])
        }
        let add = [module, "add", "--format", "id"]
        let first = try crm.add(module, options(code, 7))
        let refused = try crm.run(add + options(other, 8) + ["--no-duplicates"])
        #expect(refused.status == 5, "\(refused.errors)")
        #expect(refused.errors.contains("already that of \(module) \(first) "), "\(refused.errors)")
        #expect(refused.errors.contains(" but for capitals"), "\(refused.errors)")
        let told = try crm.succeed(add + options(other, 8))
        #expect(told.errors.contains(" \(other) but for capitals with \(module) \(first) "), "\(told.errors)")
        let third = try crm.succeed(add + options("z", 9) + ["--no-duplicates"])
        #expect(third.errors == "", "\(third.errors)")
    }

    @Test("Of many codes at once those in other capitals are counted, and said in Spanish")
    func manyCapitals() throws {
        func rows(_ lead: String) -> String {
            "name,serial\n" + (1...150).map { "A,\(lead)-\($0)\n" }.joined()
        }
        #expect(try crm.succeed("asset", "import", stdin: rows("SN")).errors == "")
        let told = try crm.succeed("asset", "import", "--lang", "es", stdin: rows("sn")).errorLines
        let first = "crm: el activo 152 comparte «sn-1» (Número de serie) salvo las mayúsculas con el activo 2 "
        #expect(told.first?.hasPrefix(first) == true, "\(told)")
        #expect(told.contains { $0.hasPrefix("crm: y 140 más: 150 valores") }, "\(told)")
    }

    @Test("Codes in any case are found among few and many, of many new records and of few", arguments: [1, 100, 1200])
    func mixedCapitals(count: Int) throws {
        func rows(_ lead: String, _ count: Int) -> String {
            "name,serial\n" + (1...count).map { "A,\(lead)-\($0)\n" }.joined()
        }
        try crm.succeed("asset", "import", stdin: rows("aB", 1200))
        let told = try crm.succeed("asset", "import", "--json", stdin: rows("Ab", count)).errors
        #expect(told.contains("Ab-1 but for capitals with asset 2 "), "\(told)")
        if count > 10 { #expect(told.contains("\(count) values"), "\(told)") }
        let refused = try crm.run("asset", "edit", "serial:aB-1200", "--serial", "AB-1199", "--no-duplicates")
        #expect(refused.status == 5 && refused.errors.contains("but for capitals"), "\(refused.errors)")
    }

    @Test(
        "The fax of an office and the telephone of an assistant find a contact, and nothing is told of who shares them",
        arguments: ["--fax", "--assistant-phone"]
    )
    func common(option: String) throws {
        let add = ["contact", "add", "--last-name", "Sosa", "--format", "id", "--no-duplicates"]
        #expect(try crm.succeed(add + [option, "55 3333 0000"]).errors == "")
        #expect(try crm.succeed("contact", "show", "phone:5533330000", "--format", "id").output == "2\n")
        #expect(try crm.run("__complete", "zsh", "contact", "show", "phone:5533").output.contains("Sosa"))
        #expect(try crm.succeed(add + [option, "+52 55 3333 0000"]).errors == "")
        #expect(try crm.run("contact", "show", "phone:5533330000").status == 4)
        let rows = "last_name,\(option.dropFirst(2).replacing("-", with: "_"))\nPaz,55 3333 0000\n"
        #expect(try crm.succeed("contact", "import", "--no-duplicates", stdin: rows).errors == "")
        // Whose own number it is comes before those who share it.
        #expect(try crm.succeed(add + ["--phone", "55 3333 0000"]).errors == "")
        #expect(try crm.succeed("contact", "show", "phone:5533330000", "--format", "id").output == "5\n")
        #expect(try crm.run(add + ["--mobile", "55 3333 0000"]).status == 5)
    }

    @Test("Keys that programs make may differ in capitals, and nothing is told of them")
    func programKeys() throws {
        for uid in ["u1", "U1"] {
            let words = ["event", "add", "--subject", "x", "--starts-at", "2026-12-01 10:00", "--uid", uid]
            #expect(try crm.succeed(words + ["--format", "id"]).errors == "")
        }
    }

    @Test("Candidates of an ambiguous reference come with what tells them apart")
    func candidates() throws {
        let id = try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz", "--email", "otra@example.org")
        try crm.succeed("address", "add", "--contact", "\(id)", "--kind", "home", "--city", "Puebla", "--quiet")
        let ambiguous = try crm.run("contact", "show", "name:Ana Ruiz")
        #expect(ambiguous.status == 4)
        #expect(
            ambiguous.errorLines == [
                "crm: name:Ana Ruiz matches 2 contacts", "  1  Ana Ruiz  ana@example.org  Acme",
                "  2  Ana Ruiz  otra@example.org  Puebla", "crm: name one of them by its id",
            ]
        )
    }
}
