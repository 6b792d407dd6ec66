import Testing

/// What was edited of a card's points, names and addresses, and what it leaves alone.
@Suite struct EditedCardTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private func importing(_ lines: [String]) throws -> CRM.Result {
        let card = ["BEGIN:VCARD", "VERSION:3.0", "UID:k", "FN:Ana Paz", "N:Paz;Ana;;;"] + lines + ["END:VCARD", ""]
        try crm.write(card.joined(separator: "\r\n"), to: "a.vcf")
        return try crm.succeed("contact", "import", "a.vcf")
    }

    private func lines() throws -> [Substring] {
        try crm.succeed("contact", "export", "--format", "vcard", "-o", "o.vcf")
        return String(decoding: try crm.read("o.vcf"), as: UTF8.self).split(separator: "\r\n")
    }

    @Test(
        "An edited point keeps what its property says beside the value and the label",
        arguments: [
            (["1", "--value", "5500001111"], "item2.TEL;X-SIM=2:5500001111", nil),
            (["1", "--label", "Otro"], "item2.TEL;TYPE=Otro;X-SIM=2:5512345679", "X-ABLabel"),
            (["2", "--value", "http://x.example/b"], "X-SOCIALPROFILE;type=twitter:http://x.example/b", "ana"),
            (["3", "--value", "x-apple:99"], "IMPP;X-SERVICE-TYPE=WhatsApp;type=HOME:x-apple:99", nil),
            (["3", "--value", "xmpp:ana@x.example"], "IMPP;TYPE=home:xmpp:ana@x.example", "WhatsApp"),
        ] as [([String], String, String?)]
    )
    func points(edit: [String], line: String, gone: String?) throws {
        let card = [
            "TEL:5500000000", "item2.TEL;X-SIM=2:5512345679", "item2.X-ABLabel:Taller",
            "X-SOCIALPROFILE;type=twitter;x-user=ana:http://x.example/a",
            "IMPP;X-SERVICE-TYPE=WhatsApp;type=HOME:x-apple:5512345678",
        ]
        _ = try importing(card)
        try crm.succeed(["contact", "point", "edit", "1"] + edit)
        let lines = try lines()
        #expect(lines.contains(line[...]), "\(lines)")
        #expect(lines.contains("item2.X-ABLabel:Taller") == (gone != "X-ABLabel"))
        if let gone { #expect(!lines.contains { $0.contains(gone) && $0 != line }, "\(lines)") }
        #expect(try crm.succeed("contact", "import", "o.vcf").output == "1 row, 1 unchanged\n")
    }

    @Test(
        "How a name is spoken goes with the part that it is about",
        arguments: [("--first-name", ["X-PHONETIC-LAST-NAME:pas"]), ("--last-name", ["X-PHONETIC-FIRST-NAME:ana"])]
    )
    func spoken(option: String, kept: [Substring]) throws {
        _ = try importing(["X-PHONETIC-FIRST-NAME:ana", "X-PHONETIC-LAST-NAME:pas"])
        try crm.succeed("contact", "edit", "1", option, "Sol")
        #expect(try lines().filter { $0.hasPrefix("X-PHONETIC") } == kept)
    }

    @Test("An address that is of another kind on a later card is the same record")
    func kinds() throws {
        let place = ";;Calle 1;Puebla;;72000;México"
        _ = try importing(["ADR;TYPE=home:\(place)"])
        try crm.succeed("address", "edit", "1", "--description", "portón azul")
        _ = try importing(["ADR;TYPE=home:;;Calle 2;Puebla;;72000;México", "ADR;TYPE=work:\(place)"])
        let stored = "SELECT id, kind, street, coalesce(description, '') FROM address ORDER BY id"
        #expect(try crm.sql(stored) == "1|work|Calle 1|portón azul\n2|home|Calle 2|")
        _ = try importing(["ADR;TYPE=home:;;Calle 3;Puebla;;72000;México", "ADR;TYPE=work:\(place)"])
        #expect(try crm.sql(stored) == "1|work|Calle 1|portón azul\n2|home|Calle 3|")
    }

    @Test("What a later card takes away from a contact is told, with what it was")
    func absent() throws {
        _ = try importing(["TITLE:Jefa", "URL:http://x.example", "ADR;TYPE=home:;;Calle 1;Puebla;;72000;México"])
        try crm.succeed("contact", "edit", "1", "--department", "Ventas")
        let result = try importing(["URL:http://x.example"])
        #expect(result.output == "1 row, 1 updated\n")
        for told in ["title \"Jefa\"", "department \"Ventas\"", "address \"Calle 1, Puebla\""] {
            #expect(result.errors.contains(", \(told): removed, its card does not have it\n"), "\(result.errors)")
        }
        let points = try importing([])
        #expect(points.errors.contains("removed 1 ") && points.errors.contains("of contact 1"), "\(points)")
        let again = try importing([])
        #expect(again.output == "1 row, 1 unchanged\n" && again.errors == "", "\(again)")
    }
}
