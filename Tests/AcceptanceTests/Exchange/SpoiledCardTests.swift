import Testing

/// Cards and calendars that say something else than their bytes are, or that a program or a person has spoiled.
@Suite struct SpoiledCardTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private func importing(_ lines: [[UInt8]]) throws {
        let all = [Array("BEGIN:VCARD".utf8)] + lines + [Array("END:VCARD".utf8), []]
        try crm.write(Array(all.joined(separator: Array("\r\n".utf8))), to: "in.vcf")
        let result = try crm.run(["contact", "import", "in.vcf"])
        #expect(result.status == 0, "\(result.errors)")
    }

    private static func bytes(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }

    @Test(
        "What is UTF-8 is so whatever set a card names, and what is not is of that set",
        arguments: [
            (Array("N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Mu=C3=B1oz;Bego=C3=B1a".utf8), "Begoña Muñoz"),
            (Array("N;CHARSET=ISO-8859-1:Muñoz;Begoña".utf8), "Begoña Muñoz"),
            (Array("N;CHARSET=windows-1252;ENCODING=QUOTED-PRINTABLE:Mu=C3=B1oz;Bego=C3=B1a".utf8), "Begoña Muñoz"),
            (Array("N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Mu=F1oz;Bego=F1a".utf8), "Begoña Muñoz"),
            (bytes("N;CHARSET=ISO-8859-1:Mu\u{F1}oz;Bego\u{F1}a"), "Begoña Muñoz"),
            (Array("N;CHARSET=windows-1252;ENCODING=QUOTED-PRINTABLE:Caf=E9=85=94;Ana".utf8), "Ana Café…”"),
        ]
    )
    func charsets(name: [UInt8], shown: String) throws {
        try importing([Array("VERSION:2.1".utf8), name])
        #expect(try crm.sql("SELECT first_name || ' ' || last_name FROM contact") == shown)
    }

    @Test(
        "What programs escape that needs no escape, and marks that nobody sees, are no part of a name",
        arguments: [
            ("3.0", "N:O\\'Brien;Sean", "Sean O'Brien"), ("2.1", "N:O\\'Brien;Sean", "Sean O'Brien"),
            ("3.0", "N:O&#039;Brien;Sean", "Sean O'Brien"), ("3.0", "N:Paz &amp; Gil;Ana", "Ana Paz & Gil"),
            ("3.0", "N:\u{200B}Ruiz\u{200E};A\u{AD}na", "Ana Ruiz"),
        ]
    )
    func names(version: String, line: String, shown: String) throws {
        try importing([Array("VERSION:\(version)".utf8), Array(line.utf8)])
        #expect(try crm.sql("SELECT first_name || ' ' || last_name FROM contact") == shown)
    }

    @Test("Addresses and numbers that stand in one property are taken one by one, as in a table")
    func several() throws {
        try importing(
            [
                "VERSION:3.0", "N:Paz;Leo", "EMAIL;TYPE=pref:leo@example.org;leo2@example.org",
                "TEL;TYPE=CELL:5512345678 / 5587654321",
            ]
            .map { Array($0.utf8) }
        )
        #expect(
            try crm.sql("SELECT email, email_secondary, mobile FROM contact")
                == "leo@example.org|leo2@example.org|5512345678"
        )
        #expect(try crm.sql("SELECT value FROM contact_point") == "5587654321")
        let again = try crm.json("contact", "import", "in.vcf", "--match", "email")
        #expect(again["unchanged"]?.integer == 1, "\(again)")
    }

    @Test("What a telephone dials after a pause is no number of its own")
    func pauses() throws {
        try importing(["VERSION:3.0", "N:Paz;Leo", "TEL;TYPE=CELL:+34600000001,,123456789"].map { Array($0.utf8) })
        #expect(try crm.sql("SELECT mobile, (SELECT count(*) FROM contact_point) FROM contact") == "+34600000001|0")
    }

    @Test(
        "Lines of a description that nobody has folded go on with it",
        arguments: [
            ("uno\r\ndos", "uno/dos"), ("uno\r\n\r\nhorario: 9 a 5", "uno//horario: 9 a 5"),
            ("uno\r\nhttps://example.org/a", "uno/https://example.org/a"), ("uno\r\nLOCATION:Sala", "uno"),
            ("uno\r\nx-other:Sala", "uno"),
        ]
    )
    func description(text: String, stored: String) throws {
        let lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:Q1", "DTSTART:20260115T100000Z", "SUMMARY:A",
            "DESCRIPTION:\(text)", "STATUS:CONFIRMED", "END:VEVENT", "END:VCALENDAR", "",
        ]
        try crm.write(lines.joined(separator: "\r\n"), to: "in.ics")
        let result = try crm.run("event", "import", "in.ics")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try crm.sql("SELECT replace(description, char(10), '/') FROM event") == stored)
    }
}
