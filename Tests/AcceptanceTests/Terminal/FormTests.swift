import Foundation
import Testing

/// The form that `add` becomes on a terminal when something required is missing.
@Suite struct FormTests: FormSuite {
    let crm: CRM

    init() throws { crm = try Self.prepared() }

    private func answerTheRest(_ terminal: PseudoTerminal) throws {
        try terminal.answer("Expected close date * (YYYY-MM-DD, today or +30d): ", "2026-12-31")
        try terminal.answer("Amount *: ", "12500")
        try terminal.answer("Lead source (number or name) [Trade Show]: ", "")
        try terminal.answer("Stage * (number or name): ", "2")
        try terminal.answer("Probability (0-100) [20]: ", "")
        try terminal.answer("Description (an empty line ends it): ", "As last year")
        try terminal.answer("> ", "or more")
        try terminal.answer("> ", "")
        try terminal.answer("Next step: ", "")
        try terminal.answer("Assigned to [carla]: ", "")
    }

    @Test("An opportunity is added from a part of a contact's name")
    func opportunity() throws {
        let terminal = try crm.terminal("opportunity add")
        try terminal.answer("Contact * (part of a name, or a reference): ", "ana")
        let candidates = try terminal.answer("Which one (number, or other words): ", "2")
        #expect(
            candidates.contains(
                "  1  Ana Gómez  gomez@example.org  #2\n  2  Ana Ruiz  ana@example.org  Acme, S.A.  #1\n"
            )
        )
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
        #expect(record["description"] == "As last year\nor more")
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
        try terminal.answer("Descripción (termina con una línea vacía): ", "")
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

    @Test("A quote shows the client that it takes from its contact, given or answered, and another one that is told")
    func clientOfContact() throws {
        let client = "Organization (part of a name, or a reference)"
        for (contact, answer, name) in [("1", "", "Acme, S.A."), ("1", "nandu", "Beta Ñandú"), ("", "", "Acme, S.A.")] {
            let terminal = try crm.terminal("quote add\(contact.isEmpty ? "" : " --contact \(contact)")")
            try terminal.answer("Subject *: ", "Equipo")
            try terminal.skip(to: client + (contact.isEmpty ? ": " : " [Acme, S.A.]: "))
            try terminal.type("\(answer)\n")
            if contact.isEmpty {
                try terminal.skip(to: "Contact (part of a name, or a reference): ")
                try terminal.type("ana@example.org\n")
            }
            try terminal.skip(to: "to change): ")
            #expect(terminal.shown.contains("  Organization:  \(name)\n"), "\(terminal.shown)")
            try terminal.type("yes\n")
            #expect(try terminal.finish() == 0)
        }
        #expect(try crm.sql("SELECT group_concat(organization) FROM quote") == "1,2,1")
    }

    @Test("What another record has, and what is out of bounds, is asked for again at once")
    func heldValues() throws {
        try crm.add("product", "--name", "Cable", "--code", "SKU-1")
        let terminal = try crm.terminal("product add")
        try terminal.answer("Name *: ", "Otro")
        try terminal.skip(to: "Product code: ")
        try terminal.type("SKU-1\n")
        #expect(try terminal.answer("Product code: ", "SKU-2").contains("product 1 already has \"SKU-1\""))
        try terminal.skip(to: "Price: ")
        try terminal.type("-3\n")
        #expect(try terminal.answer("Price: ", "3").contains("cannot be less than zero"))
        try terminal.skip(to: "Stock: ")
        try terminal.type("-2\n")
        #expect(try terminal.answer("Stock: ", "2").contains("is below zero"))
        try terminal.skip(to: "to change): ")
        try terminal.type("yes\n")
        #expect(try terminal.finish() == 0)
        #expect(try crm.sql("SELECT code, price, stock FROM product WHERE id = 2") == "SKU-2|300|2000000")
    }

    @Test("What cannot be taken is said and asked again")
    func wrongAnswers() throws {
        let terminal = try crm.terminal("opportunity add --name Renewal")
        let contact = "Contact * (part of a name, or a reference): "
        // No record has that number, and none is called so.
        try terminal.answer(contact, "99")
        #expect(try terminal.answer(contact, "+").contains("Nothing matches."))
        // A sign alone is no name.
        #expect(try terminal.answer(contact, "zzz").contains("Nothing matches."))
        let making = "Add the contact \"zzz\"? [y/N]: "
        #expect(try terminal.answer(making, "Berta Nueva").contains("Nothing matches."))
        #expect(try terminal.answer(making, "n").contains("Answer y for yes or n for no."))
        try terminal.answer(contact, "ana")
        try terminal.answer("Which one (number, or other words): ", "3")
        // A number that is not in the list is never taken for an id.
        let list = try terminal.answer("Which one (number, or other words): ", "ruiz")
        #expect(list.contains("There is no number 3 in the list;"))
        let date = "Expected close date * (YYYY-MM-DD, today or +30d): "
        try terminal.answer(date, "soon")
        #expect(try terminal.answer(date, "2026-02-30").contains("not a date"))
        #expect(try terminal.answer(date, "").contains("no such day"))
        #expect(try terminal.answer(date, "2026-12-31").contains("This field is required."))
        try terminal.answer("Amount *: ", "1,000")
        try terminal.answer("Amount *: ", "1000.001")
        try terminal.answer("Amount *: ", "-5")
        try terminal.answer("Amount *: ", "1000")
        try terminal.answer("Lead source (number or name) [Trade Show]: ", "-")
        let stage = "Stage * (number or name): "
        try terminal.answer(stage, "11")
        #expect(
            try terminal.answer(stage, "wonder").contains(
                "There is no number 11 in the list; answer with a number from 1 to 10."
            )
        )
        #expect(try terminal.answer(stage, "closed won").contains("none of these"))
        try terminal.answer("Probability (0-100) [100]: ", "101")
        try terminal.answer("Probability (0-100) [100]: ", "")
        try terminal.answer("Description (an empty line ends it): ", "")
        try terminal.answer("Next step: ", "")
        try terminal.answer("Assigned to [carla]: ", "-")
        let save = "Save? (yes, no, or the number of a field to change): "
        try terminal.answer(save, "maybe")
        #expect(try terminal.answer(save, "9").contains("Answer yes to save, no to leave, or a number from 1 to 8."))
        try terminal.answer(save, "2")
        try terminal.answer("Amount * [1000.00 USD]: ", "2000")
        #expect(try terminal.answer(save, "y").contains("2000.00"))
        #expect(try terminal.finish() == 0)
        let record = try crm.json("opportunity", "show", "1")
        #expect(record["amount"] == .number("2000.00"))
        #expect(record["lead_source"] == JSON.null)
        #expect(record["assigned_to"] == JSON.null)
    }

    @Test("An opportunity that is lost from the start asks why", arguments: [false, true])
    func lostReason(isComplete: Bool) throws {
        let fields = "--contact 1 --amount 1 --stage closed_lost --close-date 2026-12-31"
        let terminal = try crm.terminal("opportunity add \(fields)" + (isComplete ? " --name Renewal" : ""))
        if !isComplete { try terminal.answer("Name *: ", "Renewal") }
        if isComplete {
            try terminal.answer("Lost reason: ", "Precio")
        } else {
            try terminal.skip(to: "Lost reason: ")
            try terminal.type("Precio\n")
            try terminal.skip(to: "to change): ")
            try terminal.type("s\n")
        }
        #expect(try terminal.finish() == 0)
        #expect(try crm.json("opportunity", "show", "1")["lost_reason"] == "Precio")
    }

    @Test("A long text is written in the person's editor", arguments: ["VISUAL", "EDITOR"])
    func editor(variable: String) throws {
        let script = "printf 'Uno\\n\\nDos\\n' >> \"$1\"; ls \"$1\" > seen"
        try script.write(toFile: crm.folder + "/write", atomically: true, encoding: .utf8)
        let terminal = try crm.terminal(
            "opportunity add --contact 1 --amount 1 --stage proposal --close-date today",
            env: [variable: "sh ./write", "TMPDIR": crm.folder]
        )
        try terminal.answer("Name *: ", "Renewal")
        try terminal.answer("Lead source (number or name) [Trade Show]: ", "")
        try terminal.answer("Probability (0-100) [65]: ", "")
        try terminal.expect("Description (an empty line ends it; ! opens sh): ")
        try terminal.type("!\n")
        try terminal.skip(to: "to change): ")
        try terminal.type("y\n")
        #expect(try terminal.finish() == 0)
        #expect(try crm.json("opportunity", "show", "1")["description"] == "Uno\n\nDos")
        let name = try String(contentsOfFile: crm.folder + "/seen", encoding: .utf8)
        #expect(!FileManager.default.fileExists(atPath: name.trimmingCharacters(in: .newlines)))
    }

    @Test("Without an editor the sign for one is told so and taken for no text")
    func noEditor() throws {
        let terminal = try crm.terminal("opportunity add --contact 1 --amount 1 --stage proposal --close-date today")
        try terminal.answer("Name *: ", "Renewal")
        try terminal.answer("Lead source (number or name) [Trade Show]: ", "")
        try terminal.answer("Probability (0-100) [65]: ", "")
        try terminal.answer("Description (an empty line ends it): ", "!")
        let told = try terminal.answer("Description (an empty line ends it): ", "")
        #expect(told.contains("No editor can be opened; VISUAL or EDITOR names one."))
        try terminal.skip(to: "to change): ")
        try terminal.type("y\n")
        #expect(try terminal.finish() == 0)
        #expect(try crm.json("opportunity", "show", "1")["description"] == JSON.null)
    }

    @Test("A choice is taken by a beginning that only it has, and an amount that is asked for again keeps its currency")
    func beginnings() throws {
        let terminal = try crm.terminal("opportunity add --contact 1 --name Renewal --close-date today")
        try terminal.answer("Amount *: ", "1.200,50 €")
        try terminal.answer("Lead source (number or name) [Trade Show]: ", "")
        try terminal.answer("Stage * (number or name): ", "closed")
        try terminal.answer("Stage * (number or name): ", "negot")
        #expect(try terminal.expect("Probability").contains("Negotiation"))
        try terminal.type("\n")
        try terminal.skip(to: "to change): ")
        let shown = terminal.shown
        let number = try #require(
            shown.split(separator: "\n").last { $0.contains("Amount:") }?.split(separator: " ").first
        )
        try terminal.type("\(number.filter(\.isNumber))\n")
        try terminal.answer("Amount * [1200.50 EUR]: ", "2500")
        #expect(try terminal.expect("to change): ").contains("2500.00 EUR"))
        try terminal.type("y\n")
        #expect(try terminal.finish() == 0)
        #expect(try crm.json("opportunity", "show", "1")["amount"] == .number("2500.00"))
        #expect(try crm.json("opportunity", "show", "1")["currency"]?.string == "EUR")
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
        try terminal.skip(to: "to change): ")
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
        try terminal.skip(to: "to change): ")
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
        try terminal.answer("Organization (part of a name, or a reference): ", "")
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
