import Testing

/// What is asked before many records are written, and what is told instead.
@Suite struct BulkQuestionTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    @Test(
        "What no record can take is told before they are counted",
        arguments: [
            "contact edit --where 'id > 0' --birthdate 2026-02-30", "contact edit --where 'id > 0' --organization 99",
            "opportunity edit --where 'id > 0' --stage nope", "case edit --where 'id > 0' --hours many",
        ]
    )
    func values(line: String) throws {
        try crm.succeed("case", "add", "--title", "Falla", "--contact", "1", "--quiet")
        let before = try crm.succeed("log", "--format", "id").output
        let (asked, confirmed) = (try crm.shell("crm \(line)"), try crm.shell("crm \(line) --yes"))
        #expect(asked.status == confirmed.status && asked.errors == confirmed.errors, "\(asked.errors)")
        #expect(!asked.errors.contains("--yes"), "\(asked.errors)")
        #expect(try crm.succeed("log", "--format", "id").output == before)
    }

    @Test("What they can take is counted, and nothing is written without --yes")
    func counted() throws {
        let result = try crm.run("opportunity", "edit", "--where", "id > 0", "--stage", "negotiation")
        #expect(result.status == 2)
        #expect(result.errors.contains("nothing was done"), "\(result.errors)")
        #expect(try crm.json("opportunity", "list", "--where", "stage = negotiation", "--count")["count"] == 0)
    }
}
