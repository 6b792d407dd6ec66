import Localization

/// An exact decimal.
struct DecimalType: FieldTypeDefinition, Equatable {
    let digits: Int

    var form: ValueForm { .number(digits: digits) }
    var customName: String? { "decimal" }
    var placeholder: Text { "N" }
    var spelling: Text {
        Text(en: "A number, with a point before its decimals.", es: "Un número, con punto antes de los decimales.")
    }
    var example: String? { "10" }

    /// Eighteen digits.
    var storedRange: ClosedRange<Int64>? { -999_999_999_999_999_999...999_999_999_999_999_999 }

    private static let coordinate = DecimalType(digits: 7)

    func plainValue(of text: String) -> Value? {
        // With as many digits before the point as a plain number has it is within what is stored.
        guard digits <= PlainCell.mostDigits else { return nil }
        return PlainCell.wholeNumber(text).map { .integer($0 * Int64.powerOfTen(digits)) }
    }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        // Degrees never come to thousands, and what tells them tells more digits than there is to them.
        let isCoordinate = self == Self.coordinate
        if !context.isOfFiles, !isCoordinate { try WrittenNumber.refuseRound(text, places: digits) }
        let units = try ScaledDecimal(parsing: text, scale: digits, isRounded: isCoordinate).units
        guard storedRange?.contains(units) ?? true else { throw ScaledDecimal.tooLarge }
        return .integer(units)
    }

    func text(ofNumber number: Int64, currency: String?) -> String {
        ScaledDecimal(units: number, scale: digits).text()
    }

    func comparand(_ text: String, in context: ValueContext) throws(ValueError) -> Value {
        try value(of: text, in: context)
    }
}

extension FieldType {
    /// The number of decimals of numbers in which three digits after a point may be thousands; `nil` when other rules
    /// decide, as for amounts, and when there are no thousands, as for degrees and percentages.
    var placesOfDoubt: Int? {
        guard case .decimal(let digits) = self, self != .coordinate, digits > 2 else { return nil }
        return digits
    }
}
