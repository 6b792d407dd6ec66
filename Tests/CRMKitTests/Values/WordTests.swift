import CRMKit
import Testing

@Suite("Text, yes and no, choices")
struct WordTests {
    static let sources: [Choice] = [
        Choice("cold_call", en: "Cold Call", es: "Llamada en frío"),
        Choice("trade_show", en: "Trade Show", es: "Feria Comercial"),
        Choice("closed_won", en: "Closed Won", es: "Cerrada-Ganada"),
    ]

    @Test(
        "A choice is named by its key or a label of either language",
        arguments: [
            ("cold_call", "cold_call"), ("Cold Call", "cold_call"), ("COLD-CALL", "cold_call"),
            ("Llamada en frío", "cold_call"), ("llamada en frio", "cold_call"), ("LLAMADA EN FRI\u{301}O", "cold_call"),
            ("feria comercial", "trade_show"), ("cerrada ganada", "closed_won"), ("Cerrada-Ganada", "closed_won"),
        ]
    )
    func choices(text: String, key: String) throws {
        #expect(try FieldType.choice(Self.sources).parse(text, in: fixedContext()) == .text(key))
    }

    @Test("An unknown choice gets the valid keys and the nearest one")
    func unknownChoice() throws {
        let type = FieldType.choice(Self.sources)
        let context = try fixedContext()
        let slip = #expect(throws: ValueError.self) { try type.parse("cold_cal", in: context) }
        #expect(
            slip?.reason.en == "not a choice, did you mean cold_call? Write one of cold_call, trade_show, closed_won"
        )
        let spanish = #expect(throws: ValueError.self) { try type.parse("feria comersial", in: context) }
        #expect(spanish?.reason.es.contains("¿quizá trade_show?") == true)
        let other = #expect(throws: ValueError.self) { try type.parse("zzzzzz", in: context) }
        let offered = "cold_call (Llamada en frío), trade_show (Feria Comercial), closed_won (Cerrada-Ganada)"
        #expect(other?.reason.es == "no es una opción: escribir una de \(offered)")
    }

    @Test(
        "A part of a label gets all the choices that it may mean",
        arguments: [
            ("Análisis", "needs_analysis or perception_analysis"),
            ("analysis", "needs_analysis or perception_analysis"),
            ("percepcion", "perception_analysis"), ("Analis de perc", "perception_analysis"),
            ("cerrada", "closed_won or closed_lost"), ("Closed", "closed_won or closed_lost"),
            ("quién decide", "id_decision_makers"), ("calific", "qualification"),
        ]
    )
    func partsOfLabels(text: String, meant: String) throws {
        let stage = try #require(Registry.standard[.opportunity].field("stage"))
        let context = try fixedContext()
        let error = #expect(throws: ValueError.self) { try stage.type.parse(text, in: context) }
        #expect(error?.reason.en.hasPrefix("not a choice, did you mean \(meant)? ") == true)
        let spanish = meant.replacing(" or ", with: " o ")
        #expect(error?.reason.es.hasPrefix("no es una opción, ¿quizá \(spanish)? ") == true)
    }

    @Test("People read labels, machines read keys")
    func choiceText() {
        let type = FieldType.choice(Self.sources)
        #expect(type.text(of: .text("cold_call"), currency: nil) == "cold_call")
        #expect(type.label(of: .text("cold_call"), currency: nil, for: .english) == "Cold Call")
        #expect(type.label(of: .text("cold_call"), currency: nil, for: .spanish) == "Llamada en frío")
        #expect(type.label(of: .text("retired"), currency: nil, for: .spanish) == "retired")
    }

    @Test(
        "Yes and no in both languages",
        arguments: [
            ("true", true), ("Yes", true), ("SI", true), ("sí", true), ("1", true), ("on", true), ("false", false),
            ("no", false), ("0", false), ("Off", false),
        ]
    )
    func booleans(text: String, isTrue: Bool) throws {
        #expect(try FieldType.boolean.parse(text, in: fixedContext()) == .integer(isTrue ? 1 : 0))
    }

    @Test("Other words are neither yes nor no", arguments: ["maybe", "2", "truee", "nada"])
    func notBooleans(text: String) throws {
        let context = try fixedContext()
        #expect(throws: ValueError.self) { try FieldType.boolean.parse(text, in: context) }
    }

    @Test("Machines read true and false, people yes and no")
    func booleanText() {
        #expect(FieldType.boolean.text(of: .integer(1), currency: nil) == "true")
        #expect(FieldType.boolean.text(of: .integer(0), currency: nil) == "false")
        #expect(FieldType.boolean.label(of: .integer(1), currency: nil, for: .spanish) == "sí")
        #expect(FieldType.boolean.label(of: .integer(0), currency: nil, for: .english) == "no")
    }

    @Test(
        "A line of text has no white space at its ends",
        arguments: [
            (" Ana\t", "Ana"), ("José Ñandú", "José Ñandú"), ("🙂 e\u{301}", "🙂 e\u{301}"),
            ("a\u{A0}b\u{A0}", "a\u{A0}b"),
        ]
    )
    func lines(text: String, stored: String) throws {
        #expect(try FieldType.text.parse(text, in: fixedContext()) == .text(stored))
        #expect(try FieldType.code.parse(text, in: fixedContext()) == .text(stored))
    }

    @Test(
        "Control characters are refused",
        arguments: [
            "a\nb", "a\r\nb", "a\u{0}b", "a\u{1B}[31mb", "a\tb", "a\u{7F}", "a\u{85}b", "a\u{9B}b", "a\u{2028}b",
            "a\u{2029}b",
        ]
    )
    func controls(text: String) throws {
        let context = try fixedContext()
        #expect(throws: ValueError.self) { try FieldType.text.parse(text, in: context) }
    }

    @Test("A line has at most 10,000 characters")
    func lineLimit() throws {
        let context = try fixedContext()
        let full = String(repeating: "é", count: 10_000)
        #expect(try FieldType.text.parse(full, in: context) == .text(full))
        #expect(throws: ValueError.self) { try FieldType.text.parse(full + "é", in: context) }
    }

    @Test(
        "Long text keeps its lines and its indentation",
        arguments: [("  a\r\nb\rc\n", "  a\nb\nc\n"), ("a\tb", "a\tb"), ("\r\n\r\n x", "\n\n x")]
    )
    func longText(text: String, stored: String) throws {
        #expect(try FieldType.longText.parse(text, in: fixedContext()) == .text(stored))
    }

    @Test("Long text takes no other controls", arguments: ["a\u{0}b", "a\u{1B}b", "a\u{9B}b", "\u{C}a"])
    func longTextControls(text: String) throws {
        let context = try fixedContext()
        #expect(throws: ValueError.self) { try FieldType.longText.parse(text, in: context) }
    }
}
