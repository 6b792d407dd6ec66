import Localization
import SQLite

/// The exchange rates for converting amounts to one currency.
///
/// An amount is converted by the newest rate between the two currencies up to its day, given in either direction. If
/// there is none, both are converted through the file's own currency.
struct RateTable: Sendable, Hashable {
    /// The currency that amounts are converted to.
    let target: Currency
    /// The file's own currency, through which two others can be converted.
    private let own: String
    /// The rates of each pair, whichever direction they were given in, oldest first.
    private let pairs: [Pair: [Entry]]
    /// A number that identifies the table while the program runs.
    let identity: Int

    /// Two currencies.
    private struct Pair: Hashable {
        let from: String
        let to: String
    }

    /// The value of one unit of a pair's first currency, in units of the second, from a day on.
    private struct Entry: Hashable {
        let date: String
        let worth: Ratio
    }

    /// - Parameter rates: the rates in any order.
    init(_ rates: [ExchangeRate], to target: Currency, own: String) {
        self.target = target
        self.own = own
        var pairs: [Pair: [Entry]] = [:]
        // On the same day, a rate given in the direction of the pair is preferred, so it comes last.
        for rate in rates {
            let pair = Pair(from: rate.target.code, to: rate.currency.code)
            pairs[pair, default: []].append(Entry(date: rate.date, worth: Ratio(rate.rate).inverse))
        }
        for rate in rates {
            let pair = Pair(from: rate.currency.code, to: rate.target.code)
            pairs[pair, default: []].append(Entry(date: rate.date, worth: Ratio(rate.rate)))
        }
        for (pair, entries) in pairs {
            pairs[pair] = entries.enumerated().sorted { ($0.element.date, $0.offset) < ($1.element.date, $1.offset) }
                .map(\.element)
        }
        self.pairs = pairs
        var hasher = Hasher()
        hasher.combine(target)
        hasher.combine(own)
        hasher.combine(pairs)
        identity = hasher.finalize()
    }

    /// Returns an amount converted to minor units of the target currency, rounded half away from zero.
    ///
    /// - Parameters:
    ///   - amount: the amount in minor units.
    ///   - code: the currency of the amount; `nil` for the file's own.
    ///   - date: the day, `YYYY-MM-DD`.
    /// - Throws: ``FunctionError`` for an amount without a rate, and for a result that exceeds 64 bits.
    func converted(_ amount: Int64, from code: String?, on date: String) throws(FunctionError) -> Int64 {
        let code = code ?? own
        if code == target.code { return amount }
        guard let worth = try worth(of: code, on: date) else {
            throw FunctionError(MissingRate(currency: code, target: target.code, date: date).message)
        }
        // Only another program can have written the code of an unknown currency.
        let exponent = Currency(code)?.exponent ?? 2
        let up = Int128(Int64.powerOfTen(max(0, target.exponent - exponent)))
        let down = Int128(Int64.powerOfTen(max(0, exponent - target.exponent)))
        let (number, isTooMuch) = worth.number.multipliedReportingOverflow(by: up)
        let (divisor, isTooFine) = worth.divisor.multipliedReportingOverflow(by: down)
        let (product, overflow) = Int128(amount).multipliedReportingOverflow(by: number)
        guard !isTooMuch, !isTooFine, !overflow else { throw .overflow }
        let result = product.rounded(over: divisor)
        guard result.magnitude <= Int64.max.magnitude else { throw .overflow }
        return Int64(result)
    }

    private func worth(of code: String, on date: String) throws(FunctionError) -> Ratio? {
        if let direct = worth(Pair(from: code, to: target.code), on: date) { return direct }
        guard code != own, target.code != own, let first = worth(Pair(from: code, to: own), on: date),
            let second = worth(Pair(from: own, to: target.code), on: date)
        else { return nil }
        guard let product = first.times(second) else { throw .overflow }
        return product
    }

    private func worth(_ pair: Pair, on date: String) -> Ratio? {
        guard let entries = pairs[pair] else { return nil }
        let later = entries.indices.firstPlace { entries[$0].date > date }
        return later > 0 ? entries[later - 1].worth : nil
    }
}

/// An exact positive number.
private struct Ratio: Hashable {
    let number: Int128
    let divisor: Int128

    init(_ decimal: ScaledDecimal) {
        self.init(Int128(decimal.units), Int128(Int64.powerOfTen(decimal.scale)))
    }

    private init(_ number: Int128, _ divisor: Int128) {
        var (one, other) = (number, divisor)
        while other != 0 { (one, other) = (other, one % other) }
        self.number = number / one
        self.divisor = divisor / one
    }

    var inverse: Ratio { Ratio(divisor, number) }

    /// - Returns: `nil` for a product that exceeds 128 bits.
    func times(_ other: Ratio) -> Ratio? {
        let (number, isTooMuch) = number.multipliedReportingOverflow(by: other.number)
        let (divisor, isTooFine) = divisor.multipliedReportingOverflow(by: other.divisor)
        return isTooMuch || isTooFine ? nil : Ratio(number, divisor)
    }
}

/// The error that an amount cannot be converted, both as the message of an SQL function and as the user gets it.
struct MissingRate {
    let currency: String
    let target: String
    let date: String

    private static let mark = "no rate:"

    init(currency: String, target: String, date: String) {
        self.currency = currency
        self.target = target
        self.date = date
    }

    /// Reads the error from the message of SQLite.
    ///
    /// - Returns: `nil` for any other message.
    init?(message: String) {
        let words = message.split(separator: " ").map(String.init)
        guard message.hasPrefix(Self.mark), words.count == 5 else { return nil }
        self.init(currency: words[2], target: words[3], date: words[4])
    }

    var message: String { "\(Self.mark) \(currency) \(target) \(date)" }

    var error: CRMError {
        CRMError(
            .notFound,
            Text(
                en: "there is no rate of \(currency) in \(target) on \(date) or before",
                es: "no hay tipo de cambio de \(currency) a \(target) del \(date) ni anterior"
            ),
            hint: Text(
                en: "give one with: \(ProgramName.placeholder) rate set \(currency) RATE --in \(target) --on \(date)",
                es: "indicarlo con: \(ProgramName.placeholder) rate set \(currency) TIPO --in \(target) --on \(date)"
            ),
            reference: currency
        )
    }
}
