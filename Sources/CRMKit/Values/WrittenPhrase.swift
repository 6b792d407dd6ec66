/// Values that consist of several words: `1.200,50 €`, `20 %`, `mañana 10:00`, `2 horas y 15 minutos`, `3 pzas`.
enum WrittenPhrase {
    /// Whether a text, its words separated by single spaces, reads as an amount, a number with its unit, a day, a
    /// moment or a duration. An ambiguous text counts as one, so that the reader of such values can report the
    /// ambiguity, and so does what is nearly a day, as that reader knows which to write.
    static func isOne(_ text: String) -> Bool {
        isNumber(text) || isTime(text) || (try? Duration(parsing: text)) != nil || DateFault.isNearly(text)
    }

    private static func isNumber(_ text: String) -> Bool {
        func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
        guard let first = text.firstIndex(where: isDigit), let last = text.lastIndex(where: isDigit) else {
            return false
        }
        let start = text[..<first].lastIndex { !".,-+\u{2212}".contains($0) }.map(text.index(after:))
        let number = text[(start ?? text.startIndex)...last]
        let before = text[..<number.startIndex].drop { "-+\u{2212}".contains($0) }
        let words = [before, text[number.endIndex...]].map { String($0).trimmed }
        guard words.contains(""), words.allSatisfy({ $0.isEmpty || canStandBesideNumber($0) }) else { return false }
        // An ambiguous number is a number too.
        do { return try WrittenNumber.plain(number, places: 6) != nil } catch { return true }
    }

    private static func canStandBesideNumber(_ word: String) -> Bool {
        if word == "%" || isUnit(Choice.spelling(word)) || Currency(word.uppercased()) != nil { return true }
        do { return try CurrencyWords.code(of: word, assuming: "") != nil } catch { return true }
    }

    private static func isUnit(_ word: String) -> Bool {
        Choice.units.contains { $0.isMeant(by: word) || $0.isSpelled(asOneOf: [word]) }
    }

    /// Whether a text is a day or a moment, regardless of the present day.
    private static func isTime(_ text: String) -> Bool {
        guard let start = Moment(secondsSinceEpoch: 0) else { return false }
        return (try? Moment(parsing: text, clock: Clock(zone: .utc, at: start), order: .dayFirst)) != nil
    }
}
