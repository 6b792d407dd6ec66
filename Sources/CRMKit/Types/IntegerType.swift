import Localization

/// A whole number within a range.
struct IntegerType: FieldTypeDefinition {
    let range: ClosedRange<Int64>

    var form: ValueForm { .number(digits: 0) }
    var storedRange: ClosedRange<Int64>? { range }
    var shape: ValueShape { .integer(range) }
    var customName: String? { "integer" }
    var canBeKey: Bool { true }
    var placeholder: Text { "N" }
    var spelling: Text { Text(en: "A whole number.", es: "Un número entero.") }
    var example: String? { "10" }

    func plainValue(of text: String) -> Value? {
        PlainCell.wholeNumber(text).flatMap { range.contains($0) ? .integer($0) : nil }
    }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        let number = try ScaledDecimal(parsing: text, scale: 0).units
        if range.contains(number) { return .integer(number) }
        if range.upperBound >= Int64(Int32.max), number < range.lowerBound {
            throw ValueError(
                en: "the least number taken is \(range.lowerBound)",
                es: "el número mínimo es \(range.lowerBound)"
            )
        }
        throw ValueError(
            en: "only numbers from \(range.lowerBound) to \(range.upperBound) are taken",
            es: "solo se admiten números de \(range.lowerBound) a \(range.upperBound)"
        )
    }

    func comparand(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        .integer(try ScaledDecimal(parsing: text, scale: 0).units)
    }
}
