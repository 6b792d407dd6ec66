import Testing

/// Words that follow a number, and what is meant by names that nothing has.
@Suite struct CountWordTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz", "--email", "ana@example.org")
    }

    @Test("One is one", arguments: [("en", "0 pairs among 1 contact"), ("es", "0 parejas entre 1 contacto")])
    func pairs(language: String, words: String) throws {
        #expect(try crm.succeed("contact", "duplicates", "--lang", language).errors.contains(words + "\n"))
    }

    @Test("One of one would change") func change() throws {
        let dry = try crm.succeed("contact", "edit", "--where", "id = 1", "--title", "CEO", "--dry-run")
        #expect(dry.errors.contains("1 of 1 contact would change"), "\(dry.errors)")
    }

    @Test("A name that nobody has gets those that may be meant") func candidates() throws {
        let result = try crm.run("comment", "add", "--contact", "name:Ana", "--body", "x")
        #expect(result.status == 3 && result.errors.contains("1  Ana Ruiz"), "\(result.errors)")
        #expect(try crm.run("contact", "show", "name:Zoe").errors == "crm: no contact matches name:Zoe\n")
    }

    @Test(
        "A label of several words gets its key, within has and behind a dot too",
        arguments: [
            ("comment", "contact.Correo electrónico principal = x", "contact.email"),
            ("organization", "has contact(Last name = Ruiz)", "last_name"),
            ("contact", "Office phone = 5", "phone"),
        ]
    )
    func labels(module: String, filter: String, key: String) throws {
        let result = try crm.run(module, "list", "--where", filter)
        #expect(result.status == 2 && result.errors.contains("that is '\(key)'"), "\(result.errors)")
    }
}
