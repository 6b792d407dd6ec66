import Foundation
import Testing

/// vCards exchanged with khard and vobject.
@Suite struct VCardPeerTests {
    private let crm: CRM

    init() throws {
        crm = try CRM()
        try crm.add("organization", "--name", "Acme, S.A.; \"x\"")
        try crm.add(
            "contact",
            "--first-name",
            "José; María",
            "--last-name",
            "Muñoz, \\ 日本",
            "--external-id",
            "urn:uuid:1",
            "--salutation",
            "dr",
            "--organization",
            "1",
            "--title",
            "Jefe, a.i.",
            "--email",
            "jose@example.org",
            "--email-secondary",
            "otro@example.org",
            "--mobile",
            "+52 55 1234 5678",
            "--phone",
            "600 000 000",
            "--birthdate",
            "1980-04-12",
            "--tag",
            "uno",
            "--tag",
            "dos; tres",
            "--description",
            "línea 1\n" + String(repeating: "ñ👩‍👩‍👧;,\\", count: 40)
        )
        try crm.add(
            "address",
            "--contact",
            "1",
            "--kind",
            "home",
            "--street",
            "Calle 5, #3; int. 2",
            "--neighborhood",
            "Centro",
            "--city",
            "Puebla",
            "--state",
            "Pue.",
            "--postal-code",
            "08001",
            "--country",
            "MX",
            "--po-box",
            "12"
        )
    }

    private static let reading = """
        import io, json, sys, vobject
        def value(line):
            v = line.value
            if line.name == "N": return [v.family, v.given, v.additional, v.prefix, v.suffix]
            if line.name == "ADR": return [v.box, v.extended, v.street, v.city, v.region, v.code, v.country]
            return v
        text = sys.stdin.buffer.read().decode("utf-8")
        cards = [sorted([line.name, value(line), sorted(p.lower() for p in line.params.get("TYPE", []))]
                        for line in card.lines() if line.name not in ("REV", "VERSION"))
                 for card in vobject.readComponents(io.StringIO(text, newline=""))]
        json.dump(cards, sys.stdout, sort_keys=True, ensure_ascii=False)
        """

    /// What vobject sees in cards, but for their edition and when they were changed.
    private func seen(_ cards: [UInt8]) throws -> String {
        try crm.write(Self.reading, to: "seen.py")
        try crm.write(cards, to: "seen.vcf")
        // Debian's python3-vobject belongs to Debian's python3.
        let result = try crm.shell("/usr/bin/python3 seen.py < seen.vcf")
        try #require(result.status == 0, "apt-get install python3-vobject, if it is that: \(result.errors)")
        return result.output
    }

    @Test("vobject reads what is written", arguments: ["3.0", "4.0"])
    func vobject(version: String) throws {
        let cards = try crm.succeed("contact", "export", "--format", "vcard", "--vcard-version", version).outputBytes
        let json = try JSONSerialization.jsonObject(with: Data(try seen(cards).utf8))
        let lines = try #require((json as? [[[Any]]])?.first)
        func values(_ name: String) -> [String] {
            lines.filter { $0[0] as? String == name }.map { line in
                ((line[1] as? [String])?.joined(separator: "|")) ?? (line[1] as? String) ?? ""
            }
        }
        #expect(values("N") == ["Muñoz, \\ 日本|José; María||Dr.|"])
        #expect(values("FN") == ["José; María Muñoz, \\ 日本"])
        #expect(values("ORG") == ["Acme, S.A.; \"x\""])
        #expect(values("ADR") == ["12|Centro|Calle 5, #3; int. 2|Puebla|Pue.|08001|MX"])
        #expect(values("CATEGORIES") == ["uno|dos; tres"])
        #expect(values("NOTE") == ["línea 1\n" + String(repeating: "ñ👩‍👩‍👧;,\\", count: 40)])
        #expect(Set(values("EMAIL")) == ["jose@example.org", "otro@example.org"])
        #expect(Set(values("TEL")) == ["+52 55 1234 5678", "600 000 000"])
        #expect(values("UID") == ["urn:uuid:1"])
    }

    @Test("khard lists, and changes, what is written", arguments: ["3.0", "4.0"])
    func khard(version: String) throws {
        try crm.succeed(
            ["contact", "export", "--format", "vcard", "--vcard-version", version, "--output", "cards/"]
        )
        try writeConfiguration(version: version)
        #expect(try khard("email", "--parsable").contains("jose@example.org\tJosé; María Muñoz, \\ 日本\t"))
        #expect(try khard("phone", "--parsable").contains("+52 55 1234 5678\tJosé; María Muñoz, \\ 日本\tcell"))
        #expect(try khard("postaddress", "--parsable").contains("'street': 'Calle 5, #3; int. 2'"))
        // khard writes the card anew when it copies it.
        try crm.shell("mkdir copies")
        _ = try khard("copy", "-a", "crm", "-A", "copies", "José")
        let copy = try crm.shell("cat copies/*.vcf").output
        try crm.write(copy.replacing(#/UID:[^\r]*/#, with: "UID:urn:uuid:1"), to: "back.vcf")
        #expect(try crm.json("contact", "import", "back.vcf")["unchanged"]?.integer == 1)
    }

    @Test("What khard writes comes back equal", arguments: ["3.0", "4.0"])
    func fromKhard(version: String) throws {
        let template = """
            Prefix : Lic.
            First name : Eva
            Additional : María
            Last name : Gil
            Suffix : PhD
            Nickname : Evita
            Birthday : 1981-02-03
            Organisation : "Acme, S.A.; \\"x\\""
            Title : Jefa
            Role : Ventas
            Phone :
                cell : +52 55 1111 2222
                pref,work : 600 111 222
                pager : 600 333 444
            Email :
                work : eva@example.org
                home : eva2@example.org
                internet : eva3@example.org
            Address :
                home :
                    Box : 12
                    Extended : Centro
                    Street : Calle 5
                    Code : "08001"
                    City : Puebla
                    Region : Pue.
                    Country : México
            Categories :
                - uno
                - dos; tres
            Webpage : https://example.org
            Private :
                Jabber : eva@example.org
            Note : |
                uno
                dos, tres

            """
        try crm.shell("mkdir cards copies")
        try crm.write(template, to: "eva.yaml")
        try writeConfiguration(version: version)
        _ = try khard("new", "-a", "crm", "-i", crm.file("eva.yaml"))
        let theirs = try crm.shell("cat cards/*.vcf").outputBytes
        try crm.succeed("contact", "import", "cards")
        let ours = try crm.succeed(
            "contact",
            "export",
            "--format",
            "vcard",
            "--vcard-version",
            version,
            "--where",
            "last_name=Gil"
        ).outputBytes
        #expect(try seen(ours) == seen(theirs))
        #expect(
            try crm.sql("SELECT mobile, phone, other_phone FROM contact WHERE id = 2")
                == "+52 55 1111 2222|600 111 222|600 333 444"
        )
    }

    private func writeConfiguration(version: String) throws {
        try crm.write(
            """
            [addressbooks]
            [[crm]]
            path = \(crm.file("cards"))
            [[copies]]
            path = \(crm.file("copies"))
            [general]
            default_action = list
            [vcard]
            preferred_version = \(version)
            private_objects = Jabber,

            """,
            to: "khard.conf"
        )
        try crm.shell("mkdir -p cards copies")
    }

    private func khard(_ words: String...) throws -> String {
        let line = (["khard", "-c", crm.file("khard.conf")] + words).map { "'\($0)'" }.joined(separator: " ")
        _ = try Peer("khard")
        let result = try crm.shell(line, env: ["LC_ALL": "C.UTF-8"])
        try #require(result.status == 0, "\(result.errors)")
        return result.output
    }
}
