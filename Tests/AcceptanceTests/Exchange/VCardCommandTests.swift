import Testing

/// vCards on the command line.
@Suite struct VCardCommandTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    static func card(_ uid: String, _ lines: String...) -> String {
        (["BEGIN:VCARD", "VERSION:3.0", "UID:\(uid)", "FN:Ana \(uid)", "N:\(uid);Ana;;;"] + lines + ["END:VCARD", ""])
            .joined(separator: "\r\n")
    }

    @Test("A file goes in and out; without a version 3.0 is written")
    func file() throws {
        try crm.write(Self.card("u1", "TEL;TYPE=CELL:600", "X-A:1") + Self.card("u2"), to: "in.vcf")
        #expect(try crm.json("contact", "import", "in.vcf")["created"]?.integer == 2)
        let cards = try crm.succeed("contact", "export", "--format", "vcard").output
        #expect(
            cards.hasPrefix(
                "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u1\r\nFN:Ana u1\r\nN:u1;Ana;;;\r\nTEL;TYPE=CELL:600\r\nX-A:1\r\nREV:"
            )
        )
        let modern = try crm.succeed("contact", "export", "--format", "vcard", "--vcard-version", "4.0").output
        #expect(modern.hasPrefix("BEGIN:VCARD\r\nVERSION:4.0\r\nUID;VALUE=text:u1\r\n"))
        let some = try crm.succeed("contact", "export", "--format", "vcard", "--where", "external_id=u2").output
        #expect(some.contains("UID:u2") && !some.contains("UID:u1"))
        try crm.write(cards, to: "out.vcf")
        #expect(try crm.json("contact", "import", "out.vcf")["unchanged"]?.integer == 2)
    }

    /// A field of every type that a file can add to contact points, and a value of it.
    private static let ownOfPoints = [
        ("verified", "boolean", "true"), ("checked", "date", "2026-03-01"), ("room", "text", "a, b; \"c\""),
        ("score", "percent", "0.5%"), ("words", "list", "x,y"), ("shop", "ref:organization", "1"),
    ]

    /// Makes organization 1, and the fields of contact points.
    private func addOwnOfPoints(to crm: CRM) throws {
        try crm.add("organization", "--name", "Acme", "--external-id", "A")
        for (key, type, _) in Self.ownOfPoints { try crm.succeed("field", "add", "contact.point", key, "--type", type) }
    }

    private static let ownColumns =
        "SELECT position, kind, value, label, verified, checked, room, score, words, shop FROM contact_point ORDER BY 1"

    @Test(
        "Fields that the file adds to contact points go out with a card, and come in with it",
        arguments: ["3.0", "4.0"]
    )
    func ownOfPoints(version: String) throws {
        try addOwnOfPoints(to: crm)
        try crm.add("contact", "--last-name", "Paz", "--external-id", "K", "--email", "a@x.example")
        try crm.succeed(
            ["contact", "point", "add", "1", "--kind", "email", "--value", "b@x.example", "--label", "casa"]
                + Self.ownOfPoints.flatMap { key, _, value in
                    key == "verified" ? ["--verified"] : ["--\(key)", value]
                }
        )
        try crm.succeed("contact", "point", "add", "1", "url:x.example")
        let stored = try crm.sql(Self.ownColumns)
        let cards = try crm.succeed("contact", "export", "--format", "vcard", "--vcard-version", version).output
            .replacing("\r\n ", with: "")
        #expect(cards.contains("X-CRM-POINT-CHECKED=2026-03-01"), "\(cards)")
        #expect(cards.contains("ext:A"), "\(cards)")
        try crm.write(cards, to: "in.vcf")
        #expect(try crm.json("contact", "import", "in.vcf")["unchanged"]?.integer == 1)
        let other = try CRM()
        try addOwnOfPoints(to: other)
        try other.succeed("contact", "import", crm.file("in.vcf"))
        #expect(try other.sql(Self.ownColumns) == stored)
        // A card of another program says nothing of them, and a changed one changes them where they are.
        let plain = cards.replacing(/;X-CRM-POINT-[A-Z]+=("[^"]*"|[^;:]*)/, with: "")
        try other.succeed("contact", "import", "--input-format", "vcard", stdin: plain)
        #expect(try other.sql(Self.ownColumns) == stored)
        let changed = cards.replacing("CHECKED=2026-03-01", with: "CHECKED=2026-04-01")
        try other.succeed("contact", "import", "--input-format", "vcard", stdin: changed)
        #expect(try other.sql(Self.ownColumns) == stored.replacing("2026-03-01", with: "2026-04-01"))
    }

    @Test("Who is not to be called or written to is so wherever a card is taken", arguments: ["3.0", "4.0"])
    func refusals(version: String) throws {
        try crm.add("contact", "--last-name", "Paz", "--do-not-call", "--email-opt-out", "--point", "email:b@x.example")
        try crm.add("contact", "--last-name", "Ruiz", "--point", "email:c@x.example")
        try crm.sql("UPDATE contact_point SET opted_out = 1 WHERE contact = 1")
        func cards() throws -> String {
            try crm.succeed("contact", "export", "--format", "vcard", "--vcard-version", version).output
                .replacing("\r\n ", with: "")
        }
        let exported = try cards()
        for text in ["X-CRM-DO-NOT-CALL:true", "X-CRM-EMAIL-OPT-OUT:true", "X-CRM-POINT-OPTED-OUT=true"] {
            #expect(exported.ranges(of: text).count == 1, "\(exported)")
        }
        #expect(!exported.contains("false"), "\(exported)")
        try crm.write(exported, to: "in.vcf")
        #expect(try crm.json("contact", "import", "in.vcf")["unchanged"]?.integer == 2)
        let other = try CRM()
        try other.succeed("contact", "import", crm.file("in.vcf"))
        let stored =
            "SELECT do_not_call, email_opt_out, opted_out FROM contact JOIN contact_point ON contact = contact.id ORDER BY 3"
        #expect(try other.sql(stored) == "0|0|0\n1|1|1")
        // A card of another program says nothing of it.
        let plain = exported.replacing("X-CRM-DO-NOT-CALL:true\r\n", with: "")
            .replacing(";X-CRM-POINT-OPTED-OUT=true", with: "")
        try other.succeed("contact", "import", "--input-format", "vcard", stdin: plain)
        #expect(try other.sql(stored) == "0|0|0\n1|1|1")
        try crm.succeed("contact", "edit", "1", "--do-not-call=no", "--email-opt-out=no")
        try crm.sql("UPDATE contact_point SET opted_out = 0")
        let cleared = try cards()
        #expect(!cleared.contains("X-CRM-DO") && !cleared.contains("OPTED-OUT"), "\(cleared)")
    }

    @Test("What a field of contact points cannot hold of a card stays with the card, and is told")
    func unheldOfPoints() throws {
        let line = "EMAIL;X-CRM-POINT=1;X-CRM-POINT-CHECKED=soon;X-CRM-POINT-SHOP=\"ext:Z\":b@x.example"
        let card = Self.card("u1", "EMAIL:a@x.example", line)
        func exported() throws -> String {
            try crm.succeed("contact", "export", "--format", "vcard").output.replacing("\r\n ", with: "")
        }
        try crm.succeed("contact", "import", "--input-format", "vcard", stdin: card)
        let kept = try exported()
        #expect(kept.contains("X-CRM-POINT-CHECKED=soon"), "\(kept)")
        try addOwnOfPoints(to: crm)
        let result = try crm.succeed("contact", "import", "--input-format", "vcard", stdin: Self.card("u2", line))
        #expect(result.errors.contains("point.checked"), "\(result.errors)")
        #expect(try crm.sql("SELECT count(*), count(checked), count(shop) FROM contact_point") == "2|0|0")
        let cards = try exported()
        #expect(cards.ranges(of: "X-CRM-POINT-CHECKED=soon").count == 2, "\(cards)")
        #expect(cards.ranges(of: "ext:Z").count == 2, "\(cards)")
        try crm.succeed("contact", "point", "edit", "1", "1", "--checked", "2026-05-01")
        let later = try exported()
        #expect(later.contains("X-CRM-POINT-CHECKED=2026-05-01"), "\(later)")
        #expect(later.ranges(of: "X-CRM-POINT-CHECKED=soon").count == 1, "\(later)")
        #expect(later.ranges(of: "ext:Z").count == 2, "\(later)")
        #expect(try crm.succeed("check").errors == "crm: ok\n")
    }

    @Test(
        "No card or calendar has ids to match by, which is told once and before any is read",
        arguments: [("contact", "in.vcf", "external_id"), ("event", "in.ics", "uid")]
    )
    func ids(noun: String, file: String, other: String) throws {
        try crm.write(Self.card("u1") + Self.card("u2"), to: "in.vcf")
        try crm.write("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", to: "in.ics")
        let result = try crm.run(noun, "import", file, "--match", "id")
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(result.errors.contains("holds no ids of this database"), "\(result.errors)")
        #expect(result.errors.contains(other), "\(result.errors)")
    }

    @Test("A folder has a file for each card, named by its UID", arguments: ["cards/", "cards"])
    func folder(output: String) throws {
        if !output.hasSuffix("/") { try crm.shell("mkdir cards") }
        try crm.write(Self.card("u1") + Self.card("urn:uuid:2") + Self.card("../x"), to: "in.vcf")
        try crm.succeed("contact", "import", "in.vcf")
        try crm.add("contact", "--last-name", "Gil")
        try crm.succeed("contact", "export", "--format", "vcard", "--output", output)
        let names = try crm.shell("ls -A cards").lines
        #expect(Set(names) == ["%2E.%2Fx.vcf", "contact-4.vcf", "u1.vcf", "urn%3Auuid%3A2.vcf"])
        #expect(try crm.mode(of: "cards/u1.vcf") == 0o600)
        let other = try CRM()
        let report = try other.json("contact", "import", crm.file("cards"))
        #expect(report["created"]?.integer == 4)
    }

    @Test("From standard input, and from a folder in which one file is wrong")
    func inputs() throws {
        let result = try crm.run("contact", "import", "--input-format", "vcard", stdin: Self.card("u1"))
        #expect(result.status == 0, "\(result.errors)")
        try crm.shell("mkdir cards; echo hello > cards/b.vcf; echo no card > cards/notes.txt")
        try crm.write(Self.card("u2"), to: "cards/a.vcf")
        try crm.write(Self.card("u3"), to: "cards/c.vcf")
        let refused = try crm.run("contact", "import", "cards", "--continue-on-error")
        #expect(refused.status == 6)
        #expect(refused.errors.contains("crm: b.vcf, row 1 (line 1, column 1): this is outside a card"))
        #expect(refused.output.contains("2 created"))
    }

    @Test("What is read by the wrong command is told with the right one")
    func elsewhere() throws {
        try crm.write("last_name\nRuiz\n", to: "table.vcf")
        let table = try crm.run("contact", "import", "table.vcf")
        #expect(
            table.status == 6 && table.errors.contains("a table is read with --input-format csv"),
            "\(table.errors)"
        )
        #expect(try crm.run("contact", "import", "table.vcf", "--input-format", "csv").status == 0)
        try crm.write(try crm.succeed("export").output, to: "all.jsonl")
        let all = try crm.run("contact", "import", "all.jsonl")
        #expect(all.status == 6 && all.errors.contains("read it with 'apply'"), "\(all.errors)")
        #expect(!all.errors.contains("did you mean"))
    }

    @Test("A telephone number that stands alone is told how to be looked up")
    func telephone() throws {
        try crm.add("contact", "--last-name", "Ruiz", "--phone", "5555010001")
        let result = try crm.run("contact", "show", "5555010001")
        #expect(result.status == 3 && result.errors.contains("write phone:5555010001"), "\(result)")
        #expect(try crm.run("contact", "show", "phone:5555010001").status == 0)
        for (noun, reference) in [("contact", "77"), ("asset", "5555010001")] {
            let other = try crm.run(noun, "show", reference)
            #expect(other.status == 3 && !other.errors.contains("phone:"), "\(other)")
        }
    }

    @Test(
        "A card in another form is refused by its name",
        arguments: [
            ("qr.vcf", "MECARD:N:Ruiz,Ana;TEL:600000001;;\n", "this is a MECARD"),
            ("in.json", #"["vcard",[["version",{},"text","4.0"],["fn",{},"text","Ana Ruiz"]]]"#, "this is a jCard"),
        ]
    )
    func otherForms(path: String, text: String, reason: String) throws {
        try crm.write(text, to: path)
        let result = try crm.run("contact", "import", path)
        #expect(result.status == 6 && result.errors.contains(reason), "\(result.errors)")
    }

    @Test(
        "The label of a number is written as the types that telephones know, and is read again as it was",
        arguments: [
            ("Home Fax", "TEL;TYPE=home,fax;X-CRM-LABEL=home fax;X-CRM-POINT=1:", "home fax"),
            ("Pager", "TEL;TYPE=pager;X-CRM-POINT=1:", "pager"),
            ("Callback", "TEL;TYPE=callback;X-CRM-POINT=1:", "callback"),
            ("Celular 2", "TEL;TYPE=cell;X-CRM-POINT=1:", "cell"),
            ("point.phone (Mobile)", "TEL;TYPE=cell;X-CRM-LABEL=Mobile;X-CRM-POINT=1:", "Mobile"),
        ]
    )
    func labels(header: String, line: String, label: String) throws {
        try crm.write("First Name,Last Name,\(header)\nAna,Ruiz,55 1234 5678\n", to: "in.csv")
        try crm.succeed("contact", "import", "in.csv")
        try crm.succeed("contact", "export", "--format", "vcard", "--output", "out.vcf")
        #expect(try crm.shell("cat out.vcf").output.contains("\n\(line)55 1234 5678"))
        try crm.succeed("contact", "delete", "1", "--yes")
        try crm.succeed("contact", "import", "out.vcf")
        #expect(try crm.sql("SELECT kind, label, value FROM contact_point") == "phone|\(label)|55 1234 5678")
    }

    @Test("An empty card is passed over, which is told")
    func empty() throws {
        let empty = "BEGIN:VCARD\r\nVERSION:2.1\r\nEND:VCARD\r\n"
        try crm.write("BEGIN:VADDRESSBOOK\r\n" + Self.card("u1") + empty + "END:VADDRESSBOOK\r\n", to: "in.vcf")
        let result = try crm.succeed("contact", "import", "in.vcf")
        #expect(result.output == "1 row, 1 created\n")
        #expect(result.errors == "crm: passed over the card on line 8, which says nothing of anybody\n")
        try crm.shell("mkdir cards")
        try crm.write("BEGIN:VCARD\nVERSION:3.0\nFN:\nN:;;;;\nEND:VCARD\n", to: "cards/a.vcf")
        let folder = try crm.run("contact", "import", "cards")
        #expect(folder.errors.contains("passed over the card on line 1 (a.vcf), which says"), "\(folder.errors)")
    }

    @Test("Rejected cards with their reasons are what to import next")
    func rejects() throws {
        let bad = Self.card("u2", "ORG:Nobody")
        try crm.write(Self.card("u1") + bad, to: "in.vcf")
        let result = try crm.run("contact", "import", "in.vcf", "--continue-on-error", "--rejects", "bad.vcf")
        #expect(result.status == 6)
        #expect(result.errors.contains("row 2 (line 7), organization.name \"Nobody\""))
        let rejected = String(decoding: try crm.read("bad.vcf"), as: UTF8.self)
        let begin = bad.dropLast("END:VCARD\r\n".count)
        #expect(rejected.hasPrefix(begin + "X-ERROR:organization.name: "), "\(rejected)")
        try crm.write(rejected, to: "bad.vcf")
        try crm.succeed("contact", "import", "bad.vcf", "--create-missing", "organization")
        #expect(!(try crm.succeed("contact", "export", "--format", "vcard").output.contains("X-ERROR")))
    }

    @Test(
        "What no field can hold is told with its file and row",
        arguments: [
            ("en", "crm: b.vcf, row 1 (line 1), email \"malo\": its field cannot hold it"),
            ("es", "crm: b.vcf, fila 1 (línea 1), correo electrónico principal «malo»: no cabe en su campo"),
        ]
    )
    func unheld(language: String, note: String) throws {
        try crm.shell("mkdir cards")
        try crm.write(Self.card("u1"), to: "cards/a.vcf")
        try crm.write(Self.card("u2", "EMAIL:malo"), to: "cards/b.vcf")
        let result = try crm.run("contact", "import", "cards", "--lang", language)
        #expect(result.status == 0)
        #expect(result.errors.hasPrefix(note), "\(result.errors)")
        // A card that is fetched again and again is told of once.
        #expect(try crm.run("contact", "import", "cards").errors == "")
        #expect(try crm.succeed("contact", "export", "--format", "vcard").output.contains("EMAIL:malo\r\n"))
    }

    @Test("A dry run leaves the database as it was")
    func dryRun() throws {
        try crm.write(Self.card("u1", "ADR:;;A;;;;", "X-A:1"), to: "in.vcf")
        try crm.succeed("contact", "import", "in.vcf", "--dry-run")
        #expect(try crm.sql("SELECT (SELECT count(*) FROM contact) + (SELECT count(*) FROM contact_vcard)") == "0")
    }

    @Test(
        "What does not fit is refused",
        arguments: [
            ["contact", "export", "--format", "vcard", "--columns", "id"],
            ["contact", "export", "--format", "vcard", "--excel-es"],
            ["contact", "export", "--format", "vcard", "--vcard-version", "2.1"],
            ["contact", "export", "--vcard-version", "4.0"],
            ["contact", "import", "in.vcf", "--show-mapping"],
            ["asset", "export", "--format", "vcard"],
            ["asset", "import", "in.vcf"],
            ["asset", "import", "in.csv", "--input-format", "vcard"],
            ["contact", "link", "asset", "--input", "in.vcf"],
        ]
    )
    func refused(words: [String]) throws {
        try crm.write(Self.card("u1"), to: "in.vcf")
        try crm.write("name\n", to: "in.csv")
        #expect(try crm.run(words).status == 2)
    }
}
