import Testing

/// Delivery reports (RFC 3464) that are taken in, and what becomes of the addresses they tell of.
@Suite struct BounceTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("contact", "--last-name", "Ruiz", "--email", "ana@example.org")
        try crm.add("contact", "--last-name", "Vega", "--email", "luis@example.org", "--point", "email:l@casa.example")
        try crm.succeed("config", "set", "mail.from", "Ventas <ventas@empresa.example>")
        try crm.succeed("config", "set", "mail.send", "cat >>\(crm.file("sent.txt"))")
    }

    /// A report that a message did not arrive, as Postfix writes it, with the message or its header behind it.
    private func report(
        _ id: String,
        of recipients: [(address: String, action: String, status: String)],
        returning part: String = "text/rfc822-headers",
        header: String = "Message-ID: <none@x>",
        as type: String = "delivery-status"
    ) -> String {
        let groups = recipients.map { recipient in
            """
            Original-Recipient: rfc822;\(recipient.address)
            Final-Recipient: rfc822;\(recipient.address)
            Action: \(recipient.action)
            Status: \(recipient.status)
            Diagnostic-Code: smtp; 550 User unknown
            """
        }
        return """
            From: MAILER-DAEMON@mail.example.net
            To: ventas@empresa.example
            Date: Tue, 6 Jan 2026 10:00:00 +0000
            Subject: Undelivered Mail Returned to Sender
            Message-ID: <\(id)@mail.example.net>
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=\(type); boundary="b"

            --b
            Content-Type: text/plain

            Sorry.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mail.example.net

            \(groups.joined(separator: "\n\n"))

            --b
            Content-Type: \(part)

            \(header)
            Subject: Oferta

            --b--

            """
    }

    private func take(_ message: String) throws -> JSON {
        try JSON(crm.succeed("email", "import", "-", "--json", stdin: message).outputBytes)
    }

    private func bounces(of contact: Int) throws -> [JSON] {
        try #require(try crm.json("contact", "show", "\(contact)")["bounces"]?.elements)
    }

    @Test("A report marks the address of whoever owns it, once, and undo takes that back")
    func marking() throws {
        let message = report(
            "1",
            of: [("ANA@example.org", "failed", "5.1.1"), ("nadie@example.org", "failed", "5.1.1")]
        )
        #expect(try take(message)["bounced"] == 1)
        let row = try #require(try bounces(of: 1).first)
        #expect(row["address"] == "ANA@example.org" && row["bounced_on"] == "2026-01-06")
        #expect(row["reason"] == "5.1.1: 550 User unknown")
        #expect(try take(message)["unchanged"] == 1)
        #expect(try take(report("2", of: [("ana@example.org", "failed", "5.1.1")]))["bounced"] == 0)
        #expect(try bounces(of: 1).count == 1)
        let filter = ["contact", "list", "--where", "bounces.address = ana@example.org", "--format", "id"]
        #expect(try crm.succeed(filter).output == "1\n")
        try crm.succeed("undo")
        try crm.succeed("undo")
        #expect(try bounces(of: 1).isEmpty)
    }

    @Test("A status that speaks of the address marks it, or none at all", arguments: ["5.0.0", "5.2.1", "5.4.4", "5"])
    func statuses(status: String) throws {
        #expect(try take(report("1", of: [("ana@example.org", "failed", status)]))["bounced"] == 1)
    }

    @Test("A domain beyond ASCII is the same however it is written, in mail and in reports") func international() throws
    {
        try crm.add("contact", "--last-name", "Ñandú", "--email", "ana@ñandú.example")
        let address = "ana@xn--and-6ma2c.example"
        let mail = "From: Ana <\(address)>\nTo: \(address)\nMessage-ID: <n@x>\nSubject: a\n\nb\n"
        #expect(try take(mail)["linked"] == 2)
        #expect(try take(report("9", of: [(address, "failed", "5.1.1")]))["bounced"] == 1)
        #expect(try bounces(of: 3).count == 1)
        #expect(try crm.succeed("contact", "list", "--where", "email = \(address)", "--format", "id").output == "3\n")
        try crm.succeed("contact", "erase", "3", "--yes")
        #expect(try crm.sql("SELECT count(*) FROM email WHERE \"from\" LIKE '%xn--%' OR \"to\" LIKE '%xn--%'") == "0")
    }

    @Test(
        "What is no failure for good, or none of the address, marks nothing",
        arguments: [
            ("delayed", "4.4.1", "delivery-status"), ("failed", "4.2.2", "delivery-status"),
            ("failed", "5.2.2", "delivery-status"), ("failed", "5.7.26", "delivery-status"),
            ("failed", "5.6.0", "delivery-status"), ("failed", "5.3.4", "delivery-status"),
            ("delivered", "2.0.0", "delivery-status"), ("failed", "5.1.1", "disposition-notification"),
        ]
    )
    func others(action: String, status: String, type: String) throws {
        let message = report("1", of: [("ana@example.org", action, status)], as: type)
        #expect(try take(message)["created"] == 1)
        #expect(try bounces(of: 1).isEmpty)
    }

    @Test(
        "A campaign counts what came back of it, and passes those over whom no address reaches",
        arguments: ["text/rfc822-headers", "message/rfc822"]
    )
    func campaign(part: String) throws {
        try crm.add("campaign", "--name", "Feria", "--contact", "1", "--contact", "2")
        try crm.write("Subject: Oferta\n\nHola\n", to: "carta.txt")
        try crm.succeed("campaign", "mail", "1", "--template", "carta.txt", "--limit", "1")
        let id = try #require(try crm.json("email", "show", "1")["message_id"]?.string)
        let failures = [("ana@example.org", "failed", "5.1.1"), ("luis@example.org", "failed", "5.1.1")]
        let message = report("1", of: failures, returning: part, header: "Message-ID: <\(id)>")
        #expect(try take(message)["bounced"] == 2)
        #expect(try crm.json("campaign", "show", "1")["bounced_count"] == 2)
        #expect(try crm.json("campaign", "show", "1")["sent_count"] == 1)
        // A server that gives up after days reports what was temporary each time.
        let late = report(
            "3",
            of: [("sol@example.org", "failed", "4.4.7")],
            returning: part,
            header: "Message-ID: <\(id)>"
        )
        #expect(try take(late)["created"] == 1)
        #expect(try crm.json("campaign", "show", "1")["bounced_count"] == 3)
        // A second report of the same tells nothing new.
        let again = report("2", of: failures, returning: part, header: "Message-ID: <\(id)>")
        #expect(try take(again)["created"] == 1)
        #expect(try crm.json("campaign", "show", "1")["bounced_count"] == 3)

        try crm.add("campaign", "--name", "Otra", "--contact", "1", "--contact", "2")
        let second = try crm.succeed("campaign", "mail", "2", "--template", "carta.txt", "--json")
        let expected =
            #"{"sent":1,"already_sent":0,"opted_out":0,"unreachable":0,"incomplete":0,"undeliverable":1,"refused":0,"committed":true}"#
            + "\n"
        #expect(second.output == expected)
        #expect(second.errors.contains("contact 1: mail to ana@example.org came back on 2026-01-06"))
        let sent = String(decoding: try crm.read("sent.txt"), as: UTF8.self)
        #expect(sent.contains("To: Vega <l@casa.example>"))
        try crm.succeed("contact", "bounce", "remove", "1", "1")
        let third = try crm.succeed("campaign", "mail", "2", "--template", "carta.txt", "--json")
        #expect(third.output.hasPrefix(#"{"sent":1,"already_sent":1"#))
    }

    @Test("Who writes to such an address is told")
    func draft() throws {
        _ = try take(report("1", of: [("ana@example.org", "failed", "5.1.1")]))
        let draft = try crm.succeed("email", "draft", "--contact", "1", "--subject", "x", stdin: "")
        #expect(draft.output.contains("To: Ruiz <ana@example.org>") && draft.errors.contains("came back on 2026-01-06"))
    }
}
