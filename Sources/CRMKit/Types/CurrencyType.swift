import Localization

/// An ISO 4217 code.
struct CurrencyType: FieldTypeDefinition {
    var form: ValueForm { .text }
    var family: ComparisonFamily? { .text("currency", canContain: false) }
    var shape: ValueShape { .pattern("^[A-Z]{3}$") }
    var placeholder: Text { Text(en: "CODE", es: "CÓDIGO") }
    var spelling: Text { Text(en: "Three letters of ISO 4217, as in MXN.", es: "Tres letras de ISO 4217, como MXN.") }
    var example: String? { "MXN" }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        .text(try Currency(parsing: text).code)
    }

    func comparand(_ text: String, in context: ValueContext) throws(ValueError) -> Value { .text(text.uppercased()) }
}
