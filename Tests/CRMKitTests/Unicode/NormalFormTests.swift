import Foundation
import Testing

@testable import CRMKit

@Suite("The normal form of keys")
struct NormalFormTests {
    private func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

    @Test(
        "composes what is written in parts, in the order of the marks",
        arguments: [
            ("", ""), ("LT-1", "LT-1"), ("e\u{301}", "é"), ("é", "é"), ("NIN\u{303}O", "NIÑO"), ("\u{212B}", "Å"),
            ("q\u{307}\u{323}", "q\u{323}\u{307}"), ("d\u{307}\u{323}", "ḍ\u{307}"), ("ự", "ự"),
            ("u\u{323}\u{31B}", "ự"), ("\u{1112}\u{1161}\u{11AB}", "한"), ("한", "한"), ("\u{958}", "क\u{93C}"),
            ("\u{301}e", "\u{301}e"), ("X²", "X²"), ("ﬁ", "ﬁ"), ("ÅSA e\u{301}\u{20}e\u{301}", "ÅSA é é"),
        ]
    )
    func composes(_ text: String, to expected: String) {
        #expect(scalars(NormalForm.composed(text)) == scalars(expected))
    }

    /// Vowels of Tibetan of which Foundation leaves the marks in another order than their classes are.
    private static let misordered: Set<UInt32> = [0xF73, 0xF75, 0xF81]

    @Test("is what Foundation makes of every scalar of the basic plane, alone, decomposed and after a letter")
    func coversEveryScalar() {
        for value in 0x80..<0x10000 as Range<UInt32> where !Self.misordered.contains(value) {
            guard let scalar = Unicode.Scalar(value), scalar.properties.generalCategory != .unassigned else { continue }
            let text = String(Character(scalar))
            for form in [text, text.decomposedStringWithCanonicalMapping, "a\u{323}\u{301}" + text + "\u{302}"] {
                let expected = form.precomposedStringWithCanonicalMapping
                guard scalars(NormalForm.composed(form)) == scalars(expected) else {
                    Issue.record("U+\(String(value, radix: 16)): \(scalars(NormalForm.composed(form)))")
                    continue
                }
            }
        }
    }
}
