import Testing

/// What a spreadsheet or an export of this program has made of records changes nothing when it comes back.
@Suite struct ReimportTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    @Test("A table that was exported changes nothing, whatever stands in tags and codes")
    func tables() throws {
        try crm.add("contact", "--last-name", "Paz", "--tag", "VIP;x", "--tag", "y", "--tag", "* z")
        try crm.add("asset", "--name", "A", "--serial", "0012.0")
        for module in ["contact", "asset"] {
            let table = try crm.succeed(module, "export").output
            #expect(try crm.succeed(module, "import", stdin: table).output == "1 row, 1 unchanged\n")
        }
        #expect(try crm.sql("SELECT tags FROM contact") == #"["VIP;x","y","* z"]"#)
    }

    @Test(
        "Whatever a text holds that spreadsheets and web pages put around texts, its export changes nothing",
        arguments: [
            ("contact", "title", "=\"0012\"", "csv tsv json jsonl"), ("contact", "assigned_to", "=\"a\"", "csv tsv"),
            ("contact", "description", "=\"0012\"", "csv tsv json"), ("contact", "tag", "=\"0012\"", "csv tsv"),
            ("contact", "last_name", "=\"0012\"", "csv tsv"),
            ("contact", "last_name", "x\u{200B}", "csv tsv json jsonl"),
            ("contact", "last_name", "\u{200E}abc", "csv json"), ("contact", "title", "a\u{AD}b", "csv json"),
            ("contact", "first_name", "\u{AD}Ana", "csv json"),
            ("contact", "external_id", "x\u{A0}y", "csv tsv json jsonl"),
            ("product", "code", "x\u{A0}y\u{2011}z", "csv tsv json jsonl"),
            ("contact", "description", "#REF!", "json jsonl"),
            ("contact", "title", "#N/A", "json jsonl"), ("contact", "last_name", "Err:502", "json"),
        ]
    )
    func texts(noun: String, field: String, text: String, formats: String) throws {
        let name = noun == "contact" ? "last_name" : "name"
        let option = "--" + field.replacing("_", with: "-")
        try crm.add(noun, (field == name ? [] : ["--" + name.replacing("_", with: "-"), "L"]) + [option, text])
        for format in formats.split(separator: " ").map(String.init) {
            let file = try crm.succeed(noun, "export", "--format", format).output
            let result = try crm.run([noun, "import", "--input-format", format], stdin: Array(file.utf8))
            #expect(result.output == "1 row, 1 unchanged\n", "\(format): \(result.output)\(result.errors)")
        }
    }

    @Test("Marks that nobody sees are taken away from a line of text, whoever gives it")
    func marks() throws {
        try crm.add(
            "contact",
            "--last-name",
            "\u{200E}Ru\u{200B}iz",
            "--title",
            "\u{FEFF}",
            "--description",
            "a\u{200B}b"
        )
        try crm.succeed("contact", "import", stdin: "Apellidos,Puesto\n\u{200E}Ru\u{200B}iz,\u{FEFF}\n")
        #expect(try crm.sql("SELECT last_name, title IS NULL FROM contact") == "Ruiz|1\nRuiz|1")
        #expect(try crm.run("contact", "add", "--last-name", "\u{200B}").status == 2)
    }

    @Test("The card of a contact without a key is known again, and only in its own file")
    func cards() throws {
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Paz", "--email", "ana@example.org")
        let card = try crm.succeed("contact", "export", "--format", "vcard").output
        #expect(card.contains("UID:urn:x-crm:contact:1:"))
        for options in [[], ["--match", "email"]] {
            let words = ["contact", "import", "--input-format", "vcard"] + options
            #expect(try crm.succeed(words, stdin: card).output == "1 row, 1 unchanged\n")
        }
        #expect(try crm.sql("SELECT count(*), external_id FROM contact") == "1|")
        let other = try CRM()
        try other.succeed("contact", "import", "--input-format", "vcard", stdin: card)
        #expect(try other.sql("SELECT external_id LIKE 'urn:x-crm:%' FROM contact") == "1")
    }

    @Test("A row that repeats the header in other letters or with blanks is none")
    func headers() throws {
        let text = "Nombre,Apellidos\nAna,Paz\nnombre,apellidos\n NOMBRE, Apellidos \n"
        let result = try crm.succeed("contact", "import", stdin: text)
        #expect(result.output == "1 row, 1 created\n")
        #expect(result.errors == "crm: passed over 2 rows that repeat the header: lines 3, 4\n")
    }

    @Test("A birthday without a year is left out and told")
    func yearless() throws {
        let text = "last_name,birthdate\nPaz, --02-03\nRuiz,1980-02-03\n"
        for language in ["en", "es"] {
            let result = try crm.succeed("contact", "import", "--lang", language, stdin: text)
            #expect(result.errors.contains("--02-03"), "\(result.errors)")
        }
        #expect(try crm.sql("SELECT birthdate FROM contact ORDER BY id LIMIT 2") == "\n1980-02-03")
    }

    @Test("Days with two figures for the year are read in the order that is told")
    func shortYears() throws {
        let text = "last_name,birthdate,support_start\nPaz,3/2/68,3/2/26\n"
        try crm.succeed("contact", "import", "--dates", "dmy", stdin: text)
        try crm.succeed("contact", "import", "--dates", "mdy", stdin: text)
        #expect(
            try crm.sql("SELECT birthdate, support_start FROM contact ORDER BY id")
                == "1968-02-03|2026-02-03\n1968-03-02|2026-03-02"
        )
        try crm.succeed("event", "import", "--dates", "dmy", stdin: "subject,starts_at\nR,1/2/26 9:05\n")
        #expect(try crm.sql("SELECT starts_at FROM event") == "2026-02-01T15:05:00Z")
    }

    @Test("Google's contacts with Spanish headers are known, and labels go with the numbers they are of")
    func google() throws {
        let text = """
            Nombre,Nombre de pila,Apellidos,Correo electrónico 1 - Etiqueta,Correo electrónico 1 - Valor,\
            Teléfono 1 - Etiqueta,Teléfono 1 - Valor,Website 1 - Type,Website 1 - Value
            Ana Paz,Ana,Paz,* Work,a@example.org ::: b@example.org,Móvil,5512345678,Blog,https://ana.example.org

            """
        try crm.succeed("contact", "import", stdin: text)
        #expect(
            try crm.sql("SELECT first_name, last_name, email, mobile FROM contact")
                == "Ana|Paz|a@example.org|5512345678"
        )
        #expect(
            try crm.sql("SELECT kind, value, label FROM contact_point ORDER BY kind")
                == "email|b@example.org|Work\nurl|https://ana.example.org|Blog"
        )
    }

    @Test("A code that a spreadsheet made a number of names the record", arguments: ["1234567.0", "1.234567E+06"])
    func links(number: String) throws {
        try crm.add("contact", "--last-name", "Paz", "--external-id", "1234567")
        try crm.add("asset", "--name", "A", "--serial", "1234567")
        let file = "contact.external_id,asset.serial\n\(number),\(number)\n"
        #expect(try crm.succeed("contact", "link", "asset", "--input", "-", stdin: file).output == "1 linked\n")
        let report = "title,contact.external_id\nC,\(number)\n"
        #expect(try crm.succeed("case", "import", stdin: report).output == "1 row, 1 created, 1 linked\n")
        #expect(try crm.sql("SELECT contact FROM contact_case") == "1")
    }

    @Test("A number that has lost digits names nothing, and says why")
    func roundedLinks() throws {
        try crm.add("contact", "--last-name", "Paz")
        let file = "contact,asset.serial\n1,1.23E+06\n"
        let result = try crm.run("contact", "link", "asset", "--input", "-", stdin: file)
        #expect(result.status == 6 && result.errors.contains("digits are lost"), "\(result.errors)")
    }

    @Test("Candidates of an ambiguous reference are told wherever it stands")
    func candidates() throws {
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz")
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz", "--email", "a@example.org")
        let told = "matches 2 contacts (1 Ana Ruiz; 2 Ana Ruiz a@example.org): name one of them by its id"
        let uses: [([String], String)] = [
            (["opportunity", "add", "--contact", "name:Ana Ruiz"], ""),
            (["contact", "import"], "last_name,reports_to.name\nX,Ana Ruiz\n"),
            (["apply"], #"{"module":"contact","last_name":"X","reports_to":"name:Ana Ruiz"}"#),
            (["contact", "link", "asset", "--input", "-"], "contact.name,asset\nAna Ruiz,1\n"),
        ]
        for (words, text) in uses {
            let result = try crm.run(words, stdin: Array(text.utf8))
            #expect(result.errors.contains(told), "\(words): \(result.errors)")
        }
        let linked = try crm.run("case", "add", "--contact", "name:Ana Ruiz")
        #expect(linked.status == 4 && linked.errors.contains("2  Ana Ruiz  a@example.org"), "\(linked.errors)")
        try crm.succeed("contact", "edit", "1", "--email", "a@example.org")
        let matched = try crm.run("contact", "import", "--match", "email", stdin: "email,title\na@example.org,B\n")
        #expect(matched.errors.contains("email (a@example.org): 1, 2"), "\(matched.errors)")
    }

    @Test("Handing an opportunity to a contact of other roles leaves one link, tells what goes, and has a way back")
    func handOver() throws {
        try crm.add("organization", "--name", "Acme")
        for name in ["Paz", "Ruiz"] { try crm.add("contact", "--last-name", name, "--organization", "1") }
        let fields = ["--name", "O", "--amount", "5", "--close-date", "2026-12-31", "--stage", "qualification"]
        try crm.add("opportunity", ["--contact", "1"] + fields)
        for (contact, role, note) in [
            ("1", "primary", "calls"), ("2", "influencer", "knows"), ("2", "evaluator", "signs"),
        ] {
            try crm.succeed("contact", "link", "opportunity", contact, "1", "--role", role, "--note", note)
        }
        let before = "2|evaluator|signs\n2|influencer|knows"
        let links = "SELECT contact, role, note FROM contact_opportunity WHERE contact = 2 ORDER BY role"
        #expect(try crm.sql(links) == before)
        let result = try crm.succeed("opportunity", "edit", "1", "--contact", "2", "--format", "id")
        for told in [
            "contact 2 was linked as Evaluator, Influencer, and is linked as Primary alone now",
            "the link of contact 2 as Influencer is gone, with Note: knows",
            "the link of contact 1 as Primary is gone, with Note: calls",
        ] {
            #expect(result.errors.contains(told), "\(result.errors)")
        }
        #expect(try crm.sql("SELECT contact, role, note FROM contact_opportunity") == "2|primary|signs")
        let back = try crm.succeed("opportunity", "edit", "1", "--contact", "1", "--lang", "es", "--format", "id")
        #expect(
            back.errors.contains("el contacto 2 queda vinculado como Evaluador, Quien influye, como antes"),
            "\(back.errors)"
        )
        #expect(try crm.sql(links) == before)
        try crm.succeed("undo")
        #expect(try crm.sql("SELECT contact, role, note FROM contact_opportunity") == "2|primary|signs")
    }

    @Test("The way back brings back what the hand-over took, and nothing that is there again")
    func handOverAndBack() throws {
        try crm.add("organization", "--name", "Acme")
        for name in ["Paz", "Ruiz"] { try crm.add("contact", "--last-name", name, "--organization", "1") }
        let fields = ["--amount", "5", "--close-date", "2026-12-31", "--stage", "qualification"]
        for name in ["O", "P"] { try crm.add("opportunity", ["--name", name, "--contact", "1"] + fields) }
        for record in ["1", "2"] {
            for role in ["influencer", "evaluator", "other"] {
                try crm.succeed("contact", "link", "opportunity", "2", record, "--role", role)
            }
        }
        try crm.succeed("opportunity", "edit", "1", "2", "--contact", "2", "--yes")
        try crm.succeed("contact", "link", "opportunity", "2", "1", "--role", "influencer", "--note", "anew")
        try crm.succeed("opportunity", "edit", "1", "2", "--contact", "1", "--yes")
        let links = "SELECT role, note FROM contact_opportunity WHERE contact = 2 AND opportunity"
        #expect(try crm.sql("\(links) = 1 ORDER BY role") == "evaluator|\ninfluencer|anew\nother|")
        #expect(try crm.sql("\(links) = 2 ORDER BY role") == "evaluator|\ninfluencer|\nother|")
    }

    @Test(
        "What was meant is said of words, filters and references that are not understood",
        arguments: [
            (["configuración"], "eso es 'config'"), (["aplicar"], "eso es 'apply'"), (["deshaz"], "eso es 'undo'"),
            (["órdenes"], "eso es 'sales-order' o 'purchase-order'"), (["quote", "línea"], "eso es 'line'"),
            (["config", "poner"], "eso es 'set'"), (["config", "ver"], "eso es 'get'"),
            (["report", "embudo"], "eso es 'pipeline'"), (["report", "pronóstico"], "eso es 'forecast'"),
            (["report", "descuentos"], "eso es 'price-preference'"), (["report", "backlog"], "eso es 'case-backlog'"),
            (["opportunity", "summarize", "by", "stage"], "eso es '--by stage'"),
            (["contact", "list", "where", "id > 5"], "eso es '--where \"id > 5\"'"),
            (["opportunity", "ganar"], "eso es 'edit REF --stage closed_won'"),
            (["opportunity", "perder"], "eso es 'edit REF --stage closed_lost'"),
            (["contact", "list", "-w", "móvil = 5"], "eso es 'mobile'"),
            (["contact", "list", "-w", "Fecha de nacimiento = 5"], "eso es 'birthdate'"),
            (["contact", "list", "-w", "(last_name = X"], "este paréntesis no se cierra"),
            (["contact", "list", "-w", "point.email = x"], "has point(kind = email and value = …)"),
            (["contact", "show", "+52 55 1234 5678"], "phone:\"+52 55 1234 5678\""),
            (["asset", "show", "LT-001"], "serial:\"LT-001\""),
            (
                ["contact", "add", "--do-not-call", "--no-do-not-call"],
                "--do-not-call y --no-do-not-call se contradicen"
            ),
        ] as [([String], String)]
    )
    func meant(words: [String], told: String) throws {
        let result = try crm.run(words + ["--lang", "es"])
        #expect(result.status != 0)
        #expect(result.errors.contains(told), "\(result.errors)")
    }

    @Test("What rows of a part name is listed from either side")
    func rows() throws {
        try crm.add("product", "--name", "P")
        try crm.add("quote", "--subject", "Q", "--line", "product=1,quantity=1,unit_price=3")
        #expect(try crm.succeed("product", "links", "quote", "1", "--format", "id").output == "1\n")
    }
}
