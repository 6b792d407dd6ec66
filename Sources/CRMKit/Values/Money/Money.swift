import Localization

/// An amount of money as written: a number and, if named, its currency.
public struct Money: Sendable, Hashable {
    /// The amount in the minor unit of its currency.
    public let minorUnits: Int64
    /// The currency the amount is in.
    public let currency: Currency
    /// Whether the text named the currency; otherwise it is the assumed one.
    public let namesCurrency: Bool

    /// The largest magnitude in minor units: 15 digits, which a double represents exactly.
    static let limit: Int64 = 999_999_999_999_999

    /// Reads `12500`, `-12500.50`, `1000 USD`, `USD 1000`, `$1,200.50`, `1.200,50 €`: a number as ``ScaledDecimal``
    /// reads it, with a code or a word of ``CurrencyWords`` before or after it.
    ///
    /// - Parameter assumed: the ISO 4217 code of an amount that names no currency.
    /// - Throws: ``ValueError`` for a malformed or ambiguous number, more decimals than the currency has, more than 15
    ///   digits, and unknown currencies.
    public init(parsing text: String, assuming assumed: String) throws(ValueError) {
        let (number, code) = try Self.parts(of: text, assuming: assumed)
        let currency = try Currency(parsing: code ?? assumed)
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

    /// The digits after the point of a unit price, which has more than an amount (CFDI, Annex 20: `t_Importe`).
    static let priceDigits = 6

    /// Whether a number has so many decimals that it is a unit price and not an amount: four or more, or three that
    /// cannot be a group of thousands, because the digits before them are none, begin with a zero, or are more than
    /// three.
    static func isFiner(_ text: String) -> Bool {
        guard let mark = text.utf8.lastIndex(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }) else {
            return false
        }
        let decimals = text.utf8[text.utf8.index(after: mark)...]
        let whole = text.utf8[..<mark].drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        let zero = UInt8(ascii: "0")
        let isNoGroup = whole.allSatisfy(\.isDigit) && (whole.count > 3 || whole.first ?? zero == zero)
        return (decimals.count >= 4 || decimals.count == 3 && isNoGroup) && decimals.allSatisfy(\.isDigit)
            && (try? ScaledDecimal(parsing: text, scale: priceDigits)) != nil
    }

    /// Whether a number has more decimals than a unit price can have.
    static func isTooFine(_ text: String) -> Bool {
        guard let mark = text.utf8.lastIndex(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }) else {
            return false
        }
        let decimals = text.utf8[text.utf8.index(after: mark)...]
        return decimals.count > priceDigits && decimals.allSatisfy(\.isDigit)
    }

    /// Returns how many units of a unit price, with ``priceDigits`` after the point, are one minor unit of a currency.
    ///
    /// - Parameter currency: the ISO 4217 code; an unknown one counts as having two decimals.
    static func priceUnits(in currency: String?) -> Int64 {
        Int64.powerOfTen(priceDigits - (currency.flatMap { Currency($0)?.exponent } ?? 2))
    }

    /// Splits an amount into its number and the code of the currency beside it.
    private static func parts(
        of text: String,
        assuming assumed: String
    ) throws(ValueError) -> (number: Substring, code: String?) {
        if text.utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }) { return (text[...], nil) }
        func isNumeric(_ character: Character) -> Bool { character.isASCII && character.isNumber }
        guard let first = text.firstIndex(where: isNumeric), let last = text.lastIndex(where: isNumeric) else {
            throw WrittenMultiple.fault(inAmount: text) ?? malformed
        }
        if let fault = WrittenMultiple.fault(inAmount: text) { throw fault }
        // The sign may stand before the currency, and a decimal mark before the first digit.
        let start = text[..<first].last.map { ".,-+\u{2212}".contains($0) } == true ? text.index(before: first) : first
        var (before, after) = (text[..<start], text[text.index(after: last)...])
        var number = text[start...last]
        var sign = ""
        if start == first, let mark = before.first, "-+\u{2212}".contains(mark) {
            sign = String(mark)
            before.removeFirst()
        }
        (before, after) = (String(before).trimmed[...], String(after).trimmed[...])
        if !sign.isEmpty { number = (sign + number)[...] }
        let words = [before, after].filter { !$0.isEmpty }
        guard let word = words.first else { return (number, nil) }
        guard let other = words.dropFirst().first else { return (number, try code(word, assumed: assumed)) }
        // In `$1,200.50 USD` the code says which dollars or pesos the sign means.
        for (sign, code) in [(word, other), (other, word)] where Currency(code.uppercased()) != nil {
            let code = code.uppercased()
            guard try self.code(sign, assumed: code) == code else { throw malformed }
            return (number, code)
        }
        // One of two signs may settle what the other means, in either order: `$12 M.N.`
        for (one, other) in [(word, other), (other, word)] {
            let code = try code(one, assumed: assumed)
            if try self.code(other, assumed: code) == code { return (number, code) }
        }
        throw malformed
    }

    /// Returns the currency code that a word means; letters that are no known word are returned in capitals.
    private static func code(_ word: Substring, assumed: String) throws(ValueError) -> String {
        if let code = try CurrencyWords.code(of: word, assuming: assumed) { return code }
        guard word.utf8.allSatisfy(\.isLetter) else { throw malformed }
        return word.uppercased()
    }

    private static let malformed = ValueError(
        en: "not an amount: write digits, then the currency if it is another, as in 1250.50 USD",
        es: "no es un importe: escribir dígitos y después la moneda si es otra, como en 1250.50 USD"
    )

    /// Returns the number with every decimal of the currency, `12500.50`.
    ///
    /// - Parameter currency: the ISO 4217 code; two decimals for one that is unknown.
    public static func text(minorUnits: Int64, currency: String?) -> String {
        let exponent = currency.flatMap { Currency($0)?.exponent } ?? 2
        return ScaledDecimal(units: minorUnits, scale: exponent).text(minimumPlaces: exponent)
    }
}

extension Money {
    /// Reads an amount of a record that has a currency, as ``init(parsing:assuming:)`` does.
    ///
    /// - Parameter own: the ISO 4217 code of the record's currency.
    /// - Throws: ``ValueError`` also for an amount in another currency.
    init(parsing text: String, in own: String) throws(ValueError) {
        try self.init(parsing: text, assuming: own)
        guard currency.code == own else { throw .amounts(in: own) }
    }
}

extension ValueError {
    /// Returns the error for an amount in another currency than that of its record.
    static func amounts(in currency: String) -> ValueError {
        ValueError(
            en: "the amounts of this record are in \(currency)",
            es: "los importes de este registro están en \(currency)"
        )
    }
}
