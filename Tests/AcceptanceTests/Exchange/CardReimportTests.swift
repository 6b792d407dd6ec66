import Testing

/// What a card holds comes back from its own export, and what was edited stands beside it.
@Suite struct CardReimportTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private static let card = """
        BEGIN:VCARD
        VERSION:4.0
        UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1
        FN:Dr. Juan Carlos de la Fuente y Ortiz
        N:de la Fuente y Ortiz;Juan Carlos;;Dr.;MD,PhD
        NICKNAME:JC
        BDAY:--0412
        GENDER:M
        ADR;TYPE=work;LABEL="Hospital 5^nPuebla":;Torre B;Hospital 5;Puebla;Puebla;72000;México
        TEL;VALUE=uri;PREF=1;TYPE="voice,cell":tel:+52-222-555-0103;ext=102
        EMAIL;PREF=1;TYPE=work:jc@hosp.example
        EMAIL;TYPE=home:jc@casa.example
        IMPP;PREF=1:xmpp:jc@chat.example
        RELATED;TYPE=spouse;VALUE=text:Eva
        CATEGORIES:Médicos,VIP\\, oro
        LANG;PREF=1:es
        TZ;VALUE=utc-offset:-0600
        GEO:geo:19.04,-98.2
        URL:https://jc.example
        NOTE:Prefiere ^tardes^
        X-SOCIALPROFILE;TYPE=facebook:https://facebook.com/jc
        END:VCARD

        """

    private func export(_ version: String) throws -> String {
        try crm.succeed("contact", "export", "--format", "vcard", "--vcard-version", version, "-o", "o.vcf")
        return String(decoding: try crm.read("o.vcf"), as: UTF8.self).replacing("\r\n ", with: "")
            .replacing("\r\n", with: "\n")
    }

    @Test(
        "A UUID is one however a version of vCard or Apple writes it, and stays as it was first written",
        arguments: [
            ["urn:uuid:%", "%"], ["%", "urn:uuid:%", "%:ABPerson"], ["%:ABPerson", "%", "URN:UUID:%"],
        ]
    )
    func identifiers(spellings: [String]) throws {
        let uuid = "4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"
        for (index, spelling) in spellings.enumerated() {
            let uid = spelling.replacing("%", with: uuid)
            try crm.write("BEGIN:VCARD\nVERSION:3.0\nUID:\(uid)\nN:Ruiz;Ana;;;\nFN:Ana Ruiz\nEND:VCARD\n", to: "a.vcf")
            let report = try crm.succeed("contact", "import", "a.vcf").output
            #expect(report == "1 row, 1 \(index == 0 ? "created" : "unchanged")\n")
        }
        #expect(try crm.sql("SELECT external_id FROM contact") == spellings[0].replacing("%", with: uuid))
    }

    @Test(
        "An address in other capitals and a number with other spaces, which the matched contact has, are nothing new",
        arguments: ["email", "mobile"]
    )
    func sameNumbers(field: String) throws {
        func outcome(_ lines: String...) throws -> String {
            let card = ["BEGIN:VCARD", "VERSION:3.0", "FN:Ana Ruiz", "N:Ruiz;Ana;;;"] + lines + ["END:VCARD", ""]
            try crm.write(card.joined(separator: "\n"), to: "a.vcf")
            return try crm.succeed("contact", "import", "a.vcf", "--match", field).output
        }
        try crm.succeed("config", "set", "country", "ES")
        let contact = ["--first-name", "Ana", "--last-name", "Ruiz", "--email", "ana@example.org"]
        try crm.succeed(["contact", "add"] + contact + ["--mobile", "600 111 222"])
        let (email, phone) = ("EMAIL:Ana@Example.org", "TEL;TYPE=CELL:+34600111222")
        #expect(try outcome(email, phone) == "1 row, 1 unchanged\n")
        #expect(try outcome(email, phone, "EMAIL:ANA@example.org") == "1 row, 1 unchanged\n")
        #expect(try outcome("item1.\(email)", "item1.X-ABLabel:Casa", phone) == "1 row, 1 unchanged\n")
        #expect(try crm.sql("SELECT email, mobile, email_secondary FROM contact") == "ana@example.org|600 111 222|")
        #expect(try crm.sql("SELECT count(*) FROM contact_point") == "0")
        let other = field == "email" ? "TEL;TYPE=CELL:+34 911 222 333" : "EMAIL:ana@casa.example"
        let same = field == "email" ? "TEL;TYPE=CELL:911222333" : "EMAIL:ANA@casa.example"
        #expect(try outcome(email, phone, other) == "1 row, 1 updated\n")
        #expect(try outcome(email, phone, same) == "1 row, 1 unchanged\n")
    }

    @Test("Its own export changes nothing, in either version", arguments: ["3.0", "4.0"])
    func noChange(version: String) throws {
        try crm.write(Self.card, to: "a.vcf")
        try crm.succeed("contact", "import", "a.vcf")
        for _ in 1...2 {
            let text = try export(version)
            if version == "3.0" {
                #expect(text.contains("\nTEL;TYPE=voice,cell;TYPE=pref:+52-222-555-0103 ext 102\n"), "\(text)")
            } else {
                #expect(text.contains("tel:+52-222-555-0103;ext=102"), "\(text)")
            }
            let report = try crm.succeed("contact", "import", "o.vcf").output
            #expect(report == "1 row, 1 unchanged\n", "\(text)")
        }
    }

    private static func cards(_ people: (name: String, email: String, mobile: String)...) -> String {
        people.map { name, email, mobile in
            let lines = [
                email.isEmpty ? nil : "EMAIL;TYPE=INTERNET:\(email)", mobile.isEmpty ? nil : "TEL;TYPE=CELL:\(mobile)",
            ]
            return
                (["BEGIN:VCARD", "VERSION:3.0", "N:\(name);Ana;;;", "FN:Ana \(name)"] + lines.compactMap(\.self)
                + ["END:VCARD", ""]).joined(separator: "\n")
        }.joined()
    }

    @Test(
        "Cards without a UID that come again are told, with what to do, and what is told helps",
        arguments: [
            (cards(("Sol", "a@x.example", "5555010001"), ("Mar", "b@x.example", "")), "2 of 2", "email"),
            (cards(("Sol", "a@x.example", ""), ("Mar", "", "5555010002")), "2 of 2", "first_name,last_name"),
            (cards(("Sol", "", ""), ("Mar", "", "")), "2 of 2", "first_name,last_name"),
        ]
    )
    func nameless(cards: String, count: String, fields: String) throws {
        try crm.write(cards, to: "a.vcf")
        #expect(try crm.succeed("contact", "import", "a.vcf").errors == "")
        let told = try crm.succeed("contact", "import", "a.vcf")
        #expect(told.output == "2 rows, 2 created\n")
        #expect(
            told.errorLines.last
                == "crm: \(count) new contacts are like what was there before, contact 3 like contact 1: "
                + "'crm undo' takes them back, and with --match \(fields) the rows are about those"
        )
        let spanish = try crm.succeed("contact", "import", "a.vcf", "--dry-run", "--lang", "es").errorLines.last
        #expect(spanish?.hasSuffix(": con --match \(fields) las filas son de esos") == true, "\(spanish ?? "")")
        try crm.succeed("undo")
        let again = try crm.succeed("contact", "import", "a.vcf", "--match", fields)
        #expect(again.output == "2 rows, 2 unchanged\n" && again.errors == "", "\(again)")
    }

    @Test("A line that is no property is told, and empties nothing of the record")
    func blankInName() throws {
        let card = "BEGIN:VCARD\nVERSION:3.0\nUID:u1\nN:Ruiz;Ana\nTEL:600111222\nEND:VCARD\n"
        try crm.write(card, to: "a.vcf")
        try crm.succeed("contact", "import", "a.vcf")
        try crm.write(card.replacing("TEL:", with: "TEL;TYPE=\"WORK:"), to: "a.vcf")
        let told = try crm.succeed("contact", "import", "a.vcf")
        #expect(told.errors.contains("left out line 5 of a card, which is no property"), "\(told)")
        #expect(try crm.sql("SELECT other_phone FROM contact WHERE last_name = 'Ruiz'") == "600111222")
    }

    @Test("A category with a comma is told, kept and written again")
    func category() throws {
        try crm.write(Self.card, to: "a.vcf")
        let result = try crm.succeed("contact", "import", "a.vcf")
        #expect(result.errors.contains("tags \"VIP, oro\": its field cannot hold it"), "\(result.errors)")
        #expect(try crm.sql("SELECT tags FROM contact") == #"["Médicos"]"#)
        try crm.succeed("contact", "edit", "1", "--add-tag", "nuevo")
        #expect(try export("3.0").contains("\nCATEGORIES:Médicos,VIP\\, oro,nuevo\n"))
        try crm.succeed("contact", "edit", "1", "--remove-tag", "Médicos", "--remove-tag", "nuevo")
        #expect(try export("3.0").contains("\nCATEGORIES:VIP\\, oro\n"))
        #expect(try crm.succeed("contact", "import", "o.vcf").output == "1 row, 1 unchanged\n")
    }

    @Test("A category with a comma stays whatever tags come and go")
    func categoryAlone() throws {
        try crm.write(Self.card.replacing("Médicos,", with: ""), to: "a.vcf")
        try crm.succeed("contact", "import", "a.vcf")
        for (change, list) in [("--add-tag", "VIP\\, oro,nuevo"), ("--remove-tag", "VIP\\, oro")] {
            try crm.succeed("contact", "edit", "1", change, "nuevo")
            #expect(try export("3.0").contains("\nCATEGORIES:\(list)\n"))
            #expect(try crm.succeed("contact", "import", "o.vcf").output == "1 row, 1 unchanged\n")
        }
    }

    @Test("An edited number or address keeps what its property says of it, and nothing of the value before")
    func parameters() throws {
        let card = """
            BEGIN:VCARD
            VERSION:3.0
            UID:k
            N:Paz;Ana;;;
            FN:Ana Paz
            item1.TEL;waid=5215555010077;TYPE=CELL;X-SIM=2:+52 55 5501 0077
            item1.X-ABLabel:Celular
            EMAIL;TYPE=INTERNET;TYPE=WORK;X-LIST=a:ana@x.example
            END:VCARD

            """
        try crm.write(card, to: "a.vcf")
        try crm.succeed("contact", "import", "a.vcf")
        try crm.succeed("contact", "edit", "1", "--mobile", "+52 55 9999 0000", "--email", "eva@x.example")
        let text = try export("3.0")
        #expect(text.contains("\nitem1.TEL;TYPE=CELL;X-SIM=2:+52 55 9999 0000\n"), "\(text)")
        #expect(text.contains("\nEMAIL;TYPE=INTERNET;TYPE=WORK;X-LIST=a:eva@x.example\n"), "\(text)")
        #expect(!text.contains("waid"))
        #expect(try crm.succeed("contact", "import", "o.vcf").output == "1 row, 1 unchanged\n")
    }
}
