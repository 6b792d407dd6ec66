import TestSupport
import Testing

@testable import CRMKit

@Suite("The words of a text")
struct FoldedWordsTests {
    private static let cases: [(text: String, words: String)] = [
        ("", ""), ("  \t\n", ""), ("¡¿ —!", ""), ("Ana", "ana"), ("  Ana   Ruiz\n", "ana ruiz"),
        ("José Muñoz", "jose munoz"), ("Jose\u{301} Mun\u{303}oz", "jose munoz"), ("WEISS Weiß", "weiss weiss"),
        ("ana.ruiz@example.org", "ana ruiz example org"), ("O'Brien-Smith", "o brien smith"),
        ("COT-2026-0001", "cot 2026 0001"), ("(55) 1234-5678", "55 1234 5678"), ("a_b", "a b"),
        ("foo\u{200B}bar", "foobar"), ("\u{200D}", ""), ("x²", "x²"), ("Ελλάδα ΣΊΣΥΦΟΣ", "ελλαδα σισυφοσ"),
        ("田中美咲", "田 中 美 咲"), ("さくら銀行x1", "さ く ら 銀 行 x1"), ("한국어 말", "한국어 말"), ("año 🎉 fin", "ano fin"),
        ("३ दिन", "३ दिन"), ("a|b", "a b"),
    ]

    @Test("are runs of letters, marks and digits, folded", arguments: cases)
    func words(_ item: (text: String, words: String)) {
        #expect(Self.words(Array(item.text.utf8)) == item.words)
    }

    @Test("are the same of a text that is folded already, and of any bytes there are some")
    func anyBytes() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            let words = Self.words(bytes)
            #expect(Self.words(Array(words.utf8)) == words)
        }
    }

    private static func words(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        bytes.withUnsafeBytes { FoldedWords.append($0, to: &output) }
        return String(String(decoding: output, as: UTF8.self).dropLast())
    }
}
