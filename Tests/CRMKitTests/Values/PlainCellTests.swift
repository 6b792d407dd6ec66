import TestSupport
import Testing

@testable import CRMKit

@Suite("A cell that is a value as it stands")
struct PlainCellTests {
    private static let types: [FieldType] = [
        .text, .phone, .email, .date, .dateTime, .boolean, .decimal(digits: 0), .decimal(digits: 6), .quantity,
        .coordinate, .integer(1...5000), .percent, .identifier,
        .choice([
            Choice("web_site", en: "Web site", es: "Sitio web"), Choice("nan", en: "Other", es: "Otra"),
            Choice("yes", en: "Web_site", es: "Sí"),
        ]),
    ]

    /// What cells are put together of: much that means something to one type or another.
    private static let pieces: [String] = [
        "A", "ana", "z", "0", "5", "55", "12", "2026", "-", "-12-31", "-02-29", " ", "  ", "\t", "\u{A0}", ".", "..",
        "@",
        "example", ".org", "_", "+", "+52", "521", "(", ")", ":", "::: ", ",", ";", "/", "#", "'", "\"", "=", "n", "s",
        "N/A", "s/n", "null", "nan", "no tiene", "#REF!", "Ñ", "é", "e\u{301}", "ß", "×", "\u{AD}", "\u{200B}",
        "\u{7F}",
        "\u{85}", "—", "日", "🎉", "web_site", "yes", "true", "false", "Users::::", "ext 5", "1234 5678", "E+10", ".0",
        "000",
        "x",
    ]

    /// What values of a type are put together of.
    private static func ownPieces(of type: FieldType) -> [String] {
        switch type {
        case .email: ["ana", "z", "5", ".", "-", "_", "@", "example", ".org", "@example.org", "A"]
        case .date: ["2026", "-", "02", "29", "12-31", "2024-02-", "-12-31"]
        case .dateTime:
            [
                "2026-02-28T", "1899-12-30T", "2026-02-29T", "09:30:00", "00:00:00", "23:59:60", "24:00:00", "Z", " ",
                "+01:00",
            ]
        case .decimal, .integer, .percent, .identifier: ["0", "1", "99", "250", "1234", ".", ",", "-", "%"]
        case .phone: ["+52", " ", "55", "1234", "5678", "521", "0"]
        default: []
        }
    }

    @Test("is read as the rules for all other cells read it", arguments: types)
    func isReadAlike(_ type: FieldType) throws {
        var generator = SeededGenerator(seed: 11)
        let context = try fixedContext()
        var found = 0
        let own = Self.ownPieces(of: type)
        for index in 0..<20_000 {
            let pieces = own.isEmpty || index % 4 == 0 ? Self.pieces : own
            let text = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
                pieces.randomElement(using: &generator) ?? ""
            }.joined()
            guard let value = type.definition.plainValue(of: text) else { continue }
            found += 1
            #expect(type.several(text).isEmpty, "\(text)")
            #expect(!EmailAddress.isMailboxName(text) && !WrittenDate.hasNoYear(text), "\(text)")
            #expect(type != .text || !Placeholders.isNoName(text), "\(text)")
            for rules in [CellRules(), CellRules(decimal: .comma, dates: .dmy), CellRules(dates: .mdy)] {
                for isRequired in [true, false] {
                    let read = try type.parse(rules.canonical(text, for: type, isRequired: isRequired), in: context)
                    #expect(read == value, "\(text)")
                }
            }
        }
        #expect(found > 5)
    }

    @Test(
        "is what most cells are",
        arguments: [
            (FieldType.text, "Andrés"), (.text, "Jefa de compras"), (.text, "Nora"),
            (.phone, "+52 55 1234 5678"), (.phone, "5512345678"), (.email, "ana.ruiz-2@mail.example.org"),
            (.date, "2024-02-29"), (.dateTime, "2026-12-31T09:30:00Z"), (.boolean, "true"), (.quantity, "12"),
            (.integer(0...100), "100"), (.percent, "100"), (.identifier, "17"),
        ]
    )
    func isPlain(_ type: FieldType, _ text: String) {
        #expect(type.definition.plainValue(of: text) != nil)
    }

    @Test(
        "is none where a rule has something to say of it",
        arguments: [
            (FieldType.text, "N/A"), (.text, "s/n"), (.text, "#N/A"), (.text, " Ana"), (.text, "Ana\u{A0}"),
            (.text, "Users::::admin"), (.text, "—"), (.text, "a\nb"), (.phone, "34600000002.0"), (.phone, "123456"),
            (.phone, "55 1234 5678 / 55 8765 4321"), (.email, "a@b.example;"), (.email, "a@b"),
            (.email, "a@b.example, c@d.example"),
            (.dateTime, "1899-12-30T00:00:00Z"), (.dateTime, "2026-12-31T24:00:00Z"),
            (.dateTime, "2026-02-29T09:30:00Z"),
            (.dateTime, "2026-12-31T09:30:00"), (.dateTime, "2026-12-31 09:30:00Z"), (.dateTime, "2026-12-31"),
            (.date, "2026-02-29"), (.date, "31/12/2026"), (.boolean, "x"),
            (.quantity, "1.500"), (.quantity, "3 kg"), (.integer(0...100), "101"), (.quantity, ""),
            (.percent, "101"), (.percent, "0.5"), (.percent, "16%"), (.identifier, "0"), (.identifier, "017.0"),
            (.identifier, "017"),
        ]
    )
    func isNotPlain(_ type: FieldType, _ text: String) {
        #expect(type.definition.plainValue(of: text) == nil)
    }

    @Test("that is a number of its country code has the key that any number has")
    func plainKeys() {
        var generator = SeededGenerator(seed: 5)
        let pieces = ["+", "52", "1", "521", "55", "1234", " ", "  ", "-", "ext", "0", "(0)", "00"]
        for _ in 0..<20_000 {
            let text =
                "+"
                + (0..<Int.random(in: 0...7, using: &generator)).map { _ in
                    pieces.randomElement(using: &generator) ?? ""
                }.joined()
            var key = Array("before".utf8)
            guard PhoneNumber.appendPlainKey(of: text, to: &key) else {
                #expect(key == Array("before".utf8))
                continue
            }
            #expect(
                String(decoding: key, as: UTF8.self) == "before" + PhoneNumber.matchKey(for: text, country: "MX"),
                "\(text)"
            )
        }
    }
}
