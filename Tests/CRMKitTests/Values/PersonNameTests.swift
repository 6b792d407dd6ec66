import Testing

@testable import CRMKit

@Suite("Names of people")
struct PersonNameTests {
    private let name: CardMapping.Name

    init() throws { name = try #require(Registry.standard[.contact].cards).name }

    private func parts(_ text: String, at company: String? = nil) -> String {
        let fields = Dictionary(name.fields(of: text, in: Registry.standard[.contact], at: company)) { first, _ in first
        }
        return ["salutation", "first_name", "last_name"].map { fields[$0] ?? "" }.joined(separator: "|")
    }

    @Test(
        "are taken apart, their forms of address apart from them",
        arguments: [
            ("Dña. Ana Mato", "mrs|Ana|Mato"), ("D. José Gil", "mr|José|Gil"), ("D. Gil", "|D.|Gil"),
            ("Don José Gil", "mr|José|Gil"), ("Don Draper", "|Don|Draper"), ("Doña Ana Mato", "mrs|Ana|Mato"),
            ("Prof. Dr. Hans Weiß", "prof|Hans|Weiß"), ("C.P. Martha Solís Ríos", "cp|Martha|Solís Ríos"),
            ("Ing. Eva Soto Ríos", "ing|Eva|Soto Ríos"), ("Sr Juan Paz", "mr|Juan|Paz"), ("Srta Ana Paz", "ms|Ana|Paz"),
            ("Profa. Ana Paz", "prof|Ana|Paz"), ("Licda Ana Paz", "lic|Ana|Paz"),
            ("Pérez, Lic. Juan", "lic|Juan|Pérez"), ("José Ma. Pérez", "|José Ma.|Pérez"),
            ("John F. Kennedy", "|John F.|Kennedy"), ("Ana García L.", "|Ana|García L."),
            ("Ana Gómez Vda. de Paz", "|Ana|Gómez Vda. de Paz"), ("Dra. Ana", "dra||Ana"),
            ("Santiago Ramón y Cajal", "|Santiago|Ramón y Cajal"), ("José Ortega y Gasset", "|José|Ortega y Gasset"),
            ("Ing. Luis de León y Ponce de la Vega", "ing|Luis|de León y Ponce de la Vega"),
            ("Josep Puig i Cadafalch", "|Josep|Puig i Cadafalch"), ("John E. Smith", "|John E.|Smith"),
            ("Ana María Ruiz y Paz", "|Ana María|Ruiz y Paz"), ("Lcda. Ana Paz", "lic|Ana|Paz"),
            ("María de los Ángeles Soto", "|María de los Ángeles|Soto"),
            ("Ana María de la Luz Soto", "|Ana María de la Luz|Soto"),
            ("María de la Cruz Soto", "|María|de la Cruz Soto"),
            ("Lda. Eva Gil", "lic|Eva|Gil"), ("M.C. Ana Paz", "|M.C. Ana|Paz"), ("Biol. Ana Paz", "|Biol. Ana|Paz"),
            ("Dª. Carmen Gil", "mrs|Carmen|Gil"), ("Da Silva Pérez", "|Da Silva|Pérez"),
            ("Pérez, Juan, Lic.", "lic|Juan|Pérez"), ("Juan Pérez, Lic.", "lic|Juan|Pérez"),
            ("Sr. y Sra. Paz", "||Sr. y Sra. Paz"), ("Lic. en Derecho Ana Ruiz", "|Lic. en Derecho|Ana Ruiz"),
            ("de la Torre Ana", "|Ana|de la Torre"), ("Van der Berg Anna", "|Anna|Van der Berg"),
            ("Mamá ❤️", "||Mamá ❤️"), ("Ana Ruiz 🏠", "|Ana|Ruiz 🏠"), ("🏠 Ana Ruiz", "|🏠 Ana|Ruiz"),
            ("Ana (la del taller)", "||Ana (la del taller)"), ("Ana Ruiz (Acme Norte)", "|Ana|Ruiz (Acme Norte)"),
            ("Ana 🇲🇽 Ruiz", "|Ana 🇲🇽|Ruiz"), ("de la Torre Juan Carlos", "|Juan Carlos|de la Torre"),
            ("Van Morrison", "|Van|Morrison"),
            ("Ana Ruiz, PhD", "|Ana|Ruiz, PhD"), ("Dr. Ana Ruiz, Ph.D., MBA", "dr|Ana|Ruiz, Ph.D., MBA"),
            ("Luis Gil, Jr.", "|Luis|Gil, Jr."), ("Ana Ruiz, M.D.", "|Ana|Ruiz, M.D."),
            ("Luis Gil, III", "|Luis|Gil, III"),
            ("Ruiz, Ana, CPA", "|Ana|Ruiz, CPA"), ("Ana Ruiz, PhD MBA", "|Ana|Ruiz, PhD MBA"),
            ("Juan Pérez, Lic., MBA", "lic|Juan|Pérez, MBA"), ("Rahman, Md", "|Md|Rahman"),
            ("Ing. José Luis Gómez Farías Jr.", "ing|José Luis|Gómez Farías Jr."), ("Luis Gil Sr.", "|Luis|Gil Sr."),
            ("John F. Kennedy III", "|John F.|Kennedy III"), ("Juan Pérez hijo", "|Juan|Pérez hijo"),
            ("Gómez Farías, José Luis II", "|José Luis|Gómez Farías II"), ("Luis Jr.", "|Luis|Jr."),
            ("Ana Ruiz Hijo", "|Ana|Ruiz Hijo"), ("Luis Gil Jr., MBA", "|Luis|Gil Jr., MBA"),
            ("J. R. R. Tolkien", "|J. R. R.|Tolkien"), ("Ana María J. Ruiz", "|Ana María J.|Ruiz"),
            ("Ana María Ruiz G.", "|Ana María|Ruiz G."), ("M. Luz Sol", "|M. Luz|Sol"),
        ]
    )
    func people(text: String, name: String) { #expect(parts(text) == name) }

    @Test(
        "are not those of companies",
        arguments: [
            "Taller Pérez, S.A. de C.V.", "Taller Pérez, S.L.", "Acme S. de R.L.", "Acme, Inc.", "Acme LLC",
            "Weiß GmbH",
            "Casa Hogar Ana, A.C.", "Ruiz y Paz, SC", "Ruiz, S. A. de C. V.", "Talleres Peña SL", "ACME SA",
            "Servicios Norte SC", "Acme SAS", "Acme SpA", "Foo S.Coop.", "Acme SA",
        ]
    )
    func companies(text: String) { #expect(parts(text) == "||\(text)") }

    @Test(
        "keep surnames that legal forms look like",
        arguments: [
            ("Mem de Sá", "|Mem|de Sá"), ("Ana Sa", "|Ana|Sa"), ("Pérez, Ana", "|Ana|Pérez"), ("Inc Paz", "|Inc|Paz"),
            ("JOSÉ DE SA", "|JOSÉ|DE SA"), ("ANA AC", "|ANA|AC"),
        ]
    )
    func notCompanies(text: String, name: String) { #expect(parts(text) == name) }

    @Test(
        "stand beside that of their company",
        arguments: [
            ("Acme, Ana Ruiz", "|Ana|Ruiz"), ("Ana Ruiz, Acme", "|Ana|Ruiz"), ("acme, Dra. Ana Ruiz", "dra|Ana|Ruiz"),
            ("Acme", "||Acme"), ("Ruiz, Ana", "|Ana|Ruiz"),
        ]
    )
    func beside(text: String, name: String) { #expect(parts(text, at: "Acme") == name) }
}
