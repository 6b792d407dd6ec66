import Localization

/// A currency of ISO 4217.
public struct Currency: Sendable, Hashable {
    /// The three capital letters.
    public let code: String
    /// The number of decimal digits of the minor unit: 2 for MXN, 0 for JPY, 3 for KWD.
    public let exponent: Int

    /// Finds a currency by its code in capital letters.
    ///
    /// - Returns: `nil` for any other text. Metals, test codes and units of account without a minor unit are not money
    ///   here.
    public init?(_ code: String) {
        guard let exponent = Self.exponents[code] else { return nil }
        self.code = code
        self.exponent = exponent
    }

    /// Reads a code in any case, or a word that ``CurrencyWords`` knows.
    ///
    /// - Parameter assumed: the code of the currency that pesos, dollars and their sign stand for.
    /// - Throws: ``ValueError`` for any other text, and for a word that can mean several currencies.
    public init(parsing text: some StringProtocol, assuming assumed: String = "") throws(ValueError) {
        var found = Currency(text.uppercased())
        if found == nil { found = try CurrencyWords.code(of: text, assuming: assumed).flatMap { Currency($0) } }
        guard let currency = found else {
            throw ValueError(
                en: "not a currency: write its ISO 4217 code, as in MXN or USD",
                es: "no es una moneda: escribir su código ISO 4217, como MXN o USD"
            )
        }
        self = currency
    }

    /// The exponent of every code, from ISO 4217 list one as of 2026. Codes withdrawn since 2021 stay, because older
    /// records have them.
    static let exponents: [String: Int] = {
        let codes: [(exponent: Int, codes: String)] = [
            (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
            (
                2,
                """
                AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF \
                CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ \
                GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD \
                MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD \
                RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH \
                USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG ZWL
                """
            ),
            (3, "BHD IQD JOD KWD LYD OMR TND"),
            (4, "CLF UYW"),
        ]
        var exponents: [String: Int] = [:]
        for group in codes {
            for code in group.codes.split(separator: " ") { exponents[String(code)] = group.exponent }
        }
        return exponents
    }()
}
