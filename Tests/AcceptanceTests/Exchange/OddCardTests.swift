import Testing

/// Cards that programs and people write in odd ways, and calendars that come by two roads.
@Suite struct OddCardTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private func importing(_ lines: [String]) throws -> CRM.Result {
        let card = ["BEGIN:VCARD", "VERSION:3.0"] + lines + ["END:VCARD", ""]
        try crm.write(card.joined(separator: "\r\n"), to: "in.vcf")
        return try crm.run(["contact", "import", "in.vcf"])
    }

    @Test(
        "A line without a colon that goes on with no text is left out, and told",
        arguments: [
            ["N:Szabo;Gabor", "TEL:600000001", "esto no es nada"], ["N:Szabo;Gabor", "Szabo"],
            ["N:Szabo;Gabor", ";=\"Mobile Phone: +000000\":"], ["N:Szabo;Gabor", "TEL;=CELL:600111222"],
        ]
    )
    func strayLines(lines: [String]) throws {
        let result = try importing(lines)
        #expect(result.status == 0 && result.errors.contains("which is no property"), "\(result.errors)")
        #expect(try crm.sql("SELECT first_name || last_name FROM contact") == "GaborSzabo")
        #expect(try !crm.run(["contact", "export", "--format", "vcard"]).output.contains("Szabo\\n"))
    }

    @Test("Text that is of no card is left out, and told, and one without any card is refused")
    func textOutside() throws {
        try crm.write("Subject: x\r\n\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nN:Ruiz;Ana\r\nEND:VCARD\r\nNULL", to: "in.vcf")
        let result = try crm.run(["contact", "import", "in.vcf"])
        #expect(result.status == 0 && result.errors.contains("of no card, from the lines 1, 7 on"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*) FROM contact") == "1")
        try crm.write("hello\r\n", to: "in.vcf")
        let nothing = try crm.run(["contact", "import", "in.vcf"])
        #expect(nothing.status == 6 && nothing.errors.contains("outside a card"), "\(nothing.errors)")
    }

    @Test("An address twice on one card is one, in whatever letters")
    func addresses() throws {
        _ = try importing(["N:B;A", "EMAIL;TYPE=HOME:a@example.org", "EMAIL;TYPE=WORK:A@Example.org", "EMAIL:b@x.mx"])
        #expect(try crm.sql("SELECT email || '|' || email_secondary FROM contact") == "a@example.org|b@x.mx")
    }

    @Test("A card that has all its lines on one, as in QR codes, is read")
    func inline() throws {
        try crm.write(#"BEGIN:VCARD\nVERSION:3.0\nN:Ruiz;Ana\nTEL:600000001\nEND:VCARD"#, to: "in.vcf")
        #expect(try crm.run(["contact", "import", "in.vcf"]).status == 0)
        #expect(try crm.sql("SELECT first_name || last_name || other_phone FROM contact") == "AnaRuiz600000001")
    }

    @Test("A word with an ampersand in it is of a firm, whose name has no parts")
    func firms() throws {
        _ = try importing([#"N:;A&A Tire Repair (Punctures\; Flats);;;"#])
        #expect(
            try crm.sql("SELECT first_name IS NULL, last_name FROM contact") == "1|A&A Tire Repair (Punctures; Flats)"
        )
    }

    @Test("An entity typed into a name comes back as it is")
    func entities() throws {
        try crm.add("contact", "--first-name", "A &amp; B", "--last-name", "Z")
        let card = try crm.run(["contact", "export", "--format", "vcard"]).output
        try crm.write(card, to: "o.vcf")
        #expect(try crm.run(["contact", "import", "o.vcf"]).output.contains("1 unchanged"))
        let other = try CRM()
        try other.write(card, to: "o.vcf")
        #expect(try other.run(["contact", "import", "o.vcf"]).status == 0)
        #expect(try other.sql("SELECT first_name FROM contact") == "A &amp; B")
    }

    private static let calendar = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:u2", "DTSTAMP:20260101T000000Z", "SUMMARY:S",
        "DTSTART:20261201T080000Z", "RRULE:FREQ=DAILY;COUNT=4", "END:VEVENT", "BEGIN:VEVENT", "UID:u2",
        "DTSTAMP:20260101T000000Z", "SUMMARY:M", "RECURRENCE-ID:20261202T150000Z", "DTSTART:20261202T160000Z",
        "END:VEVENT", "END:VCALENDAR", "",
    ]
    .joined(separator: "\r\n")

    @Test(
        "A changed date that its series has not stays in the file of its series, by whatever road it came",
        arguments: [true, false]
    )
    func strayDates(isImported: Bool) throws {
        try crm.shell("mkdir c")
        try crm.write(Self.calendar, to: "c/u2.ics")
        if isImported { #expect(try crm.run(["event", "import", "c/u2.ics"]).output.contains("2 created")) }
        let first = try crm.run(["event", "sync", "c"])
        #expect(first.status == 0 && !first.output.contains("conflict"), "\(first.output) \(first.errors)")
        #expect(try crm.sql("SELECT group_concat(subject) FROM event") == "S,M")
        let second = try crm.run(["event", "sync", "c"])
        #expect(second.output == "1 unchanged\n", "\(second.output) \(second.errors)")
        #expect(try crm.shell("ls c").output == "u2.ics\n")
        let exported = try crm.run(["event", "export", "--format", "ics"]).output
        try crm.write(exported, to: "o.ics")
        #expect(try crm.run(["event", "import", "o.ics"]).output.contains("2 unchanged"))
        try crm.succeed(["event", "edit", "2", "--subject", "N"])
        #expect(try crm.run(["event", "sync", "c"]).output.contains("1 file written"))
        #expect(try crm.shell("cat c/u2.ics").output.contains("SUMMARY:N"))
    }
}
