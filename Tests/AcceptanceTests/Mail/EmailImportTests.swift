import Testing

/// Mail taken in, as messages, mailboxes and folders.
@Suite struct EmailImportTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    /// A message with a header of these lines.
    private func message(_ id: String?, _ lines: [String] = [], text: String = "Hola\n") -> String {
        let head = (id.map { ["Message-ID: <\($0)>"] } ?? []) + lines
        let given = Set(head.map { $0.prefix { $0 != ":" } })
        let rest = [
            "From: Ana Ruiz <ana@example.org>", "To: ventas@example.com", "Date: Mon, 5 Jan 2026 10:00:00 +0100",
            "Subject: Hola",
        ].filter { !given.contains($0.prefix { $0 != ":" }) }
        return (head + rest).joined(separator: "\n") + "\n\n" + text
    }

    private func take(_ message: String, _ options: String...) throws -> JSON {
        let result = try crm.succeed(["email", "import", "-", "--json"] + options, stdin: message)
        return try JSON(result.outputBytes)
    }

    @Test("Fields of a message alone do what the message would: people, direction and thread, and no brackets of ids")
    func fieldsAlone() throws {
        let crm = try CRM()
        try crm.succeed("config", "set", "mail.me", "ventas@example.com")
        try crm.add("contact", "--last-name", "Ruiz", "--email", "ana@example.org")
        try crm.add("contact", "--last-name", "Vega", "--email", "luis@example.org")
        try crm.write(
            """
            message_id,subject,from,to,date,references
            <1@x>,Plan,Ana <ana@example.org>,ventas@example.com,2026-01-05 10:00,
            <2@x>,Re: Plan,ventas@example.com,"ana@example.org, luis@example.org",2026-01-05 11:00,<1@x>
            """,
            to: "mail.csv"
        )
        let taking = ["email", "import", "--input-format", "csv", "--match", "message_id"]
        #expect(try crm.succeed(taking + ["mail.csv"]).output == "2 rows, 2 created, 3 linked\n")
        #expect(try crm.succeed(taking + ["-"], stdin: "message_id\n1@x\n<2@x>\n").output == "2 rows, 2 unchanged\n")
        let words = ["--message-id", "<3@x>", "--in-reply-to", "<2@x>", "--from", "luis@example.org"]
        try crm.add("email", ["--subject", "Re: Plan", "--to", "ventas@example.com", "--contact", "2"] + words)
        #expect(try crm.run("email", "add", "--subject", "x", "--message-id", "3@x").status != 0)
        let columns = ["-c", "message_id,direction,thread", "--format", "tsv", "--no-header"]
        let mails = try crm.succeed(["email", "list"] + columns).lines
        #expect(mails == ["1@x\tincoming\t1@x", "2@x\toutgoing\t1@x", "3@x\tincoming\t1@x"])
        let links = try crm.sql("SELECT email, contact, role FROM contact_email ORDER BY 1, 2")
        #expect(links == "1|1|from\n2|1|to\n2|2|to\n3|2|")
        #expect(try crm.succeed("email", "show", "message_id:<3@x>", "--format", "id").output == "3\n")
        for filter in ["message_id = '<3@x>'", "message_id in ('<3@x>', '<4@x>')", "in_reply_to = '<2@x>' and id > 2"] {
            #expect(try crm.succeed("email", "list", "-w", filter, "--format", "id").output == "3\n", "\(filter)")
        }
        let whole = "Message-ID: <3@x>\nFrom: luis@example.org\nSubject: Re: Plan\n\nhola\n"
        #expect(try crm.succeed("email", "import", "-", stdin: whole).output.contains("1 updated"))
        #expect(try crm.run("check").status == 0)
    }

    @Test("A message is kept whole, and known again")
    func message() throws {
        let contact = try crm.add("contact", "--last-name", "Ruiz", "--email", "ANA@example.org")
        let text = message(
            "1@x",
            ["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "Subject: =?utf-8?q?Cotizaci=C3=B3n?="],
            text: """
                --b
                Content-Type: text/plain; charset=iso-8859-1
                Content-Transfer-Encoding: quoted-printable

                A=F1o
                > citado
                > m=E1s
                --b
                Content-Type: application/pdf; name="../../x\\y.pdf"
                Content-Transfer-Encoding: base64

                JVBERg==
                --b--

                """
        )
        let first = try take(text)
        #expect(first["created"] == 1 && first["linked"] == 1 && first["documents"] == 1)
        let again = try take(text)
        #expect(again["created"] == 0 && again["unchanged"] == 1)
        let shown = try crm.json("email", "show", "message_id:1@x")
        #expect(shown["subject"] == "Cotización" && shown["from"] == "Ana Ruiz <ana@example.org>")
        #expect(shown["date"] == "2026-01-05T09:00:00Z" && shown["text"] == "Año\n> citado\n> más")
        #expect(shown["thread"] == "1@x")
        #expect(try crm.run("email", "show", "1", "--raw").outputBytes == Array(text.utf8))
        try crm.succeed("email", "show", "1", "--attachment", "1", "-o", crm.file("out.pdf"))
        #expect(try crm.read("out.pdf") == Array("%PDF".utf8))
        #expect(try crm.run("email", "show", "1", "--attachment", "2").status == 3)
        #expect(try crm.json("document", "show", "1")["file_name"] == "xy.pdf")
        let read = try crm.succeed("email", "show", "1", "--quotes").output
        #expect(read.contains("> [2 quoted lines]") && read.contains("xy.pdf  application/pdf  4 B"))
        let timeline = try crm.succeed("contact", "timeline", "\(contact)").output
        #expect(timeline.contains("Cotización"))
        #expect(try crm.succeed("search", "año").output.contains("Cotización"))
        try crm.succeed("undo")
        #expect(try crm.run("email", "list", "--count").output == "0\n")
        #expect(try crm.run("document", "list", "--count").output == "0\n")
    }

    private static let whole = [
        "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "Subject: Pedido",
        "To: ventas@example.com, luis@example.net",
    ]
    private static let wholeText = """
        --b

        Va el pedido
        --b
        Content-Type: text/plain; name=lista.txt
        Content-Disposition: attachment; filename=lista.txt

        tornillos
        --b--

        """

    @Test(
        "A record that has fields of a message alone becomes the message when that comes",
        arguments: [
            ["email", "add", "--message-id", "1@x", "--subject", "A mano", "--direction", "internal"],
            ["email", "add", "--message-id", "<1@x>", "--subject", "A mano", "--direction", "internal"],
            ["email", "import", "fields.csv"],
        ]
    )
    func completed(_ words: [String]) throws {
        try crm.write("message_id,subject,direction\n1@x,A mano,internal\n", to: "fields.csv")
        try crm.add("contact", "--last-name", "Ruiz", "--email", "ana@example.org")
        try crm.succeed(words)
        let text = message("1@x", Self.whole, text: Self.wholeText)
        let report = try take(text)
        #expect(report["updated"] == 1 && report["created"] == 0 && report["documents"] == 1 && report["linked"] == 1)
        #expect(try take(text)["unchanged"] == 1)
        let shown = try crm.json("email", "show", "1")
        #expect(shown["subject"] == "A mano" && shown["direction"] == "internal" && shown["thread"] == "1@x")
        #expect(shown["text"] == "Va el pedido" && shown["from"] == "Ana Ruiz <ana@example.org>")
        #expect(try crm.run("email", "show", "1", "--raw").outputBytes == Array(text.utf8))
        #expect(try crm.succeed("document", "cat", "1").output == "tornillos")
        // Another under the same id is one of its own by now, and its answers are in its thread.
        #expect(try take(message("1@x", text: "Otra\n"))["created"] == 1)
        _ = try take(message("2@x", ["In-Reply-To: <1@x>", "Subject: Otra cosa"]))
        #expect(try crm.json("email", "show", "3")["thread"] == "1@x")
        #expect(try crm.run("check").status == 0)
    }

    @Test("What an export without contents has lost comes back with the message", arguments: ["", "Status: RO\n"])
    func lostContents(_ lead: String) throws {
        let text = message("1@x", Self.whole, text: Self.wholeText)
        _ = try take(text)
        try crm.write(try crm.succeed("export").output, to: "all.jsonl")
        let other = try CRM()
        try other.write(try crm.read("all.jsonl"), to: "all.jsonl")
        try other.succeed("apply", "all.jsonl")
        #expect(try other.run("document", "cat", "1").status == 3)
        let report = try JSON(other.succeed(["email", "import", "-", "--json"], stdin: lead + text).outputBytes)
        #expect(report["updated"] == 1 && report["created"] == 0 && report["documents"] == 0)
        #expect(try other.run("email", "show", "1", "--raw").outputBytes == Array((lead + text).utf8))
        #expect(try other.succeed("document", "cat", "1").output == "tornillos")
        #expect(try other.succeed("search", "tornillos").output.contains("lista"))
        #expect(try other.sql("SELECT count(*) FROM email_attachment") == "1")
    }

    @Test("A byte order mark before a message is kept with it, and read past")
    func byteOrderMark() throws {
        let text = "\u{FEFF}" + message("1@x")
        _ = try take(text)
        #expect(try crm.json("email", "show", "1")["message_id"] == "1@x")
        #expect(try crm.run("email", "show", "1", "--raw").outputBytes == Array(text.utf8))
        _ = try take(message("2@x"))
        try crm.succeed("email", "export", "--format", "mbox", "-o", "box")
        let again = try crm.succeed("email", "import", "box", "--json")
        #expect(try JSON(again.outputBytes)["unchanged"] == 2)
    }

    @Test("Copies of many messages under one id are known again, of one moment and of several")
    func manyOfOneID() throws {
        let texts = (1...24).map { number in
            let second = number < 20 ? "00" : "\(number)"
            return message("1@x", ["Date: Mon, 5 Jan 2026 10:00:\(second) +0100"], text: "n\(number)\n")
        }
        func box(_ lead: String, _ tail: String) -> String {
            texts.map { "From a@x.org Mon Jan  5 10:00:00 2026\n\(lead)\($0)\(tail)\n" }.joined()
        }
        try crm.write(box("", ""), to: "box")
        try crm.write(box("List-Id: <l.example.net>\n", "_____\nlista\n"), to: "list")
        #expect(try crm.json("email", "import", "box")["created"] == 24)
        #expect(try crm.json("email", "import", "list")["created"] == 0)
    }

    @Test("Subjects in kana are kept as check wants them, and answers are in their thread")
    func kana() throws {
        _ = try take(message("1@x", ["Subject: =?utf-8?b?44GT44KT44Gr44GW?="]))
        #expect(try crm.run("check").status == 0)
        _ = try take(message("2@x", ["Subject: Re: =?utf-8?b?44GT44KT44Gr44GW?="]))
        #expect(try crm.json("email", "show", "2")["thread"] == "1@x")
    }

    @Test("A file of a message that is not here is that of its document")
    func fileOfDocument() throws {
        try crm.write("hola", to: "a.txt")
        try crm.succeed("document", "add", "a.txt")
        try crm.add("email", "--message-id", "1@x", "--subject", "x", "--attachment", "1:a.txt")
        try crm.succeed("email", "show", "1", "--attachment", "1", "-o", "out.txt")
        #expect(try crm.read("out.txt") == Array("hola".utf8))
    }

    @Test("What programs write into a header makes no other message, another body does")
    func identity() throws {
        _ = try take(message("1@x"))
        #expect(try take("Status: RO\nReceived: by y\n" + message("1@x"))["unchanged"] == 1)
        #expect(try take(message("1@x", text: "Otra cosa\n"))["created"] == 1)
        #expect(try take("Status: O\n" + message("1@x", text: "Otra cosa\n"))["unchanged"] == 1)
        #expect(try take(message(nil))["created"] == 1)
        #expect(try take("Status: RO\n" + message(nil))["unchanged"] == 1)
        #expect(try crm.run("email", "list", "--count").output == "3\n")
    }

    @Test(
        "Threads are the same in whatever order messages come",
        arguments: [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]]
    )
    func threads(_ order: [Int]) throws {
        let messages = [
            message("a@x"), message("b@x", ["In-Reply-To: <a@x>", "Subject: Re: Hola"]),
            message("c@x", ["References: <a@x> <b@x>", "Subject: Otra cosa"]),
            message("d@x", ["Subject: RV: Hola", "From: ventas@example.com", "To: ana@example.org"]),
        ]
        for index in order { _ = try take(messages[index]) }
        _ = try take(message("e@x", ["Subject: Hola", "From: luis@example.net", "To: otro@example.net"]))
        let threads = try crm.succeed("email", "list", "--columns", "message_id,thread", "--no-header").lines.sorted()
        #expect(threads.map { $0.split(separator: "\t").last } == ["a@x", "a@x", "a@x", "a@x", "e@x"])
    }

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
        ]
        _ = try take(message("1@x", lines), "--create-missing", "contact")
        let columns = "salutation,first_name,last_name"
        let names = try crm.succeed("contact", "list", "--columns", columns, "--no-header", "--format", "csv").lines
        #expect(names.contains("ing,Luis,Paz Gil") && names.contains("mrs,Eva,Mato"), "\(names)")
        #expect(names.contains(",,\"Taller Pérez, S.A. de C.V.\""), "\(names)")
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

    @Test("A text to be shown is shown, and a file too where it has a name; a sender without address is told")
    func shownFile() throws {
        let lines = ["Content-Type: text/plain", "Content-Disposition: inline; filename=b.txt"]
        let text = "From: Ana\nMessage-ID: <1@x>\nSubject: x\n" + lines.joined(separator: "\n") + "\n\nVisible\n"
        #expect(try take(text)["documents"] == 1)
        let shown = try crm.json("email", "show", "1")
        #expect(shown["text"] == "Visible")
        #expect(shown["from"] == "Ana")
        #expect(try crm.succeed("document", "cat", "1").output == "Visible\n")
    }

    @Test("What an mbox has marked is written without the marks")
    func rawOfMailbox() throws {
        try crm.write("From a@x.org Mon Jan  5 10:00:00 2026\nSubject: x\n\n>From me\n>>From you\n", to: "box")
        try crm.succeed("email", "import", "box")
        #expect(try crm.succeed("email", "show", "1", "--raw").output == "Subject: x\n\nFrom me\n>From you\n")
    }

    @Test("A page is read by our own reader, and by w3m where that is asked for")
    func page() throws {
        let lines = ["MIME-Version: 1.0", "Content-Type: text/html; charset=utf-8"]
        _ = try take(message("1@x", lines, text: "<p>Hola, <b>Luis</b></p>\n"))
        #expect(try crm.json("email", "show", "1")["text"] == "Hola, Luis")
        try crm.shell("mkdir -p bin; printf '#!/bin/sh\\nsed s/Hola/Tabla/\\n' >bin/w3m; chmod +x bin/w3m")
        #expect(try crm.succeed("email", "show", "1", "--w3m").output.contains("<p>Tabla, <b>Luis</b></p>"))
    }

    @Test("A case is found by its number in the subject")
    func about() throws {
        try crm.succeed("case", "add", "--title", "No enciende", "--number", "CAS-2026-0007")
        _ = try take(message("1@x", ["Subject: Re: [CAS-2026-0007] Hola"]))
        #expect(try crm.succeed("email", "list", "--where", "about=case:1", "--format", "id").output == "1\n")
    }

    @Test(
        "What a message is about is named in either language, with the mark of help desks too",
        arguments: ["[case:1]", "[caso:1]", "[CASO:1]", "[#CAS-2026-0001]", "#CAS-2026-0001", "(CAS-2026-0001)"]
    )
    func aboutInEitherLanguage(_ word: String) throws {
        try crm.add("case", "--title", "Fuga", "--number", "CAS-2026-0001")
        _ = try take(message("1@x", ["Subject: Re: fuga \(word)"]))
        #expect(try crm.succeed("email", "list", "--where", "about=case:1", "--format", "id").output == "1\n")
    }

    @Test("Several messages and folders are named at once, tables one at a time")
    func severalFiles() throws {
        try crm.write(message("1@x"), to: "a.eml")
        try crm.write(message("2@x"), to: "b.eml")
        try crm.shell("mkdir folder; mv b.eml folder")
        try crm.write(message("3@x"), to: "c.eml")
        #expect(try crm.succeed("email", "import", "a.eml", "folder", "c.eml").output == "3 messages, 3 created\n")
        let missing = try crm.run("email", "import", "a.eml", "none.eml")
        #expect(missing.status == 74 || missing.status == 3)
        try crm.write("subject\nx\n", to: "t.csv")
        #expect(try crm.run("email", "import", "a.eml", "t.csv").status == 2)
        #expect(try crm.run("contact", "import", "t.csv", "t.csv").status == 2)
    }

    @Test("Mailboxes and folders are taken whole")
    func mailboxes() throws {
        let from = "From ana@example.org Mon Jan  5 10:00:00 2026\n"
        let box = from + message("1@x", text: ">From me\n") + "\n" + from + message("2@x") + "\n" + from + "\n"
        try crm.shell("mkdir -p folder/md/cur folder/md/new folder/md/tmp folder/mh")
        _ = try crm.write(box, to: "folder/Inbox")
        _ = try crm.write(message("3@x"), to: "folder/md/cur/1.a:2,S")
        _ = try crm.write(message("4@x"), to: "folder/md/new/2.b")
        _ = try crm.write(message("5@x"), to: "folder/md/tmp/3.c")
        _ = try crm.write(message("6@x"), to: "folder/mh/10")
        _ = try crm.write("nothing", to: "folder/mh/notes")
        _ = try crm.write("\u{0}\u{1}", to: "folder/mh/11")
        let result = try crm.run("email", "import", crm.file("folder"), "--json")
        #expect(result.status == 6)
        #expect(result.errors.contains("mh/11") && result.errors.contains("Inbox, message 3"))
        #expect(try JSON(result.outputBytes)["created"] == 5)
        #expect(try crm.json("email", "show", "message_id:1@x")["text"] == "From me")
        let again = try crm.run("email", "import", crm.file("folder"), "--json")
        #expect(try JSON(again.outputBytes)["unchanged"] == 5)
    }

    @Test("A header that begins with From and a blank is none of an mbox")
    func spacedFrom() throws {
        let text = "From : Ana <ana@example.org>\nSubject : x\nMessage-ID : <1@x>\n\nHola\n"
        _ = try take(text)
        #expect(try crm.run("email", "show", "1", "--raw").outputBytes == Array(text.utf8))
        #expect(try crm.json("email", "show", "1")["from"] == "Ana <ana@example.org>")
    }

    @Test("One's own address joins no messages of different people")
    func threadsOfStrangers() throws {
        try crm.succeed("config", "set", "mail.me", "yo@example.com")
        for (number, from, to) in [
            (1, "ana@a.example", "yo@example.com"), (2, "beto@b.example", "yo@example.com"),
            (3, "carla@c.example", "yo@example.com"), (4, "yo@example.com", "beto@b.example"),
        ] {
            let subject = number == 1 ? "Factura" : "Re: Factura"
            _ = try take(message("\(number)@x", ["From: \(from)", "To: \(to)", "Subject: \(subject)"]))
        }
        let threads = try crm.succeed("email", "list", "--columns", "thread", "--no-header").lines
        #expect(threads == ["1@x", "2@x", "3@x", "2@x"])
    }

    @Test("A message whose bytes an export left behind gets them where it comes again")
    func healing() throws {
        let text = message("1@x")
        _ = try take(text)
        try crm.succeed("export", "-o", "bare.jsonl")
        try crm.succeed("--db", "other.db", "apply", "bare.jsonl", "--create")
        #expect(try crm.run("--db", "other.db", "email", "show", "1", "--raw").status == 3)
        try crm.succeed(["--db", "other.db", "email", "import", "-"], stdin: text)
        #expect(try crm.run("--db", "other.db", "email", "show", "1", "--raw").outputBytes == Array(text.utf8))
    }

    @Test("A text of more than is kept is told, and a mailbox may be called as a text is")
    func longText() throws {
        let text = message("1@x", text: String(repeating: "palabra larga\n", count: 80_000))
        try crm.write("From ana@example.org Mon Jan  5 10:00:00 2026\n" + text, to: "buzon.txt")
        let result = try crm.succeed("email", "import", "buzon.txt", "--json")
        #expect(try JSON(result.outputBytes)["created"] == 1)
        #expect(result.errors.contains("email show 1 --raw"))
    }

    @Test(
        "A message longer than is read in memory is known by its essence before its header ends, and holds up no other"
    )
    func longHeader() throws {
        let long = "X-Long: \(String(repeating: "s", count: 3_000_000))"
        try crm.write(
            ["<a@q>", nil, "<c@q>"].enumerated().map { number, id in
                "From ana@example.org Mon Jan  5 10:00:00 2026\n"
                    + (id == nil ? "\(long)\n" : "Message-ID: \(id ?? "")\n") + "Subject: s\(number)\n\nbody\n\n"
            }.joined(),
            to: "long.mbox"
        )
        #expect(try crm.json("email", "import", "long.mbox")["created"] == 3)
        #expect(try crm.json("email", "import", "long.mbox")["unchanged"] == 3)
    }

    @Test("Of a message to very many the last is found by relink, too")
    func manyRecipients() throws {
        let list = (1...1500).map { "n\($0)@example.net" }.joined(separator: ",\n ")
        _ = try take(message("1@x", ["Cc: \(list)"]))
        try crm.add("contact", "--last-name", "Tarde", "--email", "n1490@example.net")
        #expect(try crm.json("email", "relink")["linked"] == 1)
    }

    struct LongHeader: Sendable {
        let lines: String
        let key: String
        let beginning: String
        var isTold = true

        static func copies(to count: Int, _ separator: String, isTold: Bool) -> Self {
            let people = (1...count).map { "n\($0)@example.net" }.joined(separator: separator)
            return Self(
                lines: "Cc: \(people)",
                key: "cc",
                beginning: "n1@example.net, n2@example.net, ",
                isTold: isTold
            )
        }

        static func subject(of count: Int, _ word: String, _ beginning: String) -> Self {
            Self(lines: "Subject: " + String(repeating: word, count: count), key: "subject", beginning: beginning)
        }
    }

    @Test(
        "Of a header that is too long what can be read is, which is told; what comes after it is read",
        arguments: [
            LongHeader.copies(to: 100_000, ", ", isTold: true), .copies(to: 1000, ",\n ", isTold: true),
            .copies(to: 400, ",\n ", isTold: false), .subject(of: 100_000, "=?utf-8?q?a=C3=B1o?= ", "añoañoaño"),
            .subject(of: 300, "palabra ", "palabra palabra "),
            LongHeader(
                lines: "X-Otro: " + String(repeating: "s", count: 3_000_000),
                key: "subject",
                beginning: "Hola",
                isTold: false
            ),
        ]
    )
    func longHeader(_ header: LongHeader) throws {
        // Before all else.
        let text = "\(header.lines)\n" + message("1@x")
        let result = try crm.succeed(["email", "import", "-", "--json"], stdin: text)
        #expect(result.errors.contains("the header of email 1 is longer than what is kept") == header.isTold)
        let shown = try crm.json("email", "show", "message_id:1@x")
        #expect(shown[header.key]?.string?.hasPrefix(header.beginning) == true)
        #expect(shown["from"] == "Ana Ruiz <ana@example.org>")
        #expect(shown["cc"]?.string?.hasSuffix("@example.net") != false)
        #expect(try crm.run("email", "show", "1", "--raw").outputBytes == Array(text.utf8))
    }

    @Test("What is no message is told in the gender of messages")
    func failedInSpanish() throws {
        let result = try crm.run(["email", "import", "-", "--lang", "es"], stdin: Array("solo palabras\n".utf8))
        #expect(result.status == 6 && result.output == "1 mensaje, 1 fallido\n")
    }

    @Test("A message that answers elsewhere is another")
    func otherReplyTo() throws {
        _ = try take(message("1@x"))
        #expect(try take(message("1@x", ["Reply-To: luis@example.org"]))["created"] == 1)
    }

    /// A message with a file that is told to be of no type.
    private func withFiles(_ id: String, _ files: [(header: String, base64: String)], _ lines: [String] = []) -> String
    {
        let parts = files.map { file in
            "--b\nContent-Type: application/octet-stream\(file.header)\nContent-Transfer-Encoding: base64\n\n\(file.base64)\n"
        }
        let head = lines + ["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b"]
        return message(id, head, text: "--b\n\nHola\n" + parts.joined() + "--b--\n")
    }

    @Test("What a message says to be of no type is what its name and its first bytes tell, and can be searched")
    func untypedFiles() throws {
        _ = try take(
            withFiles(
                "1@x",
                [
                    ("; name=a.pdf", "JVBERi0xLjQK"), ("; name=a.docx", "UEsDBAo="), ("; name=nada", "iVBORw0KGgo="),
                    ("; name=x.txt", "cGFsYWJyYSByYXJhCg=="), ("; name=c.dwg", "AAECAw=="),
                    ("\nContent-Disposition: attachment", "JVBERi0xLjUK"), ("; name=z.bin", "AAED"),
                ]
            )
        )
        let lines = try crm.succeed("document", "list", "--columns", "file_name,media_type", "--no-header").lines
        #expect(
            lines == [
                "a.pdf\tapplication/pdf",
                "a.docx\tapplication/vnd.openxmlformats-officedocument.wordprocessingml.document", "nada\timage/png",
                "x.txt\ttext/plain", "c.dwg\timage/vnd.dwg", "attachment-6.pdf\tapplication/pdf",
                "z.bin\tapplication/octet-stream",
            ]
        )
        #expect(try crm.succeed("search", "rara").output.contains("x.txt"))
    }

    @Test("A message that mh has removed is passed over")
    func removed() throws {
        try crm.shell("mkdir mh")
        for name in ["1", ",2", "#3"] { _ = try crm.write(message("\(name.suffix(1))@x"), to: "mh/\(name)") }
        #expect(try crm.json("email", "import", "mh")["created"] == 1)
    }

    @Test("A date in whatever dialect is the message's", arguments: ["Lun, 5 ene 2026 10.00.00 +0100"])
    func dates(_ date: String) throws {
        _ = try take(message("1@x", ["Date: \(date)"]))
        #expect(try crm.json("email", "show", "1")["date"] == "2026-01-05T09:00:00Z")
    }

    /// The same mail as a list sends it on.
    private var ofList: String {
        let lines = [
            "Subject: [ventas] Hola", "List-Id: <ventas.example.com>", "Reply-To: ventas@example.com",
            "From: Ana via ventas <ventas@example.com>",
        ]
        return message("1@x", lines, text: "Hola\n-- \nDarse de baja: ventas-leave@example.com\n")
    }

    @Test("The copy that a list sends is no second mail, whichever comes first", arguments: [true, false])
    func copyOfList(isFirst: Bool) throws {
        let copies = isFirst ? [ofList, message("1@x")] : [message("1@x"), ofList]
        #expect(try take(copies[0])["created"] == 1)
        #expect(try take(copies[1])["unchanged"] == 1)
        #expect(try take(message("1@x", ["To: <VENTAS@example.com>"]))["unchanged"] == 1)
        #expect(try crm.run("email", "list", "--count").output == "1\n")
    }

    @Test("What a copy lacks is not lost: both are kept, in one thread")
    func shorterCopy() throws {
        let files = [(header: "; name=a.pdf", base64: "JVBERi0xLjQK")]
        let bare = withFiles("1@x", [], ["List-Id: <ventas.example.com>"])
        #expect(try take(bare)["created"] == 1)
        #expect(try take(withFiles("1@x", files))["created"] == 1)
        // A draft of what was sent has the same id.
        #expect(try take(message("2@x", text: "Hola"))["created"] == 1)
        #expect(try take(message("2@x", text: "Hola Ana, va la lista.\n"))["created"] == 1)
        let threads = try crm.succeed("email", "list", "--columns", "thread", "--no-header").lines
        #expect(threads == ["1@x", "1@x", "2@x", "2@x"])
    }

    @Test("The copy of who wrote it tells to whom else it went")
    func blindCopy() throws {
        let contact = try crm.add("contact", "--last-name", "Paz", "--email", "luis@example.net")
        #expect(try take(message("1@x"))["linked"] == 0)
        let sent = message("1@x", ["Bcc: Luis <luis@example.net>"])
        let report = try take(sent)
        #expect(report["unchanged"] == 1 && report["linked"] == 1)
        #expect(try crm.json("email", "show", "1")["bcc"] == "Luis <luis@example.net>")
        #expect(try crm.succeed("contact", "links", "\(contact)").output.contains("bcc"))
        #expect(try take(sent)["linked"] == 0)
    }

    @Test(
        "What is marked as deleted in a mailbox is passed over, which is told",
        arguments: [
            ("X-IMAP: 17 1\nSubject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA", 1),
            ("X-Mozilla-Status: 0009", 1), ("X-Mozilla-Status: 0001", 2), ("X-Status: AD", 1), ("X-Status: A", 2),
        ]
    )
    func deletedInMailbox(_ line: String, _ count: Int) throws {
        let separator = "From - Mon Jan  5 10:00:00 2026\n"
        let other = "X-Mozilla-Status: 0001\n" + message("1@x")
        try crm.write(separator + other + "\n" + separator + "\(line)\n" + message("2@x"), to: "Inbox")
        let result = try crm.succeed("email", "import", "Inbox", "--json")
        #expect(try JSON(result.outputBytes)["created"]?.integer == count)
        #expect(result.errors.contains("marked as deleted in its mailbox: 1") == (count == 1), "\(result.errors)")
        // Of mail that is on its way anybody can write so.
        #expect(try take(message("3@x", [line]))["created"] == 1)
    }

    @Test("A message of a Maildir with the flag of the trash is passed over, which is told")
    func deletedInMaildir() throws {
        try crm.shell("mkdir -p M/cur M/new M/tmp")
        for (number, flags) in ["2,S", "2,ST", "2,T", "2,"].enumerated() {
            try crm.write(message("\(number)@x"), to: "M/cur/17000000\(number).T1.host:\(flags)")
        }
        let result = try crm.succeed("email", "import", "M", "--json")
        #expect(try JSON(result.outputBytes)["created"] == 2)
        #expect(result.errors.contains("marked as deleted in its mailbox: 2"), "\(result.errors)")
    }

    @Test(
        "A message without a date has that of the line before it in an mbox",
        arguments: [
            ("From ana@example.org Mon Jan  5 10:00:00 2026", "", "2026-01-05T10:00:00Z"),
            ("From - Mon Jan  5 10:00:00 2026", "", "2026-01-05T10:00:00Z"),
            ("From ana@example.org Mon Jan  5 10:00:00 2026 +0100", "", "2026-01-05T09:00:00Z"),
            (
                "From ana@example.org Mon Jan  5 10:00:00 2026",
                "Received: from a by b; Mon, 5 Jan 2026 08:00:00 +0000\n", "2026-01-05T08:00:00Z"
            ),
        ]
    )
    func deliveryDate(_ separator: String, _ header: String, _ date: String) throws {
        let message = "\(header)Message-ID: <1@x>\nFrom: ana@example.org\nSubject: Hola\n\nHola\n"
        let other = "From eva@example.org Tue Jan  6 10:00:00 2026\nMessage-ID: <2@x>\nFrom: eva@example.org\n\nx\n"
        #expect(try take("\(separator)\n\(message)\n\(other)")["created"] == 2)
        #expect(try crm.json("email", "show", "1")["date"]?.string == date)
        #expect(try crm.json("email", "show", "2")["date"] == "2026-01-06T10:00:00Z")
    }
}
