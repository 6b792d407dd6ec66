import Formats
import Localization

/// Amounts in words, as invoices and checks have them.
enum MoneyWords {
    /// Returns an amount in words: `doce mil quinientos pesos 50/100 M.N.`,
    /// `doce mil quinientos euros con cincuenta céntimos`, `twelve thousand five hundred and 50/100 Mexican pesos`. A
    /// currency without a name here is called by its code in both languages: `ciento veinte KWD 500/1000`.
    ///
    /// - Parameters:
    ///   - minorUnits: the amount in the minor unit of its currency.
    ///   - currency: the currency of the amount.
    static func text(minorUnits: Int64, currency: Currency, in language: Language) -> String {
        let unit = UInt64(Int64.powerOfTen(currency.exponent))
        let (whole, rest) = minorUnits.magnitude.quotientAndRemainder(dividingBy: unit)
        let fraction = currency.exponent == 0 ? nil : "\(rest.digits(atLeast: currency.exponent))/\(unit)"
        switch language {
        case .english:
            let words = (minorUnits < 0 ? "minus " : "") + NumberWords.english(whole)
            guard let name = names[currency.code]?.english else {
                return [words, currency.code, fraction].compactMap(\.self).joined(separator: " ")
            }
            let noun = whole == 1 && fraction == nil ? name.one : name.many
            return words + (fraction.map { " and \($0)" } ?? "") + " \(noun)"
        case .spanish:
            let sign = minorUnits < 0 ? "menos " : ""
            return sign + spanish(whole, rest, fraction, currency)
        }
    }

    private static func spanish(_ whole: UInt64, _ rest: UInt64, _ fraction: String?, _ currency: Currency) -> String {
        guard let name = names[currency.code]?.spanish else {
            let words = NumberWords.spanish(whole) + (NumberWords.takesOf(whole) ? " de" : "")
            return [words, currency.code, fraction].compactMap(\.self).joined(separator: " ")
        }
        let words = NumberWords.spanish(whole, isFeminine: name.isFeminine)
        let head = "\(words) \(NumberWords.takesOf(whole) ? "de " : "")\(whole == 1 ? name.one : name.many)"
        if let minor = name.minor {
            guard rest > 0 else { return head }
            return "\(head) con \(NumberWords.spanish(rest)) \(rest == 1 ? minor.one : minor.many)"
        }
        guard let fraction else { return head }
        return "\(head) \(fraction) \(name.mark ?? currency.code)"
    }

    private typealias Noun = (one: String, many: String)

    private struct SpanishName {
        let one: String
        let many: String
        var isFeminine = false
        /// The name of hundredths, when they are written in words.
        var minor: Noun?
        /// The mark written after the hundredths instead of the currency's code.
        var mark: String?
    }

    private static let names: [String: (english: Noun, spanish: SpanishName)] = [
        "MXN": (("Mexican peso", "Mexican pesos"), SpanishName(one: "peso", many: "pesos", mark: "M.N.")),
        "EUR": (("euro", "euros"), SpanishName(one: "euro", many: "euros", minor: ("céntimo", "céntimos"))),
        "USD": (("US dollar", "US dollars"), SpanishName(one: "dólar", many: "dólares")),
        "CAD": (
            ("Canadian dollar", "Canadian dollars"), SpanishName(one: "dólar canadiense", many: "dólares canadienses")
        ),
        "GBP": (
            ("pound sterling", "pounds sterling"),
            SpanishName(one: "libra esterlina", many: "libras esterlinas", isFeminine: true)
        ),
        "JPY": (("yen", "yen"), SpanishName(one: "yen", many: "yenes")),
        "CHF": (("Swiss franc", "Swiss francs"), SpanishName(one: "franco suizo", many: "francos suizos")),
        "ARS": (("Argentine peso", "Argentine pesos"), SpanishName(one: "peso argentino", many: "pesos argentinos")),
        "CLP": (("Chilean peso", "Chilean pesos"), SpanishName(one: "peso chileno", many: "pesos chilenos")),
        "COP": (("Colombian peso", "Colombian pesos"), SpanishName(one: "peso colombiano", many: "pesos colombianos")),
        "UYU": (("Uruguayan peso", "Uruguayan pesos"), SpanishName(one: "peso uruguayo", many: "pesos uruguayos")),
        "DOP": (("Dominican peso", "Dominican pesos"), SpanishName(one: "peso dominicano", many: "pesos dominicanos")),
        "PEN": (("sol", "soles"), SpanishName(one: "sol", many: "soles")),
        "BRL": (("Brazilian real", "Brazilian reais"), SpanishName(one: "real", many: "reales")),
        "GTQ": (("quetzal", "quetzales"), SpanishName(one: "quetzal", many: "quetzales")),
        "HNL": (("lempira", "lempiras"), SpanishName(one: "lempira", many: "lempiras")),
        "CRC": (("Costa Rican colón", "Costa Rican colones"), SpanishName(one: "colón", many: "colones")),
    ]
}
