import Testing

/// Which keys the JSON of each module has, and in what order: part of the contract with scripts.
@Suite struct JSONKeysTests {
    @Test("Every module's JSON has every declared key, in declared order", arguments: ModuleCase.all)
    func keys(_ module: ModuleCase) throws {
        let crm = try CRM(.sample)
        let contact = module.needsContact ? ["--contact", "1"] : []
        try crm.succeed([module.noun, "add", "--quiet"] + contact + module.required)
        let newest = try #require(crm.json(module.noun, "list").elements.last)
        let id = try #require(newest["id"]?.integer)
        let shown = try crm.json(module.noun, "show", "\(id)").keys
        #expect(shown.starts(with: newest.keys))
        // After an empty line, what only whole records have.
        let keys = newest.keys + [""] + shown.dropFirst(newest.keys.count)
        try Golden.expect(keys.map { $0 + "\n" }.joined(), in: "keys/\(module.key)", of: crm)

        let csv = try crm.succeed(module.noun, "list", "--format", "csv")
        #expect(csv.lines.first == newest.keys.joined(separator: ","))
    }
}
