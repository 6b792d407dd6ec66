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

    /// The numbers of at most eighteen digits.
    var storedRange: ClosedRange<Int64>? { -999_999_999_999_999_999...999_999_999_999_999_999 }

    private static let coordinate = DecimalType(digits: 7)

    func plainValue(of text: String) -> Value? {
        // A plain number with so many decimals is within the stored range.
        guard digits <= PlainCell.mostDigits else { return nil }
        return PlainCell.wholeNumber(text).map { .integer($0 * Int64.powerOfTen(digits)) }
    }

    func value(of text: String, in context: ValueContext) throws(ValueError) -> Value {
        // Degrees have no thousands, and programs write them with more decimals than are meaningful.
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
    /// The number of decimals of numbers in which three digits after a point may be thousands; `nil` where other rules
    /// decide, as for amounts, and where there are no thousands, as for degrees and percentages.
    var placesOfDoubt: Int? {
        guard case .decimal(let digits) = self, self != .coordinate, digits > 2 else { return nil }
        return digits
    }
}
