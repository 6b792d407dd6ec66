import Localization

/// An amount in the currency of its record, stored in that currency's minor unit.
struct MoneyType: FieldTypeDefinition {
    var form: ValueForm { .money }
    /// The amounts that a double represents exactly in the currency's minor unit.
    var storedRange: ClosedRange<Int64>? { -999_999_999_999_999...999_999_999_999_999 }
    var customName: String? { "money" }
    var placeholder: Text { Text(en: "AMOUNT", es: "IMPORTE") }
    var spelling: Text {
        Text(
            en: "An amount in the record's currency, as in 12500.50 or $12,500.50, or with its own as in 900 USD.",
            es: "Un importe en la moneda del registro, como 12500.50 o $12,500.50, o con la suya, como 900 USD."
        )
    }
    var example: String? { "12500" }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        let money = try Money(parsing: text, assuming: context.currency)
        let currency = context.currency
        guard money.currency.code == currency else {
            throw ValueError(
                en: "the amount is in \(money.currency.code) and the record in \(currency), which has one currency",
                es: "el importe está en \(money.currency.code) y el registro en \(currency), y lleva una sola"
            )
        }
        return .integer(money.minorUnits)
    }

    func text(ofNumber number: Int64, currency: String?) -> String {
        Money.text(minorUnits: number, currency: currency)
    }

    func label(of value: Value, currency: String?, for audience: Audience) -> String? {
        guard let number = value.integer else { return nil }
        let amount = text(ofNumber: number, currency: currency)
        return currency.map { amount + " " + $0 } ?? amount
    }
}
