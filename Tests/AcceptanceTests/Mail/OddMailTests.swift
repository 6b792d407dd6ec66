import Testing

/// Mail that says little, is written oddly, or is none at all: whatever can be read is, and no message is taken for
/// another.
@Suite struct OddMailTests: MailSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    @Test("Messages in which nothing can be read are told apart by their bytes")
    func nothingRead() throws {
        try crm.write("Received: from a by b;\nX-A: 1\n\n", to: "1.eml")
        try crm.write("Received: from a by b;\nX-A: 2\n\n", to: "2.eml")
        #expect(try crm.json("email", "import", "1.eml", "2.eml")["created"] == 2)
        #expect(try crm.json("email", "import", "1.eml", "2.eml")["unchanged"] == 2)
    }

    @Test("Of messages without an id and a date, the time at which a server took them tells them apart")
    func undated() throws {
        func alarm(_ time: String) -> String {
            "Received: from a by b; Mon, 5 Jan 2026 \(time) +0000\nFrom: pbx@example.org\nSubject: Alarma\n\nx\n"
        }
        #expect(try take(alarm("10:00:00"))["created"] == 1)
        #expect(try take(alarm("11:00:00"))["created"] == 1)
        #expect(try take("Status: RO\n" + alarm("10:00:00"))["unchanged"] == 1)
    }

    @Test("Lines that end with carriage returns alone are read, in messages and in a mailbox")
    func carriageReturns() throws {
        let one = "Received: from a by b;\rFrom: juan@example.org\rSubject: pedido 1\r\rquiero 5 hornos\r"
        let other = "Received: from c by d;\rFrom: eva@example.org\rSubject: queja 2\r\rno llego nada\rde nada\r"
        try crm.write(one, to: "1.eml")
        try crm.write(other, to: "2.eml")
        #expect(try crm.json("email", "import", "1.eml", "2.eml")["created"] == 2)
        let shown = try crm.json("email", "show", "2")
        #expect(shown["from"] == "eva@example.org" && shown["subject"] == "queja 2")
        #expect(shown["text"] == "no llego nada\nde nada")
        #expect(try crm.run("email", "show", "2", "--raw").outputBytes == Array(other.utf8))
        let separator = "From - Mon Jan  5 10:00:00 2026\r"
        try crm.write(separator + one + "\r" + separator + other, to: "box")
        #expect(try crm.json("email", "import", "box")["unchanged"] == 2)
        try crm.succeed("email", "export", "--format", "mbox", "-o", "out.mbox")
        #expect(try crm.json("email", "import", "out.mbox")["unchanged"] == 2)
    }

    private func page(_ plain: String, _ html: String, _ lines: [String] = []) -> String {
        let head = lines + ["MIME-Version: 1.0", "Content-Type: multipart/alternative; boundary=b"]
        return message(
            "1@x",
            head,
            text: "--b\n\n\(plain)\n--b\nContent-Type: text/html\n\n<p>\(html)</p>\n--b--\n"
        )
    }

    @Test("Two messages under one id that differ only in their pages are both kept, a copy is not")
    func pages() throws {
        let long = String(repeating: "Un texto largo y siempre igual. ", count: 20)
        #expect(try take(page(long, "Pedido de Juan: 5 hornos"))["created"] == 1)
        #expect(try take(page(long, "Eva: 7 mesas"))["created"] == 1)
        #expect(try take(page(long, "Eva: <b>7</b> mesas", ["To: <VENTAS@example.com>"]))["unchanged"] == 1)
        // A list leaves out the page, which here repeats the text.
        let bare = message("2@x", ["List-Id: <l.example.net>"], text: "Van 5 hornos\n")
        #expect(try take(bare)["created"] == 1)
        let whole = page("Van 5 hornos", "Van <i>5</i> hornos").replacing("1@x", with: "2@x")
        #expect(try take(whole)["unchanged"] == 1)
        let other = page("Van 5 hornos", "Van <i>6</i> hornos").replacing("1@x", with: "2@x")
        #expect(try take(other)["created"] == 1)
    }

    @Test("A page whose words the plain text lacks is read beside it, and found")
    func pointer() throws {
        _ = try take(page("Vea la version HTML", "Pedido de Juan: 5 hornos"))
        let text = try crm.json("email", "show", "1")["text"]?.string ?? ""
        #expect(text.hasPrefix("Vea la version HTML\n") && text.hasSuffix("\nPedido de Juan: 5 hornos"), "\(text)")
        #expect(try crm.succeed("search", "hornos", "--no-header").output.hasPrefix("email\t1\t"))
        _ = try take(page("Van 5 hornos", "Van <b>5</b> hornos").replacing("1@x", with: "2@x"))
        #expect(try crm.json("email", "show", "2")["text"] == "Van 5 hornos")
    }

    @Test("A header that begins with From and a blank comes back from an mbox", arguments: ["", "Subject : x\n"])
    func spacedFrom(lead: String) throws {
        let text = "\(lead)From : Ana <ana@example.org>\nSubject : x\n\nHola\n"
        _ = try take(text)
        try crm.succeed("email", "export", "--format", "mbox", "-o", "out.mbox")
        #expect(try crm.json("email", "import", "out.mbox")["unchanged"] == 1)
        let other = try CRM()
        try other.write(try crm.read("out.mbox"), to: "out.mbox")
        try other.succeed("email", "import", "out.mbox")
        #expect(try other.json("email", "show", "1")["from"] == "Ana <ana@example.org>")
        #expect(try other.run("email", "show", "1", "--raw").outputBytes == Array(text.utf8))
        #expect(try crm.shell("python3 -c 'import mailbox; print(len(mailbox.mbox(\"out.mbox\")))'").output == "1\n")
    }

    @Test(
        "What has no field of mail is no message",
        arguments: ["root:x:0:0:root\n", "3 V1 N2\n2 :17.M3\n", "X-A: 1\n\n"]
    )
    func none(text: String) throws {
        try crm.write(text, to: "nada")
        let result = try crm.run("email", "import", "nada")
        #expect(result.status == 6 && result.errors.contains("it has no header of mail"), "\(result.errors)")
        #expect(try crm.run("email", "list", "--count").output == "0\n")
    }

    @Test("What a mail program keeps in a mailbox for itself is neither a message nor deleted")
    func internalData() throws {
        let separator = "From MAILER-DAEMON Mon Jan  5 10:00:00 2026\n"
        let data = "X-IMAP: 17 1\nSubject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\nFrom: x\n\nx\n\n"
        try crm.write(separator + data + separator + message("1@x"), to: "Inbox")
        let result = try crm.succeed("email", "import", "Inbox")
        #expect(result.output == "1 message, 1 created\n")
        #expect(!result.errors.contains("deleted"), "\(result.errors)")
    }

    @Test(
        "A mailbox in a form of its own is named where a folder is taken in",
        arguments: ["\u{1}\u{1}\u{1}\u{1}\n", "BABYL OPTIONS:"]
    )
    func foreignMailbox(beginning: String) throws {
        try crm.shell("mkdir mail")
        try crm.write(message("1@x"), to: "mail/1.eml")
        try crm.write(beginning + message("2@x"), to: "mail/Inbox")
        let result = try crm.succeed("email", "import", "mail")
        #expect(result.errors.contains("save it as .eml or mbox: mail/Inbox\n"), "\(result.errors)")
    }

    @Test("Functions become no contacts, whatever stands behind a plus")
    func functions() throws {
        let people = ["avisos", "reply+ab", "gerencia", "accounts"].map { "\($0)@example.net" }.joined(separator: ", ")
        let report = try take(message("1@x", ["Cc: \(people)"]), "--create-missing", "contact")
        #expect(report["contacts"] == 1)
    }

    @Test(
        "Options that ask for different outputs are refused",
        arguments: [
            ["--quotes", "--json"], ["--quotes", "--format", "csv"], ["--raw", "--json"], ["--w3m", "--json"],
            ["--raw", "--attachment", "1"], ["--quotes", "--raw"], ["--raw", "--columns", "id"],
            ["--attachment", "1", "--format", "jsonl"],
        ]
    )
    func contradictions(options: [String]) throws {
        _ = try take(message("1@x"))
        let result = try crm.run(["email", "show", "1"] + options)
        #expect(result.status == 2 && result.output.isEmpty, "\(result.errors)")
        #expect(result.errors.contains("ask for different things") || options.contains("--json"), "\(result.errors)")
        #expect(try crm.succeed("email", "show", "1", "--quotes", "--format", "table").output.contains("Hola"))
    }

    @Test("Whole messages have no columns, and an order")
    func wholeMessages() throws {
        _ = try take(message("1@x"))
        _ = try take(message("2@x", ["Subject: Antes"]))
        #expect(try crm.run("email", "export", "--format", "mbox", "--columns", "id").status == 2)
        let box = try crm.succeed("email", "export", "--format", "mbox", "--sort", "subject").output
        #expect(
            box.split(separator: "\n").filter { $0.hasPrefix("Message-ID") } == [
                "Message-ID: <2@x>", "Message-ID: <1@x>",
            ]
        )
        try crm.add("email", "--subject", "x")
        let bare = try crm.succeed("email", "export", "--format", "mbox").errors
        #expect(bare.contains("1 was added without its message and was left out"), "\(bare)")
    }

    @Test(
        "A text of which no more fits is cut before a character, in a mailbox of others",
        arguments: [("a", "ñ"), ("aa", "日"), ("a", "日"), ("abc", "🙂")]
    )
    func cutText(beginning: String, character: String) throws {
        let (limit, width) = (1 << 20, character.utf8.count)
        let text = beginning + String(repeating: character, count: limit / width + 10)
        let mails = [("1@x", "uno"), ("2@x", text), ("3@x", "tres")].map { id, text in
            "From a@x.mx Tue May  5 10:00:00 2026\n"
                + message(id, ["Content-Type: text/plain; charset=utf-8"], text: text + "\n\n")
        }
        try crm.write(mails.joined(), to: "box")
        let result = try crm.succeed("email", "import", "box")
        #expect(result.output == "3 messages, 3 created\n")
        #expect(result.errors.contains("email 2 is longer than what is kept of its text"), "\(result.errors)")
        let kept = try crm.json("email", "show", "2")["text"]?.string ?? ""
        #expect(text.hasPrefix(kept))
        #expect(kept.utf8.count == beginning.utf8.count + (limit - beginning.utf8.count) / width * width)
    }

    private static let oddLines = [
        "Content-Type: application/x-\u{1}\nContent-Disposition: attachment",
        "Content-Type: application/x-\u{AD}y\nContent-Disposition: attachment\nContent-ID: <c\u{200B}e\u{301}@q>",
        "To: \"Eva\" <a\u{2028}b@example.net>", "Cc: <a\u{2029}b@example.net>", "Bcc: Eva <a\u{AD}b@example.net>",
        "Subject: so\u{AD}l \u{200B}", "From: \"a\u{202E}b\" <ana@example.org>", "From: \u{AD} Ana",
        "In-Reply-To: <a\u{61C}b@q>", "References: <ae\u{301}b@q> <\u{FEFF}c@q> <\u{AD}>",
    ]

    @Test("What is kept of a header is what check and apply take", arguments: oddLines)
    func keptHeader(lines: String) throws {
        #expect(try take(message("1@x", lines.split(separator: "\n").map(String.init)))["created"] == 1)
        try expectTaken()
    }

    @Test(
        "An id is kept in the form in which it is found, and two that differ in nothing seen are of two messages",
        arguments: [
            "a\u{AD}b@q", "a\u{200B}b@q", "\u{202E}ab@q", "ab@q\u{FEFF}", "a\u{61C}b@q", "ae\u{301}b@q", "“ab@q”",
        ]
    )
    func oddID(id: String) throws {
        _ = try take(message(id))
        let shown = try #require(try crm.json("email", "show", "1")["message_id"]?.string)
        #expect(try crm.json("email", "show", "message-id:\(shown)")["id"] == 1)
        #expect(try take(message(shown, text: "Otro\n"))["created"] == 1)
        #expect(try take(message(shown, text: "Otro\n"))["unchanged"] == 1)
        #expect(try take(message("3@x", ["In-Reply-To: <\(id)>"]))["created"] == 1)
        #expect(try crm.json("email", "show", "3")["thread"]?.string == shown)
        try expectTaken()
    }

    /// Expects that what is stored is found right, and comes back equal from an export.
    private func expectTaken() throws {
        try crm.succeed("check")
        let lines = try crm.succeed("export").output
        try crm.succeed("--db", crm.file("copy.db"), "apply", "--create", stdin: lines)
        #expect(try crm.succeed("--db", crm.file("copy.db"), "export").output.utf8.elementsEqual(lines.utf8))
    }

    @Test("Files are shown with the type and the size that they came with, whatever became of their documents")
    func changedDocuments() throws {
        _ = try take(withFiles("1@x", [("; name=f.txt", "YWJj"), ("; name=g.txt", "YWJjZA==")]))
        let came = ["1  f.txt  text/plain  3 B", "2  g.txt  text/plain  4 B"]
        try crm.write([0, 1, 2, 3, 4, 5], to: "otro.bin")
        for step in [[], ["document", "revise", "1", "otro.bin"], ["document", "delete", "2", "--force"]] {
            if !step.isEmpty { #expect(try crm.run(step).status == 0) }
            let shown = try crm.succeed("email", "show", "1", "--quotes").output
            for line in came { #expect(shown.contains(line), "\(shown)") }
        }
    }

    @Test("What a deletion does to mail is told in mails, and without what the program keeps for itself")
    func deletion() throws {
        _ = try take(withFiles("1@x", [("; name=f.txt", "YWJj"), ("; name=g.txt", "YWJj")]))
        let document = try crm.succeed("document", "delete", "1", "--dry-run", "--yes").errors
        #expect(document.contains("1 email (document): would no longer refer to it"), "\(document)")
        let mail = try crm.succeed("email", "delete", "1", "--dry-run").errors
        #expect(mail.contains("2 attachments: would be deleted with it"), "\(mail)")
        #expect(!mail.contains("thread key"), "\(mail)")
    }

    @Test("A verb of other records is not looked for as a word")
    func foreignVerb() throws {
        let result = try crm.run("email", "merge", "1", "2")
        #expect(result.status == 2 && !result.errors.contains("search"), "\(result.errors)")
    }
}
