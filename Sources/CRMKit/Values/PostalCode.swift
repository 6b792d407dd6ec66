/// A postcode as tables have it: spreadsheets take it for a number, and people write what it is before it.
struct PostalCode {
    /// As it is stored.
    let text: String

    /// - Parameter country: where it is, ISO 3166-1 alpha-2. Those of Spain, Mexico and some others have five digits, of which
    ///   a number loses the zero that many of them begin with.
    init(_ written: String, in country: String?) {
        var bare = written.trimmed
        for lead in ["c.p.", "cp.", "cp", "c. p."] {
            let rest = bare.dropFirst(lead.count)
            guard bare.lowercased().hasPrefix(lead), rest.first.map({ " :.".contains($0) || $0.isNumber }) == true
            else { continue }
            let digits = String(rest.drop { " :.".contains($0) })
            if Self.isNumber(SpreadsheetNumber.withoutZeroDecimals(digits)) { bare = digits }
            break
        }
        bare = SpreadsheetNumber.withoutZeroDecimals(bare)
        // In the United States four more may stand behind a hyphen.
        let digits = country == "US" ? bare.prefix { $0 != "-" } : bare[...]
        let isShort = digits.utf8.count == 4 && Self.isNumber(String(digits))
        text = isShort && country.map(Self.ofFiveDigits.contains) == true ? "0" + bare : bare
    }

    /// The countries whose postcodes have five digits and may begin with a zero.
    private static let ofFiveDigits: Set<String> = ["DE", "ES", "FR", "IT", "MX", "US"]

    private static func isNumber(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy(\.isDigit) }
}

extension SpreadsheetNumber {
    /// Digits without the `.0` that programs write behind whole numbers: `10.0`; any other text stays.
    static func withoutZeroDecimals(_ text: String) -> String {
        guard text.hasSuffix(".0"), case let digits = text.dropLast(2), !digits.isEmpty,
            digits.utf8.allSatisfy(\.isDigit)
        else { return text }
        return String(digits)
    }
}
