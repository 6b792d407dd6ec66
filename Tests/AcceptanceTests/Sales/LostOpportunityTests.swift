import Testing

/// A quote and its opportunity, where that is lost.
@Suite struct LostOpportunityTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.add("organization", "--name", "Acme")
        try crm.add(
            "opportunity",
            "--contact",
            "1",
            "--organization",
            "1",
            "--name",
            "Renewal",
            "--amount",
            "100",
            "--close-date",
            "2026-12-31",
            "--stage",
            "negotiation"
        )
        try crm.add("quote", "--subject", "Q", "--opportunity", "1", "--line", "text=n,price=4")
        try crm.succeed("opportunity", "edit", "1", "--stage", "closed_lost", "--lost-reason", "Price")
    }

    private func stages() throws -> String {
        try crm.sql("SELECT (SELECT stage FROM quote WHERE id = 1), stage, lost_reason FROM opportunity")
    }

    @Test("It is not won unasked with its quote, by either verb", arguments: ["accept", "order"])
    func refused(verb: String) throws {
        let result = try crm.run("quote", verb, "1", "--win")
        #expect(result.status == 5, "\(result.errors)")
        #expect(result.errors.contains("opportunity 1 is lost, since ") && result.errors.contains("--force"))
        #expect(try stages() == "created|closed_lost|Price")
        let spanish = try crm.run("quote", verb, "1", "--win", "--lang", "es")
        #expect(spanish.errors.contains("la oportunidad 1 está perdida desde el "), "\(spanish.errors)")
        try crm.succeed("quote", verb, "1", "--win", "--force")
        #expect(try stages() == "accepted|closed_won|")
    }

    @Test("The quote alone is accepted")
    func alone() throws {
        try crm.succeed("quote", "accept", "1")
        #expect(try stages() == "accepted|closed_lost|Price")
    }

    @Test("To quote it once more is told")
    func quoted() throws {
        let result = try crm.run("opportunity", "quote", "1")
        #expect(result.status == 0 && result.errors.contains("opportunity 1 is lost, and stays so"), "\(result.errors)")
    }
}
