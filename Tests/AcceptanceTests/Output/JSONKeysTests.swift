import Testing

/// Which keys the JSON of each module has, and in what order: part of the contract with scripts.
@Suite struct JSONKeysTests {
    /// The rows that belong to records, which only whole records have.
    private static let parts = [
        "contact": ["points", "bounces"], "organization": ["points"], "quote": ["lines", "taxes"],
        "sales-order": ["lines", "taxes"], "purchase-order": ["lines", "taxes"],
        "document": ["revisions"], "event": ["occurrences"], "channel": ["members"], "email": ["attachments"],
    ]

    @Test("Every module's JSON has every declared key, in declared order", arguments: ModuleCase.all)
    func keys(_ module: ModuleCase) throws {
        let crm = try CRM(.sample)
        let contact = module.needsContact ? ["--contact", "1"] : []
        try crm.succeed([module.noun, "add", "--quiet"] + contact + module.required)
        let newest = try #require(crm.json(module.noun, "list").elements.last)
        try Golden.expect(newest.keys.map { $0 + "\n" }.joined(), in: "keys/\(module.key)", of: crm)

        let id = try #require(newest["id"]?.integer)
        let shown = try crm.json(module.noun, "show", "\(id)")
        let merged = ["contact", "organization", "product"].contains(module.noun) ? ["merged_from"] : []
        #expect(shown.keys == newest.keys + Self.parts[module.noun, default: []] + ["related"] + merged)
        let csv = try crm.succeed(module.noun, "list", "--format", "csv")
        #expect(csv.lines.first == newest.keys.joined(separator: ","))
    }
}
