import Foundation
import Testing

/// `email draft`, `email export` and `contact query`: mail that is written, read by Python's `email` and `mailbox`.
@Suite struct MailWritingTests: MailWritingSuite {
    let crm: CRM

    init() throws { crm = try Self.prepared() }

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
        try crm.write("Va el pedido.\n", to: "texto.txt")
        let text = ["--body", "texto.txt", "--send"]
        let sent = try crm.succeed(["email", "draft", "--contact", "1", "--subject", "Pedido", "--json"] + text)
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
        let failed = try crm.run(["email", "draft", "--contact", "1", "--subject", "Otro"] + text)
        #expect(failed.status == 1 && failed.errors.contains("not sent"))
        #expect(try crm.succeed("email", "list", "--count").output == "1\n")
    }

    @Test("A draft is filed before it is sent, and others write meanwhile; what was not sent is taken back")
    func filedFirst() throws {
        let draft = ["email", "draft", "--contact", "1", "--subject", "x", "--body", try crm.write("Hola", to: "t")]
        func sending(_ command: String) throws -> CRM.Result {
            let write = "crm --timeout 1 -q contact add --last-name Visto"
            try crm.succeed("config", "set", "mail.send", "cat >/dev/null; \(write) || exit 9; \(command)")
            return try crm.shell("crm \((draft + ["--send"]).joined(separator: " "))")
        }
        let outcomes: [(command: String, isSent: Bool, filed: String)] = [
            ("exit 0", true, "1\n"), ("exit 67", false, "1\n"), ("exit 75", false, "1\n"),
            // Nobody knows whether a message went out when the program was killed: it counts as sent.
            ("kill -9 $PPID", false, "2\n"),
        ]
        for (number, outcome) in outcomes.enumerated() {
            let result = try sending(outcome.command)
            #expect((result.status == 0) == outcome.isSent, "\(outcome.command): \(result.errors)")
            #expect(try crm.succeed("email", "list", "--count").output == outcome.filed, "\(outcome.command)")
            let visits = try crm.succeed("contact", "list", "--where", "last_name = Visto", "--count").output
            #expect(visits == "\(number + 1)\n", "\(result.errors)")
        }
        try crm.succeed("check")
    }

    @Test("Of a message that was not sent nothing is left: no documents, nothing told as saved, nothing to undo")
    func takenBack() throws {
        try crm.write("Va el pedido.\n", to: "texto.txt")
        try crm.write("pedido", to: "pedido.csv")
        let draft = ["email", "draft", "--contact", "1", "--subject", "x", "--body", "texto.txt", "--send"]
        try crm.succeed(draft)
        for status in [67, 75] {
            try crm.succeed("config", "set", "mail.send", "cat >/dev/null; exit \(status)")
            let failed = try crm.run(draft + ["--attach", "pedido.csv"])
            #expect(failed.status == 1 && !failed.errors.contains("change set"), "\(failed.errors)")
            #expect(try crm.succeed("document", "list", "--count").output == "0\n")
            #expect(try crm.succeed("email", "list", "--count").output == "1\n")
        }
        // The newest that can be undone is the message that was sent.
        try crm.succeed("undo")
        #expect(try crm.succeed("email", "list", "--count").output == "0\n")
    }

    @Test("A text where a file belongs is told so")
    func textForFile() throws {
        let words = ["email", "draft", "--contact", "1", "--subject", "x", "--from", "a@b.example"]
        let result = try crm.run(words + ["--body", "Hola Juan"])
        #expect(result.errorLines.last == "crm: --body takes the text from a file, or with - from standard input")
    }

    @Test("What is sent is outgoing, whether or not it is said whose mail it is", arguments: [nil, "otro@example.net"])
    func direction(_ own: String?) throws {
        if let own { try crm.succeed("config", "set", "mail.me", own) }
        try crm.write("Hola\n", to: "hola.txt")
        try crm.succeed("email", "draft", "--contact", "1", "--subject", "Hola", "--body", "hola.txt", "--send")
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
        let files = try crm.names(in: "dir/cur")
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
        for words in ["nadie", "", "...", "@"] {
            #expect(try crm.run("contact", "query", words, "--format", "mutt").status == 1, "\(words)")
            #expect(try crm.succeed("contact", "query", words).output.isEmpty, "\(words)")
        }
    }

    @Test("An e-mail in a field of one's own is written to, and offered, as any other is")
    func ownAddresses() throws {
        try crm.succeed("field", "add", "contact", "mail2", "--type", "email")
        try crm.succeed("contact", "edit", "4", "--mail2", "sin@example.org")
        try crm.write("x\n", to: "carta.txt")
        let draft = try crm.succeed("email", "draft", "--contact", "4", "--subject", "Hola", "--body", "carta.txt")
        #expect(try read(draft.outputBytes)["to"]?.string?.contains("sin@example.org") == true)
        #expect(try crm.succeed("contact", "query", "sin").output == "sin@example.org\tSin Correo\t\n")
        // Nobody looks at each message to many before it goes.
        try crm.succeed("campaign", "add", "--name", "Mayo", "--contact", "4", "--quiet")
        let many = try crm.run("campaign", "mail", "name:Mayo", "--template", "carta.txt", "--dry-run")
        #expect(many.errors.contains("contact 4 has no e-mail address"), "\(many.errors)")
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

    @Test("An answer tells the day of the message as it is where it is answered")
    func answeredDay() throws {
        let mail = "From: eva@example.org\nDate: Tue, 05 May 2026 23:30:00 -0600\n\nHola\n"
        try crm.succeed("email", "import", "-", stdin: mail)
        let answer = try crm.succeed("email", "draft", "--reply", "1").output
        #expect(answer.contains("eva@example.org wrote on 2026-05-05:\n> Hola\n"), "\(answer)")
        let spanish = try read(try crm.succeed("email", "draft", "--reply", "1", "--lang", "es").outputBytes)
        #expect(spanish["text"]?.string?.contains("El 2026-05-05, eva@example.org escribió:") == true, "\(spanish)")
    }

    @Test("An answer to a message without a date tells who wrote it")
    func answeredWithoutDay() throws {
        try crm.succeed("email", "import", "-", stdin: "From: eva@example.org\n\nHola\n")
        #expect(try crm.succeed("email", "draft", "--reply", "1").output.contains("\neva@example.org wrote:\n> Hola\n"))
        let spanish = try read(try crm.succeed("email", "draft", "--reply", "1", "--lang", "es").outputBytes)
        #expect(spanish["text"]?.string?.contains("\neva@example.org escribió:") == true, "\(spanish)")
    }

    @Test(
        "An answer to an answer keeps its subject, one to what was forwarded is named an answer",
        arguments: [
            ("RE: x", "RE: x"), ("AW: x", "AW: x"), ("RV: x", "Re: RV: x"), ("Fwd: x", "Re: Fwd: x"),
            ("Re: Fwd: x", "Re: Fwd: x"), ("[lista] x", "Re: [lista] x"), ("[lista] Re: x", "[lista] Re: x"),
            ("RE[2]: x", "Re: x"), ("[CAS-1] re: RE: AW: x", "[CAS-1] Re: x"), ("Re: [lista] RE: x", "Re: [lista] x"),
        ]
    )
    func answerSubject(subject: String, answer: String) throws {
        try crm.succeed("email", "import", "-", stdin: "From: eva@example.org\nSubject: \(subject)\n\nHola\n")
        let draft = try crm.succeed("email", "draft", "--reply", "1").output
        #expect(draft.contains("\nSubject: \(answer)\n"), "\(draft)")
    }

    @Test("A sender that is no address is no setting")
    func senderSetting() throws {
        for text in ["malo", "a@x.example, b@x.example"] {
            #expect(try crm.run("config", "set", "mail.from", text).status == 2)
        }
        #expect(try crm.succeed("config", "get", "mail.from").output.contains("ana@empresa.example"))
    }

    @Test(
        "A long name reads the same in Python, which puts a blank between encoded words",
        arguments: [
            "María José Fernández de la Cámara y Ortíz de Zárate, Directora general adjunta", "José Núñez",
            "D. José \"Pepe\" Núñez (Ñ)", String(repeating: "ñandú", count: 3), "Área de Atención =?x?= año",
        ]
    )
    func longNames(_ name: String) throws {
        try crm.write("Hola", to: "t.txt")
        let quoted = name.replacing("\"", with: "\\\"")
        let draft = try crm.succeed(
            ["email", "draft", "--to", "\"\(quoted)\" <m@x.example>", "--subject", "x", "--body", "t.txt"]
        ).outputBytes
        let reader = """
            import email, email.policy, sys
            message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
            print(message["to"].addresses[0].display_name)
            """
        #expect(try Peer("python3").run("-c", reader, stdin: draft, in: crm) == name + "\n")
        _ = try crm.succeed(["email", "import", "-"], stdin: String(decoding: draft, as: UTF8.self))
        let shown = try crm.json("email", "show", "1")["to"]?.string
        #expect(shown == "\"\(quoted)\" <m@x.example>" || shown == "\(name) <m@x.example>", "\(shown ?? "")")
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
}
