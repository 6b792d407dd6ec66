import Testing

/// What an export says of other records in a database where ids are those of others.
@Suite struct ForeignReferenceTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        for name in ["Acme", "Beta"] { try crm.succeed("organization", "add", "--name", name) }
        for (name, organization) in [("Ruiz", "2"), ("Paz", "1")] {
            try crm.succeed(
                "contact",
                "add",
                "--last-name",
                name,
                "--email",
                "\(name)@x.example",
                "--organization",
                organization
            )
        }
        try crm.write(crm.succeed("contact", "export").output, to: "out.csv")
    }

    /// Another database, with organizations of these names.
    private func other(_ names: String...) throws -> CRM {
        let other = try CRM()
        for name in names { try other.succeed("organization", "add", "--name", name) }
        try other.write(crm.read("out.csv"), to: "out.csv")
        return other
    }

    @Test("An export has the names beside the ids, in tables alone, and taken back it changes nothing")
    func unchanged() throws {
        let header = try crm.succeed("contact", "export").lines[0]
        #expect(header.contains(",organization,organization.name,") && header.contains(",reports_to,reports_to.name,"))
        #expect(try crm.succeed("contact", "export", "--format", "json").output.contains("organization.name") == false)
        let runs = [([], ""), (["--match", "id"], ""), (["--match", "email"], "crm: passed over the column id\n")]
        for (options, notes) in runs {
            let result = try crm.run(["contact", "import", "out.csv"] + options)
            #expect(result.output == "2 rows, 2 unchanged\n" && result.errors == notes, "\(result.errors)")
        }
    }

    @Test(
        "An id that is another record's there is refused, with what to do",
        arguments: [
            ["--match", "email"], ["--map", "id=-"], ["--match", "email", "--create-missing", "organization"],
        ]
    )
    func refused(options: [String]) throws {
        let other = try other("Beta", "Norte")
        let result = try other.run(["contact", "import", "out.csv"] + options)
        #expect(result.status == 6, "\(result.output)")
        #expect(result.errors.contains("organization 2 is \"Norte\" here, not \"Beta\""), "\(result.errors)")
        #expect(result.errors.contains("--map organization=- takes the names"), "\(result.errors)")
        let spanish = try other.run(["contact", "import", "out.csv", "--lang", "es"] + options)
        #expect(spanish.errors.contains("--map organization=- toma los nombres"), "\(spanish.errors)")
    }

    @Test("An id of nobody is refused in the same words")
    func missing() throws {
        let other = try other("Beta")
        let result = try other.run("contact", "import", "out.csv", "--match", "email")
        #expect(result.status == 6 && result.errors.contains("no organization matches 2"), "\(result.errors)")
        #expect(result.errors.contains("--map organization=- takes the names"), "\(result.errors)")
    }

    @Test("By their names the records are found, or made")
    func named() throws {
        let other = try other("Beta", "Norte")
        try other.succeed(
            "contact",
            "import",
            "out.csv",
            "--match",
            "email",
            "--map",
            "organization=-",
            "--create-missing",
            "organization"
        )
        #expect(
            try other.sql("SELECT c.last_name, o.name FROM contact c JOIN organization o ON o.id = c.organization")
                == "Ruiz|Beta\nPaz|Acme"
        )
    }

    @Test("A name that is changed in the file does not contradict the rows that refer to it")
    func renamed() throws {
        try crm.succeed("contact", "edit", "2", "--reports-to", "1")
        let table = try crm.succeed("contact", "export").output
        try crm.write(table.replacing("1,,,Ruiz,", with: "1,,Ana,Ruiz,"), to: "out.csv")
        let result = try crm.run("contact", "import", "out.csv")
        #expect(result.output == "2 rows, 1 updated, 1 unchanged\n", "\(result.errors)")
    }
}
