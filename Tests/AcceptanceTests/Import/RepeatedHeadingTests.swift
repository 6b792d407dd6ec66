import Testing

/// Tables in which two columns have one heading, as spreadsheets and other programs export them.
@Suite struct RepeatedHeadingTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    private let mails = "Nombre,Apellidos,Correo,Correo\nAna,Ruiz,a@x.example,b@x.example\n"

    @Test("What is not known to hold several is refused, both places and what to write being named")
    func ambiguous() throws {
        let result = try importing(mails)
        #expect(result.status == 6)
        #expect(
            result.errorLines == [
                "crm: header (line 1), Correo: column 4 means email, as column 3, \"Correo\", does: say what it is with --map 'Correo#2=FIELD', or pass it over with --map 'Correo#2=-' or --ignore-unknown"
            ]
        )
        let spanish = try importing(mails, "--lang", "es")
        #expect(
            spanish.errors.contains("la columna 4 significa email, como la columna 3, «Correo»"),
            "\(spanish.errors)"
        )
    }

    @Test(
        "One of two is named by its turn or its place, whatever the case",
        arguments: [
            (["Correo#2=email_secondary"], "a@x.example|b@x.example"),
            (["correo#1=email_secondary"], "b@x.example|a@x.example"),
            (["#3=email_secondary"], "b@x.example|a@x.example"),
            (["Correo#2=-"], "a@x.example|"),
            (["Correo=email_secondary", "Correo#1=email"], "a@x.example|b@x.example"),
        ]
    )
    func named(mappings: [String], mails expected: String) throws {
        let options = mappings.flatMap { ["--map", $0] }
        let result = try crm.run(["contact", "import"] + options, stdin: Array(mails.utf8))
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT email, email_secondary FROM contact") == expected)
    }

    @Test("A mapping that both columns have names both places all the same, and one that none has is told")
    func unsettled() throws {
        let both = try importing(mails, "--map", "Correo=email")
        #expect(both.status == 6 && both.errors.contains("column 4 means email, as column 3"), "\(both.errors)")
        let none = try importing(mails, "--map", "Correo#2=-", "--map", "Correo#3=email")
        #expect(none.status == 2 && none.errors.contains("no column is called 'Correo#3'"), "\(none.errors)")
    }

    @Test("The mapping is shown by the names that --map takes")
    func shown() throws {
        let rows = "Apellidos,Correo,Correo,,Notas\nRuiz,,,x,\n"
        let result = try importing(rows, "--show-mapping", "--map", "#4=phone")
        let mapping = "Apellidos\tlast_name\nCorreo#1\temail\nCorreo#2\temail\n#4\tphone\nNotas\tdescription\n"
        #expect(result.output == mapping)
    }

    @Test("A column without a name that holds something is named by its place")
    func nameless() throws {
        let rows = "Apellidos,,Correo\nRuiz,55 1111 2222,a@x.example\n"
        let refused = try importing(rows)
        #expect(
            refused.status == 6
                && refused.errors.contains(
                    "column 2, without a header, is no field: say what it is with --map '#2=FIELD'"
                ),
            "\(refused.errors)"
        )
        #expect(try importing(rows, "--map", "#2=phone").status == 0)
        #expect(try crm.sql("SELECT phone, email FROM contact") == "55 1111 2222|a@x.example")
    }

    @Test("Values of points, lists and links are taken from both")
    func several() throws {
        try crm.add("asset", "--name", "A", "--serial", "S1")
        try crm.add("asset", "--name", "B", "--serial", "S2")
        let rows = """
            last_name,point.email,point.email,Sitio web,Sitio web,Etiquetas,Etiquetas,asset.serial,asset.serial
            Ruiz,a@x.example,b@x.example,a.example,b.example,uno,"dos,Uno",S1,S2

            """
        for option in [["--match", "last_name"], ["--match", "last_name"]] {
            let result = try crm.run(["contact", "import"] + option, stdin: Array(rows.utf8))
            #expect(result.status == 0, "\(result.errors)")
        }
        #expect(
            try crm.sql("SELECT kind, value FROM contact_point ORDER BY kind, value")
                == "email|a@x.example\nemail|b@x.example\nurl|a.example\nurl|b.example"
        )
        #expect(try crm.sql("SELECT tags FROM contact") == #"["uno","dos"]"#)
        #expect(try crm.sql("SELECT count(*) FROM contact_asset") == "2")
    }

    @Test("So it is said of a file of links and of one of lines")
    func others() throws {
        let links = try crm.run("contact", "link", "asset", "--input", "-", stdin: "contact,contact,asset\n1,1,1\n")
        #expect(links.status == 6)
        #expect(links.errors.contains("column 2 holds the same as column 1, \"contact\""), "\(links.errors)")
        let contact = try crm.add("contact", "--last-name", "Ruiz")
        let lines = try crm.run(
            "quote",
            "add",
            "--contact",
            "\(contact)",
            "--subject",
            "X",
            "--lines",
            "-",
            stdin: "text,quantity,Cantidad\nA,1,2\n"
        )
        #expect(lines.status == 2 && lines.errors.contains("column 3 holds the same as column 2"), "\(lines.errors)")
    }
}
