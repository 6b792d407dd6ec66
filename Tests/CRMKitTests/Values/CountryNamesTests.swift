import Testing

@testable import CRMKit

@Suite("The name of a country")
struct CountryNamesTests {
    @Test(
        "gives its code, in English and Spanish, whatever the case and accents",
        arguments: [
            ("México", "MX"), ("MEXICO", "MX"), (" Spain ", "ES"), ("España", "ES"), ("United States", "US"),
            ("Estados Unidos", "US"), ("United States of America", "US"), ("Côte d'Ivoire", "CI"), ("mx", "MX"),
        ]
    )
    func codes(name: String, code: String) {
        #expect(CountryNames.code(of: name) == code)
    }

    @Test("is nothing else", arguments: ["", "Narnia", "XX", "Spain and Portugal", "Estados"])
    func unknown(name: String) {
        #expect(CountryNames.code(of: name) == nil)
    }

    @Test("is known for every code")
    func complete() {
        #expect(Set(CountryNames.codes.values) == Set(DiallingPlan.codes.keys))
    }
}
