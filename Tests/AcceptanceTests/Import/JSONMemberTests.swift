import Testing

/// Members of JSON that are no plain values, as other programs write them.
@Suite struct JSONMemberTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private func takeJSON(_ object: String, _ options: String...) throws -> CRM.Result {
        try crm.run(["contact", "import", "--input-format", "jsonl"] + options, stdin: Array("\(object)\n".utf8))
    }

    @Test("An object in a member is cells of their own")
    func nested() throws {
        let object = #"{"last_name":"Nido","organization":{"name":"Nueva"},"address":{"work":{"city":"Toluca"}}}"#
        let result = try takeJSON(object, "--create-missing", "organization")
        #expect(result.status == 0, "\(result)")
        #expect(
            try crm.sql(
                """
                SELECT o.name, a.city FROM contact c JOIN organization o ON o.id = c.organization \
                JOIN address a ON a.contact = c.id WHERE last_name = 'Nido'
                """
            ) == "Nueva|Toluca"
        )
    }

    @Test(
        "The answer of a web service is told by the list in which its records stand",
        arguments: [
            (#"{"contacts":[{"last_name":"Nido"}]}"#, "contacts"),
            (#"{"people":[{"last_name":"Nido"}],"total":1,"next":null}"#, "people"),
            (#"{"last_name":"Nido","results":[{"last_name":"Nido"}]}"#, "results"),
        ]
    )
    func answers(object: String, list: String) throws {
        let result = try takeJSON(object)
        #expect(result.status == 6 && result.errors.contains("jq -c '.\(list)[]'"), "\(result)")
    }

    @Test(
        "What no cell can hold is passed over where that is asked for, else told with how",
        arguments: [#"{"a":[[1]]}"#, #"[[1]]"#, #"{"b":{"c":[{"d":[{"e":1}]}]}}"#]
    )
    func unreadable(value: String) throws {
        let object = #"{"last_name":"Nido","x":\#(value)}"#
        #expect(try takeJSON(object).status == 6)
        let passed = try takeJSON(object, "--ignore-unknown")
        #expect(passed.status == 0, "\(passed)")
        let title = try takeJSON(#"{"last_name":"Nido","title":[["a"]]}"#)
        #expect(title.errors.contains("--map 'title=-'"), "\(title)")
        #expect(try takeJSON(#"{"last_name":"Nido","title":[["a"]]}"#, "--map", "title=-").status == 0)
    }

    @Test("A list of addresses is read as a cell of a table with both is, and one of one value as that")
    func addresses() throws {
        let result = try takeJSON(#"{"last_name":"Nido","email":["a@x.example","b@x.example"],"title":["Jefa"]}"#)
        #expect(result.status == 0, "\(result)")
        #expect(
            try crm.sql(
                "SELECT title, email, value FROM contact c JOIN contact_point p ON p.contact = c.id WHERE last_name = 'Nido'"
            )
                == "Jefa|a@x.example|b@x.example"
        )
        let titles = try takeJSON(#"{"last_name":"Nido","title":["Jefa","Socia"]}"#)
        #expect(titles.status == 6 && titles.errors.contains("--map 'title=-'"), "\(titles)")
    }

    @Test("An apostrophe is data there", arguments: ["'007", "'x'"])
    func apostrophe(key: String) throws {
        try crm.add("contact", "--last-name", "Nido", "--external-id", key)
        let table = try crm.succeed("contact", "export", "--format", "json", "--where", "last_name = Nido").output
        let result = try crm.succeed(
            "contact",
            "import",
            "--input-format",
            "json",
            "--match",
            "external_id",
            stdin: table
        )
        #expect(result.output == "1 row, 1 unchanged\n")
    }
}
