import Testing

/// Which mail is the same, whatever copies of it come, and in which thread it stands.
@Suite struct SameMailTests: MailSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

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

    @Test("A message that answers elsewhere is another")
    func otherReplyTo() throws {
        _ = try take(message("1@x"))
        #expect(try take(message("1@x", ["Reply-To: luis@example.org"]))["created"] == 1)
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
        #expect(report["updated"] == 1 && report["linked"] == 1)
        #expect(try crm.json("email", "show", "1")["bcc"] == "Luis <luis@example.net>")
        #expect(try crm.succeed("contact", "links", "\(contact)").output.contains("bcc"))
        #expect(try take(sent)["linked"] == 0)
    }
}
