/// The words of repetitions, folded.
extension RecurrencePhrase {
    /// A number of a rule's periods.
    struct Unit: Sendable {
        let frequency: RecurrenceRule.Frequency
        let count: Int64

        init(_ frequency: RecurrenceRule.Frequency, _ count: Int64 = 1) {
            self.frequency = frequency
            self.count = count
        }
    }

    static let units: [String: Unit] = table([
        (Unit(.daily), "day days dia dias"), (Unit(.weekly), "week weeks semana semanas"),
        (Unit(.weekly, 2), "fortnight fortnights quincena quincenas"), (Unit(.monthly), "month months mes meses"),
        (Unit(.monthly, 2), "bimestre bimestres"), (Unit(.monthly, 3), "quarter quarters trimestre trimestres"),
        (Unit(.monthly, 4), "cuatrimestre cuatrimestres"), (Unit(.monthly, 6), "semestre semestres semester semesters"),
        (Unit(.yearly), "year years ano anos"), (Unit(.hourly), "hour hours hora horas"),
        (Unit(.minutely), "minute minutes minuto minutos"),
    ])
    static let adverbs: [String: Unit] = table([
        (Unit(.daily), "daily diario diaria diariamente"), (Unit(.weekly), "weekly semanal semanalmente"),
        (Unit(.weekly, 2), "biweekly fortnightly quincenal quincenalmente"),
        (Unit(.monthly), "monthly mensual mensualmente"), (Unit(.monthly, 2), "bimestral bimestralmente"),
        (Unit(.monthly, 3), "quarterly trimestral trimestralmente"),
        (Unit(.monthly, 4), "cuatrimestral cuatrimestralmente"), (Unit(.monthly, 6), "semestral semestralmente"),
        (Unit(.yearly), "yearly annually anual anualmente"),
    ])
    /// The numbers that are one word, up to ninety; words for ones may follow the tens.
    static let numbers: [String: Int] = {
        var numbers = table([(1, "uno una"), (2, "other second"), (21, "veintiuno veintiuna")])
        for number in 1...90 {
            for word in [NumberWords.english(UInt64(number)), NumberWords.spanish(UInt64(number))]
            where word.allSatisfy(\.isLetter) { numbers[Fold.fold(word)] = number }
        }
        return numbers
    }()
    static let ordinals: [String: Int] = table([
        (1, "first primer primero primera primeros primeras"), (2, "second segundo segunda segundos segundas"),
        (3, "third tercer tercero tercera terceros terceras"), (4, "fourth cuarto cuarta cuartos cuartas"),
        (5, "fifth quinto quinta quintos quintas"), (-1, "last ultimo ultima ultimos ultimas"),
        (-2, "penultimate penultimo penultima penultimos penultimas"),
    ])
    /// What follows the digits of an ordinal: `2nd`, `3er`, `2do`, `2º`.
    static let ordinalEndings: Set<String> = [
        "st", "nd", "rd", "th", "o", "a", "er", "ro", "ra", "do", "da", "to", "ta", "º", "ª", "°",
    ]
    static let joints: Set<String> = [
        "on", "in", "the", "of", "and", "el", "la", "los", "las", "en", "de", "del", "y", "e", "each", "every",
    ]

    /// Returns the number of a day of the week, in the singular or the plural.
    static func weekday(_ word: String) -> Int? {
        if let weekday = CalendarWords.weekdays[word] { return weekday }
        return word.hasSuffix("s") ? CalendarWords.weekdays[String(word.dropLast())] : nil
    }

    private static func table<Meaning>(_ rows: [(Meaning, String)]) -> [String: Meaning] {
        var table: [String: Meaning] = [:]
        for (meaning, words) in rows { for word in words.split(separator: " ") { table[String(word)] = meaning } }
        return table
    }
}

extension WrittenTokens {
    private static let alternate: Set<Token> = Set(
        ["alternos", "alternas", "alterno", "alterna", "alternate", "alternating"].map(Token.word)
    )
    private static let beforeAlternate: Set<Token> = Set(
        ["los", "las", "el", "en", "on", "the", "cada", "every", "each", "todos", "todas"].map(Token.word)
    )

    /// Returns the tokens of a repetition with alternate days or weeks counted: `lunes alternos` becomes
    /// `cada 2 lunes`.
    func withAlternatesCounted() -> WrittenTokens {
        guard let place = tokens.firstIndex(where: Self.alternate.contains) else { return self }
        let others = (tokens[..<place] + tokens[(place + 1)...]).drop(while: Self.beforeAlternate.contains)
        return WrittenTokens([.word("cada"), .number(2, digits: 1)] + others)
    }

    /// Reads a number in words, if it is next: `twelve`, `twenty-one`, `cuarenta y cinco`.
    mutating func numeral() -> Int? {
        guard let tens = word(in: RecurrencePhrase.numbers) else { return nil }
        guard tens >= 20, tens % 10 == 0 else { return tens }
        var rest = self
        if rest.take(mark: "-") == nil { _ = rest.take("y") }
        guard rest.tokens.first != .word("second"), rest.tokens.first != .word("other"),
            let ones = rest.word(in: RecurrencePhrase.numbers), ones < 10
        else { return tens }
        self = rest
        return tens + ones
    }
}
