import Localization

/// The signs and names that people write for a currency instead of its code.
enum CurrencyWords {
    /// Returns the code of the currency that a sign or a name beside an amount means.
    ///
    /// - Parameter assumed: the ISO 4217 code of an amount that names none. It decides between the pesos and the
    ///   dollars.
    /// - Returns: `nil` for an unknown word.
    /// - Throws: ``ValueError`` for a word that can mean several currencies, none of them the assumed one.
    static func code(of text: some StringProtocol, assuming assumed: String) throws(ValueError) -> String? {
        let word = Fold.fold(String(text)).filter { $0 != "." && $0 != " " }
        if let code = codes[word] { return code }
        guard let several = shared[word] else { return nil }
        guard !several.contains(assumed) else { return assumed }
        if word.hasPrefix("dol") { return "USD" }
        throw ValueError(
            en: "\(text) may be \(several.joined(separator: ", ")): write the code, as in 1250.50 \(several[0])",
            es:
                "\(text) puede ser \(several.joined(separator: ", ")): escribir el código, como en 1250.50 \(several[0])"
        )
    }

    private static let codes = [
        "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "libras": "GBP", "pounds": "GBP", "us$": "USD",
        "u$s": "USD", "usd$": "USD", "dls": "USD", "dlls": "USD", "mx$": "MXN", "mex$": "MXN", "mxn$": "MXN",
        "mn": "MXN",
        "pesosmexicanos": "MXN", "r$": "BRL", "reales": "BRL", "s/": "PEN", "soles": "PEN", "₡": "CRC", "₲": "PYG",
        "quetzales": "GTQ", "lempiras": "HNL", "cad$": "CAD", "ca$": "CAD",
    ]

    private static let pesos = ["MXN", "ARS", "CLP", "COP", "DOP", "UYU", "CUP", "PHP"]
    private static let dollars = ["USD", "CAD", "AUD", "NZD", "SGD", "HKD"]
    private static let shared = [
        "$": ["MXN", "USD"] + pesos.dropFirst() + dollars.dropFirst(), "peso": pesos, "pesos": pesos,
        "dolar": dollars, "dolares": dollars, "dollar": dollars, "dollars": dollars, "¥": ["JPY", "CNY"],
    ]
}
