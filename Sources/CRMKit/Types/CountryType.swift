import Localization

/// An ISO 3166-1 alpha-2 code.
struct CountryType: FieldTypeDefinition {
    var form: ValueForm { .text }
    var isWord: Bool { true }
    var takesNoWords: Bool { true }
    var family: ComparisonFamily? { .text("country", canContain: false) }
    var shape: ValueShape { .pattern("^[A-Z]{2}$") }
    var placeholder: Text { Text(en: "CODE", es: "CÓDIGO") }
    var spelling: Text {
        Text(
            en: "Two letters of ISO 3166-1, as in MX, or the country's name.",
            es: "Dos letras de ISO 3166-1, como MX, o el nombre del país."
        )
    }
    var hint: Text? { Text(en: "two letters, MX", es: "dos letras, MX") }
    var example: String? { "MX" }

    func foreign(_ text: String) throws(ValueError) -> String {
        CountryNames.code(of: text) ?? CountryNames.code(of: text.filter { $0 != "." }) ?? text
    }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        .text(try CountryCode(parsing: text).text)
    }

    func comparand(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        .text(CountryNames.code(of: text) ?? text.uppercased())
    }
}
