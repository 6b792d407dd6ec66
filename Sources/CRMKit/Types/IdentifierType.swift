import Localization

/// The record's id.
struct IdentifierType: FieldTypeDefinition {
    var form: ValueForm { .identifier }
    var placeholder: Text { "ID" }
    var spelling: Text { Text(en: "A record's number.", es: "El número de un registro.") }
    var example: String? { "10" }

    func plainValue(of text: String) -> Value? {
        PlainCell.wholeNumber(text).flatMap { $0 > 0 ? .integer($0) : nil }
    }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        try IntegerType(range: 1...Int64.max).value(of: text, in: context)
    }

    func comparand(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        .integer(try ScaledDecimal(parsing: text, scale: 0).units)
    }
}
