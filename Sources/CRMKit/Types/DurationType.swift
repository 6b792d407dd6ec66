import Localization

/// A duration, written in ISO 8601 and stored in whole seconds.
struct DurationType: FieldTypeDefinition {
    var form: ValueForm { .duration }
    var customName: String? { "duration" }
    var placeholder: Text { Text(en: "DURATION", es: "DURACIÓN") }
    var spelling: Text {
        Text(en: "A length of time, as in 15m, 2h or 1d.", es: "Un lapso, como 15m, 2h o 1d.")
    }
    var hint: Text? { "15m, 2h, 1d" }
    var example: String? { "PT1H" }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        .integer(try Duration(parsing: text).seconds)
    }

    func text(ofNumber number: Int64, currency: String?) -> String { Duration(seconds: number).description }

    func label(of value: Value, currency: String?, for audience: Audience) -> String? {
        value.integer.map { Duration(seconds: $0).shortForm }
    }

    func comparand(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        try value(of: text, in: context)
    }
}
