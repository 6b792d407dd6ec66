import Testing

/// Two cards about one contact: what belongs together on each, by its groups, does not get mixed.
@Suite struct CardGroupTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    private static func card(_ lines: String...) -> String {
        (["BEGIN:VCARD", "VERSION:3.0"] + lines + ["END:VCARD", ""]).joined(separator: "\r\n")
    }

    private static let first = card(
        "UID:a",
        "FN:Ana Ruiz",
        "N:Ruiz;Ana;;;",
        "EMAIL:ana@x.example",
        "item1.URL:http://a.example",
        "item1.X-ABLabel:Taller",
        "item2.X-ABDATE:2010-01-01",
        "item2.X-ABLabel:Boda",
        "item3.X-ABRELATEDNAMES:Luis",
        "item3.X-ABLabel:Hijo"
    )

    private static let second = card(
        "UID:b",
        "FN:Ana Ruiz",
        "N:Ruiz;Ana;;;",
        "EMAIL:ana@x.example",
        "item1.URL:http://b.example",
        "item1.X-ABLabel:Bodega",
        "item2.X-ABRELATEDNAMES:Juan",
        "item2.X-ABLabel:Esposo",
        "item3.X-ABRELATEDNAMES:Luis",
        "item3.X-ABLabel:Hijo"
    )

    /// What is exported: each property of a group with the labels of its group.
    private func labels() throws -> [String] {
        try crm.succeed("contact", "export", "--format", "vcard", "-o", "o.vcf")
        let lines = String(decoding: try crm.read("o.vcf"), as: UTF8.self).split(separator: "\r\n")
        let grouped = lines.filter { $0.hasPrefix("item") }.map { line in
            (group: line.prefix { $0 != "." }, text: line.drop { $0 != "." }.dropFirst())
        }
        let isLabel = { (text: Substring) in text.hasPrefix("X-ABLabel:") }
        return grouped.filter { !isLabel($0.text) }.map { property in
            let labels = grouped.filter { $0.group == property.group && isLabel($0.text) }
            return ([property.text] + labels.map { $0.text.dropFirst("X-ABLabel:".count) }).joined(separator: " ")
        }.sorted()
    }

    private static let all = [
        "URL:http://a.example Taller", "URL:http://b.example Bodega", "X-ABDATE:2010-01-01 Boda",
        "X-ABRELATEDNAMES:Juan Esposo", "X-ABRELATEDNAMES:Luis Hijo",
    ]

    @Test("Contacts made of cards are merged with the labels of each, and their own export changes nothing")
    func merge() throws {
        try crm.write(Self.first + Self.second, to: "a.vcf")
        try crm.succeed("contact", "import", "a.vcf")
        try crm.succeed("contact", "merge", "1", "2", "--yes")
        #expect(try labels() == Self.all)
        #expect(try crm.succeed("contact", "import", "o.vcf").output == "1 row, 1 unchanged\n")
        try crm.succeed("undo")
        #expect(try labels().count == 6)
    }

    @Test("What a card says of its numbers and addresses is not said of those of the contact that it is merged into")
    func others() throws {
        let contact = ["--last-name", "Ruiz", "--other-phone", "5511111114", "--mobile", "5511111111"]
        try crm.add("contact", contact + ["--email", "a@x.example", "--tag", "vip"])
        let card = Self.card(
            "UID:b",
            "N:Ruiz;Ana;;;",
            "TEL;TYPE=CELL;X-SIM=2:5522222221",
            "item1.TEL:5522222224",
            "item1.X-ABLabel:Bodega",
            "item2.EMAIL;X-LIST=b:b@x.example",
            "item2.X-ABLabel:Lista",
            "CATEGORIES:amigos,VIP\\, top"
        )
        try crm.write(card, to: "b.vcf")
        try crm.succeed("contact", "import", "b.vcf")
        try crm.succeed("contact", "merge", "1", "2", "--yes")
        try crm.succeed("contact", "export", "--format", "vcard", "-o", "o.vcf")
        let lines = String(decoding: try crm.read("o.vcf"), as: UTF8.self).split(separator: "\r\n")
        for line in ["TEL:5511111114", "TEL;TYPE=cell:5511111111", "EMAIL:a@x.example"] {
            #expect(lines.contains(line[...]), "\(lines)")
        }
        #expect(!lines.contains { $0.contains("Bodega") || $0.contains("Lista") }, "\(lines)")
        #expect(lines.contains(#"CATEGORIES:vip,VIP\, top,amigos"#), "\(lines)")
        #expect(try crm.succeed("contact", "import", "o.vcf").output == "1 row, 1 unchanged\n")
    }

    @Test("A further card of a contact keeps its labels, and neither card changes anything when it comes again")
    func further() throws {
        try crm.write(Self.first, to: "a.vcf")
        try crm.write(Self.second.replacing("UID:b\r\n", with: ""), to: "b.vcf")
        try crm.succeed("contact", "import", "a.vcf")
        #expect(try crm.succeed("contact", "import", "b.vcf", "--match", "email").output == "1 row, 1 updated\n")
        for _ in 1...2 {
            #expect(try labels() == Self.all)
            for file in ["o.vcf", "a.vcf", "b.vcf"] {
                let report = try crm.succeed("contact", "import", file, "--match", "email")
                #expect(report.output == "1 row, 1 unchanged\n", "\(file): \(report)")
            }
        }
        try crm.write(Self.second.replacing("UID:b\r\n", with: "").replacing("Esposo", with: "Pareja"), to: "b.vcf")
        try crm.succeed("contact", "import", "b.vcf", "--match", "email")
        #expect(try labels().filter { $0.contains("Bodega") || $0.contains("Taller") } == Array(Self.all.prefix(2)))
    }
}
