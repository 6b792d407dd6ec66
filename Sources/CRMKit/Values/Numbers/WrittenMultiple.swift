import Formats
import Localization

/// A number with a word for thousands or millions instead of its zeros, as people write amounts: `12k`, `1.5 millones`.
/// It is never taken, since a letter may be a slip and some of the words differ from one office to the next, but the
/// error says which number to write where that is certain.
enum WrittenMultiple {
    private static let factors: [String: Int64] = [
        "k": 1000, "mil": 1000, "miles": 1000, "thousand": 1000, "thousands": 1000, "millon": 1_000_000,
        "millones": 1_000_000, "million": 1_000_000, "millions": 1_000_000,
    ]

    /// Words whose meaning is not certain, or whose number is not.
    private static let uncertain: Set<String> = [
        "m", "mm", "kk", "mill", "mills", "mio", "mdp", "mdd", "mde", "billion", "billions", "cientos",
    ]

    /// Returns the error for a text that is a number with a certain word behind it; `nil` for any other text.
    static func fault(in text: some StringProtocol) -> ValueError? {
        guard let last = text.lastIndex(where: { $0.isASCII && $0.isNumber }) else { return nil }
        return fault(of: text[...last], before: text[text.index(after: last)...])
    }

    /// Returns the error for a number before words of which the first is certain; `nil` for any other word.
    static func fault(of number: some StringProtocol, before words: some StringProtocol) -> ValueError? {
        let words = words.split(separator: " ").map { String($0) }
        guard let first = words.first, let factor = factors[Fold.fold(first)], let whole = product(number, factor)
        else { return nil }
        let text = ([whole.text()] + words.dropFirst()).joined(separator: " ")
        return ValueError(
            en: "a number is written with all its digits: write \(text)",
            es: "un número se escribe con todas sus cifras: escribir \(text)"
        )
    }

    /// Returns the error for an amount with any such word beside it; `nil` for any other text.
    static func fault(inAmount text: String) -> ValueError? {
        // Most amounts of a table have no letter, and need no folding.
        guard text.utf8.contains(where: { $0 >= 0x80 || $0.isLetterOrDigit && !$0.isDigit })
        else { return nil }
        let words = Fold.fold(text).split { !$0.isLetter && $0 != "." }.map { $0.filter(\.isLetter) }
        // `M. N.` is the national currency.
        guard !words.contains("n"), let word = words.first(where: { factors[$0] != nil || uncertain.contains($0) })
        else { return nil }
        return fault(in: text)
            ?? ValueError(
                en: "write the amount with all its digits, as in 20000 or 1500000, without \"\(word)\"",
                es: "escribir la cantidad con todas sus cifras, como en 20000 o 1500000, sin «\(word)»"
            )
    }

    private static func product(_ number: some StringProtocol, _ factor: Int64) -> ScaledDecimal? {
        guard let read = try? ScaledDecimal(parsing: number, scale: 6) else { return nil }
        let (units, overflow) = read.units.multipliedReportingOverflow(by: factor)
        return overflow ? nil : ScaledDecimal(units: units, scale: 6)
    }
}
