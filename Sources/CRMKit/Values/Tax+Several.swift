import Localization

extension Tax {
    /// Returns the error for several taxes with something else than commas between some of them, `IVA 16;ISR 10`.
    ///
    /// - Returns: `nil` for any other text, and for taxes that exclude each other.
    static func faultOfSeveral(_ text: String) -> ValueError? {
        let pieces = text.split(separator: ",")
        let names = pieces.flatMap { Self.names(in: String($0)) }
        let taxes = names.compactMap { try? Tax(parsing: $0) }
        let areTogether = !taxes.contains { tax in taxes.contains(where: tax.excludes) }
        guard names.count > pieces.count, taxes.count == names.count, areTogether else { return nil }
        let list = names.joined(separator: ",")
        return ValueError(
            en: "several taxes have commas between them: write \(list)",
            es: "varios impuestos llevan comas entre ellos: escribir \(list)"
        )
    }

    /// Splits a text at what people put between taxes, and behind each rate.
    private static func names(in text: String) -> [String] {
        let marks = [";", "+", "/", "&", " y ", " and "]
        let pieces = marks.reduce([text]) { pieces, mark in
            pieces.flatMap { $0.split(separator: mark).map { String($0) } }
        }
        return pieces.flatMap(behindRates).filter { !$0.isEmpty }
    }

    private static func behindRates(_ text: String) -> [String] {
        var names: [String] = []
        for word in text.split(separator: " ") {
            let isBegun = names.last.flatMap(\.last).map { !$0.isNumber && $0 != "%" } ?? false
            if let last = names.last, isBegun || word.first?.isLetter != true {
                names[names.count - 1] = "\(last) \(word)"
            } else {
                names.append(String(word))
            }
        }
        return names
    }
}
