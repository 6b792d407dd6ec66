import Localization

/// An amount of money as it is written: a number, and the currency where it is named.
public struct Money: Sendable, Hashable {
    /// The amount in the minor unit of its currency.
    public let minorUnits: Int64
    /// The currency the amount is in.
    public let currency: Currency
    /// Whether the text named the currency, so that it is not just the one assumed.
    public let namesCurrency: Bool

    /// The largest amount either way in minor units: 15 digits, which a double keeps exactly.
    static let limit: Int64 = 999_999_999_999_999

    /// Reads `12500`, `-12500.50`, `1000 USD`, `USD 1000`.
    ///
    /// - Parameter assumed: the ISO 4217 code of an amount that names no currency.
    /// - Throws: ``ValueError`` for a malformed number, thousands separators, more decimals than the currency has,
    ///   more than 15 digits, and unknown currencies.
    public init(parsing text: String, assuming assumed: String) throws(ValueError) {
        let (number, code) = try Self.parts(of: text)
        let currency = try Currency(parsing: code ?? assumed[...])
        let amount = try ScaledDecimal(parsing: number, scale: currency.exponent)
        guard amount.units.magnitude <= Self.limit.magnitude else {
            throw ValueError(
                en: "the amount is too large: at most 15 digits fit",
                es: "el importe es demasiado grande: caben 15 dígitos"
            )
        }
        minorUnits = amount.units
        self.currency = currency
        namesCurrency = code != nil
    }

    /// The number and the word beside it.
    private static func parts(of text: String) throws(ValueError) -> (number: Substring, code: Substring?) {
        let words = text.split(separator: " ")
        let isCode = { (word: Substring) in word.utf8.allSatisfy(\.isLetter) }
        switch words.count {
        case 1: return (words[0], nil)
        case 2 where isCode(words[0]): return (words[1], words[0])
        case 2 where isCode(words[1]): return (words[0], words[1])
        default:
            throw ValueError(
                en: "not an amount: write digits, then the currency if it is another, as in 1250.50 USD",
                es: "no es un importe: escribir dígitos y después la moneda si es otra, como en 1250.50 USD"
            )
        }
    }

    /// The number with every decimal the currency has, `12500.50`.
    ///
    /// - Parameter currency: the ISO 4217 code; two decimals for one that is unknown.
    public static func text(minorUnits: Int64, currency: String?) -> String {
        let exponent = currency.flatMap { Currency($0)?.exponent } ?? 2
        return ScaledDecimal(units: minorUnits, scale: exponent).text(minimumPlaces: exponent)
    }
}
