import Testing

/// Which records `--where` lets through.
@Suite struct FilterTests {
    private let crm: CRM

    init() throws { crm = try CRM(.sample) }

    @Test("Thousands of alternatives of one field are one list of values, and what an error quotes is cut")
    func alternatives() throws {
        let people = (1...3).map { "id=\($0)" } + (0..<3000).map { "email='x\($0)@example.org'" } + ["last_name=nobody"]
        let result = try crm.succeed("contact", "list", "--format", "id", "-w", people.joined(separator: " or "))
        #expect(result.lines == ["1", "2", "3"])
        let wrong = try crm.run("contact", "list", "-w", people.joined(separator: " or ") + " or id=x")
        #expect(
            wrong.status == 2 && wrong.errors.utf8.count < 2000 && wrong.errors.contains("…"),
            "\(wrong.errors.prefix(500))"
        )
    }

    @Test(
        "A word for two fields is told with both, in whichever way it is written",
        arguments: ["fecha de cierre < hoy", "fecha_de_cierre < hoy", "cierre < hoy"]
    )
    func closing(filter: String) throws {
        let result = try crm.run("opportunity", "list", "-w", filter)
        #expect(result.status == 2 && result.errors.contains("that is 'close_date' or 'closed_on'"), "\(result.errors)")
    }

    @Test(
        "Me is whoever asks, where a field says who works on something",
        arguments: [
            ("assigned_to = me", "1"), ("assigned_to = yo", "1"), ("assigned_to in (me, luis)", "1 2"),
            ("assigned_to != me", "2 3"), ("assigned_to not in (me)", "2 3"), ("assigned_to = \"me\"", ""),
            ("title = me", "3"), ("contacts.assigned_to = me", "2"), ("has contact(assigned_to = me)", "2"),
        ]
    )
    func oneself(filter: String, ids: String) throws {
        try crm.succeed("contact", "edit", "1", "--assigned-to", "me")
        for (title, person) in [("a", "me"), ("b", "luis"), ("me", "eva")] {
            try crm.add("case", "--title", title, "--assigned-to", person)
        }
        try crm.succeed("contact", "link", "case", "1", "2")
        let found = try crm.succeed("case", "list", "--where", filter, "--format", "id").lines
        #expect(found.joined(separator: " ") == ids)
        let counted = try crm.json("case", "summarize", "--count", "--where", filter).elements.first?["count"]
        #expect(counted == .number("\(found.count)"))
    }

    @Test(
        "A filter over contacts",
        arguments: [
            ("last_name = Ruiz", "2 4"), ("last_name = RUIZ", "2 4"), ("last_name = “Ruiz”", "2 4"),
            ("last_name = ‘Ruiz’ and id > 2", "4"), ("last_name in («Ruiz», „munoz“)", "1 2 4"),
            ("last_name = `Ruiz`", "2 4"), ("name ~ ‘d’Ruiz’", ""), ("last_name = munoz", "1"),
            ("last_name != Ruiz", "1 3 5"), ("title != \"Director, Compras\"", "2 3 4 5"),
            ("name ~ ana", "2 4"), ("last_name ~ \"o\\\"", "5"), ("last_name ~ 'o\\brien |'", "5"), ("name ~ 👩‍💻", "5"),
            ("name ~ 田", "3"),
            ("title is empty", "2 3 4 5"), ("title is not empty", "1"), ("not title is empty", "1"),
            ("id < 3", "1 2"), ("id <= 3", "1 2 3"), ("id > 3", "4 5"), ("id >= 3", "3 4 5"),
            ("id in (1, 3, 9)", "1 3"),
            ("last_name in (ruiz, \"muñoz\")", "1 2 4"), ("do_not_call = yes", "3"), ("do_not_call = false", "1 2 4 5"),
            ("birthdate < 1981-01-01", "1"), ("birthdate > 1980-05-16 and birthdate < 1980-05-18", "1"),
            ("tags = vip", "1"), ("email ~ example.org and not (id = 1 or id = 2)", "3 4"),
            ("id = 1 or id = 2 and last_name = nadie", "1"), ("(id = 1 or id = 2) and last_name = nadie", ""),
            ("phone = \"5512345678\"", "1"), ("phone = \"5512345678.0\"", "1"), ("external_id = K-1", "2"),
            ("organization = 1", "1 3"), ("organization != 1", "2 4 5"), ("organization is empty", "4 5"),
            ("organization = \"acme, s.a.\"", "1 3"), ("organization.name ~ acme", "1 3"),
            ("organization.employees >= 100", "1 3"), ("organization.industry = consulting", "2"),
            ("organization.industry = Consultoría", "2"), ("reports_to.last_name = muñoz", "5"),
            ("created_at >= today", "1 2 3 4 5"), ("created_at > -1d", "1 2 3 4 5"), ("created_at < -1d", ""),
            ("birthdate < -30y", "1"), ("birthdate > -30y", ""),
            ("has asset", "1 3"), ("not has asset", "2 4 5"), ("has opportunity", "1 2"),
            ("asset.status = out_of_service", "3"), ("asset.role = custodian", "1"),
            ("asset.link.since > 2026-01-15", "3"),
            ("asset.link.until is not empty", "2"), ("has asset(status = in_service and value > 1000)", "1"),
            ("has asset(status = out_of_service and value > 1000)", ""),
            ("has opportunity(stage = closed_won)", "2"), ("opportunity.amount > 10000", "1"),
        ]
    )
    func contacts(_ filter: String, _ ids: String) throws {
        let result = try crm.run("contact", "list", "--where", filter, "--format", "id")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.lines.joined(separator: " ") == ids)
        let count = try crm.succeed("contact", "list", "--where", filter, "--count")
        #expect(count.output == "\(result.lines.count)\n")
    }

    @Test(
        "What a filter looks for as it stands, and nobody means, is told with what to write",
        arguments: [
            ("contact", "email = null", "email is empty"), ("contact", "email != nulo", "email is not empty"),
            ("contact", "title = vacío and id > 1", "title is empty"),
            ("contact", "organization = NULL", "organization is empty"),
            ("contact", "email in (empty, x)", "email is empty"),
            ("contact", "tags not in (null)", "tags is not empty"),
            ("contact", "has asset(name = nil)", "name is empty"),
            ("contact", "asset.name = null", "asset.name is empty"),
            ("contact", "name ~ \"%ana%\"", "name ~ ana"), ("contact", "name = ana*", "name ~ ana"),
            ("contact", "not (name != 'ana r%')", "not name ~ \"ana r\""),
            ("contact", "title = *", "title is not empty"),
            ("asset", "serial ~ X*", "serial ~ X"),
        ]
    )
    func doubts(noun: String, filter: String, remedy: String) throws {
        let result = try crm.succeed(noun, "list", "--where", filter, "--count")
        #expect(result.errorLines.count == 1 && result.errors.hasSuffix("write: \(remedy)\n"), "\(result.errors)")
        #expect(try crm.succeed(noun, "list", "--count", "--where", remedy).errors == "")
    }

    @Test(
        "Nothing is told of what may be meant as it stands",
        arguments: [
            "email = 'null'", "email is empty", "title ~ '50%'", "title = \"100%\"", "name ~ a*b", "do_not_call = no",
            "name ~ nulos",
        ]
    )
    func noDoubts(filter: String) throws {
        #expect(try crm.succeed("contact", "list", "--where", filter, "--count").errors == "")
    }

    @Test("Whoever writes by a filter is told too, in Spanish as well, and a date has the hint with its error")
    func doubtsEverywhere() throws {
        for words in [
            ["export"], ["summarize", "--count"], ["edit", "--title", "x", "--yes"], ["delete", "--yes"],
            ["duplicates"],
        ] {
            let result = try crm.run(["contact"] + words + ["--where", "email = null"])
            #expect(result.errors.contains("for no value write: email is empty"), "\(words): \(result.errors)")
        }
        let spanish = try crm.run("contact", "list", "--lang", "es", "--where", "name = ana*")
        #expect(spanish.errors.contains("= toma * por un carácter"), "\(spanish.errors)")
        let date = try crm.run("contact", "list", "--where", "birthdate = null")
        #expect(date.status == 2 && date.errors.contains("for no value write: birthdate is empty"), "\(date.errors)")
    }

    @Test(
        "A filter over other modules",
        arguments: [
            ("asset", "not has contact", "3"), ("asset", "contact.last_name = muñoz", "1"),
            ("asset", "has contact(organization.name ~ acme)", "1 2"), ("asset", "serial = X1", "1"),
            ("asset", "serial = x1", ""), ("opportunity", "amount >= 999.90", "1 2"),
            ("opportunity", "amount > 999.90", "1"), ("opportunity", "amount > 1000 USD", "1"),
            ("opportunity", "amount > 1 MXN", ""), ("opportunity", "stage = \"Cerrada-Ganada\"", "2"),
            ("opportunity", "contact.email = ANA@example.org", "2"), ("organization", "annual_revenue > 1000000", "1"),
            ("organization", "has contact(last_name = ruiz)", "2"),
        ]
    )
    func others(_ module: String, _ filter: String, _ ids: String) throws {
        let result = try crm.run(module, "list", "--where", filter, "--format", "id")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.lines.joined(separator: " ") == ids)
    }

    @Test("Repeated filters must all match")
    func repeated() throws {
        let result = try crm.succeed("contact", "list", "-w", "id > 1", "-w", "id < 4", "--format", "id")
        #expect(result.output == "2\n3\n")
    }

    @Test(
        "A filter that cannot be read is told with its column",
        arguments: [
            ("nme = 1", 1), ("last_name =", 12), ("last_name", 10), ("last_name = a or", 17), ("(id = 1", 1),
            ("id = 1)", 7), ("birthdate > 2026-13-01", 13), ("id = uno", 6), ("organization.nme = 1", 1),
            ("has nothing", 5), ("last_name = 'x' or 1=1", 20), ("opportunity.stage = zz", 21),
            ("do_not_call = maybe", 15),
        ]
    )
    func malformed(_ filter: String, _ column: Int) throws {
        let result = try crm.run("contact", "list", "--where", filter)
        #expect(result.status == 2)
        #expect(result.output == "")
        #expect(result.errors.contains("column \(column)"), "\(result.errors)")
    }

    @Test("Values are data, whatever they look like")
    func injection() throws {
        for value in ["'; DROP TABLE contact; --", "x\" OR 1=1 --", "%", "_", "\\"] {
            let quoted = value.replacing("\"", with: "\"\"")
            #expect(
                try crm.succeed("contact", "list", "--where", "last_name = \"\(quoted)\"", "--count").output == "0\n"
            )
        }
        #expect(try crm.succeed("contact", "list", "--where", "name ~ \"%\"", "--count").output == "0\n")
        #expect(try crm.succeed("contact", "list", "--count").output == "5\n")
    }

    @Test(
        "A quote within a value is told from one around it",
        arguments: ["last_name = O'Brien", "last_name = 'O'Brien'", "last_name = \"O\"Brien\"", "last_name = Ruiz'"]
    )
    func quoteWithin(filter: String) throws {
        let result = try crm.run("contact", "list", "--where", filter)
        #expect(result.status == 2)
        #expect(result.errors.contains("or the quote is written twice: name=\"O'Brien\""), "\(result.errors)")
    }

    @Test("A typographic quote that is never closed is refused where it opens")
    func openQuote() throws {
        let result = try crm.run("contact", "list", "--where", "last_name = “Ruiz")
        #expect(result.status == 2 && result.errors.contains("column 13: this quote is never closed"))
    }
}
