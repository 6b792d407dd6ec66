import Testing

@testable import CRMKit

@Suite struct PlaceholderTests {
    @Test(
        "what says that there is nothing",
        arguments: [
            "N/A", "n/a", " NULL ", "\u{A0}s/n", "S/D", "-", "–", "———", "\u{2212}", "#N/D", "(null)", "No Aplica",
            "Sin teléfono", "ninguna",
        ]
    )
    func whatSaysThatThereIsNothing(text: String) { #expect(Placeholders.isNothing(text)) }

    @Test(
        "what is a value",
        arguments: ["", " ", "NA", "Nora", "Sofía", "-1", "Ñ/A x", "x", "0", "¿?", "n/a, n/a and some more of it"]
    )
    func whatIsAValue(text: String) { #expect(!Placeholders.isNothing(text)) }

    @Test(
        "what a spreadsheet has lost",
        arguments: ["#REF!", "#VALOR!", "#¡DESBORDAMIENTO!", "#DESBORDAMIENTO!", "#SPILL!", "Err:502", "########"]
    )
    func whatASpreadsheetHasLost(text: String) { #expect(Placeholders.isLost(text)) }

    @Test("what it has not lost", arguments: ["#1", "##", "Err:", "Err:50", "Errol", "#vip", "#N/A"])
    func whatItHasNotLost(text: String) { #expect(!Placeholders.isLost(text)) }

    @Test("a name may be one of the words") func aNameMayBeOneOfTheWords() {
        #expect(!Placeholders.isNoName("Null"))
        #expect(Placeholders.isNoName("n/a"))
    }
}
