import Localization

/// Refuses numbers that may be fractions where percentages are expected: spreadsheets store 16 % as 0.16.
enum BareFraction {
    /// Refuses a bare number between 0 and 1, which may mean a hundred times as much.
    ///
    /// - Throws: ``ValueError`` for such a number.
    static func refuse(_ text: String) throws(ValueError) {
        guard let first = text.utf8.first, "0.,".utf8.contains(first),
            text.utf8.allSatisfy({ $0.isDigit || ".,".utf8.contains($0) }),
            let number = Double(text.replacing(",", with: ".")), number > 0, number < 1
        else { return }
        try refuse(text, number)
    }

    /// Refuses such a number that somebody has typed for a percentage, with a sign before it or without.
    ///
    /// - Throws: ``ValueError`` for one that lacks the percent sign.
    static func refuse(typed text: String, for type: FieldType) throws(ValueError) {
        guard type.isPercentage else { return }
        try refuse(String(text.trimmed.drop { "=+-\u{2212}".contains($0) }).trimmed)
    }

    /// Refuses a bare 1, which means 100 % in a column of nothing but 1 and 0.
    ///
    /// - Throws: ``ValueError`` for a 1.
    static func refuseWhole(_ text: String) throws(ValueError) {
        if isWhole(text) { try refuse(text, 1) }
    }

    /// Whether the filled cells of a column are only 1 and 0, at least one of them 1, as spreadsheets store 100 % and 0
    /// %.
    static func areWholes(_ texts: some Sequence<String>) -> Bool {
        let filled = texts.lazy.map(\.trimmed).filter { !$0.isEmpty }
        return filled.contains(where: isWhole) && filled.allSatisfy { isWhole($0) || ["0", "0.0", "0,0"].contains($0) }
    }

    private static func isWhole(_ text: String) -> Bool { ["1", "1.0", "1,0", "1.00", "1,00"].contains(text) }

    private static func refuse(_ text: String, _ number: Double) throws(ValueError) {
        let whole = number * 100
        let rounded = (whole * 100).rounded() / 100
        let percent = rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
        throw ValueError(
            en: "may be \(percent)% or \(text)%: write it with its sign, \(percent)% or \(text)%",
            es: "puede ser \(percent)% o \(text)%: escribirlo con su signo, \(percent)% o \(text)%"
        )
    }
}
