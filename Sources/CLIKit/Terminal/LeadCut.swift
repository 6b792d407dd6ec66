/// The cut of a text that begins with numbers and dates, which are meaningless when cut: `12500.00 USD, 2026-12-24,
/// Qualifying`.
enum LeadCut {
    private static let separator = ", "

    /// Returns the widths, in cells, of the first part of a beginning, of its first two, and so on, each with the ellipsis
    /// that stands for what follows it.
    ///
    /// - Parameter text: the whole text.
    static func widths(of lead: String, in text: String) -> [Int] {
        var width = 0
        var widths: [Int] = []
        let parts = lead.split(separator: separator, omittingEmptySubsequences: false)
        for (place, part) in parts.enumerated() {
            width += CellWidth.of(String(part)) + (place == 0 ? 0 : CellWidth.of(separator))
            let isEnd = place == parts.count - 1 && lead == text
            widths.append(width + (isEnd ? 0 : 1))
        }
        return widths
    }

    /// Returns for each number of parts the greater of two widths.
    static func wider(_ one: [Int], _ other: [Int]) -> [Int] {
        func width(_ widths: [Int], _ place: Int) -> Int { place < widths.count ? widths[place] : widths.last ?? 0 }
        return (0..<max(one.count, other.count)).map { max(width(one, $0), width(other, $0)) }
    }

    /// Returns a text cut to a width, before a number or a date rather than in it.
    static func fitted(_ text: String, to width: Int) -> (text: String, cells: Int) {
        let plain = CellWidth.fitted(text, to: width)
        guard CellWidth.of(text) > width else { return plain }
        let shown = plain.text.dropLast()
        let rest = text.dropFirst(shown.count)
        let parts = shown.split(separator: separator, omittingEmptySubsequences: false)
        guard let last = parts.last, isFigure(last), !last.hasSuffix(","), !rest.hasPrefix(",") else { return plain }
        let cut = parts.dropLast().joined(separator: separator) + "…"
        return (cut, CellWidth.of(cut))
    }

    private static func isFigure(_ part: Substring) -> Bool {
        let digits = part.drop { $0 == "-" || $0 == "\u{2212}" }
        return digits.first.map { $0.isASCII && $0.isNumber } ?? false
    }
}
