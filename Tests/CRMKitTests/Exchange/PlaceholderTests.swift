import Testing

@testable import CRMKit

@Suite struct PlaceholderTests {
    @Test(
        arguments: [
            "N/A", "n/a", " NULL ", "\u{A0}s/n", "S/D", "-", "–", "———", "\u{2212}", "#N/D", "(null)", "No Aplica",
            "Sin teléfono", "ninguna",
        ]
    )
    func whatSaysThatThereIsNothing(text: String) { #expect(Placeholders.isNothing(text)) }

    @Test(arguments: ["", " ", "NA", "Nora", "Sofía", "-1", "Ñ/A x", "x", "0", "¿?", "n/a, n/a and some more of it"])
    func whatIsAValue(text: String) { #expect(!Placeholders.isNothing(text)) }

    @Test func aNameMayBeOneOfTheWords() {
        #expect(!Placeholders.isNoName("Null"))
        #expect(Placeholders.isNoName("n/a"))
    }
}
