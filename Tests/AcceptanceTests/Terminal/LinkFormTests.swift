import Testing

/// The clients and contacts that the form of `add` asks for, and makes where they are missing.
@Suite struct LinkFormTests: FormSuite {
    let crm: CRM

    init() throws { crm = try Self.prepared() }

    @Test("Several contacts get one each, and what one of them lacks is asked for")
    func severalContacts() throws {
        let line = "opportunity add --contact 1 --contact 2 --name Renewal --close-date 2026-12-31 --amount 1"
        let terminal = try crm.terminal(line)
        // The first contact has a client: the question is about the other one alone.
        let organization = "Organization of Ana Gómez * (part of a name, or a reference): "
        let fixed = try terminal.answer(organization, "")
        #expect(fixed.contains("Contact:              Ana Ruiz; Ana Gómez\n"))
        #expect(try terminal.answer("Which one (number, or other words): ", "beta").contains("Acme, S.A.  #1"))
        try terminal.answer("Lead source (number or name) [Trade Show]: ", "-")
        try terminal.answer("Stage * (number or name): ", "1")
        try terminal.answer("Probability (0-100) [10]: ", "")
        try terminal.answer("Description (an empty line ends it): ", "")
        try terminal.answer("Next step: ", "")
        try terminal.answer("Assigned to [carla]: ", "")
        let save = "Save? (yes, no, or the number of a field to change): "
        let summary = try terminal.answer(save, "1")
        #expect(summary.contains("Organization:         Acme, S.A.; Beta Ñandú\n"))
        try terminal.answer("Organization of Ana Gómez * (part of a name, or a reference) [Beta Ñandú]: ", "")
        try terminal.answer(save, "yes")
        #expect(try terminal.finish() == 0)
        let clients = try crm.run("opportunity", "list", "--columns", "organization", "--no-header").output
        #expect(clients == "1\n2\n", "\(clients)")
    }

    private static let client = "Organization * (part of a name, or a reference): "

    @Test("A client that is not there yet is made with the record, in the same change set")
    func newClient() throws {
        let terminal = try crm.terminal("opportunity add --contact 2 --name Renewal --amount 1 --stage proposal")
        try terminal.answer(Self.client, "Gamma, S.L.")
        try terminal.answer("Add the organization \"Gamma, S.L.\"? [y/N]: ", "y")
        try terminal.answer("Email of Gamma, S.L.: ", "hola@gamma.example")
        try terminal.answer("Expected close date * (YYYY-MM-DD, today or +30d): ", "31/12/26")
        try terminal.skip(to: "to change): ")
        #expect(terminal.shown.contains("  = 2026-12-31\n"))
        #expect(terminal.shown.contains("Organization:         Gamma, S.L. (to be added)\n"))
        try terminal.type("Save\n")
        #expect(try terminal.finish() == 0)
        #expect(try crm.json("opportunity", "show", "1")["organization"]?["name"] == "Gamma, S.L.")
        #expect(try crm.json("organization", "show", "3")["email"] == "hola@gamma.example")
        try crm.succeed(["undo", "5"])
        #expect(try crm.run("organization", "list", "--count").output == "2\n")
    }

    @Test("Of a form that is left, nothing that was to be made is there", arguments: ["no\n", "\u{4}", "\u{3}"])
    func newClientLeft(keys: String) throws {
        let terminal = try crm.terminal(
            "opportunity add --contact 2 --name Renewal --amount 1 --stage proposal --close-date today"
        )
        try terminal.answer(Self.client, "+Acme")
        try terminal.answer("Add the organization \"Acme\"? [y/N]: ", "yes")
        try terminal.skip(to: "to change): ")
        try terminal.type(keys)
        #expect(try terminal.finish() != 0)
        #expect(try crm.run("organization", "list", "--count").output == "2\n")
        #expect(try crm.run("opportunity", "list", "--count").output == "0\n")
    }

    @Test("A contact and its client are both made where an opportunity asks for them")
    func newContact() throws {
        let terminal = try crm.terminal("opportunity add --name Renewal --amount 1", env: ["CRM_LANG": "es"])
        try terminal.answer("Contacto * (parte de un nombre, o una referencia): ", "Luis Gómez Paz")
        try terminal.answer("¿Agregar el contacto «Luis Gómez Paz»? [s/N]: ", "s")
        try terminal.answer("Cliente de Luis Gómez Paz (parte de un nombre, o una referencia): ", "Delta")
        try terminal.answer("¿Agregar el cliente «Delta»? [s/N]: ", "sí")
        try terminal.answer("Correo electrónico de Delta: ", "")
        try terminal.answer("Correo electrónico principal de Luis Gómez Paz: ", "luis@delta.example")
        // The client is the contact's: it is not asked for again.
        let fixed = try terminal.answer("Fecha estimada de cierre * (AAAA-MM-DD, hoy o +30d): ", "hoy")
        #expect(fixed.contains("Luis Gómez Paz (por agregar)") && fixed.contains("Delta (por agregar)"))
        try terminal.answer("Origen (número o nombre): ", "")
        try terminal.answer("Etapa de venta * (número o nombre): ", "1")
        try terminal.skip(to: "para cambiarlo): ")
        try terminal.type("Guardar\n")
        #expect(try terminal.finish() == 0)
        let contact = try crm.json("contact", "show", "luis@delta.example")
        #expect(contact["last_name"] == "Gómez Paz")
        #expect(contact["organization"]?["name"] == "Delta")
        #expect(try crm.json("opportunity", "show", "1")["organization"]?["name"] == "Delta")
    }

    @Test("Contacts and what is said of their links are asked for")
    func links() throws {
        let terminal = try crm.terminal("asset add --name Laptop --serial X1")
        #expect(try terminal.finish() == 0)
        let form = try crm.terminal("asset add --name Phone")
        try form.skip(to: "Serial number *: ")
        try form.type("X2\n")
        try form.skip(to: "Contact (part of a name, or a reference): ")
        try form.type("ruiz\n")
        try form.answer("Another contact (part of a name, or a reference): ", "")
        try form.answer("Role (number or name): ", "custodian")
        let since = "Since (YYYY-MM-DD, today or +30d): "
        try form.answer(since, "soon")
        #expect(try form.answer(since, "1/2/2026").contains("not a date"))
        #expect(try form.answer(since, "13/2/2026").contains("it may be 2026-02-01 or 2026-01-02"))
        try form.answer("Until (YYYY-MM-DD, today or +30d): ", "")
        try form.answer("Note: ", "")
        let summary = try form.answer("Save? (yes, no, or the number of a field to change): ", "ok")
        #expect(summary.contains("Contact:") && summary.contains("Ana Ruiz") && summary.contains("Custodian"))
        #expect(try form.finish() == 0)
        let link = try crm.json("contact", "links", "asset", "1")
        #expect("\(link)".contains("custodian") && "\(link)".contains("2026-02-13"))
    }

    @Test(
        "A contact that is missing or not one alone is told, with candidates, before anything is asked",
        arguments: [("name:Ana", 3), ("99", 3), ("name:Eva Sol", 4)] as [(String, Int32)]
    )
    func wrongContact(reference: String, status: Int32) throws {
        for email in ["a@example.org", "b@example.org"] {
            try crm.add("contact", "--first-name", "Eva", "--last-name", "Sol", "--email", email)
        }
        for noun in ["opportunity", "asset"] {
            let terminal = try PseudoTerminal(
                crm.program,
                [noun, "add", "--contact", reference],
                environment: crm.environment.merging(["TERM": "xterm"]) { $1 },
                in: crm.folder
            )
            #expect(try terminal.finish() == status)
            #expect(!terminal.shown.contains("New "))
            // The address of Ana, who may be meant, ends so too.
            #expect(terminal.shown.contains("a@example.org") == (reference != "99"))
        }
    }

    @Test("Records of contacts of several clients show each client")
    func severalClients() throws {
        try crm.succeed(["contact", "edit", "2", "--organization", "2"])
        let terminal = try crm.terminal("opportunity add --contact 1 --contact 2")
        #expect(try terminal.expect("Name *: ").contains("Organization:  Acme, S.A.; Beta Ñandú\n"))
    }
}
