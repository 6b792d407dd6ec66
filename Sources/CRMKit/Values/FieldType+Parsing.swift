import Localization

extension FieldType {
    /// Reads what a person or a file gives for a field of this type.
    ///
    /// - Parameters:
    ///   - text: white space at its ends is cut off; with nothing left the value is null.
    ///   - context: its currency must be that of the record where the type is money.
    /// - Returns: the value as it is stored.
    /// - Throws: ``ValueError`` saying what is expected. References are resolved by the store, not here: for them any
    ///   text is refused.
    public func parse(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        // Long text keeps the white space at its ends: indentation belongs to it.
        if case .longText = self { return .from(try PlainText.lines(text)) }
        let text = text.trimmed
        guard !text.isEmpty else { return .null }
        switch self {
        case .identifier: return .integer(try Self.wholeNumber(text, in: 1...Int64.max))
        case .integer(let range): return .integer(try Self.wholeNumber(text, in: range))
        case .decimal(let digits): return .integer(try ScaledDecimal(parsing: text, scale: digits).units)
        case .percent: return .integer(try Self.percentage(text))
        case .money: return .integer(try Self.amount(text, in: context.currency))
        case .text: return .text(try PlainText.line(text))
        case .code: return .text(NormalForm.composed(try PlainText.line(text)))
        case .longText: return .from(try PlainText.lines(text))
        case .email: return .text(try EmailAddress(parsing: text).text)
        case .phone: return .text(try PhoneNumber(parsing: text).text)
        case .url: return .text(try WebAddress(parsing: text).text)
        case .currency: return .text(try Currency(parsing: text).code)
        case .country: return .text(try CountryCode(parsing: text).text)
        case .timeZone: return .text(try TimeZoneName(parsing: text, zones: context.clock.zones).text)
        case .date: return .text(try CivilDate(parsing: text, today: context.clock.date).description)
        case .dateTime: return .text(try Moment(parsing: text, clock: context.clock).description)
        case .duration: return .integer(try Duration(parsing: text).seconds)
        case .boolean: return .integer(try BooleanText.parse(text) ? 1 : 0)
        case .choice(let choices): return .text(try ChoiceText(choices).parse(text).key)
        case .list(let element): return try StoredList(parsing: text, of: element).stored
        case .reference, .anyReference:
            throw ValueError(en: "only a record can be given here", es: "aquí solo se puede indicar un registro")
        }
    }

    private static func wholeNumber(_ text: String, in range: ClosedRange<Int64>) throws(ValueError) -> Int64 {
        let number = try ScaledDecimal(parsing: text, scale: 0).units
        guard range.contains(number) else {
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
        return number
    }

    /// A number from 0 to 100, with or without a percent sign.
    private static func percentage(_ text: String) throws(ValueError) -> Int64 {
        let number = text.utf8.last == UInt8(ascii: "%") ? String(text.dropLast()).trimmed : text
        let units = try ScaledDecimal(parsing: number, scale: percentDigits).units
        guard (0...1_000_000).contains(units) else {
            throw ValueError(en: "a percentage goes from 0 to 100", es: "un porcentaje va de 0 a 100")
        }
        return units
    }

    private static func amount(_ text: String, in currency: String) throws(ValueError) -> Int64 {
        let money = try Money(parsing: text, assuming: currency)
        guard money.currency.code == currency else {
            throw ValueError(
                en: "the amount is in \(money.currency.code) and the record in \(currency): give the currency too",
                es: "el importe está en \(money.currency.code) y el registro en \(currency): indicar también la moneda"
            )
        }
        return money.minorUnits
    }
}

extension Value {
    /// Text, or null where it is empty.
    fileprivate static func from(_ text: String) -> Value {
        text.isEmpty ? .null : .text(text)
    }
}
