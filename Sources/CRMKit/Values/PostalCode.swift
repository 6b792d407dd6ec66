/// A postcode as tables have it: spreadsheets take it for a number, and people write what it is before it.
struct PostalCode {
    /// As it is stored.
    let text: String

    /// - Parameter country: the ISO 3166-1 alpha-2 code. Postal codes of Spain and Mexico have five digits; stored as a
    ///   number, a code loses the leading zero that many of them have.
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
        let isShort = bare.utf8.count == 4 && Self.isNumber(bare) && ["ES", "MX"].contains(country)
        text = isShort ? "0" + bare : bare
    }

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
