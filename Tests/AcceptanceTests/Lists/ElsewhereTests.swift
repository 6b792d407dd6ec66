import Testing

/// A filter for a value that records have in another field by which they are named just as well.
@Suite struct ElsewhereTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add(
            "contact",
            "--last-name",
            "Ruiz",
            "--email",
            "ana@example.org",
            "--email-secondary",
            "casa@example.org",
            "--mobile",
            "+52 55 1234 5678",
            "--point",
            "email:otra@example.org"
        )
    }

    @Test(
        "That somebody has it elsewhere is told, with what looks everywhere",
        arguments: [
            ("email = casa@example.org", "email:casa@example.org"),
            ("email = Otra@example.org", "email:Otra@example.org"),
            ("email in (x@example.org, casa@example.org)", "email:casa@example.org"),
            ("last_name = Ruiz and phone = '+525512345678'", "phone:+525512345678"),
        ]
    )
    func told(filter: String, reference: String) throws {
        let list = try crm.succeed("contact", "list", "--where", filter)
        #expect(list.errorLines.count == 1)
        #expect(list.errors.hasSuffix("elsewhere: 'crm contact show \(reference)' looks at all\n"), "\(list.errors)")
        #expect(list.errors.contains(#"contact 1 "Ruiz" ("#), "\(list.errors)")
    }

    @Test(
        "Where the field has it, where nobody does and where it is denied nothing is told",
        arguments: [
            "email = ana@example.org", "email = x@example.org", "email != casa@example.org",
            "not email = casa@example.org", "email_secondary = casa@example.org", "email ~ casa", "last_name = Ruiz",
        ]
    )
    func silent(filter: String) throws {
        #expect(try crm.succeed("contact", "list", "--where", filter).errors == "")
    }
}
