import Testing

@testable import CRMKit

@Suite("The name of a country")
struct CountryNamesTests {
    @Test(
        "gives its code, in English and Spanish, whatever the case and accents",
        arguments: [
            ("México", "MX"), ("MEXICO", "MX"), (" Spain ", "ES"), ("España", "ES"), ("United States", "US"),
            ("Estados Unidos", "US"), ("United States of America", "US"), ("Côte d'Ivoire", "CI"), ("mx", "MX"),
            ("Alemania", "DE"), ("Germany", "DE"), ("Deutschland", "DE"), ("EE. UU.", "US"), ("USA", "US"),
            ("MEX", "MX"), ("República Mexicana", "MX"), ("Reino Unido", "GB"), ("Inglaterra", "GB"), ("Holanda", "NL"),
            ("Suisse", "CH"), ("Turkey", "TR"), ("日本", "JP"),
        ]
    )
    func codes(name: String, code: String) {
        #expect(CountryNames.code(of: name) == code)
    }

    @Test("is nothing else", arguments: ["", "Narnia", "XX", "Spain and Portugal", "Estados"])
    func unknown(name: String) {
        #expect(CountryNames.code(of: name) == nil)
    }

    @Test(
        "is the one that is read in each language",
        arguments: [
            ("MX", "Mexico", "México"), ("US", "United States", "Estados Unidos"), ("AL", "Albania", "Albania"),
            ("GB", "United Kingdom", "Reino Unido"),
        ]
    )
    func shown(code: String, en: String, es: String) {
        #expect(CountryNames.name(of: code, in: .english) == en)
        #expect(CountryNames.name(of: code, in: .spanish) == es)
        #expect(CountryNames.name(of: "XX", in: .english) == nil)
    }

    @Test("is known for every code")
    func complete() {
        #expect(Set(CountryNames.codes.values) == Set(DiallingPlan.codes.keys))
        #expect(DiallingPlan.codes.keys.allSatisfy { CountryNames.name(of: $0, in: .spanish) != nil })
    }
}
