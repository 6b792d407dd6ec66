import Testing

/// A record of every module from its adding to its end.
@Suite struct RecordLifeTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    /// What makes a record beside the flags: a contact where one is needed, in an organization where that is.
    private func words(for module: ModuleCase) throws -> [String] {
        guard module.needsContact else { return module.required }
        let organization = try crm.add("organization", "--name", "Acme, S.A.")
        let contact = try crm.add("contact", "--last-name", "Ruiz", "--organization", "\(organization)")
        return ["--contact", "\(contact)"] + module.required
    }

    @Test("The least that a record needs makes it", arguments: ModuleCase.all)
    func add(_ module: ModuleCase) throws {
        let result = try crm.run([module.noun, "add", "--json"] + words(for: module))
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors == "")
        #expect(try JSON(result.outputBytes)["id"] == 1)
    }

    @Test("Without what it needs nothing is made, and everything missing is named", arguments: ModuleCase.all)
    func missing(_ module: ModuleCase) throws {
        let flags = module.required.filter { $0.hasPrefix("--") } + (module.needsContact ? ["--contact"] : [])
        guard !flags.isEmpty else { return }
        let result = try crm.run(module.noun, "add")
        #expect(result.status == 2)
        #expect(result.output == "")
        for flag in flags {
            let told = ["  \(flag): is required\n", "such as \(flag)"]
            #expect(told.contains { result.errors.contains($0) }, "\(result.errors)")
        }
        #expect(try crm.run(module.noun, "list", "--count").output == "0\n")
    }

    @Test("In Spanish what is missing is told by its label too, as is what an action needs in either language")
    func missingLabels() throws {
        let add = try crm.run("contact", "add", "--lang", "es")
        #expect(add.errors.contains("  --last-name: es obligatorio (Apellidos)\n"), "\(add.errors)")
        try crm.add("sales-order", "--subject", "S", "--line", "text=a,price=1")
        for (language, reason) in [
            ("en", "is required (Number of the invoice)"), ("es", "es obligatorio (Número de la factura)"),
        ] {
            let invoice = try crm.run("sales-order", "invoice", "1", "--lang", language)
            #expect(invoice.status == 2 && invoice.errors.contains("  --number: \(reason)\n"), "\(invoice.errors)")
        }
    }

    @Test("What was added is shown, listed, changed and deleted", arguments: ModuleCase.all)
    func life(_ module: ModuleCase) throws {
        try crm.succeed([module.noun, "add"] + words(for: module))
        let added = try crm.json(module.noun, "show", "1")
        #expect(try crm.run(module.noun, "list", "--format", "id").output == "1\n")

        try crm.succeed(
            module.noun,
            "edit",
            "1",
            "--tag",
            "vip",
            "--external-id",
            "A-1",
            "--description",
            "dos\nlíneas"
        )
        let edited = try crm.json(module.noun, "show", "ext:A-1")
        #expect(edited["tags"] == ["vip"])
        #expect(edited["description"] == "dos\nlíneas")
        #expect(edited.keys == added.keys)

        try crm.succeed(module.noun, "edit", "1", "--tag=", "--external-id=", "--description=")
        let emptied = try crm.json(module.noun, "show", "1")
        #expect(emptied["external_id"] == JSON.null)

        let deleted = try crm.run(module.noun, "delete", "1", "--yes")
        #expect(deleted.status == 0, "\(deleted.errors)")
        #expect(try crm.run(module.noun, "show", "1").status == 3)
        #expect(try crm.run(module.noun, "list").lines.count == 1)
    }

    @Test("An id is never used again", arguments: ModuleCase.all)
    func identity(_ module: ModuleCase) throws {
        let words = try [module.noun, "add", "--format", "id"] + words(for: module)
        #expect(try crm.succeed(words).output == "1\n")
        try crm.succeed(module.noun, "delete", "1", "--force")
        #expect(try crm.succeed(words).output == "2\n")
    }
}
