import Testing

/// Words for no value: in what this program exports they are values, in tables of others they are none, and told.
@Suite struct ExportedWordTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "What is exported and taken in again keeps words that look like none",
        arguments: ["csv", "tsv", "json", "jsonl"]
    )
    func kept(format: String) throws {
        try crm.add(
            "contact",
            "--last-name",
            "'Ruiz'",
            "--title",
            "N/D",
            "--external-id",
            "none",
            "--tag",
            "none",
            "--tag",
            "vip",
            "--support-end",
            "0001-01-01"
        )
        try crm.add("organization", "--name", "Acme", "--tax-id", "N/A")
        for noun in ["contact", "organization"] {
            let exported = try crm.succeed(noun, "export", "--format", format).output
            let result = try crm.run(
                [noun, "import", "-", "--input-format", format, "--match", "id"],
                stdin: Array(exported.utf8)
            )
            #expect(result.status == 0 && result.output == "1 row, 1 unchanged\n", "\(result)")
            #expect(result.errors == "")
        }
        #expect(
            try crm.sql("SELECT last_name, external_id, tags, support_end FROM contact")
                == #"'Ruiz'|none|["none","vip"]|0001-01-01"#
        )
    }

    @Test(
        "What a table of another program writes for no value is told where its column could hold it",
        arguments: [
            ("external_id", "none"), ("external_id", "--"), ("tags", "none"), ("title", "NULL"),
            ("support_end", "0001-01-01"),
            ("support_end", "30/12/1899"), ("birthdate", "1899-12-30 00:00:00"),
        ]
    )
    func told(field: String, word: String) throws {
        let result = try crm.run("contact", "import", "--dates", "dmy", stdin: "last_name,\(field)\nA,\(word)\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("\(field) \"\(word)\": taken as empty"), "\(result.errors)")
        #expect(try crm.sql("SELECT \(field) IS NULL FROM contact") == "1")
    }

    @Test("Where nothing could be meant but none it is not told", arguments: ["email", "phone", "birthdate"])
    func untold(field: String) throws {
        let result = try crm.run("contact", "import", stdin: "last_name,\(field)\nA,n/a\n")
        #expect(result.status == 0 && result.errors == "", "\(result.errors)")
    }
}
