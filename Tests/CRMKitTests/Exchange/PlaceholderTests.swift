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

    @Test(arguments: ["#REF!", "#VALOR!", "#¡DESBORDAMIENTO!", "#DESBORDAMIENTO!", "#SPILL!", "Err:502", "########"])
    func whatASpreadsheetHasLost(text: String) { #expect(Placeholders.isLost(text)) }

    @Test(arguments: ["#1", "##", "Err:", "Err:50", "Errol", "#vip", "#N/A"])
    func whatItHasNotLost(text: String) { #expect(!Placeholders.isLost(text)) }

    @Test func aNameMayBeOneOfTheWords() {
        #expect(!Placeholders.isNoName("Null"))
        #expect(Placeholders.isNoName("n/a"))
    }
}
