import Localization

/// A percentage from 0 to 100, an exact decimal with four digits.
struct PercentType: FieldTypeDefinition {
    private static let digits = 4
    /// 1 % as it is stored.
    static let one = Int64.powerOfTen(digits)

    var form: ValueForm { .number(digits: Self.digits) }
    var storedRange: ClosedRange<Int64>? { 0...1_000_000 }
    var shape: ValueShape { .numberWithin(0...100) }
    var customName: String? { "percent" }
    var placeholder: Text { Text(en: "PERCENT", es: "PORCENTAJE") }
    var spelling: Text {
        Text(
            en: "A number from 0 to 100; % may be left out, except below 1: 20, 20%, 0.2%.",
            es: "Un número de 0 a 100; % puede omitirse, salvo por debajo de 1: 20, 20%, 0.2%."
        )
    }
    var hint: Text? { "0-100" }
    var example: String? { "10" }

    func plainValue(of text: String) -> Value? {
        // What 1 means depends on the other values of the column.
        guard let number = PlainCell.wholeNumber(text), number <= 100, number != 1 else { return nil }
        return .integer(number * Int64.powerOfTen(Self.digits))
    }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        let units = try units(text)
        guard (0...1_000_000).contains(units) else {
            throw ValueError(en: "a percentage goes from 0 to 100", es: "un porcentaje va de 0 a 100")
        }
        return .integer(units)
    }

    private func units(_ text: String) throws(ValueError) -> Int64 {
        let number = text.utf8.last == UInt8(ascii: "%") ? String(text.dropLast()).trimmed : text
        return try ScaledDecimal(parsing: number, scale: Self.digits).units
    }

    func text(ofNumber number: Int64, currency: String?) -> String {
        ScaledDecimal(units: number, scale: Self.digits).text()
    }

    func label(of value: Value, currency: String?, for audience: Audience) -> String? {
        value.integer.map { text(ofNumber: $0, currency: nil) + "%" }
    }

    /// Returns a percentage to compare with, which may be out of the range of stored ones.
    func comparand(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        .integer(try units(text))
    }
}
