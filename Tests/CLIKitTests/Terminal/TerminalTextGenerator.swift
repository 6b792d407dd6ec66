import TestSupport

/// Text such as a terminal has trouble with, the same in every run.
struct TerminalTextGenerator: RandomNumberGenerator {
    private static let pieces = [
        "a", "Z", " ", "  ", "word", "José", "e\u{301}", "\u{301}", "日本", "한", "ﾅ", "😀", "❤\u{FE0F}", "\u{FE0F}",
        "👩‍👩‍👧‍👦", "🇲🇽", "👍🏽", "1\u{FE0F}\u{20E3}", "…", "\u{200B}", "\u{200D}", "\n", "\t", "\u{1B}[31m", "\u{9B}", "\u{202E}",
        "\u{2028}", "क्षि", "ไทย", "supercalifragilistic",
    ]

    private var numbers: SeededGenerator

    init(seed: UInt64) { numbers = SeededGenerator(seed: seed) }

    mutating func next() -> UInt64 { numbers.next() }

    /// Up to 15 pieces in any order.
    mutating func text() -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...15, using: &self) {
            text += Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &self)]
        }
        return text
    }
}
