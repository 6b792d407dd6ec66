import Foundation
import Testing

/// Mail from templates, and to all contacts of a campaign.
@Suite struct CampaignMailTests: MailWritingSuite {
    let crm: CRM

    init() throws { crm = try Self.prepared() }

    @Test("One template serves a new message and an answer, and says what is not given")
    func templateRoots() throws {
        try crm.succeed(
            ["email", "import", "-"],
            stdin: "Message-ID: <1@x>\nFrom: e@x.example\nSubject: Precio\n\nb\n"
        )
        func draft(_ template: String, _ words: String...) throws -> CRM.Result {
            try crm.write(template, to: "t.txt")
            return try crm.run(["email", "draft", "--template", "t.txt"] + words)
        }
        let both = "Asunto: Hola\n\n{{contact.first_name|cliente}}: {{email.subject|nada}}\n"
        for (words, text) in [(["--contact", "1"], "José: nada\n"), (["--reply", "1"], "cliente: Precio\n")] {
            try crm.write(both, to: "t.txt")
            let message = try read(crm.succeed(["email", "draft", "--template", "t.txt"] + words).outputBytes)
            #expect(message["text"] == .string(text) && message["subject"] == "Hola")
        }
        let without = try draft("Subject: s\n\n{{contact.last_name}}", "--to", "a@b.example")
        #expect(without.status != 0 && without.errors.contains("give --contact, or write {{contact.last_name|}}"))
        let unknown = try draft("Subject: s\n\n{{last_name}}", "--to", "a@b.example")
        #expect(unknown.status != 0 && unknown.errors.contains("names begin with contact. or email."))
        #expect(try draft("Subject: s\n\n{{email.nada|x}}", "--to", "a@b.example").status != 0)
        let bare = try draft("Tema: Hola\n\nb\n", "--to", "a@b.example")
        #expect(bare.status == 0 && bare.errors.contains("it has no subject"))
        #expect(try draft("b\n", "--to", "a@b.example", "--subject", "s").errors.isEmpty)
        let piped = ["email", "draft", "--template", "-", "--to", "a@b.example"]
        #expect(try read(crm.succeed(piped, stdin: "Subject: s\n\nb\n").outputBytes)["text"] == "b\n")
    }

    @Test("Where a campaign's mail stops it is told at whom, and what was sent before")
    func stopping() throws {
        try crm.succeed("campaign", "add", "--name", "Mayo", "--type", "email", "--contact", "1", "--contact", "2")
        try crm.write("Asunto: Mayo\n\nHola\n", to: "mayo.txt")
        try crm.succeed("config", "set", "mail.send", "grep -q eva@example.org && exit 3; exit 0")
        let stopped = try crm.run("campaign", "mail", "1", "--template", "mayo.txt", "--lang", "es")
        #expect(stopped.status == 1 && stopped.output == "1 enviado\n", "\(stopped.output)")
        #expect(stopped.errors.contains("contacto 2: no se envió: "), "\(stopped.errors)")
        try crm.succeed("config", "set", "mail.send", "true")
        let rest = try crm.succeed("campaign", "mail", "1", "--template", "mayo.txt", "--lang", "es")
        #expect(rest.output == "1 enviado, 1 ya enviado\n")
    }

    @Test("One whom the mailer refuses keeps nobody else from a campaign's mail", arguments: [64, 67, 69])
    func refused(_ status: Int) throws {
        try crm.add("contact", "--last-name", "Sol", "--email", "sol@example.org")
        try crm.add("campaign", "--name", "Mayo", "--contact", "1", "--contact", "2", "--contact", "5")
        try crm.write("Asunto: Mayo\n\nHola\n", to: "mayo.txt")
        try crm.succeed("config", "set", "mail.send", "grep -q eva@example.org && exit \(status); exit 0")
        let first = try crm.run("campaign", "mail", "1", "--template", "mayo.txt", "--lang", "es")
        #expect(first.status == 6 && first.output == "2 enviados, 1 rechazado por mail.send\n", "\(first.output)")
        #expect(first.errors.contains("contacto 2: no se envió: "), "\(first.errors)")
        #expect(try crm.json("campaign", "show", "1")["sent_count"] == .number("2"))
        // It is tried again, and then alone.
        let second = try crm.run("campaign", "mail", "1", "--template", "mayo.txt", "--json")
        #expect(second.status == 6 && second.output.contains(#""sent":0,"already_sent":2"#), "\(second.output)")
        // What would keep all others from it too stops the run.
        try crm.succeed("config", "set", "mail.send", "exit 75")
        #expect(try crm.run("campaign", "mail", "1", "--template", "mayo.txt").status == 1)
    }

    @Test("A subject on the command line is filled in as the template's is, and stands as it is without one")
    func givenSubject() throws {
        try crm.add("campaign", "--name", "Mayo", "--contact", "1", "--contact", "4")
        try crm.write("Asunto: Otro\n\nHola\n", to: "mayo.txt")
        let subject = ["--subject", "Feliz año, {{contact.first_name}}"]
        let ways: [(words: [String], subject: JSON)] = [
            (["campaign", "mail", "1", "--template", "mayo.txt", "--dry-run"], "Feliz año, José"),
            (["email", "draft", "--contact", "1", "--template", "mayo.txt"], "Feliz año, José"),
            (["email", "draft", "--contact", "1", "--body", "mayo.txt"], "Feliz año, {{contact.first_name}}"),
        ]
        for way in ways {
            #expect(try read(crm.succeed(way.words + subject).outputBytes)["subject"] == way.subject, "\(way.words)")
        }
        let missing = try crm.run(["email", "draft", "--template", "mayo.txt", "--to", "a@b.example"] + subject)
        #expect(missing.status == 2 && missing.errors.contains("--subject, line 1: {{contact.first_name}}"))
        let broken = try crm.run("campaign", "mail", "1", "--template", "mayo.txt", "--subject", "Hola {{contact.name")
        #expect(broken.status == 2 && broken.errors.contains("--subject, line 1: "), "\(broken.errors)")
    }

    @Test("A campaign's message goes to each contact once, opt-outs obeyed")
    func campaign() throws {
        try crm.add(
            "campaign",
            "--name",
            "Feria",
            "--contact",
            "1",
            "--contact",
            "2",
            "--contact",
            "3",
            "--contact",
            "4"
        )
        try crm.write(
            "Subject: Invitación, {{contact.first_name}}\n\nHola {{contact.first_name}}: {{campaign.name}}, {{contact.title|sin cargo}}\n",
            to: "carta.txt"
        )
        let dry = try crm.succeed("campaign", "mail", "1", "--template", "carta.txt", "--dry-run")
        #expect(dry.output.contains("To: Eva Paz <eva@example.org>") && !dry.output.contains("no@example.org"))
        #expect(dry.errors.contains("contact 3 wants no e-mail") && dry.errors.contains("contact 4 has no"))
        #expect(!crm.has("sent.txt"))

        let first = try crm.succeed("campaign", "mail", "1", "--template", "carta.txt", "--limit", "1", "--json")
        #expect(
            first.output
                == #"{"sent":1,"already_sent":0,"opted_out":0,"unreachable":0,"incomplete":0,"undeliverable":0,"refused":0,"committed":true}"#
                + "\n"
        )
        let second = try crm.succeed("campaign", "mail", "1", "--template", "carta.txt", "--json")
        #expect(
            second.output
                == #"{"sent":1,"already_sent":1,"opted_out":1,"unreachable":1,"incomplete":0,"undeliverable":0,"refused":0,"committed":true}"#
                + "\n"
        )
        #expect(try crm.json("campaign", "show", "1")["sent_count"] == .number("2"))
        #expect(try crm.succeed("email", "list", "--where", "about = campaign:1", "--count").output == "2\n")
        try crm.write("Subject: x\n\n{{contact.title}}\n", to: "otra.txt")
        try crm.add("campaign", "--name", "Otra", "--contact", "1")
        let missing = try crm.run("campaign", "mail", "2", "--template", "otra.txt", "--dry-run")
        #expect(missing.status == 6 && missing.errors.contains("contact 1: otra.txt, line 3: {{contact.title}}"))
    }

    @Test("Each of two contacts with one address gets a message, and nobody who wants to be asked no more")
    func sharedAddress() throws {
        try crm.add("contact", "--first-name", "Iván", "--last-name", "Paz", "--email", "EVA@example.org")
        try crm.add("campaign", "--name", "Feria", "--contact", "1", "--contact", "2", "--contact", "5")
        try crm.succeed("contact", "link", "campaign", "1", "1", "--response", "never_contact_again")
        try crm.write("Subject: x\n\nHola {{contact.first_name}}\n", to: "carta.txt")
        for _ in 0..<2 {
            let dry = try crm.succeed("campaign", "mail", "1", "--template", "carta.txt", "--dry-run")
            #expect(dry.output.contains("Hola Eva\n") != crm.has("sent.txt"))
            _ = try crm.succeed("campaign", "mail", "1", "--template", "carta.txt")
        }
        let sent = String(decoding: try crm.read("sent.txt"), as: UTF8.self)
        #expect(sent.components(separatedBy: "Hola ").dropFirst().map { $0.prefix(4) } == ["Eva\n", "Iv=C"])
    }

    @Test("Who has a domain beyond ASCII is linked with what is sent, and gets it once")
    func internationalDomain() throws {
        let contact = try crm.add("contact", "--last-name", "Pepe", "--email", "pepe@ñandú.mx")
        try crm.add("campaign", "--name", "Feria", "--contact", "\(contact)")
        try crm.write("Subject: x\n\nHola\n", to: "carta.txt")
        let first = try crm.succeed("campaign", "mail", "1", "--template", "carta.txt").output
        #expect(first.hasPrefix("1 sent"), "\(first)")
        let second = try crm.succeed("campaign", "mail", "1", "--template", "carta.txt").output
        #expect(second == "0 sent, 1 sent before\n")
        try crm.succeed(
            ["email", "draft", "--contact", "\(contact)", "--subject", "y", "--body", "carta.txt", "--send"]
        )
        #expect(try crm.sql("SELECT contact, email, role FROM contact_email") == "\(contact)|1|to\n\(contact)|2|to")
    }

    @Test("No address is written to that its contact has opted out, and who has no other wants no e-mail")
    func optedOutAddresses() throws {
        let out = "opted_out=yes"
        try crm.add("contact", "--last-name", "A", "--email", "a@x.mx", "--point", "kind=email,value=A@x.mx,\(out)")
        try crm.add("contact", "--last-name", "B", "--point", "kind=email,value=b@x.mx,\(out)")
        let two = ["--email", "c@x.mx", "--email-secondary", "d@x.mx", "--point", "kind=email,value=c@x.mx,\(out)"]
        try crm.add("contact", ["--last-name", "C"] + two)
        try crm.add("campaign", "--name", "Feria", "--contact", "5", "--contact", "6", "--contact", "7")
        try crm.write("Subject: x\n\nHola\n", to: "carta.txt")
        let sent = try crm.succeed("campaign", "mail", "1", "--template", "carta.txt")
        #expect(sent.output == "1 sent, 2 want no e-mail\n", "\(sent.output)")
        #expect(sent.errors.contains("contact 6 wants no e-mail"), "\(sent.errors)")
        let text = String(decoding: try crm.read("sent.txt"), as: UTF8.self)
        #expect(text.contains("To: C <d@x.mx>") && !text.contains("a@x.mx") && !text.contains("c@x.mx"), "\(text)")
        let draft = try crm.succeed("email", "draft", "--contact", "6", "--subject", "x", "--body", "carta.txt")
        #expect(draft.output.contains("To: B <b@x.mx>") && draft.errors.contains("wants no e-mail"))
    }

    @Test("Two runs at once send nobody a message twice")
    func together() throws {
        try crm.add("campaign", "--name", "Feria", "--contact", "1", "--contact", "2")
        try crm.succeed("config", "set", "mail.send", "sleep 0.3; cat >>\(crm.file("sent.txt"))")
        try crm.write("Subject: x\n\nHola\n", to: "carta.txt")
        let line = "crm campaign mail 1 --template carta.txt"
        try crm.shell("\(line) & \(line); wait")
        let sent = String(decoding: try crm.read("sent.txt"), as: UTF8.self)
        #expect(sent.components(separatedBy: "Message-ID:").count == 3)
        #expect(try crm.json("campaign", "show", "1")["sent_count"] == .number("2"))
    }
}
