import Localization

/// Numbers below one where percentages are meant: spreadsheets keep 16 % as 0.16.
enum BareFraction {
    /// - Throws: ``ValueError`` for a bare number between 0 and 1, which may be a hundred times more.
    static func refuse(_ text: String) throws(ValueError) {
        guard let first = text.utf8.first, "0.,".utf8.contains(first),
            text.utf8.allSatisfy({ $0.isDigit || ".,".utf8.contains($0) }),
            let number = Double(text.replacing(",", with: ".")), number > 0, number < 1
        else { return }
        let whole = number * 100
        let rounded = (whole * 100).rounded() / 100
        let percent = rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
        throw ValueError(
            en: "may be \(percent)% or \(text)%: write it with its sign, \(percent)% or \(text)%",
            es: "puede ser \(percent)% o \(text)%: escribirlo con su signo, \(percent)% o \(text)%"
        )
    }
}
