import Foundation
import Testing

/// The form that `add` becomes on a terminal when something required is missing.
@Suite struct FormTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
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
    }

    private func answerTheRest(_ terminal: PseudoTerminal) throws {
        try terminal.answer("Expected close date * (YYYY-MM-DD, today or +30d): ", "2026-12-31")
        try terminal.answer("Amount *: ", "12500")
        try terminal.answer("Lead source (number or name) [Trade Show]: ", "")
        try terminal.answer("Stage * (number or name): ", "2")
        try terminal.answer("Probability (0-100) [20]: ", "")
        try terminal.answer("Description: ", "As last year")
        try terminal.answer("Next step: ", "")
        try terminal.answer("Assigned to [carla]: ", "")
    }

    @Test("An opportunity is added from a part of a contact's name")
    func opportunity() throws {
        let terminal = try crm.terminal("opportunity add")
        try terminal.answer("Contact * (part of a name, or a reference): ", "ana")
        let candidates = try terminal.answer("Which one (number, or other words): ", "2")
        #expect(candidates.contains("  1  Ana Gómez  gomez@example.org  #2\n  2  Ana Ruiz  ana@example.org  #1\n"))
        let fixed = try terminal.answer("Name *: ", "Renewal")
        #expect(fixed.contains("Fixed:\n  Contact:       Ana Ruiz\n  Organization:  Acme, S.A.\n"))
        try answerTheRest(terminal)
        let summary = try terminal.answer("Save? (yes, no, or the number of a field to change): ", "yes")
        #expect(summary.contains("  1  Name:                 Renewal\n"))
        #expect(summary.contains("  5  Stage:                Qualification\n"))
        #expect(summary.contains("     Contact:              Ana Ruiz\n"))
        #expect(try terminal.finish() == 0)
        #expect(terminal.shown.contains("Id:                   1\n"))
        let record = try crm.json("opportunity", "show", "1")
        #expect(record["contact"]?["id"] == 1)
        #expect(record["organization"]?["id"] == 1)
        #expect(record["amount"] == .number("12500.00"))
        #expect(record["lead_source"] == "trade_show")
        #expect(record["assigned_to"] == "carla")
        #expect(record["probability"] == 20)
        #expect(record["description"] == "As last year")
        #expect(record["next_step"] == JSON.null)
    }

    @Test("The same form in Spanish, with choices by their Spanish names and defaults changed")
    func spanish() throws {
        let terminal = try crm.terminal("opportunity add --contact gomez@example.org", env: ["CRM_LANG": "es"])
        try terminal.answer("Nombre *: ", "Renovación")
        try terminal.answer("Cliente * (parte de un nombre, o una referencia): ", "nandu")
        try terminal.answer("Fecha estimada de cierre * (AAAA-MM-DD, hoy o +30d): ", "hoy")
        try terminal.answer("Valor estimado *: ", "900 MXN")
        try terminal.answer("Origen (número o nombre): ", "LLAMADA EN FRIO")
        try terminal.answer("Etapa de venta * (número o nombre): ", "Propuesta/Cotización")
        try terminal.answer("Probabilidad (0-100) [65]: ", "70")
        try terminal.answer("Descripción: ", "")
        try terminal.answer("Siguiente paso: ", "")
        let summary = try terminal.answer("¿Guardar? (sí, no, o el número de un campo para cambiarlo): ", "sí")
        #expect(summary.contains("Beta Ñandú") && summary.contains("900.00 MXN"))
        #expect(try terminal.finish() == 0)
        let record = try crm.json("opportunity", "show", "1")
        #expect(record["stage"] == "proposal")
        #expect(record["lead_source"] == "cold_call")
        #expect(record["probability"] == 70)
        #expect(record["currency"] == "MXN")
        #expect(record["organization"]?["id"] == 2)
    }

    @Test("What cannot be taken is said and asked again")
    func wrongAnswers() throws {
        let terminal = try crm.terminal("opportunity add --name Renewal")
        let contact = "Contact * (part of a name, or a reference): "
        try terminal.answer(contact, "zzz")
        #expect(try terminal.answer(contact, "ana").contains("Nothing matches."))
        try terminal.answer("Which one (number, or other words): ", "3")
        // A number that is not in the list is never taken for an id.
        let list = try terminal.answer("Which one (number, or other words): ", "ruiz")
        #expect(list.contains("There is no number 3 in the list."))
        let date = "Expected close date * (YYYY-MM-DD, today or +30d): "
        try terminal.answer(date, "soon")
        #expect(try terminal.answer(date, "2026-02-30").contains("not a date"))
        #expect(try terminal.answer(date, "").contains("no such day"))
        #expect(try terminal.answer(date, "2026-12-31").contains("This field is required."))
        try terminal.answer("Amount *: ", "1,000")
        try terminal.answer("Amount *: ", "1000.001")
        try terminal.answer("Amount *: ", "1000")
        try terminal.answer("Lead source (number or name) [Trade Show]: ", "-")
        let stage = "Stage * (number or name): "
        try terminal.answer(stage, "11")
        #expect(try terminal.answer(stage, "won").contains("none of these"))
        try terminal.answer(stage, "closed won")
        try terminal.answer("Probability (0-100) [100]: ", "101")
        try terminal.answer("Probability (0-100) [100]: ", "")
        try terminal.answer("Description: ", "")
        try terminal.answer("Next step: ", "")
        try terminal.answer("Assigned to [carla]: ", "-")
        let save = "Save? (yes, no, or the number of a field to change): "
        try terminal.answer(save, "maybe")
        try terminal.answer(save, "2")
        try terminal.answer("Amount * [1000.00]: ", "2000")
        #expect(try terminal.answer(save, "y").contains("2000.00"))
        #expect(try terminal.finish() == 0)
        let record = try crm.json("opportunity", "show", "1")
        #expect(record["amount"] == .number("2000.00"))
        #expect(record["lead_source"] == JSON.null)
        #expect(record["assigned_to"] == JSON.null)
    }

    @Test("Several contacts get one each, and what one of them lacks is asked for")
    func severalContacts() throws {
        let line = "opportunity add --contact 1 --contact 2 --name Renewal --close-date 2026-12-31 --amount 1"
        let terminal = try crm.terminal(line)
        let organization = "Organization * (part of a name, or a reference) [Acme, S.A.]: "
        let fixed = try terminal.answer(organization, "beta")
        #expect(fixed.contains("Contact:              Ana Ruiz; Ana Gómez\n"))
        #expect(try terminal.answer(organization, "").contains("belongs to Acme, S.A., not to Beta Ñandú"))
        try terminal.answer("Lead source (number or name) [Trade Show]: ", "-")
        try terminal.answer("Stage * (number or name): ", "1")
        try terminal.answer("Probability (0-100) [10]: ", "")
        try terminal.answer("Description: ", "")
        try terminal.answer("Next step: ", "")
        try terminal.answer("Assigned to [carla]: ", "")
        try terminal.answer("Save? (yes, no, or the number of a field to change): ", "yes")
        #expect(try terminal.finish() == 0)
        #expect(try crm.run("opportunity", "list", "--format", "id").output == "1\n2\n")
    }

    @Test("Flags that are wrong are an error, not a question")
    func wrongFlags() throws {
        let terminal = try crm.terminal("opportunity add --contact 1 --amount much")
        #expect(try terminal.finish() == 2)
        #expect(terminal.shown.contains("--amount"))
    }

    @Test("Dates out of order are asked again")
    func order() throws {
        let terminal = try crm.terminal("contract add --number 7 --type support --status on_hold")
        try terminal.answer("Subject *: ", "Support")
        try terminal.answer("Start date (YYYY-MM-DD, today or +30d): ", "2026-06-01")
        try terminal.answer("End date (YYYY-MM-DD, today or +30d): ", "2026-05-31")
        #expect(try terminal.answer("End date (YYYY-MM-DD, today or +30d): ", "").contains("is before start_date"))
        try terminal.expect("Save?")
    }

    @Test("Ctrl-C and Ctrl-D leave nothing behind", arguments: [("\u{3}", 130), ("\u{4}", 1)] as [(String, Int32)])
    func leaving(key: String, status: Int32) throws {
        let terminal = try crm.terminal("opportunity add --contact 1")
        try terminal.answer("Name *: ", "Renewal")
        try terminal.expect("Expected close date")
        try terminal.type(key)
        #expect(try terminal.finish() == status)
        #expect(try crm.run("opportunity", "list", "--count").output == "0\n")
    }

    @Test("A no saves nothing")
    func refusing() throws {
        let terminal = try crm.terminal("organization add")
        try terminal.answer("Name *: ", "Gamma")
        while !terminal.shown.contains("Save?") { try terminal.answer(": ", "") }
        try terminal.type("no\n")
        #expect(try terminal.finish() == 1)
        #expect(terminal.shown.contains("nothing was saved"))
        #expect(try crm.run("organization", "list", "--count").output == "2\n")
    }

    @Test("The first record of all is made by a form; leaving it makes no database")
    func firstRecord() throws {
        let fresh = try CRM(.nothing)
        let left = try fresh.terminal("contact add")
        try left.answer("First name: ", "Ana")
        try left.expect("Last name *: ")
        try left.type("\u{3}")
        #expect(try left.finish() == 130)
        #expect(!fresh.has("data"))

        let terminal = try fresh.terminal("contact add")
        try terminal.answer("First name: ", "Ana")
        try terminal.answer("Last name *: ", "Ruiz")
        // There is no organization to name yet, so that it is not asked for.
        try terminal.answer("Title: ", "")
        try terminal.answer("Email: ", "ana@example")
        try terminal.answer("Email: ", "ana@example.org")
        try terminal.answer("Office phone: ", "")
        try terminal.answer("Mobile: ", "")
        try terminal.answer("Save? (yes, no, or the number of a field to change): ", "yes")
        #expect(try terminal.finish() == 0)
        #expect(try fresh.json("contact", "show", "ana@example.org")["name"] == "Ana Ruiz")
    }

    @Test("Without a terminal everything missing is named at once")
    func withoutTerminal() throws {
        let result = try crm.run("opportunity", "add")
        #expect(result.status == 2)
        #expect(result.output == "")
        for flag in ["contact", "name", "close-date", "amount", "stage"] {
            #expect(result.errors.contains("--\(flag): is required"))
        }
    }
}
