import Localization

/// A number with a word for thousands or millions behind it, as people write amounts: `12k`, `1.5 millones`. It is not
/// taken, since a letter may be a slip, but the error says which number to write.
enum WrittenMultiple {
    private static let factors: [String: Int64] = [
        "k": 1000, "mil": 1000, "miles": 1000, "thousand": 1000, "m": 1_000_000, "mm": 1_000_000, "mdp": 1_000_000,
        "millon": 1_000_000, "millones": 1_000_000, "million": 1_000_000, "millions": 1_000_000,
    ]

    /// Returns the error for a text that is a number with such a word behind it; `nil` for any other text.
    static func fault(in text: some StringProtocol) -> ValueError? {
        guard let last = text.lastIndex(where: { $0.isASCII && $0.isNumber }) else { return nil }
        return fault(of: text[...last], before: text[text.index(after: last)...])
    }

    /// Returns the error for a number before words of which the first stands for thousands or millions; `nil` for any
    /// other word.
    static func fault(of number: some StringProtocol, before words: some StringProtocol) -> ValueError? {
        let words = words.split(separator: " ").map { String($0) }
        guard let first = words.first, let factor = factors[Fold.fold(first)], let whole = product(number, factor)
        else { return nil }
        let text = ([whole.text()] + words.dropFirst()).joined(separator: " ")
        return ValueError(
            en: "a number is written with all its digits: write \(text)",
            es: "un número se escribe con todos sus dígitos: escribir \(text)"
        )
    }

    private static func product(_ number: some StringProtocol, _ factor: Int64) -> ScaledDecimal? {
        guard let read = try? ScaledDecimal(parsing: number, scale: 6) else { return nil }
        let (units, overflow) = read.units.multipliedReportingOverflow(by: factor)
        return overflow ? nil : ScaledDecimal(units: units, scale: 6)
    }
}
