/// The value of one unit of a currency in another one, from a day until the next rate of the two.
public struct ExchangeRate: Sendable, Hashable {
    /// The currency whose value is given.
    public let currency: Currency
    /// The currency in which the value is expressed.
    public let target: Currency
    /// The first day, `YYYY-MM-DD`.
    public let date: String
    /// The value of one unit of the currency in units of the target.
    public let rate: ScaledDecimal

    /// The key of the rate: `USD MXN 2026-11-01`.
    var name: String { "\(currency.code) \(target.code) \(date)" }

    /// Creates a rate.
    public init(of currency: Currency, in target: Currency, on date: String, _ rate: ScaledDecimal) {
        self.currency = currency
        self.target = target
        self.date = date
        self.rate = rate
    }
}

extension ExchangeRate {
    /// Reads a record of a rate.
    ///
    /// - Returns: `nil` for an incomplete record, which only another program can have written.
    init?(_ record: Record) {
        guard let currency = record["currency"].text.flatMap(Currency.init),
            let target = record["target"].text.flatMap(Currency.init), let date = record["date"].text,
            let rate = record["rate"].integer, rate > 0
        else { return nil }
        self.init(of: currency, in: target, on: date, ScaledDecimal(units: rate, scale: Module.rateDigits))
    }
}
