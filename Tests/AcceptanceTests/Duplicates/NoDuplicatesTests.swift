import Testing

/// `--no-duplicates`: all that is shared is named, and only what is given counts.
@Suite struct NoDuplicatesTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add(
            "contact",
            "--last-name",
            "Uno",
            "--email",
            "a@x.example",
            "--email-secondary",
            "b@x.example",
            "--mobile",
            "5512345678"
        )
    }

    @Test("Every value that others have is named, by add and by import")
    func all() throws {
        try crm.succeed("config", "set", "country", "MX")
        let added = try crm.run(
            "contact",
            "add",
            "--last-name",
            "S",
            "--email",
            "a@x.example",
            "--email-secondary",
            "b@x.example",
            "--mobile",
            "5512345678",
            "--point",
            "phone:+52 55 1234 5678",
            "--no-duplicates"
        )
        #expect(added.status == 5)
        for word in ["a@x.example", "b@x.example", "5512345678", "+52 55 1234 5678"] {
            #expect(added.errors.contains(word), "\(added.errors)")
        }
        let rows = "last_name,email,email_secondary,mobile\nS,a@x.example,b@x.example,5512345678\n"
        let imported = try crm.run("contact", "import", "--no-duplicates", stdin: rows)
        #expect(imported.status == 6 && imported.errorLines.count >= 3, "\(imported.errors)")
        for field in ["email", "email_secondary", "mobile"] { #expect(imported.errors.contains(", \(field) ")) }
        #expect(try crm.sql("SELECT count(*) FROM contact") == "1")
    }

    @Test("What a record shared before its edit does not refuse another value of it")
    func before() throws {
        try crm.add("contact", "--last-name", "Dos", "--mobile", "5512345678", "--point", "phone:5512345678")
        try crm.succeed("contact", "edit", "2", "--phone", "5500001111", "--no-duplicates")
        try crm.succeed("contact", "edit", "2", "--point", "phone:5500002222", "--no-duplicates")
        try crm.succeed("contact", "point", "edit", "2", "1", "--label", "casa", "--no-duplicates")
        let refused = try crm.run("contact", "edit", "2", "--email", "b@x.example", "--no-duplicates")
        #expect(refused.status == 5 && !refused.errors.contains("5512345678"), "\(refused.errors)")
        let row = try crm.run("contact", "point", "edit", "2", "2", "--value", "55 1234 5678", "--no-duplicates")
        #expect(row.status == 5, "\(row.errors)")
    }
}
