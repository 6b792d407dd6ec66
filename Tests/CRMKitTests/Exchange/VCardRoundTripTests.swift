import Formats
import TestSupport
import Testing

@testable import CRMKit

@Suite("Contacts on vCards")
struct VCardRoundTripTests {
    private let pieces = [
        "a", "Ana", " ", "\"", ",", ";", ":", "\\", "\\n", "^n", "^", "=", "ñ", "José", "日本", "👩‍👩‍👧", "e\u{301}", "é",
        "END:VCARD", "TYPE=x", "0", "\u{10FFFF}",
    ]

    private func text(_ random: inout SeededGenerator, breaks: Bool = false) -> String {
        if Int.random(in: 0..<4, using: &random) == 0 { return "" }
        let pieces = breaks ? self.pieces + ["\n", "\t"] : self.pieces
        return (0..<Int.random(in: 1..<12, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
            .joined()
    }

    private func number(_ random: inout SeededGenerator) -> String {
        let digits = Int.random(in: 100..<1_000_000_000, using: &random)
        return ["", "+52 \(digits)", "(\(digits)) ext 5"].randomElement(using: &random) ?? ""
    }

    private func contact(_ number: Int, _ random: inout SeededGenerator) -> [FieldInput] {
        var texts: [String: String] = [:]
        for key in ["first_name", "title", "department"] { texts[key] = text(&random) }
        texts["external_id"] = "\(text(&random))-\(number)"
        texts["last_name"] = "x\(text(&random))"
        texts["description"] = text(&random, breaks: true)
        texts["salutation"] = ["", "mr", "ms", "mrs", "dr", "prof"].randomElement(using: &random)
        texts["birthdate"] = ["", "1980-04-12", "0912-12-31"].randomElement(using: &random)
        texts["organization"] = ["", "1"].randomElement(using: &random)
        texts["email"] = ["", "a\(number)@example.org"].randomElement(using: &random)
        // Of several e-mails the first is the first.
        if texts["email"] != "" { texts["email_secondary"] = ["", "b@example.org"].randomElement(using: &random) }
        for key in ["phone", "mobile", "home_phone", "other_phone", "fax"] { texts[key] = self.number(&random) }
        let tags = (0..<Int.random(in: 0..<4, using: &random)).map { tag -> String in
            "t\(tag)\(text(&random).replacing(",", with: ""))"
        }
        // What is beyond the fields is only so where these are taken.
        var points = ["url:x.example/\(number)", "profile:https://x.example/;\(number)", "chat:a\(number); b, c"]
        if texts["email_secondary"] ?? "" != "" { points.append("kind=email,value=c@example.org,label=Mi casa") }
        if texts["fax"] ?? "" != "" { points.append("kind=phone,value=+52 \(number)99,label=fax") }
        points = points.filter { _ in Bool.random(using: &random) }
        return inputs(texts) + [FieldInput("tags", .setList(tags)), FieldInput("points", .addRows(points))]
    }

    private func address(of contact: Int64, _ random: inout SeededGenerator) -> [FieldInput] {
        var texts: [String: String] = [:]
        for key in ["po_box", "neighborhood", "city", "state", "postal_code"] { texts[key] = text(&random) }
        texts["contact"] = "\(contact)"
        texts["street"] = "x\(text(&random, breaks: true))"
        texts["kind"] = ["billing", "shipping", "visit", "home", "work", "other"].randomElement(using: &random)
        texts["country"] = ["", "MX", "ES"].randomElement(using: &random)
        texts["primary"] = ["true", "false"].randomElement(using: &random)
        return inputs(texts)
    }

    private func inputs(_ texts: [String: String]) -> [FieldInput] {
        texts.sorted { $0.key < $1.key }.map { FieldInput($0.key, .set($0.value)) }
    }

    @Test("survive the way into another database, byte for byte", arguments: 0..<6 as Range<UInt64>)
    func anyContacts(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let exchange = try VCardExchange()
        try exchange.crm.add(.organization, ["name": "Acme; \"S.A.\", \\ x"])
        try exchange.crm.write { transaction in
            for number in 0..<25 {
                let id = try transaction.add(Registry.standard[.contact], contact(number, &random))
                for _ in 0..<Int.random(in: 0..<4, using: &random) {
                    _ = try transaction.add(Registry.standard[.address], address(of: id, &random))
                }
            }
        }
        for version in [VCardWriter.Version.v3_0, .v4_0] {
            let cards = try exchange.cards(version)
            let other = try VCardExchange()
            let (report, problems) = try other.take(cards)
            #expect(problems.map(\.reason.en) == [])
            #expect(report.created == 25)
            #expect(try other.cards(version) == cards)
            #expect(try exchange.take(cards).report.unchanged == 25)
        }
    }

    private func parameters(_ random: inout SeededGenerator) -> [ContentParameter] {
        var parameters: [ContentParameter] = []
        if Bool.random(using: &random) {
            let type = ["home", "WORK", "cell", "fax", "pref", "x-y"].randomElement(using: &random)
            parameters.append(ContentParameter("TYPE", [type ?? ""]))
        }
        if Int.random(in: 0..<4, using: &random) == 0 { parameters.append(ContentParameter("X-P", [text(&random)])) }
        return parameters
    }

    private func property(_ number: Int, _ random: inout SeededGenerator) -> ContentProperty {
        let group = Bool.random(using: &random) ? nil : "item\(number)"
        let parameters = parameters(&random)
        let breaks = text(&random, breaks: true)
        let parts = (0..<7).map { _ in [text(&random)] }
        let scheme = ["im:", "xmpp:", ""].randomElement(using: &random) ?? ""
        let properties: [ContentProperty] = [
            .init("TEL", text: "100\(number)", group: group, parameters: parameters),
            .init("EMAIL", text: "\(number)@example.org", group: group, parameters: parameters),
            .init("ADR", components: parts, group: group, parameters: parameters),
            .init("ORG", components: parts, group: group, parameters: parameters),
            .init("CATEGORIES", list: ["a", "b\(number)"], group: group, parameters: parameters),
            .init("BDAY", text: "1980-04-12", group: group, parameters: parameters),
            .init("TITLE", text: "x\(text(&random))", group: group, parameters: parameters),
            .init("NOTE", text: breaks, group: group, parameters: parameters),
            .init("X-A", text: breaks, group: group, parameters: parameters),
            .init("URL", rawValue: breaks, group: group, parameters: parameters),
            .init("URL", rawValue: "x\(number).example/a,b", group: group, parameters: parameters),
            .init("IMPP", text: scheme + breaks, group: group),
            .init("X-SOCIALPROFILE", text: "https://x.example/\(number)", group: group, parameters: parameters),
            .init("X-ABLabel", text: text(&random), group: "item\(number - 1)"),
        ]
        return properties[Int.random(in: 0..<properties.count, using: &random)]
    }

    private func card(_ number: Int, _ random: inout SeededGenerator) -> VCard {
        let own = [
            ContentProperty("UID", text: "u\(number)"), ContentProperty("FN", text: "x\(text(&random))"),
            ContentProperty("N", components: (0..<5).map { _ in [text(&random)] }),
        ]
        let others = (0..<Int.random(in: 0..<20, using: &random)).map { property($0, &random) }
        return VCard(version: .v4_0, properties: own + others)
    }

    @Test("that others made come out the same however often they go in", arguments: 0..<6 as Range<UInt64>)
    func anyCards(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let sink = ByteSink.memory()
        let writer = VCardWriter(sink, version: .v3_0)
        for number in 0..<25 { try writer.write(card(number, &random)) }
        let exchange = try VCardExchange()
        #expect(try exchange.take(String(decoding: sink.bytes, as: UTF8.self)).problems.map(\.reason.en) == [])
        for version in [VCardWriter.Version.v3_0, .v4_0] {
            let cards = try exchange.cards(version)
            let other = try VCardExchange()
            #expect(try other.take(cards).problems.isEmpty)
            #expect(try other.cards(version) == cards)
        }
    }
}
