/// Amounts in different currencies on one scale, so that 10 equals 10 whatever the minor unit.
enum MoneyOrder {
    /// The number of digits after the decimal point: those of the currency with the most.
    static let scale = 4
    private static let usualExponent = 2

    /// Returns the amount of a field as an integer with ``scale`` digits after the point.
    static func amount(of source: Scope.Source) -> SQLFragment {
        "\(source.column) * \(byExponent(of: source.currency) { Int64.powerOfTen(scale - $0) })"
    }

    /// Returns a number in the minor unit of a currency, at least one.
    static func units(of number: ScaledDecimal, in currency: SQLFragment) -> SQLFragment {
        byExponent(of: currency) { exponent in
            // Digits that the currency has not are cut first, so that no number is too large for the product.
            let whole = number.units / Int64.powerOfTen(number.scale - exponent)
            let (units, overflow) = whole.multipliedReportingOverflow(by: Int64.powerOfTen(exponent - number.scale))
            return overflow ? .max : max(1, units)
        }
    }

    /// Returns the number for the exponent of a currency.
    private static func byExponent(of currency: SQLFragment, _ number: (Int) -> Int64) -> SQLFragment {
        let others = Dictionary(grouping: Currency.exponents.filter { $0.value != usualExponent }, by: \.value)
        let cases = others.sorted { $0.key < $1.key }.map { exponent, currencies in
            let codes = currencies.map(\.key).sorted().map { SQLFragment.bind(.text($0)) }
            return "WHEN \(currency) IN (\(codes.joined(", "))) THEN \(bind: .integer(number(exponent))) "
                as SQLFragment
        }
        let usual = number(usualExponent)
        // Comparing with a few codes is much faster than searching a list.
        let frequent = ["MXN", "EUR", "USD"].map { "\(currency) = \(bind: .text($0))" as SQLFragment }.disjunction
        return """
            CASE WHEN \(frequent) THEN \(bind: .integer(usual)) \(cases.joined(""))ELSE \(bind: .integer(usual)) END
            """
    }
}
