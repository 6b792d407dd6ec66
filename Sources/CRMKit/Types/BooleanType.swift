import Localization

/// Yes or no.
struct BooleanType: FieldTypeDefinition {
    var form: ValueForm { .boolean }
    var storedRange: ClosedRange<Int64>? { 0...1 }
    var customName: String? { "boolean" }
    var placeholder: Text { Text(en: "YES|NO", es: "SÍ|NO") }
    var spelling: Text { Text(en: "Without a value it is yes.", es: "Sin valor significa sí.") }
    var hint: Text? { Text(en: "yes or no", es: "sí o no") }
    var example: String? { "yes" }

    func plainValue(of text: String) -> Value? {
        switch text {
        case "true": .integer(1)
        case "false": .integer(0)
        default: nil
        }
    }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        .integer(try BooleanText.parse(text) ? 1 : 0)
    }

    /// Returns `false` for 0 and `true` for 1; any other number, which only another program can have written, in
    /// digits.
    func text(ofNumber number: Int64, currency: String?) -> String {
        switch number {
        case 0: "false"
        case 1: "true"
        default: String(number)
        }
    }

    func label(of value: Value, currency: String?, for audience: Audience) -> String? {
        guard case .integer(let number) = value, number == 0 || number == 1 else { return nil }
        return BooleanText.label(number == 1)(in: audience.language)
    }

    func comparand(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        try value(of: text, in: context)
    }
}
