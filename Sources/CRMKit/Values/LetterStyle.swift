import Localization

/// The spelling of numbers and dates in letters and printed documents, which are read by people only.
public struct LetterStyle: Sendable {
    let language: Language
    private let clock: Clock
    private let country: String?

    /// Creates the style for readers of a language, with the customs of a country.
    ///
    /// - Parameter country: the ISO 3166-1 alpha-2 code; `nil` if it is unknown. The decimal mark then follows from the
    ///   language, and for Spanish from the currency.
    public init(language: Language, country: String?, clock: Clock) {
        self.language = language
        self.country = country
        self.clock = clock
    }

    /// Returns an amount with every decimal of its currency and separated thousands: `12,500.50`, in Spain `12.500,50`.
    public func amount(minorUnits: Int64, currency: String?) -> String {
        grouped(Money.text(minorUnits: minorUnits, currency: currency), currency: currency)
    }

    /// Returns a number with all its decimals and separated thousands.
    ///
    /// - Parameters:
    ///   - units: the number scaled by ten to the number of digits.
    ///   - currency: the currency of the letter.
    public func number(units: Int64, digits: Int, currency: String?) -> String {
        grouped(ScaledDecimal(units: units, scale: digits).text(), currency: currency)
    }

    /// Returns the name of a kind of tax in documents of the country; `nil` when there is none.
    public func name(ofTax key: String) -> String? { Tax.Kind(rawValue: key)?.name(in: country)?(in: language) }

    /// Returns the names of taxes as one text: `IVA 16 %, ISR retenido 10 %`.
    ///
    /// - Parameter list: the stored list of taxes.
    public func names(ofTaxes list: String, currency: String?) -> String {
        StoredList(.text(list), of: .tax).taxes.map { tax in
            let name = tax.kind.name(in: country)?(in: language) ?? tax.kind.choice.label(in: language)
            if tax.kind == .exempt { return name }
            let rate = number(units: tax.rate, digits: Tax.digits, currency: currency)
            return tax.kind.isPercentage ? "\(name) \(rate) %" : "\(name) \(rate)"
        }.joined(separator: ", ")
    }

    /// Returns the name of a country other than the one the letter is sent from; empty for that one.
    ///
    /// - Parameter code: the ISO 3166-1 alpha-2 code.
    public func foreignCountry(_ code: String) -> String {
        code == country ? "" : CountryNames.name(of: code, in: language) ?? code
    }

    /// Whether the country writes on US Letter, not on A4 (CLDR, paper sizes of territories).
    public var writesOnLetter: Bool { country.map(Self.countriesOfLetterPaper.contains) ?? false }

    private static let countriesOfLetterPaper: Set<String> = [
        "BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE",
    ]

    /// Returns an amount in words; empty for an unknown currency.
    public func words(minorUnits: Int64, currency: String) -> String {
        Currency(currency).map { MoneyWords.text(minorUnits: minorUnits, currency: $0, in: language) } ?? ""
    }

    /// Returns a day for a letter: `26 de noviembre de 2026`, `26 November 2026`.
    ///
    /// - Parameter text: the day as `YYYY-MM-DD`; a text in another form is returned unchanged.
    public func day(_ text: String) -> String {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, let day = CivilDate(year: parts[0], month: parts[1], day: parts[2]) else { return text }
        let month = CalendarWords.monthNames[day.month - 1](in: language)
        return switch language {
        case .english: "\(day.day) \(month) \(day.year)"
        case .spanish: "\(day.day) de \(month) de \(day.year)"
        }
    }

    /// The day of the clock, as ``day(_:)`` writes it.
    public var today: String { day(clock.today) }

    /// Returns a moment in local time: `26 de noviembre de 2026, 20:00`.
    ///
    /// - Parameter stored: RFC 3339 in UTC.
    public func moment(_ stored: String) -> String {
        let local = clock.shortTime(ofStored: stored)
        guard let space = local.firstIndex(of: " ") else { return day(local) }
        return "\(day(String(local[..<space]))), \(local[local.index(after: space)...])"
    }

    // MARK: - Marks

    private func grouped(_ plain: String, currency: String?) -> String {
        let hasComma = hasDecimalComma(currency)
        let halves = plain.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let isNegative = plain.first == "-"
        let digits = Array((halves.first ?? "").utf8.drop { $0 == UInt8(ascii: "-") })
        var whole: [UInt8] = []
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { whole.append(UInt8(ascii: hasComma ? "." : ",")) }
            whole.append(digit)
        }
        let sign = isNegative ? "\u{2212}" : ""
        let fraction = halves.count == 2 ? (hasComma ? "," : ".") + halves[1] : ""
        return sign + String(decoding: whole, as: UTF8.self) + fraction
    }

    /// Whether the comma is the decimal mark (CLDR, numbers of the locales of these countries).
    private func hasDecimalComma(_ currency: String?) -> Bool {
        if let country { return Self.countriesWithDecimalComma.contains(country) }
        return language == .spanish && currency == "EUR"
    }

    private static let countriesWithDecimalComma: Set<String> = [
        "AR", "AT", "BE", "BO", "BR", "CL", "CO", "CR", "DE", "DK", "EC", "ES", "FI", "FR", "GR", "IT", "NL", "NO",
        "PL",
        "PT", "PY", "SE", "UY", "VE",
    ]
}
