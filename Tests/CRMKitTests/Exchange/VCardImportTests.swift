import Formats
import Testing

@testable import CRMKit

@Suite("A contact on a vCard")
struct VCardImportTests {
    private let exchange: VCardExchange
    private var crm: TemporaryStore { exchange.crm }

    init() throws { exchange = try VCardExchange() }

    private func rows(_ sql: String) throws -> [String] {
        try crm.rows(sql, separatedBy: "|")
    }

    @Test(
        "gives its fields",
        arguments: [
            ("UID:urn:uuid:1", "external_id", "u1"),
            ("TITLE:Directora\\, a.i.", "title", "Directora, a.i."),
            ("NOTE:uno\\ndos; tres", "description", "uno\ndos; tres"),
            ("BDAY:1980-04-12", "birthdate", "1980-04-12"),
            ("BDAY;VALUE=date:19800412", "birthdate", "1980-04-12"),
            ("BDAY:1980-04-12T00:00:00Z", "birthdate", "1980-04-12"),
            ("BDAY:1980-04-12 00:00:00", "birthdate", "1980-04-12"), ("BDAY: 1980-04-12", "birthdate", "1980-04-12"),
            ("BDAY:15/04/1980", "birthdate", "1980-04-15"), ("BDAY:15.4.1980", "birthdate", "1980-04-15"),
            ("BDAY:15-04-1980", "birthdate", "1980-04-15"),
            ("BDAY:1980/4/15", "birthdate", "1980-04-15"), ("BDAY:1980-4-5", "birthdate", "1980-04-05"),
            ("BDAY;VALUE=text:15 de abril de 1980", "birthdate", "1980-04-15"),
            ("BDAY:Apr 15\\, 1980", "birthdate", "1980-04-15"),
            ("BDAY:--0412", "birthdate", "-"),
            ("CATEGORIES:vip,zona norte", "tags", #"["vip","zona norte"]"#),
            ("CATEGORIES:vip;zona norte,I\\;D", "tags", #"["vip","zona norte","I;D"]"#),
            ("ORG:Acme;Ventas;Norte", "department", "Ventas"),
            ("EMAIL;TYPE=INTERNET:a@example.org", "email", "a@example.org"),
            ("EMAIL:mailto:a@example.org", "email", "a@example.org"),
            ("EMAIL:mailto:a@example.org?subject=x", "email", "a@example.org"),
            ("TEL;TYPE=WORK,VOICE:123", "phone", "123"), ("TEL;TYPE=CELL:123", "mobile", "123"),
            ("TEL;TYPE=home:123", "home_phone", "123"), ("TEL;TYPE=HOME;TYPE=FAX:123", "fax", "123"),
            ("TEL:123", "other_phone", "123"), ("TEL:*123#", "other_phone", "*123#"),
            ("TEL:\u{202A}+52\u{A0}55\u{2011}1234\u{202F}5678\u{202C}", "other_phone", "+52 55-1234 5678"),
            ("TEL;TYPE=pager:123", "other_phone", "123"),
            ("TEL;VALUE=uri;TYPE=cell:tel:+52-55-1234-5678;ext=12", "mobile", "+52-55-1234-5678 ext 12"),
            ("TEL;VALUE=uri:tel:+52-55-1234-5678;phone-context=+52", "other_phone", "+52-55-1234-5678"),
            ("TEL;VALUE=uri:tel:1234-5678;phone-context=+52-55", "other_phone", "+52-55-1234-5678"),
            ("TEL;VALUE=uri:tel:5678;phone-context=x.example", "other_phone", "5678"),
            ("TEL;VALUE=uri:tel:%2B52-55-1234-5678", "other_phone", "+52-55-1234-5678"),
            ("TEL;VALUE=uri:tel:+52%2055%201234%205678", "other_phone", "+52 55 1234 5678"),
            ("TEL;VALUE=uri:tel://+52-55-1234-5678", "other_phone", "+52-55-1234-5678"),
            ("TEL;VALUE=uri:sms:+525512345678", "other_phone", "+525512345678"),
        ]
    )
    func fields(line: String, field: String, value: String) throws {
        let (_, problems) = try exchange.take(VCardExchange.card(line))
        #expect(problems.map(\.reason.en) == [])
        #expect(try rows("SELECT \"\(field)\" FROM \"contact\"") == [value])
    }

    @Test(
        "gives its name",
        arguments: [
            ("N:Ruiz;Ana;María,Eva;Dr.;PhD", "dr|Ana María Eva|Ruiz"), ("N:Ruiz;;;Sra;", "mrs|-|Ruiz"),
            ("N:;Ana;;;", "-|-|Ana"), ("N:;;;;", "-|Full|Name"), ("NICKNAME:x", "-|Full|Name"),
            ("N:;Luis Vega;;;", "-|Luis|Vega"), ("N:Ruiz Peña Ana", "-|Ruiz|Peña Ana"),
            ("N:Name", "-|Full|Name"), ("N:;Full;;;", "-|Full|Name"), ("N:Name Full", "-|Full|Name"),
            ("N:Ruiz;Ing. Luis;;;", "ing|Luis|Ruiz"), ("N:Ruiz;Don Luis;;Lic.;", "lic|Don Luis|Ruiz"),
            ("KIND:org", "-|-|Full Name"), ("ORG:Full Name", "-|-|Full Name"),
            ("N:Ruiz;Ana;;Lic.;", "lic|Ana|Ruiz"), ("N:Ruiz;Ana;;Excma.;", "-|Ana|Ruiz"),
            ("N:Mu&ntilde;oz;Jos&eacute;;;;", "-|José|Muñoz"), ("N:Mu&#241\\;oz;Jos&#xE9;;;", "-|José|Muñoz"),
            ("N:R&D;A&amp;ntilde\\;;;;", "-|A&ntilde;|R&D"),
            ("N:Ruiz;Ana;;Dr. Ing.;", "dr|Ana|Ruiz"), ("N:Ruiz;Ana;;Excma.,Sra.;", "mrs|Ana|Ruiz"),
        ]
    )
    func names(line: String, name: String) throws {
        try exchange.take("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Full Name\r\n\(line)\r\nEND:VCARD\r\n")
        #expect(try rows("SELECT \"salutation\", \"first_name\", \"last_name\" FROM \"contact\"") == [name])
    }

    @Test(
        "gives its whole name, which comes back as it was and changes nothing when it comes again",
        arguments: [
            ("FN:Ing. Eva Soto Ríos", "ing|Eva|Soto Ríos"), ("FN:Ruiz\\, Ana", "-|Ana|Ruiz"),
            ("FN:Ivo Gil\r\nN:Gil", "-|Ivo|Gil"), ("FN:Luis Vega\r\nN:;Luis Vega;;;", "-|Luis|Vega"),
            ("FN:Ana Ruiz Peña\r\nN:Ruiz Peña Ana", "-|Ana|Ruiz Peña"),
        ]
    )
    func wholeNames(lines: String, name: String) throws {
        let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u1\r\n\(lines)\r\nEND:VCARD\r\n"
        try exchange.take(card)
        #expect(try rows("SELECT \"salutation\", \"first_name\", \"last_name\" FROM \"contact\"") == [name])
        let cards = try exchange.cards()
        for line in lines.split(separator: "\r\n") { #expect(cards.contains("\r\n\(line)"), "\(cards)") }
        #expect(try exchange.take(cards).report.unchanged == 1)
        try crm.edit(.contact, 1, ["first_name": "Otra"])
        #expect(try exchange.cards().contains(";Otra;"))
    }

    @Test(
        "has no form of address and no suffix for a given name, here and where it is sent to",
        arguments: [
            ("N:Ruiz;;;Sra.;\r\nFN:Sra. Ruiz", "mrs|-|Ruiz"), ("N:Ruiz;;;Dr.;\r\nFN:Dr. Ruiz", "dr|-|Ruiz"),
            ("N:García López;;;Sra.;\r\nFN:Sra. García López", "mrs|-|García López"),
            ("N:de la Cruz;;;Ing.;\r\nFN:Ing. de la Cruz", "ing|-|de la Cruz"),
            ("N:Ruiz;;;;Jr.\r\nFN:Ruiz Jr.", "-|-|Ruiz"), ("N:Ruiz;;;Dr.;PhD\r\nFN:Dr. Ruiz\\, PhD", "dr|-|Ruiz"),
            ("N:Ruiz;;;Sra.;\r\nFN:Sra. Ana Ruiz", "mrs|Ana|Ruiz"), ("N:Ruiz;;;Excma.;\r\nFN:Excma. Ruiz", "-|-|Ruiz"),
            ("N:;Ana;;;Jr.\r\nFN:Ana Jr.", "-|-|Ana"), ("FN:Sra. Ruiz", "mrs|-|Ruiz"),
            ("N:Ruiz;;;;\r\nFN:Sra. Ruiz", "mrs|-|Ruiz"), ("N:Draper;;;;\r\nFN:Don Draper", "-|Don|Draper"),
            ("FN:Ana Ruiz\\, PhD", "-|Ana|Ruiz, PhD"),
        ]
    )
    func surnames(lines: String, name: String) throws {
        let sql = "SELECT \"salutation\", \"first_name\", \"last_name\" FROM \"contact\""
        try exchange.take("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u1\r\n\(lines)\r\nEND:VCARD\r\n")
        #expect(try rows(sql) == [name])
        for version in [VCardWriter.Version.v3_0, .v4_0] {
            let cards = try exchange.cards(version)
            #expect(try exchange.take(cards).report.unchanged == 1, "\(cards)")
            let other = try VCardExchange()
            try other.take(cards)
            let came = try other.crm.store.database.all(sql).map { $0.map { $0.text ?? "-" }.joined(separator: "|") }
            #expect(came == [name], "\(cards)")
        }
    }

    @Test("A family name of several words that was given by itself stays one when its card comes again")
    func ownWhole() throws {
        try crm.add(.contact, ["external_id": "u1", "last_name": "Ruiz Peña Ana"])
        #expect(try exchange.take(exchange.cards()).report.unchanged == 1)
    }

    @Test("gives the preferred e-mail first, and keeps those for which there is no field")
    func emails() throws {
        try exchange.take(
            VCardExchange.card("EMAIL:one@example.org", "EMAIL:two@example.org", "EMAIL;TYPE=pref:three@example.org")
        )
        #expect(
            try rows("SELECT \"email\", \"email_secondary\" FROM \"contact\"") == ["three@example.org|one@example.org"]
        )
        let cards = try exchange.cards()
        #expect(cards.contains("EMAIL;TYPE=pref:three@example.org\r\nEMAIL:one@example.org\r\n"))
        #expect(cards.contains("\r\nEMAIL:two@example.org\r\n"))
    }

    @Test(
        "gives its addresses",
        arguments: [
            (
                "ADR;TYPE=home,pref:12;Centro;Calle 5\\, #3;Puebla;Pue.;08001;México",
                "home|12|Centro|Calle 5, #3|Puebla|Pue.|08001|MX|1"
            ),
            ("ADR;TYPE=WORK:;;Calle;;;;Estados Unidos", "work|-|-|Calle|-|-|-|US|0"),
            ("ADR;TYPE=delivery:;;a\\nb;;;;es", "shipping|-|-|a\nb|-|-|-|ES|0"),
            ("ADR:;;Calle;;;;Deutschland", "other|-|-|Calle|-|-|-|DE|0"),
            ("ADR:;;Calle;;;;EE. UU.", "other|-|-|Calle|-|-|-|US|0"),
            ("ADR:;;Calle;;;;Narnia", "other|-|-|Calle|-|-|-|-|0"),
        ]
    )
    func addresses(line: String, address: String) throws {
        try exchange.take(VCardExchange.card(line))
        let columns = "\"kind\", \"po_box\", \"neighborhood\", \"street\", \"city\", \"state\", \"postal_code\""
        #expect(try rows("SELECT \(columns), \"country\", \"primary\" FROM \"address\"") == [address])
    }

    @Test("of version 2.1 with quoted-printable is read")
    func quotedPrintable() throws {
        try exchange.take(
            """
            BEGIN:VCARD
            VERSION:2.1
            N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Mu=C3=B1oz;Jos=C3=A9
            TEL;CELL;PREF:600 000 000
            END:VCARD

            """
        )
        #expect(try rows("SELECT \"name\", \"mobile\" FROM \"contact\"") == ["José Muñoz|600 000 000"])
    }

    @Test("comes back as it was, with what no field holds")
    func wayBack() throws {
        let lines = [
            "UID:u1", "FN:Lic. Ana María Ruiz", "N:Ruiz;Ana;María;Lic.;PhD", "ORG:Acme\\, S.A.;Ventas;Norte",
            "TEL;TYPE=CELL,VOICE;X-A=1:+52 55 1234 5678", "item1.TEL;TYPE=WORK:600", "ADR;TYPE=home:;;C;;;;Narnia",
            "TEL;TYPE=WORK:601", "item1.X-ABLABEL:Trabajo", "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ",
            "X-NEW;X-P=\"a:b\":c",
        ]
        let card = (["BEGIN:VCARD", "VERSION:3.0"] + lines).joined(separator: "\r\n") + "\r\n"
        try exchange.take(card + "END:VCARD\r\n")
        #expect(try exchange.cards() == card + "REV:20260302T093000Z\r\nEND:VCARD\r\n")
    }

    @Test("says no longer what the contact no longer is")
    func stale() throws {
        try exchange.take(VCardExchange.card("TEL;TYPE=CELL,VOICE:600", "TITLE;LANGUAGE=es:Jefa", "X-A:kept"))
        try crm.edit(.contact, 1, ["mobile": "601", "first_name": "Eva"])
        let cards = try exchange.cards()
        #expect(cards.contains("FN:Eva Ruiz\r\nN:Ruiz;Eva;;;\r\n"))
        #expect(cards.contains("TEL;TYPE=CELL,VOICE:601\r\n"))
        #expect(cards.contains("TITLE;LANGUAGE=es:Jefa\r\n"))
        #expect(!cards.contains("600"))
        #expect(cards.contains("X-A:kept\r\n"))
    }

    @Test("is matched by its UID and then is the whole contact; imported again it changes nothing")
    func later() throws {
        let first = VCardExchange.card(
            "TEL;TYPE=CELL,VOICE:600",
            "EMAIL:a@example.org",
            "ADR:;;A;;;;",
            "ADR:;;B;;;;",
            "X-A:1"
        )
        #expect(try exchange.take(first).report.created == 1)
        #expect(try exchange.take(first).report.unchanged == 1)
        #expect(try exchange.take(try exchange.cards(.v4_0)).report.unchanged == 1)
        #expect(try rows("SELECT count(*) FROM \"change_set\"") == ["1"])
        let report = try exchange.take(VCardExchange.card("EMAIL:a@example.org", "ADR:;;B;;;;")).report
        #expect(report.updated == 1)
        #expect(try rows("SELECT \"mobile\", \"email\" FROM \"contact\"") == ["-|a@example.org"])
        #expect(try rows("SELECT \"street\" FROM \"address\"") == ["B"])
        #expect(try crm.count("contact_vcard") == 0)
    }

    @Test("matched by another field only adds")
    func adding() throws {
        try exchange.take(VCardExchange.card("EMAIL:a@example.org", "TEL:600", "ADR:;;A;;;;", "X-A:1"))
        try exchange.take(VCardExchange.card("EMAIL:a@example.org", "TITLE:Jefa", "ADR:;;B;;;;", "X-B:2")) {
            $0.match = ["email"]
        }
        #expect(try rows("SELECT \"other_phone\", \"title\" FROM \"contact\"") == ["600|Jefa"])
        #expect(try rows("SELECT \"street\" FROM \"address\"") == ["A", "B"])
        let cards = try exchange.cards()
        #expect(cards.contains("X-A:1\r\n") && cards.contains("X-B:2\r\n"))
    }

    @Test("is deleted with all it kept, and undo brings that back")
    func deletion() throws {
        try exchange.take(VCardExchange.card("X-A:1", "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ", "ADR:;;A;;;;"))
        let before = try exchange.cards()
        try crm.delete(.contact, 1, reach: .owned)
        #expect(try crm.count("contact_vcard") == 0)
        try crm.undo()
        #expect(try exchange.cards() == before)
        #expect(try crm.store.check().isEmpty)
        try exchange.take(VCardExchange.card("X-A:2"))
        try crm.undo()
        #expect(try exchange.cards().contains("X-A:1\r\n"))
        try crm.undo(1)
        #expect(try crm.count("contact_vcard") == 0)
        #expect(try crm.count("contact") == 0)
    }

    @Test(
        "that is wrong is told by its number, line and reason",
        arguments: [
            ("FN;CHARSET=EBCDIC;QUOTED-PRINTABLE:=C1", "the character set EBCDIC is not known"), ("NOTE:a\0", "NUL"),
        ]
    )
    func problems(line: String, reason: String) throws {
        let good = VCardExchange.card()
        let bad = VCardExchange.card(line).replacing("u1", with: "u2")
        let (report, problems) = try exchange.take(good + bad + good.replacing("u1", with: "u3"))
        #expect(report.created == 2)
        #expect(report.failed == 1)
        let problem = try #require(problems.first)
        #expect(problem.row == 2)
        #expect((7...12).contains(problem.line))
        let told = (problem.field.map { "\($0): " } ?? "") + problem.reason.en
        #expect(told.contains(reason), "\(told)")
    }

    @Test("in an organization that does not exist is refused unless it may be made")
    func organization() throws {
        let card = VCardExchange.card("ORG:Acme")
        let (_, problems) = try exchange.take(card) { $0.creates = [] }
        #expect(problems.first?.field == "organization.name")
        #expect(try exchange.take(card).report.createdMissing == 1)
        #expect(
            try rows("SELECT o.\"name\" FROM \"contact\" c JOIN \"organization\" o ON o.\"id\" = c.\"organization\"")
                == ["Acme"]
        )
    }
}
