/// Amounts in different currencies on one scale, so that 10 is 10 whatever the minor unit.
enum MoneyOrder {
    /// Digits after the point: those of the currency that has most.
    static let scale = 4
    private static let usualExponent = 2

    /// The amount of a field as an integer with ``scale`` digits after the point.
    static func amount(of source: Scope.Source) -> SQLFragment {
        let currency = source.currency
        let byExponent = Dictionary(grouping: Currency.exponents.filter { $0.value != usualExponent }, by: \.value)
        let cases = byExponent.sorted { $0.key < $1.key }.map { exponent, currencies in
            let codes = currencies.map(\.key).sorted().map { SQLFragment.bind(.text($0)) }
            return "WHEN \(currency) IN (\(codes.joined(", "))) THEN \(factor(exponent)) " as SQLFragment
        }
        return "\(source.column) * CASE \(cases.joined(""))ELSE \(factor(usualExponent)) END"
    }

    private static func factor(_ exponent: Int) -> SQLFragment {
        .bind(.integer((exponent..<scale).reduce(1) { product, _ in product * 10 }))
    }
}
