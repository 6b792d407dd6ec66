import Testing

/// The people of mail that is taken in: found, made, and linked later.
@Suite struct MailPeopleTests: MailSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test("People become contacts where that is asked for, functions, lists and oneself do not")
    func missing() throws {
        try crm.succeed("config", "set", "mail.me", "yo@example.com ejemplo.mx")
        let lines = ["Cc: Luis Paz Gil <luis@example.net>, info@example.net, ana@sub.ejemplo.mx", "To: yo@example.com"]
        let report = try take(message("1@x", lines), "--create-missing", "contact")
        #expect(report["contacts"] == 2 && report["linked"] == 2)
        let names = try crm.succeed("contact", "list", "--columns", "first_name,last_name,email", "--no-header").lines
        #expect(names == ["Ana\tRuiz\tana@example.org", "Luis\tPaz Gil\tluis@example.net"])
        #expect(try crm.json("email", "show", "1")["direction"] == "incoming")
        let list = message("2@x", ["From: Otro <otro@example.net>", "List-Id: <l.example.net>"])
        #expect(try take(list, "--create-missing", "contact")["contacts"] == 0)
        _ = try take(message("3@x", ["From: yo@example.com", "To: a@ejemplo.mx"]))
        _ = try take(message("4@x", ["From: x@ejemplo.mx"]))
        #expect(try crm.json("email", "show", "3")["direction"] == "internal")
        #expect(try crm.json("email", "show", "4")["direction"] == "outgoing")
    }

    @Test("People are made of what From: says, titles and companies apart from names")
    func missingNames() throws {
        let lines = [
            "Cc: Ing. Luis Paz Gil <luis@example.net>, \"Taller Pérez, S.A. de C.V.\" <taller@example.net>",
            "To: =?utf-8?q?D=C3=B1a=2E_Eva_Mato?= <eva@example.net>, Eva Paz via Ventas <foro@example.net>",
            "Bcc: \"Hugo Sol (Acme)\" <hugo@example.net>, \"(Acme)\" <acme@example.net>",
        ]
        _ = try take(message("1@x", lines), "--create-missing", "contact")
        let columns = "salutation,first_name,last_name"
        let names = try crm.succeed("contact", "list", "--columns", columns, "--no-header", "--format", "csv").lines
        #expect(names.contains("ing,Luis,Paz Gil") && names.contains("mrs,Eva,Mato"), "\(names)")
        #expect(names.contains(",,\"Taller Pérez, S.A. de C.V.\""), "\(names)")
        #expect(names.contains(",Hugo,Sol") && names.contains(",,(Acme)"), "\(names)")
        // What a list sends on is not of somebody at the address of the list.
        #expect(!names.contains { $0.contains("Ventas") }, "\(names)")
    }

    @Test("A contact that gets an address later is linked by relink")
    func relink() throws {
        _ = try take(message("1@x"))
        let contact = try crm.add("contact", "--last-name", "Ruiz", "--point", "email:ana@example.org")
        #expect(try crm.json("email", "relink")["linked"] == 1)
        #expect(try crm.json("email", "relink")["linked"] == 0)
        #expect(try crm.succeed("contact", "links", "\(contact)", "--json").output.contains("\"role\":\"from\""))
    }

    @Test("Mail that came before it was known whose it is gets its direction by relink, what is said by hand stays")
    func laterDirection() throws {
        for (number, from) in [(1, "yo@example.com"), (2, "ana@example.org"), (3, "ana@example.org")] {
            _ = try take(message("\(number)@x", ["From: \(from)", "To: luis@example.net"]))
        }
        try crm.succeed("email", "edit", "3", "--direction", "internal")
        #expect(try crm.json("email", "relink")["directed"] == 0)
        #expect(try crm.run("config", "set", "mail.me", "no es").status != 0)
        try crm.succeed("config", "set", "mail.me", "yo@example.com")
        #expect(try crm.json("email", "relink")["directed"] == 2)
        let directions = try crm.succeed("email", "list", "--columns", "direction", "--sort", "id", "--no-header").lines
        #expect(directions == ["outgoing", "incoming", "internal"])
        #expect(try crm.json("email", "relink")["directed"] == 0)
    }

    @Test("Mail that names a record which was added later is about it by relink, what is said by hand stays")
    func laterNumber() throws {
        let numbers = ["7", "8", "7", "9"]
        for (place, number) in numbers.enumerated() {
            _ = try take(message("\(place)@x", ["Subject: Re: [CAS-2026-000\(number)] Averia"]))
        }
        for number in ["7", "8"] { try crm.add("case", "--title", "x", "--number", "CAS-2026-000\(number)") }
        try crm.succeed("email", "edit", "3", "--about", "case:2")
        #expect(try crm.json("email", "relink")["about"] == 2)
        let about = try crm.sql("SELECT group_concat(coalesce(about_module || about_id, '-')) FROM email")
        #expect(about == "case1,case2,case2,-")
        #expect(try crm.json("email", "relink")["about"] == 0)
    }

    @Test("Of a message to very many the last is found by relink, too")
    func manyRecipients() throws {
        let list = (1...1500).map { "n\($0)@example.net" }.joined(separator: ",\n ")
        _ = try take(message("1@x", ["Cc: \(list)"]))
        try crm.add("contact", "--last-name", "Tarde", "--email", "n1490@example.net")
        #expect(try crm.json("email", "relink")["linked"] == 1)
    }
}
