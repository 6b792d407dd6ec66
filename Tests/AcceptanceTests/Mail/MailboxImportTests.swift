import Testing

/// Mailboxes, Maildirs and folders of messages, taken in whole.
@Suite struct MailboxImportTests: MailSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

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

    @Test("A message that mh has removed is passed over")
    func removed() throws {
        try crm.shell("mkdir mh")
        for name in ["1", ",2", "#3"] { _ = try crm.write(message("\(name.suffix(1))@x"), to: "mh/\(name)") }
        #expect(try crm.json("email", "import", "mh")["created"] == 1)
    }

    @Test(
        "What is marked as deleted or as a draft in a mailbox is passed over, which is told",
        arguments: [
            ("X-Mozilla-Status: 0009", 1), ("X-Mozilla-Status: 0001", 2), ("X-Status: AD", 1), ("X-Status: A", 2),
            ("X-Status: T", 1), ("X-Status: RT", 2), ("X-Status: RD", 1), ("X-Gmail-Labels: Borradores", 1),
            ("X-Gmail-Labels: =?UTF-8?Q?Le=C3=ADdo,_Papelera?=", 1), ("X-Gmail-Labels: Inbox,Drafts", 1),
            ("X-Gmail-Labels: Enviados,Drafts/Ventas,Mis Borradores", 2),
            // It also stands in messages that were sent.
            ("X-Mozilla-Draft-Info: internal/draft; vcard=0; receipt=0", 2),
        ]
    )
    func setAsideInMailbox(_ line: String, _ count: Int) throws {
        let separator = "From - Mon Jan  5 10:00:00 2026\n"
        let other = "X-Mozilla-Status: 0001\n" + message("1@x")
        try crm.write(separator + other + "\n" + separator + "\(line)\n" + message("2@x"), to: "Inbox")
        let result = try crm.succeed("email", "import", "Inbox", "--json")
        #expect(try JSON(result.outputBytes)["created"]?.integer == count)
        #expect(result.errors.contains("marked as deleted in its mailbox: 1") == (count == 1), "\(result.errors)")
        // Of mail that is on its way anybody can write so.
        #expect(try take(message("3@x", [line]))["created"] == 1)
    }

    @Test("A message of a Maildir with the flag of the trash or of a draft is passed over, which is told")
    func setAsideInMaildir() throws {
        try crm.shell("mkdir -p M/cur M/new M/tmp")
        for (number, flags) in ["2,S", "2,ST", "2,DS", "2,"].enumerated() {
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
