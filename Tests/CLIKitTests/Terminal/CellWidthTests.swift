import Testing

@testable import CLIKit

@Suite("Cell width")
struct CellWidthTests {
    @Test(
        "counts cells",
        arguments: [
            ("", 0),
            ("Ana Ruiz", 8),
            ("José Ñandú ß Łódź", 17),
            ("Jose\u{301}", 4),
            ("a\u{300}\u{301}\u{302}", 1),
            ("\u{301}", 0),
            ("Ω Ж א ع", 7),
            ("日本語", 6),
            ("ｶﾅ", 2),
            ("ＡＢ", 4),
            ("한국", 4),
            ("\u{1112}\u{1161}\u{11AB}", 2),
            ("か\u{3099}", 2),
            ("\u{20000}", 2),
            ("क्षि", 3),
            ("ไทย", 3),
            ("ปู่", 1),
            ("😀", 2),
            ("❤", 1),
            ("❤\u{FE0F}", 2),
            ("©\u{FE0F}", 2),
            ("☎\u{FE0E}", 1),
            ("1\u{FE0F}\u{20E3}", 2),
            ("a\u{FE0F}", 1),
            ("👍🏽", 2),
            ("☝🏽", 2),
            ("🏽", 2),
            ("👩‍👩‍👧‍👦", 2),
            ("❤\u{FE0F}\u{200D}🔥", 2),
            ("🏃🏽‍♀\u{FE0F}", 2),
            ("🏳\u{FE0F}‍🌈", 2),
            ("🇲🇽", 2),
            ("🇲🇽🇪🇸", 4),
            ("🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", 2),
            ("a\u{200B}b\u{200D}c\u{FEFF}", 3),
            ("co\u{AD}op", 5),
            ("\u{1}\u{7F}\u{9B}\u{85}\r\n", 0),
            ("\u{600}", 1),
            ("€ … – “x”", 9),
            ("¡±×¿", 4),
        ]
    )
    func counts(_ text: String, cells: Int) {
        #expect(CellWidth.of(text) == cells)
        #expect(text.reduce(0) { $0 + CellWidth.of($1) } == cells, "cluster by cluster")
    }

    @Test(
        "breaks words between syllables into even parts, or where they must be, and leaves whole what has no room",
        arguments: [
            ("Contacts", 8, ["Contacts"]), ("Contacts", 7, ["Con-", "tacts"]), ("Contacts", 5, ["Con-", "tacts"]),
            ("Contacts", 4, ["Con-", "tac-", "ts"]), ("Considering", 6, ["Consi-", "dering"]),
            ("Satisfaction", 8, ["Satis-", "faction"]), ("Conversión", 8, ["Conver-", "sión"]),
            ("Oportunidades", 8, ["Oportu-", "nidades"]), ("Adopción", 5, ["Adop-", "ción"]),
            ("日本語", 5, ["日本語"]), ("Won", 2, ["Won"]),
        ]
    )
    func breaks(word: String, width: Int, parts: [String]) {
        #expect(CellWidth.broken(word, to: width) == parts)
        #expect(parts.count == 1 || parts.allSatisfy { CellWidth.of($0) <= width })
    }

    @Test(
        "parts the syllables of Spanish",
        arguments: [
            "con-ver-sión", "opor-tu-ni-da-des", "con-ver-ti-dos", "acep-ta-das", "ce-rra-dos", "re-suel-tos",
            "con-tac-tos", "co-ti-za-cio-nes", "can-ti-dad", "des-cuen-to", "sa-tis-fac-ción", "res-pues-tas",
            "con-si-de-ra-ción", "ins-tru-men-to", "pro-ble-ma", "MU-CHA-CHO", "ma-yor", "ley", "sol", "2026",
        ]
    )
    func syllables(parted: String) {
        #expect(Syllables.of(parted.filter { $0 != "-" }).joined(separator: "-") == parted)
    }

    @Test(
        "cuts between grapheme clusters",
        arguments: [
            ("Ana Ruiz", 8, "Ana Ruiz"),
            ("Ana Ruiz", 7, "Ana Ru…"),
            ("Ana Ruiz", 1, "…"),
            ("", 1, ""),
            ("日本語", 6, "日本語"),
            ("日本語", 5, "日本…"),
            ("日本語", 4, "日…"),
            ("日本語", 2, "…"),
            ("日本", 1, "…"),
            ("Jose\u{301} Ruiz", 5, "Jose\u{301}…"),
            ("ab👩‍👩‍👧‍👦cd", 5, "ab👩‍👩‍👧‍👦…"),
            ("ab👩‍👩‍👧‍👦cd", 4, "ab…"),
            ("🇲🇽🇪🇸🇫🇷", 5, "🇲🇽🇪🇸…"),
        ]
    )
    func cuts(_ text: String, width: Int, expected: String) {
        #expect(CellWidth.truncated(text, to: width) == expected)
    }

    @Test("cuts to the width, less what a cluster of up to three cells leaves", arguments: 0..<4 as Range<UInt64>)
    func cutsToWidth(seed: UInt64) {
        var generator = TerminalTextGenerator(seed: seed)
        for _ in 0..<500 {
            let text = generator.text()
            let width = Int.random(in: 1...20, using: &generator)
            let cut = CellWidth.truncated(Sanitizer.visible(text), to: width)
            #expect(CellWidth.of(cut) <= width)
            if cut.hasSuffix("…"), !text.hasSuffix("…") {
                #expect(CellWidth.of(cut) >= width - 2)
            }
        }
    }
}
