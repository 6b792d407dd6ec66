import Formats
import Testing

@testable import CRMKit

/// Which field takes a number or an address is told by telephones in many words.
@Suite struct VCardPhoneTests {
    private let exchange: VCardExchange

    init() throws { exchange = try VCardExchange() }

    private func rows(_ sql: String) throws -> [String] {
        try exchange.crm.rows(sql, separatedBy: "|")
    }

    @Test(
        "A number is filed by its type",
        arguments: [
            ("TYPE=mobile", "mobile"), ("TYPE=x-mobil", "mobile"), ("TYPE=Móvil", "mobile"),
            ("TYPE=CELLPHONE", "mobile"),
            ("CELL=", "mobile"), ("TYPE=X-Work Mobile", "mobile"), ("TYPE=WORK\\,VOICE", "phone"),
            ("TYPE=Trabajo", "phone"), ("TYPE=Casa", "home_phone"), ("TYPE=ASSISTANT", "assistant_phone"),
            ("TYPE=WORK,ASSISTANT", "assistant_phone"), ("TYPE=HOME,FAX", "fax"), ("TYPE=telex", "other_phone"),
        ]
    )
    func types(type: String, field: String) throws {
        let card = VCardExchange.card("TEL;\(type):600")
        try exchange.take(card)
        #expect(try rows("SELECT \"\(field)\" FROM contact") == ["600"])
        #expect(try exchange.take(card).report.unchanged == 1)
        #expect(try exchange.take(try exchange.cards(.v4_0)).report.unchanged == 1)
    }

    @Test(
        "A number is filed by the label of its group",
        arguments: [
            ("Móvil", "mobile"), ("_$!<Mobile>!$_", "mobile"), ("Mobil", "mobile"), ("iPhone", "mobile"),
            ("_$!<HomeFAX>!$_", "fax"), ("Fax trabajo", "fax"), ("_$!<Work>!$_", "phone"), ("Trabajo", "phone"),
            ("WORK\\;VOICE\\;PREF", "phone"), ("Casa", "home_phone"), ("Casa de la playa", "other_phone"),
        ]
    )
    func labels(label: String, field: String) throws {
        let card = VCardExchange.card("ITEMTEL52155.TEL;waid=34:+34 600", "ITEMTEL52155.X-ABLABEL:\(label)")
        try exchange.take(card)
        #expect(try rows("SELECT \"\(field)\" FROM contact") == ["+34 600"])
        #expect(try exchange.take(card).report.unchanged == 1)
        #expect(try exchange.cards().contains("ITEMTEL52155.X-ABLABEL:\(label)\r\n"))
    }

    @Test("An address is filed by the label of its group", arguments: [("_$!<Work>!$_", "work"), ("Casa", "home")])
    func address(label: String, kind: String) throws {
        try exchange.take(VCardExchange.card("item2.ADR:;;C 1;;;;", "item2.X-ABLabel:\(label)"))
        #expect(try rows("SELECT kind FROM address") == [kind])
    }

    @Test(
        "A further number says what device it is",
        arguments: [
            ("TYPE=WORK,FAX", "fax"), ("TYPE=HOME,FAX", "fax"), ("TYPE=WORK,CELL", "cell"), ("TYPE=x-mobil", "cell"),
            ("TYPE=WORK\\,VOICE", "work"),
        ]
    )
    func points(type: String, label: String) throws {
        let taken = ["TEL;TYPE=FAX:601", "TEL;TYPE=CELL:602", "TEL;TYPE=WORK:603"].joined(separator: "\r\n")
        try exchange.take(VCardExchange.card(taken, "TEL;\(type):600"))
        #expect(try rows("SELECT value, label FROM contact_point") == ["600|\(label)"])
    }

    @Test(
        "A birthday in a year that stands for none is kept",
        arguments: [
            "1604-02-03", "16040203", "1604-02-03T00:00:00Z", "0001-02-03", "0004-02-29",
        ]
    )
    func yearless(day: String) throws {
        let card = VCardExchange.card("BDAY:\(day)")
        try exchange.take(card)
        #expect(try rows("SELECT birthdate FROM contact") == ["-"])
        #expect(try exchange.cards().contains("\r\nBDAY:\(day)\r\n"))
        #expect(try exchange.take(card).report.unchanged == 1)
    }

    @Test("An address all in one part has its lines where they belong")
    func oneLine() throws {
        let card = VCardExchange.card("ADR;TYPE=WORK:Calle Mayor 1\\n28001 Madrid\\nEspaña", "ADR;TYPE=HOME:C 2")
        try exchange.take(card)
        #expect(
            try rows("SELECT po_box, street, postal_code, city, country FROM address ORDER BY id")
                == ["-|Calle Mayor 1|28001|Madrid|ES", "-|C 2|-|-|-"]
        )
        #expect(try exchange.take(card).report.unchanged == 1)
    }

    @Test(
        "A name in one field comes back in one field",
        arguments: [
            "Clínica Dental Sol", "Paz, Ana", "Dr. Paz", "Garcia Lopez Perez",
        ]
    )
    func names(name: String) throws {
        try exchange.crm.add(.contact, ["last_name": name])
        for version in [VCardWriter.Version.v3_0, .v4_0] {
            let cards = try exchange.cards(version)
            let other = try VCardExchange()
            try other.take(cards)
            let stored = try other.crm.store.database.all("SELECT salutation, first_name, last_name FROM contact")
            #expect(stored.first.map { $0.map(\.text) } == [nil, nil, name])
            #expect(try other.take(cards).report.unchanged == 1)
        }
    }

    @Test(
        "A card is called by what it says",
        arguments: [
            ("FN:+34 600 000 001\r\nN:;;;;", "-|+34 600 000 001"), ("NOTE:uno\\ndos", "-|uno"),
            ("ADR:;;Calle 5;;;;", "-|Calle 5"), ("X-SKYPE:ana", "-|ana"), ("TITLE:Jefa", "-|Jefa"),
            ("EMAIL:ana", "-|ana"), ("N:;;;;\r\nBDAY:--0412", "-|--0412"),
        ]
    )
    func nameless(lines: String, name: String) throws {
        let (_, problems) = try exchange.take("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\n\(lines)\r\nEND:VCARD\r\n")
        #expect(problems.map(\.reason.en) == [])
        #expect(try rows("SELECT first_name, last_name FROM contact") == [name])
    }

    @Test(
        "A card that says nothing of anybody is passed over, and the others are taken",
        arguments: [
            "", "N:;;;;\r\nFN: \r\n", "UID:2\r\nREV:20260101T000000Z\r\nPRODID:-//x//EN\r\n",
            "FN:\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ==\r\nTEL:\r\n",
        ]
    )
    func empty(lines: String) throws {
        let (report, problems) = try exchange.take(
            "BEGIN:VCARD\r\nVERSION:2.1\r\n\(lines)END:VCARD\r\n"
                + "BEGIN:VCARD\r\nVERSION:2.1\r\nUID:1\r\nN:Ruiz;Ana\r\nEND:VCARD\r\n"
        )
        #expect(problems.map(\.reason.en) == [])
        #expect(report.created == 1)
        #expect(try rows("SELECT first_name, last_name FROM contact") == ["Ana|Ruiz"])
    }

    @Test(
        "A company is the organization of its card",
        arguments: [
            ("KIND:org", "Ruiz & Vega"), ("X-ABShowAs:COMPANY", "Ruiz & Vega"), ("ORG:Sol &amp; Mar", "Sol & Mar"),
        ]
    )
    func organization(line: String, name: String) throws {
        try exchange.take(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\nFN:Ruiz &amp\\; Vega\r\n\(line)\r\nEND:VCARD\r\n"
        )
        #expect(try rows("SELECT name FROM organization") == [name])
        #expect(try rows("SELECT department FROM contact") == ["-"])
    }

    @Test("A card matched by another field takes nothing away")
    func adding() throws {
        try exchange.crm.add(
            .contact,
            ["last_name": "Ruiz", "email": "a@x.example", "mobile": "601", "description": "vieja", "tags": "x,z"]
        )
        let card = VCardExchange.card("EMAIL:a@x.example", "TEL;TYPE=CELL:602", "NOTE:nueva", "CATEGORIES:y")
            .replacing("UID:u1\r\n", with: "")
        for _ in 1...2 {
            try exchange.take(card) { $0.match = ["email"] }
            #expect(
                try rows("SELECT mobile, description, tags FROM contact")
                    == ["601|vieja\nnueva|[\"x\",\"z\",\"y\"]"]
            )
            #expect(try rows("SELECT value, label FROM contact_point") == ["602|cell"])
        }
        let other = try VCardExchange()
        try other.take(try exchange.cards())
        #expect(
            try other.crm.store.database.all("SELECT mobile FROM contact").map { $0[0].text } == ["601"]
        )
    }
}
