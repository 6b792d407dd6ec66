import Testing

/// Questions that `edit` and `delete` ask on a terminal, and only there.
@Suite struct QuestionTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("organization", "--name", "Acme, S.A.")
        try crm.add("contact", "--last-name", "Ruiz", "--organization", "1")
        try crm.add("asset", "--name", "Laptop", "--serial", "X1", "--contact", "1")
    }

    private func addOpportunity() throws {
        let fields = ["--name", "Renewal", "--close-date", "2026-12-31", "--amount", "1", "--stage", "proposal"]
        try crm.succeed(["opportunity", "add", "--contact", "1"] + fields)
    }

    @Test("An opportunity that is lost asks why")
    func lostReason() throws {
        try addOpportunity()
        let terminal = try crm.terminal("opportunity edit 1 --stage closed_lost")
        try terminal.answer("Lost reason: ", "Precio")
        #expect(try terminal.finish() == 0)
        let record = try crm.json("opportunity", "show", "1")
        #expect(record["lost_reason"] == "Precio")
        #expect(record["stage"] == "closed_lost")
    }

    @Test("A record of which nothing to change is given is asked for its fields, on a terminal alone")
    func editForm() throws {
        let terminal = try crm.terminal("asset edit 1")
        try terminal.answer("Name *", "Portátil")
        try terminal.answer("Product", "")
        try terminal.answer("Serial number *", "-")
        #expect(try terminal.answer("Serial number *", "").contains("This field is required."))
        try terminal.answer("Status *", "")
        try terminal.answer("Organization", "Acme")
        try terminal.answer("Location", "Piso 3")
        try terminal.answer("Save?", "y")
        #expect(try terminal.finish() == 0)
        #expect(try crm.sql("SELECT name, serial, organization, location FROM asset") == "Portátil|X1|1|Piso 3")
        #expect(try crm.run("asset", "edit", "1").status == 2)
    }

    @Test(
        "A form for changes that is left, or answered with nothing new, changes nothing",
        arguments: [("n", 1), ("", 0)] as [(String, Int32)]
    )
    func editFormLeft(answer: String, status: Int32) throws {
        let terminal = try crm.terminal("contact edit 1")
        try terminal.answer("First name", answer.isEmpty ? "" : "Ana")
        for question in ["Last name *", "Organization", "Title", "Email", "phone", "Mobile"] {
            try terminal.answer(question, "")
        }
        if !answer.isEmpty { try terminal.answer("Save?", answer) }
        #expect(try terminal.finish() == status)
        #expect(try crm.sql("SELECT first_name IS NULL FROM contact") == "1")
    }

    @Test("What an action needs is asked for, until it is answered")
    func inputsOfActions() throws {
        try crm.add("sales-order", "--subject", "S", "--contact", "1", "--line", "text=a,price=1")
        let invoice = try crm.terminal("sales-order invoice 1")
        try invoice.answer("Number of the invoice *: ", "")
        #expect(try invoice.answer("Number of the invoice *: ", "F-1").contains("This field is required."))
        #expect(try invoice.finish() == 0)
        #expect(try "\(crm.json("sales-order", "show", "1"))".contains("F-1"))
        try crm.add("purchase-order", "--subject", "P", "--line", "text=a,price=1")
        let approval = try crm.terminal("purchase-order approve 1")
        try approval.answer("Who approves it * (part of a name, or a reference): ", "Ruiz")
        #expect(try approval.finish() == 0)
        #expect(try crm.sql("SELECT status FROM purchase_order") == "approved")
    }

    @Test("No reason is asked for where one is given, or no one is there", arguments: [true, false])
    func givenReason(onTerminal: Bool) throws {
        try addOpportunity()
        if onTerminal {
            let line = "opportunity edit 1 --stage closed_lost --lost-reason Precio"
            #expect(try !crm.screen(line).contains("Lost reason: \n"))
        } else {
            #expect(try crm.run("opportunity", "edit", "1", "--stage", "closed_lost").status == 0)
        }
        #expect(try crm.json("opportunity", "show", "1")["stage"] == "closed_lost")
    }

    @Test("Leaving the question changes nothing", arguments: [("\u{3}", 130), ("\u{4}", 1)] as [(String, Int32)])
    func leaving(key: String, status: Int32) throws {
        try addOpportunity()
        let terminal = try crm.terminal("opportunity edit 1 --stage closed_lost")
        try terminal.expect("Lost reason: ")
        try terminal.type(key)
        #expect(try terminal.finish() == status)
        #expect(try crm.json("opportunity", "show", "1")["stage"] == "proposal")
    }

    @Test(
        "A record with links is deleted after a yes",
        arguments: [
            ("en", "Delete it all the same? [y/N]: ", "y"),
            ("es", "¿Eliminarlo de todos modos? [s/N]: ", "sí"),
        ]
    )
    func delete(language: String, question: String, yes: String) throws {
        let terminal = try crm.terminal("asset delete 1", env: ["CRM_LANG": language])
        let told = try terminal.answer(question, yes)
        #expect(told.contains(language == "en" ? "asset 1 \"Laptop\" (X1" : "el activo 1 «Laptop» (X1"), "\(told)")
        #expect(
            told.contains(language == "en" ? "1 contact: links would be dropped (Ruiz)" : "1 contacto: se quitaría")
        )
        #expect(try terminal.finish() == 0)
        #expect(try crm.run("asset", "list", "--count").output == "0\n")
    }

    @Test(
        "What is refused after a yes too is refused before any question, and no yes is advised",
        arguments: [("sales-order delete 1", true), ("sales-order delete --where id=1", false)]
    )
    func refusedFirst(line: String, isTried: Bool) throws {
        try crm.add("sales-order", "--subject", "S", "--contact", "1", "--line", "text=Flete,price=3")
        try crm.succeed("sales-order", "deliver", "1")
        if isTried {
            let piped = try crm.shell("crm \(line)")
            #expect(piped.status == 5 && piped.errors.contains("cannot be deleted: line 1"), "\(piped.errors)")
            #expect(!piped.errors.contains("--yes"), "\(piped.errors)")
        }
        let terminal = try crm.terminal(line)
        let before = try terminal.expect("cannot be deleted: line 1")
        #expect(!before.contains("would be deleted") && !before.contains("[y/N]"), "\(before)")
        #expect(try terminal.finish() == 5)
        #expect(try crm.run("sales-order", "list", "--count").output == "1\n")
    }

    @Test("Of records that a filter chooses the first are listed, too")
    func chosenLosses() throws {
        for number in 2...12 { try crm.add("contact", "--last-name", "N\(number)") }
        let terminal = try crm.terminal("contact delete --where id>1")
        let told = try terminal.answer("Delete? [y/N]: ", "n")
        #expect(try terminal.finish() == 1)
        #expect(told.contains("contact 2 \"N2\": would be deleted"), "\(told)")
        #expect(told.contains("and 1 more: 11 contacts in all") && !told.contains("N12"), "\(told)")
        #expect(try crm.run("contact", "list", "--count").output == "12\n")
    }

    @Test("Why sales are lost is asked once for all that a filter chooses")
    func chosenReasons() throws {
        for name in ["One", "Two"] {
            let fields = ["--name", name, "--amount", "1", "--close-date", "2026-12-31", "--stage", "proposal"]
            try crm.add("opportunity", ["--contact", "1"] + fields)
        }
        let terminal = try crm.terminal("opportunity edit --where stage=proposal --stage closed_lost")
        try terminal.answer("Lost reason: ", "Precio")
        try terminal.skip(to: "[y/N]: ")
        try terminal.type("y\n")
        #expect(try terminal.finish() == 0)
        #expect(try crm.sql("SELECT DISTINCT lost_reason FROM opportunity WHERE stage = 'closed_lost'") == "Precio")
    }

    @Test(
        "What goes is listed by name, of many the first, with what goes with them",
        arguments: [
            (
                "en", "Delete them all the same? [y/N]: ",
                [
                    "contact 1 \"Ruiz\" (Acme, S.A.): would be deleted", "and 2 more: 12 contacts in all",
                    "1 contact point: would be deleted with it",
                    "4 addresses (contact): would be deleted with it (Calle 1, Calle 2, Calle 3, …)",
                    "1 asset: links would be dropped (Laptop)",
                ]
            ),
            (
                "es", "¿Eliminarlos de todos modos? [s/N]: ",
                [
                    "el contacto 1 «Ruiz» (Acme, S.A.): se eliminaría", "y 2 más: 12 contactos en total",
                    "1 punto de contacto: se eliminaría también",
                    "4 direcciones (contacto): se eliminarían también (Calle 1, Calle 2, Calle 3, …)",
                    "1 activo: se quitaría el vínculo (Laptop)",
                ]
            ),
        ]
    )
    func losses(language: String, question: String, lines: [String]) throws {
        for number in 1...4 { try crm.add("address", "--contact", "1", "--street", "Calle \(number)") }
        try crm.succeed("contact", "edit", "1", "--point", "email:r@casa.example")
        for number in 2...12 { try crm.add("contact", "--last-name", "N\(number)") }
        let ids = (1...12).map(String.init).joined(separator: " ")
        let trial = try crm.screen("contact delete \(ids) --dry-run", env: ["CRM_LANG": language])
        let terminal = try crm.terminal("contact delete \(ids)", env: ["CRM_LANG": language])
        let told = try terminal.answer(question, "y")
        #expect(try terminal.finish() == 0)
        for line in lines {
            #expect(told.contains(line), "\(line) in \(told)")
            #expect(trial.contains(line), "\(line) in \(trial)")
        }
        #expect(!told.contains("N11") && told.contains("N10"))
        #expect(try crm.run("contact", "list", "--count").output == "0\n")
        #expect(try crm.run("address", "list", "--count").output == "0\n")
    }

    @Test("A record alone is asked about too, unless --yes says so")
    func alone() throws {
        try crm.add("contact", "--last-name", "Paz")
        let terminal = try crm.terminal("contact delete 2")
        let told = try terminal.answer("Delete it? [y/N]: ", "n")
        #expect(told.contains("contact 2 \"Paz\""))
        #expect(try terminal.finish() == 1)
        #expect(try !crm.screen("contact delete 2 --yes").contains("?"))
        #expect(try crm.run("contact", "list", "--count").output == "1\n")
    }

    @Test("It stays after anything else", arguments: ["n\n", "\n", "delete\n", "\u{4}", "\u{3}"])
    func keep(keys: String) throws {
        let terminal = try crm.terminal("asset delete 1")
        try terminal.expect("Delete it all the same? [y/N]: ")
        try terminal.type(keys)
        #expect(try terminal.finish() == (keys == "\u{3}" ? 130 : 1))
        #expect(try crm.run("asset", "list", "--count").output == "1\n")
    }

    @Test(
        "What an undo would take back is shown, and taken back after a yes",
        arguments: [("en", "Take it back? [y/N]: ", "y"), ("es", "¿Deshacerlo? [s/N]: ", "s")]
    )
    func undo(language: String, question: String, yes: String) throws {
        let terminal = try crm.terminal("undo", env: ["CRM_LANG": language])
        let told = try terminal.answer(question, yes)
        #expect(told.contains("crm asset add"))
        #expect(told.contains(language == "en" ? "assets: 1 created, 1 linked" : "activos: 1 creado, 1 vinculado"))
        #expect(try terminal.finish() == 0)
        #expect(try crm.run("asset", "list", "--count").output == "0\n")
    }

    @Test("Nothing is taken back after anything else", arguments: ["n\n", "\n", "undo\n", "\u{4}", "\u{3}"])
    func noUndo(keys: String) throws {
        let terminal = try crm.terminal("undo")
        try terminal.expect("Take it back? [y/N]: ")
        try terminal.type(keys)
        #expect(try terminal.finish() == (keys == "\u{3}" ? 130 : 1))
        #expect(try crm.run("log", "--format", "id").output == "3\n2\n1\n")
    }

    @Test(
        "An undo that is named, and a dry run, ask nothing",
        arguments: ["undo 3", "undo --dry-run", "asset delete 1 --dry-run"]
    )
    func named(line: String) throws {
        #expect(try !crm.screen(line).contains("? ["))
        #expect(try crm.run("asset", "list", "--count").output == (line == "undo 3" ? "0\n" : "1\n"))
    }

    @Test("Without a terminal nothing is asked: it is an error")
    func withoutTerminal() throws {
        let result = try crm.run("asset", "delete", "1", stdin: "y\n")
        #expect(result.status == 2)
        #expect(result.errors.contains("--yes"))
        #expect(try crm.run("asset", "list", "--count").output == "1\n")
    }

    @Test(
        "What differs is shown before records are merged",
        arguments: [("y", 0, "1\n"), ("n", 1, "1\n2\n")] as [(String, Int32, String)]
    )
    func merge(answer: String, status: Int32, left: String) throws {
        try crm.add("contact", "--first-name", "Ana", "--last-name", "Ruiz", "--title", "Jefa")
        let terminal = try crm.terminal("contact merge 1 2")
        let shown = try terminal.expect("Merge into contact 1? [y/N]: ")
        #expect(shown.contains("Title") && shown.contains("Jefa"))
        try terminal.type(answer + "\r")
        #expect(try terminal.finish() == status)
        #expect(try crm.succeed("contact", "list", "--format", "id").output == left)
    }

    @Test("A sale that is won after all keeps no reason why it was lost")
    func wonAfterAll() throws {
        let terminal = try crm.terminal(
            "opportunity add --contact 1 --name Renewal --amount 1 --close-date 2026-12-31",
            env: ["CRM_LANG": "es"]
        )
        try terminal.skip(to: "Etapa de venta * (número o nombre): ")
        try terminal.type("closed_lost\n")
        try terminal.answer("Motivo de la pérdida: ", "Caro")
        try terminal.skip(to: "para cambiarlo): ")
        let review = terminal.shown
        let line = try #require(review.split(separator: "\n").last { $0.contains("Etapa de venta") })
        let number = line.split(separator: " ").first ?? ""
        try terminal.type("\(number)\n")
        try terminal.expect("Etapa de venta * (número o nombre)")
        try terminal.type("closed_won\n")
        #expect(try !terminal.expect("para cambiarlo): ").contains("Motivo"))
        try terminal.type("sí\n")
        #expect(try terminal.finish() == 0)
        let record = try crm.json("opportunity", "show", "1")
        #expect(record["stage"] == "closed_won" && record["lost_reason"] == .null)
    }

    @Test("A record of which nothing is said is not made", arguments: [[], ["--subject", ""]])
    func nothing(words: [String]) throws {
        let result = try crm.run(["email", "add"] + words)
        #expect(result.status == 2)
        #expect(result.errors == "crm: nothing is said of the email: give a field, such as --subject\n")
        let form = try crm.terminal("email add")
        try form.skip(to: "to change): ")
        try form.type("yes\n")
        #expect(try form.expect("to change): ").contains("nothing is said of the email"))
        try form.type("no\n")
        #expect(try form.finish() == 1)
        #expect(try crm.run("email", "list", "--count").output == "0\n")
    }

    @Test("A command that says nothing of a record opens the form, even where nothing is required")
    func blank() throws {
        let message = try crm.terminal("email add")
        try message.answer("Subject: ", "Offer")
        try message.skip(to: "to change): ")
        try message.type("yes\n")
        #expect(try message.finish() == 0)
        #expect(try crm.json("email", "show", "1")["subject"] == "Offer")

        let address = try crm.terminal("address add --contact 1")
        try address.skip(to: "City: ")
        try address.type("Puebla\n")
        try address.skip(to: "to change): ")
        try address.type("yes\n")
        #expect(try address.finish() == 0)
        #expect(try crm.json("address", "show", "1")["city"] == "Puebla")
    }
}
