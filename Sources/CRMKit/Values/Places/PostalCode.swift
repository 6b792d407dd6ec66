/// A postal code as tables have it: turned into a number by a spreadsheet, or with `C.P.` before it.
struct PostalCode {
    /// The stored form.
    let text: String
    /// Whether the zero at its beginning was lost.
    let hasLostZero: Bool

    /// - Parameter country: the ISO 3166-1 alpha-2 code of its country. In Spain, Mexico and some others postal codes
    ///   have five digits, and a number has lost the zero with which many of them begin.
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
        // In the United States a hyphen and four more digits may follow.
        let digits = country == "US" ? bare.prefix { $0 != "-" } : bare[...]
        let isShort = digits.utf8.count == 4 && Self.isNumber(String(digits))
        hasLostZero = isShort && country.map(Self.ofFiveDigits.contains) == true
        text = hasLostZero ? "0" + bare : bare
    }

    /// The countries whose postcodes have five digits and may begin with a zero.
    private static let ofFiveDigits: Set<String> = ["DE", "ES", "FR", "IT", "MX", "US"]

    private static func isNumber(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy(\.isDigit) }
}

extension SpreadsheetNumber {
    /// Returns digits without the `.0` that programs write after whole numbers: `10.0`; any other text is returned
    /// unchanged.
    static func withoutZeroDecimals(_ text: String) -> String {
        guard text.hasSuffix(".0"), case let digits = text.dropLast(2), !digits.isEmpty,
            digits.utf8.allSatisfy(\.isDigit)
        else { return text }
        return String(digits)
    }
}
