import Localization

/// An ISO 4217 code.
struct CurrencyType: FieldTypeDefinition {
    var form: ValueForm { .text }
    var isWord: Bool { true }
    var takesNoWords: Bool { true }
    var family: ComparisonFamily? { .text("currency", canContain: false) }
    var shape: ValueShape { .pattern("^[A-Z]{3}$") }
    var placeholder: Text { Text(en: "CODE", es: "CÓDIGO") }
    var spelling: Text {
        Text(
            en: "Three letters of ISO 4217, as in MXN, or what people write for one currency alone: euros.",
            es: "Tres letras de ISO 4217, como MXN, o lo que se escribe para una sola moneda: euros."
        )
    }
    var example: String? { "MXN" }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        .text(try Currency(parsing: text, assuming: context.currency).code)
    }

    func comparand(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        if Currency(text.uppercased()) == nil,
            let code = try CurrencyWords.code(of: text, assuming: context.currency)
        {
            return .text(code)
        }
        return .text(text.uppercased())
    }
}
