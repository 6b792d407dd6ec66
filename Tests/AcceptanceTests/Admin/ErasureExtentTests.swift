import Foundation
import Testing

/// How far an erasure goes in what is about others: to every trace of the person, and not beyond.
@Suite("The extent of an erasure")
struct ErasureExtentTests {
    private let crm: CRM

    init() throws { crm = try CRM() }

    @Test(
        "leaves numbers of documents, codes, ids and amounts, in which a short telephone number stands",
        arguments: [
            ("MX", "2026"), ("MX", "1000"), ("MX", "12345"), ("MX", "55123456"), ("ES", "2026"), ("ES", "1000"),
            ("ES", "600112"), ("", "2026"), ("", "12345"),
        ]
    )
    func shortNumbers(country: String, phone: String) throws {
        if !country.isEmpty { try crm.succeed("config", "set", "country", country) }
        let person = ["--first-name", "Zeb", "--last-name", "Quetz", "--phone", phone, "--external-id", "202601"]
        try crm.add("contact", person)
        try crm.add("contact", "--last-name", "Otro", "--external-id", "K-\(phone)")
        try crm.add("quote", "--subject", "Q", "--contact", "2", "--line", "text=x,price=5")
        try crm.add("case", "--title", "C", "--contact", "2", "--role", "reporter")
        try crm.add("product", "--name", "P", "--code", phone)
        try crm.add("comment", "--contact", "2", "--body", "costó \(phone) pesos en 2026, serie 202601")
        let mail =
            "From: a@x.example\r\nTo: yo@casa.example\r\nMessage-ID: <1.\(phone)@x.example>\r\n"
            + "Subject: Presupuesto \(phone)\r\n\r\nHola \(phone)\r\n"
        try crm.succeed("email", "import", "-", stdin: mail)
        let tables = ["quote", "\"case\"", "product", "comment", "email", "contact WHERE id = 2"]
        func state() throws -> [String] { try tables.map { try crm.sql("SELECT * FROM \($0)") } }
        let before = try state()
        try crm.succeed("contact", "erase", "1", "--yes")
        #expect(try state() == before)
        #expect(try crm.succeed("email", "show", "1", "--raw").output == mail)
    }

    @Test("is told beforehand, also of what stays because another record has it")
    func sharedValues() throws {
        let person = ["--first-name", "Zeb", "--last-name", "Quetz", "--email", "ventas@x.example"]
        try crm.add("contact", person + ["--phone", "+52 55 1234 5678"])
        try crm.add("organization", "--name", "Acme", "--email", "ventas@x.example")
        try crm.add("contact", "--last-name", "Otro")
        try crm.add("comment", "--contact", "2", "--body", "Zeb Quetz, ventas@x.example")
        let dry = try crm.succeed("contact", "erase", "1", "--dry-run").output
        #expect(dry.contains("stays in other texts, since another record has it too: \"ventas@x.example\"\n"), "\(dry)")
        try crm.succeed("contact", "erase", "1", "--yes")
        #expect(try crm.sql("SELECT body FROM comment") == "[…], ventas@x.example")
    }

    @Test("leaves keys of others in which a whole telephone number stands, and takes it out of texts")
    func keys() throws {
        try crm.succeed("config", "set", "country", "MX")
        try crm.add("contact", "--first-name", "Zeb", "--last-name", "Quetz", "--phone", "55 1234 5678")
        try crm.add("contact", "--last-name", "Otro", "--external-id", "K-5512345678")
        try crm.add("product", "--name", "P", "--code", "5512345678", "--description", "tel. 5512345678")
        try crm.succeed("product", "edit", "1", "--code", "5512345678-2")
        try crm.add("asset", "--name", "A", "--serial", "5512345678")
        try crm.succeed("contact", "erase", "1", "--yes")
        #expect(try crm.sql("SELECT code, description FROM product") == "5512345678-2|tel. […]")
        #expect(try crm.sql("SELECT serial FROM asset") == "5512345678")
        #expect(try crm.sql("SELECT external_id FROM contact") == "K-5512345678")
        #expect(try crm.sql("SELECT count(*) FROM change WHERE before LIKE '%\"code\":\"5512345678\"%'") == "1")
    }

    @Test("takes the street out of texts where nobody else lives there, and where it is a place and no word")
    func streets() throws {
        try crm.add("contact", "--first-name", "Zeb", "--last-name", "Quetz")
        try crm.add("contact", "--last-name", "Otro")
        for (owner, street) in [
            ("1", "Calle Xochipilli 99\nEdificio Norte 4"), ("1", "Avenida Central"), ("1", "Paseo Real 12"),
            ("2", "Paseo Real 12, piso 3"),
        ] {
            try crm.add("address", "--contact", owner, "--street", street)
        }
        let texts = "en calle  XOCHIPILLI 99, Xochipilli, edificio norte 4, Avenida Central y Paseo Real 12"
        try crm.add("comment", "--contact", "2", "--body", "vivo \(texts)")
        try crm.succeed("contact", "erase", "1", "--yes")
        let left = "vivo en […], Xochipilli, […], Avenida Central y Paseo Real 12"
        #expect(try crm.sql("SELECT body FROM comment") == left)
        #expect(try crm.sql("SELECT street FROM address") == "Paseo Real 12, piso 3")
        #expect(try crm.run("search", "xochipilli 99").lines.count == 1)
    }

    @Test("is shown before, text by text")
    func places() throws {
        try crm.add("contact", "--first-name", "Zeb", "--last-name", "Quetz", "--email", "zebq@secreto.example")
        try crm.add("contact", "--last-name", "Otro", "--description", "primo de Zeb Quetz")
        for number in 1...24 { try crm.add("comment", "--contact", "2", "--body", "vio a Zeb Quetz \(number)") }
        let shown = try crm.succeed("contact", "erase", "1", "--dry-run").output
        #expect(shown.contains("  contact 2: Description\n"), "\(shown)")
        #expect(shown.contains("  comment 1: Body\n"), "\(shown)")
        #expect(shown.contains(" more\n") && !shown.contains("comment 24"), "\(shown)")
        let refused = try crm.run("contact", "erase", "1", "--lang", "es").errors
        #expect(refused.contains("  el contacto 2: Descripción\n") && refused.contains(" más\n"), "\(refused)")
        let dry = try crm.json("contact", "erase", "1", "--dry-run")
        let places = try #require(dry["struck"]?.elements)
        #expect(places.count == Int(dry["texts"]?.integer ?? -1))
        #expect(places.contains { $0["module"] == "comment" && $0["id"]?.integer == 24 && $0["field"] == "body" })
    }

    /// Mails of others that name the person where no field has it.
    private static let mails: [String: String] = [
        "report of delivery": """
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b

        Not delivered.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example

        Final-Recipient: rfc822; zebq@secreto.example
        Action: failed
        --b--
        """,
        "receipt": """
        Content-Type: multipart/report; report-type=disposition-notification; boundary=b

        --b

        Seen.
        --b
        Content-Type: message/disposition-notification

        Original-Recipient: rfc822;zebq@secreto.example
        --b--
        """,
        "header of what came back": """
        Content-Type: multipart/mixed; boundary=b

        --b

        See the header.
        --b
        Content-Type: text/rfc822-headers; charset=utf-8
        Content-Disposition: attachment
        Content-Transfer-Encoding: base64

        VG86ID0/dXRmLTg/cT9aZWJfUXVldHo/PSA8bm9ib2R5QHguZXhhbXBsZT4K
        --b--
        """,
        "delivered to": "Delivered-To: zebq@secreto.example\n\nHello",
        "received": "Received: from a by b for <zebq@secreto.example>;\n Mon, 5 Jan 2026 10:00:00 -0600\n\nHello",
        "return path": "Return-Path: <bounce+zebq=secreto.example@lists.example>\n\nHello",
        "page": """
        Content-Type: multipart/alternative; boundary=b

        --b

        Hello
        --b
        Content-Type: text/html
        Content-Transfer-Encoding: quoted-printable

        <p>Hello <b>Zeb</b> Qu=
        etz</p>
        --b--
        """,
        "preamble": "Content-Type: multipart/mixed; boundary=b\n\nfor Zeb Quetz\n--b\n\nHello\n--b--\n",
        "epilogue": "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n--b--\nfor zebq@secreto.example\n",
        "calendar": """
        Content-Type: multipart/mixed; boundary=b

        --b

        Hello
        --b
        Content-Type: text/calendar; method=REQUEST

        BEGIN:VCALENDAR
        ATTENDEE:mailto:zebq@sec
         reto.example
        END:VCALENDAR
        --b--
        """,
        "name of a file": """
        Content-Type: multipart/mixed; boundary=b

        --b

        Hello
        --b
        Content-Type: application/octet-stream
        Content-Disposition: inline; filename*=UTF-8''Zeb%20Quetz.bin

        x
        --b--
        """,
    ]

    @Test("takes away the mail of others as it came that names the person anywhere", arguments: mails.keys.sorted())
    func messages(kind: String) throws {
        let rest = try #require(Self.mails[kind])
        let lead = "From: a@x.example\nTo: b@x.example\nMIME-Version: 1.0\n"
        try crm.write("\(lead)Message-ID: <named@x.example>\nSubject: Named\n\(rest)", to: "named.eml")
        try crm.write("\(lead)Message-ID: <other@x.example>\nSubject: Other\n\nHello", to: "other.eml")
        try crm.succeed("email", "import", "named.eml", "other.eml")
        try crm.add("contact", "--first-name", "Zeb", "--last-name", "Quetz", "--email", "zebq@secreto.example")
        let dry = try crm.json("contact", "erase", "1", "--dry-run")
        #expect(dry["struck"]?.elements.contains { $0["module"] == "email" && $0["id"]?.integer == 1 } == true)
        try crm.succeed("contact", "erase", "1", "--yes")
        // Parts that are files are documents, which stay.
        let isOfFiles = ["report", "receipt", "what came back", "calendar"].contains(where: kind.contains)
        for file in ["crm.db", "crm.db-wal"] where crm.has(file) && !isOfFiles {
            let data = Data(try crm.read(file))
            for trace in ["zebq", "Zeb", "secreto"] {
                #expect(data.range(of: Data(trace.utf8)) == nil, "\(trace) in \(file)")
            }
        }
        #expect(try crm.run("email", "show", "1", "--raw").status == 3)
        #expect(try crm.succeed("email", "show", "2", "--raw").output.contains("Hello"))
        #expect(try crm.sql("SELECT subject FROM email ORDER BY id") == "Named\nOther")
        // What was taken away does not come back.
        #expect(try crm.succeed("email", "import", "named.eml").output == "1 message, 1 unchanged\n")
        #expect(try crm.run("email", "show", "1", "--raw").status == 3)
        try crm.succeed("check")
    }
}
