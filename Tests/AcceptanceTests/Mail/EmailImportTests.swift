import Testing

/// Messages taken in, and what is kept, read and told of them.
@Suite struct EmailImportTests: MailSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

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
        #expect(try crm.json("document", "show", "1")["file_name"] == "y.pdf")
        let read = try crm.succeed("email", "show", "1", "--quotes").output
        #expect(read.contains("> [2 quoted lines]") && read.contains("y.pdf  application/pdf  4 B"))
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

    @Test("A file of a message that is not here is that of its document")
    func fileOfDocument() throws {
        try crm.write("hola", to: "a.txt")
        try crm.succeed("document", "add", "a.txt")
        try crm.add("email", "--message-id", "1@x", "--subject", "x", "--attachment", "1:a.txt")
        try crm.succeed("email", "show", "1", "--attachment", "1", "-o", "out.txt")
        #expect(try crm.read("out.txt") == Array("hola".utf8))
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

    @Test("A message whose bytes an export left behind gets them where it comes again")
    func healing() throws {
        let text = message("1@x")
        _ = try take(text)
        try crm.succeed("export", "-o", "bare.jsonl")
        try crm.succeed("--db", "other.db", "apply", "bare.jsonl", "--create")
        #expect(try crm.run("--db", "other.db", "email", "show", "1", "--raw").status == 3)
        let healed = try crm.succeed(["--db", "other.db", "email", "import", "-"], stdin: text)
        #expect(healed.errors.contains("undo would take back an earlier one"), "\(healed.errors)")
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

    @Test("A message of more or deeper parts than are read is kept whole, which is told", arguments: [true, false])
    func tooManyParts(areDeep: Bool) throws {
        let head = ["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b0"]
        let parts =
            areDeep
            ? (1...80).map { "--b\($0 - 1)\nContent-Type: multipart/mixed; boundary=b\($0)\n\n" } + ["--b80\n\nhondo\n"]
            : (1...10_005).map { "--b0\n\nparte \($0)\n" }
        let text = message("1@x", head, text: parts.joined() + (areDeep ? "" : "--b0--\n"))
        let result = try crm.succeed(["email", "import", "-", "--json"], stdin: text)
        #expect(result.errors.contains("email 1 has more parts, or deeper ones, than are taken"), "\(result.errors)")
        #expect(try crm.run("email", "show", "1", "--raw").outputBytes == Array(text.utf8))
    }

    @Test("An id in brackets within brackets is the inner one, as check and an export want it")
    func nestedBrackets() throws {
        for (id, kept) in [("<<a2@x>>", "a2@x"), ("<m1 <m2@x>", "m2@x"), ("<a1@x<b1@y>", "b1@y")] {
            let text = message(nil, ["Message-ID: \(id)", "In-Reply-To: \(id)", "References: \(id)"])
            #expect(try take(text)["created"] == 1)
            let shown = try crm.json("email", "show", "message_id:\(kept)")
            for key in ["message_id", "in_reply_to", "references"] { #expect(shown[key] == .string(kept)) }
        }
        try crm.succeed("check")
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

    @Test("A date in whatever dialect is the message's", arguments: ["Lun, 5 ene 2026 10.00.00 +0100"])
    func dates(_ date: String) throws {
        _ = try take(message("1@x", ["Date: \(date)"]))
        #expect(try crm.json("email", "show", "1")["date"] == "2026-01-05T09:00:00Z")
    }
}
