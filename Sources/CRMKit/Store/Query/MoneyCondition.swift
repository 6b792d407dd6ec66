/// The condition that an amount passes a test, in its own currency or in the currency that is named.
struct MoneyCondition {
    let source: Scope.Source
    /// The ISO 4217 code of amounts that name none.
    let currency: String

    /// - Throws: ``ValueError`` for what is no amount, and for a part of one.
    func condition(_ comparison: Filter.Comparison, _ text: String) throws(ValueError) -> SQLFragment {
        guard comparison != .contains else { throw .unordered(takes: "= != < <= > >=") }
        guard !WrittenNumber.hasOnlyFigures(text) else {
            // Amounts of all currencies are compared with more decimals than one has, where 1.200 may be 1200 too.
            if WrittenNumber.mayBeGrouped(text), let places = Currency(currency)?.exponent, places < 3 {
                _ = try WrittenNumber.plain(text, places: places)
            }
            let amount = try ScaledDecimal(parsing: text, scale: MoneyOrder.scale).units
            return .comparison(MoneyOrder.amount(of: source), comparison, .bind(.integer(amount)))
        }
        let money = try Money(parsing: text, assuming: currency)
        let counted = source.currency
        let amount = SQLFragment.comparison(source.column, comparison, .bind(.integer(money.minorUnits)))
        return "(\(counted) = \(bind: .text(money.currency.code)) AND \(amount))"
    }
}
