/// The words that people put behind a number instead of zeros: `20k`, `1.5M`, `20 mil`. What they stand for differs from
/// one office to the next, so they are never taken as a number.
enum MagnitudeWords {
    /// Returns the error for a text in which one of them stands by an amount; `nil` for any other text.
    static func refusal(in text: some StringProtocol) -> ValueError? {
        let words = Fold.fold(String(text)).split { !$0.isLetter && $0 != "." }.map { $0.filter(\.isLetter) }
        // `M. N.` is the national currency.
        guard !words.contains("n"), let word = words.first(where: { all.contains(String($0)) }) else { return nil }
        return ValueError(
            en: "write the amount with all its digits, as in 20000 or 1500000, without \"\(word)\"",
            es: "escribir la cantidad con todas sus cifras, como en 20000 o 1500000, sin «\(word)»"
        )
    }

    private static let all: Set<String> = [
        "k", "m", "mm", "kk", "mil", "miles", "mill", "mills", "mio", "mdp", "mdd", "mde", "millon",
        "millones", "thousand", "thousands", "million", "millions", "billion", "billions", "cientos",
    ]
}
