import Testing

/// Options are written as POSIX and GNU programs have them.
@Suite struct OptionSyntaxTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    @Test(
        "The same in other words",
        arguments: [
            ["contact", "list", "--limit", "2", "--format", "id", "-q"],
            ["contact", "list", "--limit=2", "--format=id", "--quiet"],
            ["contact", "list", "-L", "2", "-q", "--format", "id"],
            ["contact", "list", "-qL2", "--format", "id"],
            ["--format", "id", "-q", "contact", "list", "-L2"],
            ["contact", "list", "--format", "id", "--format=id", "--limit", "2", "-L2", "-q", "--quiet"],
        ]
    )
    func spellings(_ words: [String]) throws {
        let result = try crm.succeed(words)
        #expect(result.output == "1\n2\n")
        #expect(result.errors == "")
    }

    @Test("Options stand after operands as well as before")
    func order() throws {
        #expect(try crm.succeed("contact", "show", "1", "--format", "id", "2").output == "1\n2\n")
    }

    @Test("The word after an option is its value, even where it begins with a dash")
    func dashValue() throws {
        let id = try crm.add("contact", "--last-name", "-x", "--title", "--")
        let contact = try crm.json("contact", "show", "\(id)")
        #expect(contact["last_name"] == "-x")
        #expect(contact["title"] == "--")
    }

    @Test("A list option adds, and an edit changes a list by its elements, without complaint where nothing changes")
    func lists() throws {
        try crm.succeed("contact", "edit", "4", "--tag", "a", "--tag", "b")
        #expect(try crm.json("contact", "show", "4")["tags"] == ["a", "b"])
        try crm.succeed(
            "contact",
            "edit",
            "4",
            "--add-tag",
            "c",
            "--add-tag",
            "a",
            "--remove-tag",
            "b",
            "--remove-tag",
            "z"
        )
        #expect(try crm.json("contact", "show", "4")["tags"] == ["a", "c"])
        try crm.succeed("contact", "edit", "4", "--tag=")
        #expect(try crm.json("contact", "show", "4")["tags"] == [])
    }

    @Test(
        "A boolean is set, unset or given a value",
        arguments: [
            ("--do-not-call", true), ("--no-do-not-call", false), ("--do-not-call=false", false),
            ("--do-not-call=sí", true),
        ]
    )
    func booleans(_ option: String, _ isSet: Bool) throws {
        let id = try crm.add("contact", "--last-name", "Boole", option)
        #expect(try crm.json("contact", "show", "\(id)")["do_not_call"] == .bool(isSet))
    }

    @Test("An empty value takes the value away, save where one is required")
    func emptyValue() throws {
        try crm.succeed("contact", "edit", "1", "--title=", "--organization", "")
        let contact = try crm.json("contact", "show", "1")
        #expect(contact["title"] == JSON.null)
        #expect(contact["organization"] == JSON.null)
        #expect(try crm.run("contact", "edit", "1", "--last-name=").status == 2)
    }
}
