import Localization

/// The type of a ratio, an exact decimal with six digits, which is shown to the user as a percentage with one decimal.
struct FractionType: FieldTypeDefinition {
    /// Whether the ratio is a part of a whole, from 0 to 1, instead of an arbitrary factor.
    let isPart: Bool

    private static let digits = 6
    /// The number of stored units in a tenth of a percent.
    private static let unitsOfTenth: Int64 = 1_000

    var form: ValueForm { .number(digits: Self.digits) }
    var shape: ValueShape { isPart ? .numberWithin(0...1) : .number }
    var placeholder: Text { "N" }
    var spelling: Text {
        Text(
            en: "A number from 0 to 1, or a percentage as in 30%.",
            es: "Un número de 0 a 1, o un porcentaje como 30%."
        )
    }
    var example: String? { "0.5" }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        guard text.utf8.last == UInt8(ascii: "%") else {
            return .integer(try ScaledDecimal(parsing: text, scale: Self.digits).units)
        }
        // A percentage has two decimals fewer than the fraction.
        return .integer(try ScaledDecimal(parsing: String(text.dropLast()).trimmed, scale: Self.digits - 2).units)
    }

    func text(ofNumber number: Int64, currency: String?) -> String {
        ScaledDecimal(units: number, scale: Self.digits).text()
    }

    func label(of value: Value, currency: String?, for audience: Audience) -> String? {
        value.integer.map { number in
            let half = number < 0 ? -Self.unitsOfTenth / 2 : Self.unitsOfTenth / 2
            return ScaledDecimal(units: (number + half) / Self.unitsOfTenth, scale: 1).text(minimumPlaces: 1) + "%"
        }
    }

    func comparand(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        let value = try value(of: text, in: context)
        // People read a percentage, and no part is greater than its number alone.
        if isPart, text.utf8.last != UInt8(ascii: "%"), let units = value.integer, units > Self.unitsOfTenth * 1000 {
            throw ValueError(
                en: "a number from 0 to 1, or a percentage with its sign: \(text)%",
                es: "un número de 0 a 1, o un porcentaje con su signo: \(text)%"
            )
        }
        return value
    }
}
