import Formats
import SQLite
import Testing

@testable import CRMKit

/// What cards hold beyond the fields comes in as contact points and goes out again.
@Suite struct VCardPointTests {
    private let exchange: VCardExchange

    init() throws { exchange = try VCardExchange() }

    private func points() throws -> [String] { try points(of: exchange) }

    private func points(of exchange: VCardExchange) throws -> [String] {
        try exchange.crm.store.database.all(
            "SELECT kind, value, coalesce(label, '-') FROM contact_point ORDER BY contact, position"
        ).map { row in row.compactMap(\.text).joined(separator: "|") }
    }

    private static let full = VCardExchange.card("EMAIL:a@x.example", "EMAIL:b@x.example", "TEL;TYPE=CELL:600")

    @Test(
        "come in",
        arguments: [
            ("EMAIL;TYPE=INTERNET:c@x.example", "email|c@x.example|-"),
            ("EMAIL;TYPE=INTERNET,HOME:mailto:c@x.example", "email|c@x.example|home"),
            ("TEL;TYPE=CELL,VOICE:601", "phone|601|cell"),
            ("EMAIL;TYPE=Finca:c@x.example", "email|c@x.example|Finca"),
            ("TEL;TYPE=CELL;VALUE=uri:tel:+52-55-1234", "phone|+52-55-1234|cell"),
            ("URL:https://x.example/a,b", "url|https://x.example/a,b|-"),
            ("item1.URL:x.example\r\nitem1.X-ABLabel:Mi blog", "url|x.example|Mi blog"),
            ("item1.URL:x.example\r\nitem1.X-ABLabel:_$!<HomePage>!$_", "url|x.example|homepage"),
            ("IMPP;X-SERVICE-TYPE=Jabber:xmpp:ana@x.example", "chat|xmpp:ana@x.example|-"),
            ("IMPP:im:ana.ruiz", "chat|ana.ruiz|-"),
            ("X-SOCIALPROFILE;type=twitter:https://x.example/ana", "profile|https://x.example/ana|twitter"),
            ("SOCIALPROFILE:https://x.example/ana", "profile|https://x.example/ana|-"),
        ]
    )
    func comeIn(line: String, point: String) throws {
        let card = Self.full.replacing("END:VCARD", with: "\(line)\r\nEND:VCARD")
        try exchange.take(card)
        #expect(try points() == [point])
        let cards = try exchange.cards()
        #expect(try exchange.take(card).report.unchanged == 1)
        let other = try VCardExchange()
        try other.take(cards)
        #expect(try other.cards() == cards)
    }

    @Test(
        "what no point can hold is kept",
        arguments: ["URL:no url", "TEL;TYPE=CELL:ask her", "EMAIL:nobody", "X-SOCIALPROFILE:x-apple:ana", "IMPP:"]
    )
    func whatNoPointCanHoldIsKept(line: String) throws {
        try exchange.take(Self.full.replacing("END:VCARD", with: "\(line)\r\nEND:VCARD"))
        #expect(try points() == [])
        #expect(try exchange.cards().contains("\r\n\(line)\r\n"))
    }

    @Test("go out as their kind says") func goOutAsTheirKindSays() throws {
        let ana = try exchange.crm.add(
            .contact,
            ["last_name": "Ruiz", "email": "a@x.example", "email_secondary": "b@x.example"]
        )
        let rows = [
            "kind=email,value=c@x.example,label=casa", "phone:+52 55 1234 5678", "url:x.example/a,b",
            "profile:https://x.example/ana", "chat:ana.ruiz", "chat:xmpp:ana@x.example",
        ]
        try exchange.crm.write { transaction in
            for row in rows {
                _ = try transaction.add(Part.contactPoint, to: ana, of: .contact, try Part.contactPoint.inputs(row))
            }
        }
        let cards = try exchange.cards()
        for line in [
            "EMAIL;TYPE=home;X-CRM-LABEL=casa:c@x.example", "TEL;X-CRM-POINT=1:+52 55 1234 5678", "URL:x.example/a,b",
            "X-SOCIALPROFILE:https://x.example/ana", "IMPP:im:ana.ruiz", "IMPP:xmpp:ana@x.example",
        ] {
            #expect(cards.contains("\r\n\(line)\r\n"), "\(cards)")
        }
    }

    @Test("points stay points where a field would take them") func pointsStayPointsWhereAFieldWouldTakeThem() throws {
        let ana = try exchange.crm.add(.contact, ["last_name": "Ruiz"])
        try exchange.crm.write { transaction in
            for row in ["phone:600", "kind=phone,value=601,label=work"] {
                _ = try transaction.add(Part.contactPoint, to: ana, of: .contact, try Part.contactPoint.inputs(row))
            }
        }
        let cards = try exchange.cards()
        let other = try VCardExchange()
        try other.take(cards)
        #expect(try other.crm.store.database.scalar("SELECT count(*) FROM contact_point") == .integer(2))
        #expect(try other.crm.store.database.scalar("SELECT phone IS NULL FROM contact") == .integer(1))
    }

    @Test(
        "addresses stay in their fields",
        arguments: [("", "b@x.example"), ("a@x.example", ""), ("a@x.example", "b@x.example")]
    )
    func addressesStayInTheirFields(email: String, secondary: String) throws {
        let fields: KeyValuePairs = ["last_name": "Ruiz", "email": email, "email_secondary": secondary]
        let ana = try exchange.crm.add(.contact, fields)
        try exchange.crm.write { transaction in
            for row in ["email:c@x.example", "kind=email,value=d@x.example,label=home"] {
                _ = try transaction.add(Part.contactPoint, to: ana, of: .contact, try Part.contactPoint.inputs(row))
            }
        }
        for version in [VCardWriter.Version.v3_0, .v4_0] {
            let cards = try exchange.cards(version)
            let other = try VCardExchange()
            try other.take(cards)
            let stored = try other.crm.store.database.all("SELECT email, email_secondary FROM contact")
            #expect(stored.first.map { [$0[0].text ?? "", $0[1].text ?? ""] } == [email, secondary])
            let points = try other.crm.store.database.all("SELECT value FROM contact_point ORDER BY position")
            #expect(points.map { $0[0].text } == ["c@x.example", "d@x.example"])
            #expect(try other.cards(version) == cards)
            #expect(try other.take(cards).report.unchanged == 1)
        }
    }

    @Test("what is preferred stays where it is") func whatIsPreferredStaysWhereItIs() throws {
        try exchange.take(
            VCardExchange.card("EMAIL;TYPE=pref:a@x.example", "EMAIL;TYPE=pref:b@x.example", "TEL;TYPE=CELL:600")
        )
        try exchange.crm.edit(.contact, 1, ["email": ""])
        let other = try VCardExchange()
        try other.take(try exchange.cards())
        let stored = try other.crm.store.database.all("SELECT email, email_secondary FROM contact")
        #expect(stored.first.map { [$0[0].text, $0[1].text] } == [nil, "b@x.example"])
        try exchange.crm.edit(.contact, 1, ["email": "z@x.example"])
        let third = try VCardExchange()
        try third.take(try exchange.cards())
        let settled = try third.crm.store.database.all("SELECT email, email_secondary FROM contact")
        #expect(settled.first.map { [$0[0].text, $0[1].text] } == ["z@x.example", "b@x.example"])
    }

    @Test("a later state of a card takes away what is gone") func aLaterStateOfACardTakesAwayWhatIsGone() throws {
        try exchange.take(Self.full.replacing("END:VCARD", with: "URL:x.example\r\nURL:y.example\r\nEND:VCARD"))
        try exchange.crm.store.database.execute("UPDATE contact_point SET opted_out = 1 WHERE position = 2")
        try exchange.take(Self.full.replacing("END:VCARD", with: "URL:y.example\r\nURL:z.example\r\nEND:VCARD"))
        #expect(try points() == ["url|y.example|-", "url|z.example|-"])
        #expect(
            try exchange.crm.store.database.scalar("SELECT opted_out FROM contact_point WHERE position = 1")
                == .integer(1)
        )
    }

    @Test("labels come back", arguments: ["Mi casa", "planta 2, oficina", "pref", "Avisos; jefa"])
    func labelsComeBack(label: String) throws {
        let ana = try exchange.crm.add(.contact, ["last_name": "Ruiz"])
        let row = "kind=phone,value=600,label=\"\(label)\""
        try exchange.crm.write { transaction in
            _ = try transaction.add(Part.contactPoint, to: ana, of: .contact, try Part.contactPoint.inputs(row))
        }
        for version in [VCardWriter.Version.v3_0, .v4_0] {
            let cards = try exchange.cards(version)
            let other = try VCardExchange()
            try other.take(cards)
            #expect(try points(of: other) == ["phone|600|\(label)"])
            #expect(try other.take(cards).report.unchanged == 1)
        }
    }

    @Test("what describes a point goes with it") func whatDescribesAPointGoesWithIt() throws {
        let lines = [
            "item1.TEL;TYPE=CELL:601", "item1.X-ABLabel:Avisos", "item2.URL:x.example", "item2.X-ABLabel:Blog",
            "item3.X-ABLabel:de nadie", "item4.ADR:;;C 1;;;;", "item4.X-ABADR:es",
        ]
        let card = Self.full.replacing("END:VCARD", with: (lines + ["END:VCARD"]).joined(separator: "\r\n"))
        try exchange.take(card)
        #expect(try points() == ["phone|601|Avisos", "url|x.example|Blog"])
        let part = Part.contactPoint
        try exchange.crm.write { transaction in
            try transaction.rows(of: part, in: Registry.standard[.contact]).remove(of: 1, at: [1])
        }
        let cards = try exchange.cards()
        #expect(!cards.contains("Avisos"), "\(cards)")
        for line in lines.dropFirst(2) { #expect(cards.contains("\r\n\(line)\r\n"), "\(cards)") }
        #expect(try exchange.take(cards).report.unchanged == 1)
    }

    @Test("only empty fields are filled", arguments: [["external_id"], ["email"]])
    func onlyEmptyFieldsAreFilled(match: [String]) throws {
        let ana = try exchange.crm.add(
            .contact,
            ["external_id": "u1", "last_name": "Ruiz", "email": "a@x.example", "mobile": "600"]
        )
        try exchange.crm.write { transaction in
            _ = try transaction.add(Part.contactPoint, to: ana, of: .contact, try Part.contactPoint.inputs("phone:609"))
        }
        let card = VCardExchange.card(
            "EMAIL:a@x.example",
            "EMAIL:b@x.example",
            "EMAIL:c@x.example",
            "TEL;TYPE=CELL:601",
            "TEL;TYPE=HOME:602",
            "URL:y.example"
        )
        for report in 1...2 {
            let outcome = try exchange.take(card) {
                $0.match = match
                $0.fillsOnlyEmpty = true
            }
            #expect(outcome.report.updated == (report == 1 ? 1 : 0))
            #expect(try points() == ["phone|609|-"])
            let row = try exchange.crm.store.database.all(
                "SELECT email, email_secondary, mobile, home_phone FROM contact"
            )
            #expect(row.map { $0.map(\.text) } == [["a@x.example", "b@x.example", "600", "602"]])
        }
    }

    @Test("another card only adds") func anotherCardOnlyAdds() throws {
        try exchange.take(Self.full.replacing("END:VCARD", with: "URL:x.example\r\nEND:VCARD"))
        try exchange.take(
            Self.full.replacing("END:VCARD", with: "URL;TYPE=work:x.example\r\nURL:y.example\r\nEND:VCARD")
        ) {
            $0.match = ["email"]
        }
        #expect(try points() == ["url|x.example|-", "url|y.example|-"])
    }
}
