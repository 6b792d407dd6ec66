import Localization

/// The record's id.
struct IdentifierType: FieldTypeDefinition {
    var form: ValueForm { .identifier }
    var placeholder: Text { "ID" }
    var spelling: Text { Text(en: "A record's number.", es: "El número de un registro.") }
    var example: String? { "10" }

    func plainValue(of text: String) -> Value? {
        guard text.utf8.first != UInt8(ascii: "0") else { return nil }
        return PlainCell.wholeNumber(text).map { .integer($0) }
    }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        let value = try IntegerType(range: 1...Int64.max).value(of: text, in: context)
        // This program writes none before an id, so it is a code.
        if let first = text.trimmed.first, "0+".contains(first) {
            throw ValueError(
                en: "no id begins so; a code is taken with --map id=external_id",
                es: "ningún id empieza así; un código se toma con --map id=external_id"
            )
        }
        return value
    }

    func comparand(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        .integer(try ScaledDecimal(parsing: text, scale: 0).units)
    }
}
