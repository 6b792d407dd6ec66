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
        // Who wrote the message that is answered is a contact; written to another, it is not from that contact.
        let mail = "Message-ID: <2@x>\nFrom: eva@example.org\nTo: ana@empresa.example\nSubject: Cita\n\nb\n"
        try crm.succeed(["email", "import", "-"], stdin: mail)
        let replies: [([String], String)] = [([], "Eva: Cita\n"), (["--to", "a@b.example"], "cliente: Cita\n")]
        for (words, text) in replies {
            try crm.write(both, to: "t.txt")
            let message = try read(
                crm.succeed(["email", "draft", "--template", "t.txt", "--reply", "2"] + words).outputBytes
            )
            #expect(message["text"] == .string(text), "\(words)")
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

    @Test(
        "On a terminal it is asked before a campaign's mail is sent, once told how much, unless agreed to before",
        arguments: [(" --lang es", "no"), (" --lang es", "sí"), (" --yes", nil), (" --limit 1 --lang es", "s")]
            as [(String, String?)]
    )
    func asked(options: String, answer: String?) throws {
        try crm.add("campaign", ["--name", "Mayo"] + ["1", "2", "3", "4"].flatMap { ["--contact", $0] })
        try crm.write("Asunto: Mayo\n\nHola\n", to: "mayo.txt")
        let line = "campaign mail 1 --template mayo.txt"
        let terminal = try crm.terminal(line + options)
        if let answer {
            let number = options.contains("limit") ? "1 mensaje iría" : "2 mensajes irían"
            try terminal.expect("\(number) a contactos de la campaña 1 «Mayo». ¿Enviarlo")
            try terminal.answer("[s/N]: ", answer)
        }
        #expect(try terminal.finish() == (answer == "no" ? 1 : 0))
        #expect(crm.has("sent.txt") == (answer != "no"))
        // Where all have theirs there is nothing to ask.
        guard answer != "no" else { return }
        try crm.succeed("campaign", "mail", "1", "--template", "mayo.txt")
        #expect(try !crm.screen(line).contains("[y/N]"))
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

    @Test("An address that two contacts have is written to once, told, and nobody is who wants to be asked no more")
    func sharedAddress() throws {
        try crm.add("contact", "--first-name", "Iván", "--last-name", "Paz", "--email", "EVA@example.org")
        try crm.add("campaign", "--name", "Feria", "--contact", "1", "--contact", "2", "--contact", "5")
        try crm.succeed("contact", "link", "campaign", "1", "1", "--response", "never_contact_again")
        try crm.write("Subject: x\n\nHola {{contact.first_name}}\n", to: "carta.txt")
        let notice = "contact 5: EVA@example.org is also that of contact 2, and is written to once"
        for _ in 0..<2 {
            let dry = try crm.succeed("campaign", "mail", "1", "--template", "carta.txt", "--dry-run")
            #expect(dry.output.contains("Hola Eva\n") != crm.has("sent.txt"))
            #expect(!dry.output.contains("Hola Iv") && dry.errors.contains(notice), "\(dry.errors)")
            let sent = try crm.succeed("campaign", "mail", "1", "--template", "carta.txt")
            #expect(sent.errors.contains(notice), "\(sent.errors)")
        }
        let spanish = try crm.succeed("campaign", "mail", "1", "--template", "carta.txt", "--lang", "es").errors
        #expect(spanish.contains("contacto 5: EVA@example.org es también la dirección del contacto 2"), "\(spanish)")
        let sent = String(decoding: try crm.read("sent.txt"), as: UTF8.self)
        #expect(sent.components(separatedBy: "Hola ").dropFirst().map { $0.prefix(4) } == ["Eva\n"])
        #expect(try crm.json("campaign", "show", "1")["sent_count"] == .number("1"))
    }

    @Test("Where the first of two at one address lacks a value, the other is written to")
    func sharedAddressOfOneWithout() throws {
        let ana = try crm.add("contact", "--last-name", "Ana", "--email", "casa@x.mx")
        let beto = try crm.add("contact", "--last-name", "Beto", "--title", "Dr", "--email", "casa@x.mx")
        let campaign = try crm.add("campaign", "--name", "C", "--contact", "\(ana)", "--contact", "\(beto)")
        try crm.write("Subject: x\n\nHola {{contact.title}}\n", to: "carta.txt")
        let result = try crm.run("campaign", "mail", "\(campaign)", "--template", "carta.txt")
        #expect(result.status == 6 && result.output.hasPrefix("1 sent"), "\(result.output) \(result.errors)")
        #expect(try crm.run("campaign", "mail", "\(campaign)", "--template", "carta.txt").output.hasPrefix("0 sent"))
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

    /// Sends a campaign's mail to contacts, and returns what it said.
    private func mail(_ campaign: Int, status: Int32 = 0, _ options: String...) throws -> CRM.Result {
        try crm.write("Subject: x\n\nHola {{contact.last_name}}\n", to: "carta.txt")
        let result = try crm.run(["campaign", "mail", "\(campaign)", "--template", "carta.txt"] + options)
        #expect(result.status == status, "\(result.errors)")
        return result
    }

    /// The last names to which messages were sent, in order.
    private func sentTo() throws -> [String] {
        guard crm.has("sent.txt") else { return [] }
        let text = String(decoding: try crm.read("sent.txt"), as: UTF8.self)
        return text.split(separator: "\n").compactMap { $0.hasPrefix("Hola ") ? String($0.dropFirst(5)) : nil }
    }

    /// What a contact has beside the first address, with the address of another contact in it.
    private static let second = [
        ["--email-secondary", "casa@x.mx"], ["--point", "kind=email,value=casa@x.mx"],
        ["--point", "kind=email,value=casa@x.mx,opted_out=yes"],
    ]

    @Test("A message is that of the contact at whose address it went, not of another who has it too", arguments: second)
    func otherAddress(_ second: [String]) throws {
        let ana = try crm.add("contact", "--last-name", "Ana", "--email", "casa@x.mx")
        let beto = try crm.add("contact", ["--last-name", "Beto", "--email", "beto@x.mx"] + second)
        let isFree = !second[1].contains("opted")
        let campaign = try crm.add("campaign", "--name", "C", "--contact", "\(ana)", "--contact", "\(beto)")
        #expect(try mail(campaign).output == (isFree ? "2 sent\n" : "1 sent, 1 wants no e-mail\n"))
        // Who writes is one of them as well.
        #expect(try mail(campaign).output.hasPrefix("0 sent, \(isFree ? 2 : 1) sent before"))
        #expect(try sentTo() == (isFree ? ["Ana", "Beto"] : ["Beto"]))
        // An address that was corrected since, and one from which mail came back, change nothing.
        try crm.succeed("contact", "edit", "\(beto)", "--email", "beto2@x.mx")
        try crm.succeed("contact", "bounce", "add", "\(ana)", "--address", "casa@x.mx", "--bounced-on", "2026-01-06")
        #expect(try mail(campaign).output.hasPrefix("0 sent"))
        #expect(try sentTo().count == (isFree ? 2 : 1))
    }

    @Test("Who writes about a campaign, and is answered, has not got its message")
    func askedBefore() throws {
        let beto = try crm.add("contact", "--last-name", "Beto", "--email", "beto@x.mx")
        let campaign = try crm.add("campaign", "--name", "C", "--contact", "\(beto)")
        let subject = "Subject: RE: Pregunta [campaign:\(campaign)]"
        for lines in [
            ["From: beto@x.mx", "To: ana@empresa.example", "Message-ID: <q1@x>"],
            ["From: ana@empresa.example", "To: beto@x.mx", "Message-ID: <q2@x>", "In-Reply-To: <q1@x>"],
            ["From: ana@empresa.example", "To: otro@x.mx", "Cc: beto@x.mx", "Message-ID: <q3@x>"],
        ] {
            let text = (lines + [subject]).joined(separator: "\n") + "\n\nx\n"
            try crm.succeed("config", "set", "mail.me", "ana@empresa.example")
            try crm.succeed(["email", "import", "-"], stdin: text)
        }
        #expect(try crm.succeed("email", "list", "--where", "about = campaign:\(campaign)", "--count").output == "3\n")
        #expect(try mail(campaign).output == "1 sent\n")
        #expect(try mail(campaign).output == "0 sent, 1 sent before\n")
    }

    @Test(
        "An address at which one contact wants no mail gets none by way of another",
        arguments: [
            ["--email", "casa@x.mx", "--email-opt-out"], ["--point", "kind=email,value=CASA@x.mx,opted_out=yes"],
            ["--email", "otro@x.mx", "--email-secondary", "casa@x.mx", "--email-opt-out"],
        ]
    )
    func sharedOptOut(_ options: [String]) throws {
        let ana = try crm.add("contact", ["--last-name", "Ana"] + options)
        let beto = try crm.add("contact", "--last-name", "Beto", "--email", "casa@x.mx")
        let eva = try crm.add("contact", "--last-name", "Eva", "--email", "casa@x.mx", "--email-secondary", "eva@x.mx")
        let campaign = try crm.add("campaign", "--name", "C", "--contact", "\(beto)", "--contact", "\(eva)")
        let dry = try mail(campaign, "--dry-run").output
        #expect(!dry.contains("casa@x.mx") && dry.contains("eva@x.mx"), "\(dry)")
        let result = try mail(campaign)
        #expect(result.output == "1 sent, 1 wants no e-mail\n", "\(result.output)")
        let notice = "contact \(beto): casa@x.mx is also that of contact \(ana), who wants no e-mail"
        #expect(result.errors.contains(notice), "\(result.errors)")
        #expect(String(decoding: try crm.read("sent.txt"), as: UTF8.self).contains("To: Eva <eva@x.mx>"))
    }

    @Test("A message is filed before it is sent: the program that sends can write, and a kill sends nothing twice")
    func filedFirst() throws {
        try crm.add("campaign", "--name", "C", "--contact", "1", "--contact", "2")
        try crm.write("Subject: x\n\nHola\n", to: "carta.txt")
        let line = "crm campaign mail 1 --template carta.txt"
        // It saves something itself, and for the second contact the run is killed.
        let send = "cat >>\(crm.file("sent.txt")); crm -q contact add --last-name Visto"
        try crm.succeed("config", "set", "mail.send", "\(send); grep -q eva@ sent.txt && kill -9 $PPID; exit 0")
        #expect(try crm.shell(line).status != 0)
        #expect(try crm.succeed("contact", "list", "--where", "last_name = Visto", "--count").output == "2\n")
        #expect(try crm.json("campaign", "show", "1")["sent_count"] == 2)
        let again = try crm.shell(line)
        #expect(again.output == "0 sent, 2 sent before\n", "\(again.output) \(again.errors)")
        // What is deleted is sent again.
        try crm.succeed("email", "delete", "2", "--yes")
        try crm.succeed("config", "set", "mail.send", "cat >/dev/null")
        #expect(try crm.shell(line).output == "1 sent, 1 sent before\n")
    }

    @Test("A message that is not sent is not filed, nor counted", arguments: [69, 75])
    func takenBack(_ status: Int32) throws {
        try crm.add("campaign", "--name", "C", "--contact", "1")
        try crm.succeed("config", "set", "mail.send", "exit \(status)")
        let result = try mail(1, status: status == 69 ? 6 : 1)
        #expect(result.errors.contains("not sent: "), "\(result.errors)")
        #expect(try crm.run("email", "list", "--count").output == "0\n")
        #expect(try crm.json("campaign", "show", "1")["sent_count"] != 1)
        try crm.succeed("check")
    }

    @Test("A message without text is not sent")
    func emptyText() throws {
        try crm.add("campaign", "--name", "C", "--contact", "1", "--contact", "2")
        for (text, said) in [("", "it has no text"), ("Subject: x\n\n \n", "it has no text")] {
            try crm.write(text, to: "vacio")
            for options in [[], ["--dry-run"], ["--subject", "x"]] {
                let result = try crm.run(["campaign", "mail", "1", "--template", "vacio"] + options)
                #expect(result.status == 2 && result.errors.contains(said), "\(result.errors)")
            }
        }
        try crm.write("Subject: x\n\n{{contact.title|}}\n", to: "vacio")
        let filled = try crm.run("campaign", "mail", "1", "--template", "vacio")
        #expect(filled.status == 6 && filled.errors.contains("contact 1: vacio: it has no text"), "\(filled.errors)")
        let draft = ["email", "draft", "--contact", "1", "--subject", "x"]
        let sent = try crm.run(draft + ["--send"])
        #expect(sent.status == 2 && sent.errors.contains("the message has no text"), "\(sent.errors)")
        #expect(!crm.has("sent.txt"))
        try crm.succeed(draft + ["--send", "--attach", "vacio"])
        try crm.succeed(draft)
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
