import Testing

/// A suite about mail that is written, with people who have an address, have none, or want no mail.
protocol MailWritingSuite {
    /// The program, with the database of the test.
    var crm: CRM { get }
}

extension MailWritingSuite {
    /// The program, with such a database.
    static func prepared() throws -> CRM {
        let crm = try CRM()
        try crm.add("contact", "--first-name", "José", "--last-name", "Núñez", "--email", "jose@example.org")
        try crm.add("contact", "--first-name", "Eva", "--last-name", "Paz", "--email", "eva@example.org")
        try crm.add("contact", "--last-name", "Callado", "--email", "no@example.org", "--email-opt-out")
        try crm.add("contact", "--last-name", "Sin Correo")
        try crm.succeed("config", "set", "mail.from", "Ana Ruiz <ana@empresa.example>")
        // What is sent goes to the end of a file.
        try crm.succeed("config", "set", "mail.send", "cat >>\(crm.file("sent.txt"))")
        return crm
    }

    private static var reader: String {
        """
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
    }

    /// What Python reads of a message.
    func read(_ message: [UInt8]) throws -> JSON {
        try crm.write(Self.reader, to: "read.py")
        try crm.write(message, to: "message.eml")
        let result = try crm.shell("python3 read.py <message.eml")
        try #require(result.status == 0, "\(result.errors)")
        return try JSON(result.outputBytes)
    }
}
