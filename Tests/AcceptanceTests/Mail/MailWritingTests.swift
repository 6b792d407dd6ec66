import Foundation
import Testing

/// `email draft`, `email export`, `contact query` and `campaign mail`: mail that is written, read by Python's `email`
/// and `mailbox`.
@Suite struct MailWritingTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--first-name", "José", "--last-name", "Núñez", "--email", "jose@example.org")
        try crm.add("contact", "--first-name", "Eva", "--last-name", "Paz", "--email", "eva@example.org")
        try crm.add("contact", "--last-name", "Callado", "--email", "no@example.org", "--email-opt-out")
        try crm.add("contact", "--last-name", "Sin Correo")
        try crm.succeed("config", "set", "mail.from", "Ana Ruiz <ana@empresa.example>")
        // What is sent goes to the end of a file.
        try crm.succeed("config", "set", "mail.send", "cat >>\(crm.file("sent.txt"))")
    }

    private static let reader = """
        import email, email.policy, json, sys
        m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
        faults = [repr(d) for p in m.walk() for d in p.defects]
        print(json.dumps({
            "from": str(m["from"]), "to": str(m["to"]), "cc": str(m["cc"]), "subject": str(m["subject"]),
            "names": m.keys(), "reply": str(m["in-reply-to"]), "references": str(m["references"]),
            "text": m.get_body().get_content(), "faults": faults,
            "files": [[a.get_filename(), a.get_content_type(), len(a.get_payload(decode=True))] for a in m.iter_attachments()],
        }))
        """

    /// What Python reads of a message.
    private func read(_ message: [UInt8]) throws -> JSON {
        try crm.write(Self.reader, to: "read.py")
        try crm.write(message, to: "message.eml")
        let result = try crm.shell("python3 read.py <message.eml")
        try #require(result.status == 0, "\(result.errors)")
        return try JSON(result.outputBytes)
    }

    @Test("Any words become a correct message")
    func words() throws {
        let text = "Año nuevo\nFrom aquí\n.\n" + String(repeating: "largo ", count: 200) + "\n"
        try crm.write(text, to: "carta.txt")
        let subject = String(repeating: "cotización de año y medio, con acentos; ", count: 5) + "日本語"
        let draft = try crm.succeed(
            "email",
            "draft",
            "--contact",
            "1",
            "--cc",
            "\"Paz, Eva\" <eva@example.org>",
            "--subject",
            subject,
            "--body",
            "carta.txt"
        ).outputBytes
        #expect(draft.allSatisfy { $0 < 0x80 })
        #expect(draft.split(separator: UInt8(ascii: "\n")).allSatisfy { $0.count <= 78 })
        let message = try read(draft)
        #expect(message["subject"] == .string(subject))
        #expect(message["to"] == .string("José Núñez <jose@example.org>"))
        #expect(message["cc"] == .string("\"Paz, Eva\" <eva@example.org>"))
        #expect(message["text"] == .string(text))
        #expect(message["faults"] == .array([]))
    }

    @Test("No value makes a header")
    func injection() throws {
        try crm.succeed("contact", "edit", "2", "--title", "x")
        try crm.shell(
            "sqlite3 crm.db \"update contact set name = 'Eva' || char(10) || 'Bcc: mal@example.org' where id = 2\""
        )
        let draft = try crm.succeed(
            "email",
            "draft",
            "--contact",
            "2",
            "--subject",
            "Hola\r\nBcc: mal@example.org\r\n\r\nX",
            "--attach",
            try crm.write("x", to: "a\nX-Evil: 1\n.txt")
        ).outputBytes
        let message = try read(draft)
        #expect(
            message["names"]
                == .array(
                    ["Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type"].map { .string($0) }
                )
        )
        #expect(message["subject"] == .string("Hola Bcc: mal@example.org X"))
        for address in ["a@b\r\nBcc: c@d", "a@b c@d", "<>", "ana", "ñ\u{A0}@example.org"] {
            #expect(try crm.run("email", "draft", "--to", address, "--subject", "x").status == 2, "\(address)")
        }
    }

    @Test("Documents and files go with it")
    func attachments() throws {
        try crm.write(Array(repeating: 7, count: 400_000), to: "datos.bin")
        try crm.write("uno", to: "cotización muy larga con año y ñandú, revisada y aceptada.txt")
        try crm.add("document", "datos.bin")
        let draft = try crm.succeed(
            "email",
            "draft",
            "--contact",
            "1",
            "--subject",
            "x",
            "--attach",
            "document:1",
            "--attach",
            "cotización muy larga con año y ñandú, revisada y aceptada.txt",
            stdin: ""
        ).outputBytes
        let files = try read(draft)["files"]
        #expect(
            files
                == .array([
                    .array([.string("datos.bin"), .string("application/octet-stream"), .number("400000")]),
                    .array([
                        .string("cotización muy larga con año y ñandú, revisada y aceptada.txt"), .string("text/plain"),
                        .number("3"),
                    ]),
                ])
        )
    }

    @Test("What is sent is filed as it was, and an answer stands in its thread")
    func sending() throws {
        let sent = try crm.succeed(
            "email",
            "draft",
            "--contact",
            "1",
            "--subject",
            "Pedido",
            "--send",
            "--json",
            stdin: ""
        )
        let record = try JSON(sent.outputBytes)
        #expect(record["subject"] == .string("Pedido"))
        #expect(try crm.read("sent.txt") == crm.succeed("email", "show", "1", "--raw").outputBytes)
        #expect(try crm.succeed("email", "list", "--where", "contacts.id = 1", "--format", "id").output == "1\n")
        let answer = try read(try crm.succeed("email", "draft", "--reply", "1").outputBytes)
        #expect(answer["subject"] == .string("Re: Pedido"))
        guard case .string(let id)? = record["message_id"] else {
            Issue.record("no id")
            return
        }
        #expect(answer["reply"] == .string("<\(id)>"))
        #expect(answer["references"] == .string("<\(id)>"))

        try crm.succeed("config", "set", "mail.send", "exit 7")
        let failed = try crm.run("email", "draft", "--contact", "1", "--subject", "Otro", "--send")
        #expect(failed.status == 1 && failed.errors.contains("not sent"))
        #expect(try crm.succeed("email", "list", "--count").output == "1\n")
    }

    @Test("What is sent is outgoing, whether or not it is said whose mail it is", arguments: [nil, "otro@example.net"])
    func direction(_ own: String?) throws {
        if let own { try crm.succeed("config", "set", "mail.me", own) }
        try crm.succeed("email", "draft", "--contact", "1", "--subject", "Hola", "--body", "/dev/null", "--send")
        #expect(try crm.json("email", "show", "1")["direction"] == "outgoing")
        try crm.succeed("campaign", "add", "--name", "Mayo", "--type", "email", "--contact", "1")
        try crm.write("Subject: Mayo\n\nHola\n", to: "mayo.txt")
        try crm.succeed("campaign", "mail", "1", "--template", "mayo.txt")
        #expect(try crm.json("email", "show", "2")["direction"] == "outgoing")
    }

    @Test(
        "Of those who are named none is left out without a word",
        arguments: [
            ("luis, b@c.example", "luis"), ("Gómez, Jr. <a@b.example>", "Gómez"),
            ("ana at x.example, b@c.example", "ana at x.example"), ("a@x.example b@x.example", "a@x.example"),
            ("<a@x.example> <b@x.example>", "a@x.example"), ("b@x.example, Ana <>", "Ana<>"),
        ]
    )
    func leftOut(_ people: String, _ word: String) throws {
        for option in ["--to", "--cc", "--bcc", "--from"] {
            let given = ["--to", "c@d.example", "--subject", "s", "--body", "/dev/null", option, people]
            let result = try crm.run(["email", "draft"] + (option == "--to" ? Array(given.dropFirst(2)) : given))
            #expect(result.status == 2 && result.errors.contains("\"\(word)\""), "\(option): \(result.errors)")
        }
    }

    @Test("Who writes is one, names with commas are quoted, groups and empty places are nobody")
    func named() throws {
        let to = "\"Gómez, Jr.\" <a@b.example>, , Equipo: c@d.example, e@f.example;"
        let draft = try crm.succeed("email", "draft", "--to", to, "--subject", "s", "--body", "/dev/null").outputBytes
        #expect(try read(draft)["to"] == .string("\"Gómez, Jr.\" <a@b.example>, c@d.example, e@f.example"))
        let two = [
            "--from", "a@b.example, c@d.example", "--to", "e@f.example", "--subject", "s", "--body", "/dev/null",
        ]
        #expect(try crm.run(["email", "draft"] + two).status == 2)
    }

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
        #expect(missing.status == 6 && missing.errors.contains("contact 1: otra.txt, line 1: {{contact.title}}"))
    }

    @Test("An export is a mailbox that Python reads, and that comes back the same")
    func export() throws {
        let first = "From: a@example.org\nSubject: uno\nMessage-ID: <1@x>\n\nFrom aquí\n>From allá\nfin sin salto"
        let second = "From: b@example.org\r\nSubject: dos\r\nMessage-ID: <2@x>\r\n\r\ntexto\r\n"
        try crm.write(first, to: "1.eml")
        try crm.write(second, to: "2.eml")
        try crm.succeed("email", "import", "1.eml")
        try crm.succeed("email", "import", "2.eml")
        try crm.succeed("email", "export", "--format", "mbox", "-o", "all.mbox")
        try crm.succeed("email", "export", "--format", "maildir", "-o", "dir")
        let lines = String(decoding: try crm.read("all.mbox"), as: UTF8.self)
        #expect(lines.contains("\n>From aquí\n>>From allá\nfin sin salto\n\nFrom b@example.org "))
        let python = """
            import mailbox
            print([m["subject"] for m in mailbox.mbox("all.mbox")], sorted(m["subject"] for m in mailbox.Maildir("dir")))
            """
        #expect(try crm.shell("python3 -c '\(python)'").output == "['uno', 'dos'] ['dos', 'uno']\n")
        let files = try FileManager.default.contentsOfDirectory(atPath: crm.file("dir/cur"))
        let bodies = Set(try files.map { String(decoding: try crm.read("dir/cur/\($0)"), as: UTF8.self) })
        #expect(bodies == [first, second])
        let again = try crm.succeed("--db", "copy.db", "email", "import", "all.mbox", "--create", "--json")
        #expect(again.output.contains(#""created":2"#))
        try crm.succeed("--db", "copy.db", "email", "export", "--format", "mbox", "-o", "again.mbox")
        #expect(try crm.read("again.mbox") == crm.read("all.mbox"))
    }

    @Test("A mail program's question for addresses is answered")
    func query() throws {
        try crm.add("organization", "--name", "Taller Sur")
        try crm.succeed("contact", "edit", "1", "--organization", "1", "--email-secondary", "pepe@casa.example")
        let answer = try crm.succeed("contact", "query", "nuñ", "--format", "mutt").output
        #expect(
            answer == "2 found\njose@example.org\tJosé Núñez\tTaller Sur\npepe@casa.example\tJosé Núñez\tTaller Sur\n"
        )
        #expect(try crm.succeed("contact", "query", "eva").output == "eva@example.org\tEva Paz\t\n")
        #expect(try crm.run("contact", "query", "nadie", "--format", "mutt").status == 1)
    }

    @Test("An answer goes where the message asks for it")
    func replyTo() throws {
        try crm.write(
            "From: no-reply@example.org\nReply-To: \"Paz, Eva\" <eva@example.org>\nSubject: x\n\nHola\n",
            to: "1.eml"
        )
        try crm.succeed("email", "import", "1.eml")
        #expect(
            try crm.succeed("email", "draft", "--reply", "1").output.contains("To: \"Paz, Eva\" <eva@example.org>\n")
        )
    }

    @Test("An address beyond ASCII stands in the header as it is, and is read again") func international() throws {
        try crm.add("contact", "--last-name", "Ñandú", "--email", "ñandú@español.es")
        try crm.write("Hola", to: "t.txt")
        let draft = ["email", "draft", "--from", "yo@example.com", "--subject", "x", "--body", "t.txt"]
        let message = try crm.succeed(draft + ["--contact", "email:ñandú@español.es"]).output
        #expect(message.contains("\nTo: =?utf-8?") && message.contains("<ñandú@xn--espaol-zwa.es>\n"), "\(message)")
        let reader = """
            import email, email.policy, sys
            message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.SMTPUTF8)
            print(message["to"].addresses[0].username)
            """
        #expect(try Peer("python3").run("-c", reader, stdin: Array(message.utf8), in: crm) == "ñandú\n")
        #expect(try JSON(crm.succeed("email", "import", "-", "--json", stdin: message).outputBytes)["linked"] == 1)
    }

    @Test("A dry run leaves no file, and what is sent is written to none")
    func draftFiles() throws {
        try crm.write("Hola", to: "t.txt")
        let draft = ["email", "draft", "--from", "yo@example.com", "--subject", "x", "--body", "t.txt"]
        let to = ["--to", "José <jose@español.es>", "-o", "d.eml"]
        #expect(try crm.succeed(draft + to + ["--dry-run"]).output.contains("jose@xn--espaol-zwa.es"))
        #expect(try crm.shell("ls").lines.contains("d.eml") == false)
        #expect(try crm.run(draft + to + ["--send"]).status == 2)
        try crm.succeed(draft + to)
        #expect(try crm.shell("ls").lines.contains("d.eml"))
    }

    @Test("A text that goes with a message says how it is encoded")
    func charset() throws {
        try crm.write("ñandú €", to: "utf8.txt")
        try crm.write([0xF1, 0x0A], to: "latin.txt")
        try crm.succeed("document", "add", "utf8.txt")
        for (file, type) in [
            ("utf8.txt", "text/plain; charset=utf-8\n"), ("latin.txt", "text/plain\n"),
            ("document:1", "text/plain; charset=utf-8\n"),
        ] {
            let draft = try crm.succeed(
                "email",
                "draft",
                "--contact",
                "1",
                "--attach",
                file,
                "--subject",
                "x",
                stdin: ""
            )
            #expect(draft.output.contains("\nContent-Type: \(type)Content-Transfer-Encoding: base64"), "\(file)")
        }
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

    @Test("A document that is kept by its path goes with a message, and is read there")
    func outsideDocument() throws {
        try crm.write("afuera", to: "b.txt")
        try crm.add("document", "--title", "Fuera", "--path", "b.txt")
        #expect(try crm.succeed("document", "cat", "1").output == "afuera")
        try crm.succeed("document", "extract", "1", "-o", "salida")
        let draft = try crm.succeed("email", "draft", "--to", "a@x.org", "--attach", "document:1").output
        #expect(draft.contains("YWZ1ZXJh") || draft.contains("afuera"), "\(draft)")
        try crm.shell("rm b.txt")
        #expect(try crm.run("document", "cat", "1").status == 3)
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
