/// The condition that an amount passes a test, in the currency that is named or, without one, in any currency.
struct MoneyCondition {
    let source: Scope.Source
    /// The ISO 4217 code of amounts that name none.
    let currency: String

    /// Returns the condition of a comparison.
    ///
    /// - Throws: ``ValueError`` for a malformed amount, and for a search for a part of one.
    func condition(_ comparison: Filter.Comparison, _ text: String) throws(ValueError) -> SQLFragment {
        guard comparison != .contains else { throw .unordered(takes: "= != < <= > >=") }
        guard !WrittenNumber.hasOnlyFigures(text) else {
            // A number without a currency may have more decimals than the usual one has, but 1.200 may still be 1200.
            if WrittenNumber.mayBeGrouped(text), let places = Currency(currency)?.exponent, places < 3 {
                try refuseGroup(text, places: places)
            }
            let amount = try ScaledDecimal(parsing: text, scale: MoneyOrder.scale).units
            return .comparison(MoneyOrder.amount(of: source), comparison, .bind(.integer(amount)))
        }
        let money = try Money(parsing: text, assuming: currency)
        let counted = source.currency
        let amount = SQLFragment.comparison(source.column, comparison, .bind(.integer(money.minorUnits)))
        return "(\(counted) = \(bind: .text(money.currency.code)) AND \(amount))"
    }

    /// Refuses a number that may be grouped, for which a currency of three decimals is to be named.
    private func refuseGroup(_ text: String, places: Int) throws(ValueError) {
        do {
            _ = try WrittenNumber.plain(text, places: places)
        } catch {
            let reason = error.reason
            throw ValueError(
                en: "\(reason.en); where it has three decimals, name the currency, as in \(text) KWD",
                es: "\(reason.es); si tiene tres decimales, indicar la moneda, como en \(text) KWD"
            )
        }
    }
}
