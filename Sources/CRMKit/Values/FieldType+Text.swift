import Localization

extension FieldType {
    /// The machine text of a stored value, what CSV and TSV hold: numbers without needless zeros, money with the
    /// decimals of its currency, `true` and `false`, ISO 8601 durations, keys of choices, lists joined by commas.
    ///
    /// - Parameter currency: the record's ISO 4217 code, which only money needs.
    /// - Returns: empty text for null. A value of another storage class than the type's, which only a foreign program
    ///   can have written, is given as it is.
    public func text(of value: Value, currency: String?) -> String {
        switch value {
        case .null: ""
        case .integer(let number): text(ofNumber: number, currency: currency)
        case .real(let number): number.description
        case .text(let text): isList ? joined(value, by: ",") ?? text : text
        case .blob(let bytes): String(decoding: bytes, as: UTF8.self)
        }
    }

    private func text(ofNumber number: Int64, currency: String?) -> String {
        switch self {
        case .decimal(let digits): ScaledDecimal(units: number, scale: digits).text()
        case .percent: ScaledDecimal(units: number, scale: Self.percentDigits).text()
        case .money: Money.text(minorUnits: number, currency: currency)
        case .duration: Duration(seconds: number).description
        case .boolean where number == 0 || number == 1: number == 1 ? "true" : "false"
        default: String(number)
        }
    }

    /// The elements of a stored list, as machines read them; none for types that are no lists.
    public func elements(of value: Value) -> [String] {
        if case .list(let element) = self { StoredList(value, of: element).elements } else { [] }
    }

    /// The elements of a list in one text; `nil` where there are none to be read.
    private func joined(_ value: Value, by separator: String) -> String? {
        let elements = elements(of: value)
        return elements.isEmpty ? nil : elements.joined(separator: separator)
    }

    /// What people read: labels of choices, yes and no, percentages with their sign, money with its currency, short
    /// durations, times to the minute as their clocks show them. Numbers and dates are those of ``text(of:currency:)``:
    /// they never follow a language.
    public func label(of value: Value, currency: String?, for audience: Audience) -> String {
        switch (self, value) {
        case (.boolean, .integer(let number)) where number == 0 || number == 1:
            return BooleanText.label(number == 1)(in: audience.language)
        case (.choice(let choices), .text(let key)):
            return choices.first { $0.key == key }?.label(in: audience.language) ?? key
        case (.dateTime, .text(let text)): return audience.clock.shortTime(ofStored: text)
        case (.duration, .integer(let seconds)): return Duration(seconds: seconds).shortForm
        case (.list, .text(let text)): return joined(value, by: ", ") ?? text
        case (.percent, .integer): return text(of: value, currency: currency) + "%"
        case (.money, .integer):
            let amount = text(of: value, currency: currency)
            return currency.map { amount + " " + $0 } ?? amount
        default: return text(of: value, currency: currency)
        }
    }
}
