import Testing

/// A suite about forms, with two clients and two contacts of the same first name.
protocol FormSuite {}

extension FormSuite {
    /// The program, with the database of the test.
    static func prepared() throws -> CRM {
        let crm = try CRM()
        try crm.add("organization", "--name", "Acme, S.A.")
        try crm.add("organization", "--name", "Beta Ñandú")
        try crm.add(
            "contact",
            "--first-name",
            "Ana",
            "--last-name",
            "Ruiz",
            "--email",
            "ana@example.org",
            "--organization",
            "1",
            "--lead-source",
            "trade_show",
            "--assigned-to",
            "carla"
        )
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Gómez", "--email", "gomez@example.org")
        return crm
    }
}
