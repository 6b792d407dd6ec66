import Localization

/// A rule of repetition as people say it, in English or Spanish: `every 2 weeks on tue, thu until 2026-12-31`, `cada mes el
/// último viernes`.
///
/// ``grammar`` says what is read. The words of a rule read back as the same rule.
public enum RecurrencePhrase {
    /// How a repetition is written, in EBNF (ISO/IEC 14977); case, accents and articles do not count.
    public static let grammar = """
        repetition = how often, { [ joint ], when }, [ end ] ;
        how often  = ( "every" | "cada" | "todos los" ), [ number | "other" ], [ unit ] | adverb ;
        unit       = "day" | "week" | "month" | "year" | "hour" | "minute"
                   | "día" | "semana" | "mes" | "año" | "hora" | "minuto" ;     (* or their plurals *)
        adverb     = "daily" | "weekly" | "monthly" | "yearly"
                   | "diario" | "semanal" | "mensual" | "anual" ;
        joint      = "on" | "and" | "y" | "el" | "los" | "," ;
        when       = weekday | ordinal, ( weekday | "day" | "día" | "weekday" | "día hábil" )
                   | day of month, [ month ] | month | "weekdays" | "weekend" | "entre semana" | "fin de semana" ;
        ordinal    = "first" | … | "fifth" | "last" | "primer" | … | "quinto" | "último" ;
        end        = ( "until" | "hasta" ), date | number, ( "times" | "veces" ) ;
        """

    /// Reads a phrase.
    ///
    /// - Parameters:
    ///   - today: from which the day is told until which it lasts.
    ///   - order: which of day and month is first of that.
    /// - Returns: `nil` for a text that does not begin as one.
    /// - Throws: ``ValueError`` for words that do not belong to one, and for a day that does not exist.
    static func read(_ text: String, today: CivilDate, order: CivilDate.Order?) throws(ValueError) -> RecurrenceRule? {
        guard var tokens = WrittenTokens(text) else { return nil }
        var end = RecurrenceRule.End.never
        if let place = tokens.tokens.firstIndex(where: { $0 == .word("until") || $0 == .word("hasta") }) {
            var date = WrittenTokens(tokens.tokens[(place + 1)...])
            _ = date.take(anyOf: ["el"])
            guard let day = try WrittenDate.read(date, today: today, order: order) else {
                throw ValueError(
                    en: "no date follows \"until\": write YYYY-MM-DD",
                    es: "no sigue ninguna fecha a «hasta»: escribir AAAA-MM-DD"
                )
            }
            end = .until(.day(day))
            tokens = WrittenTokens(tokens.tokens[..<place])
        } else if ["times", "veces", "time", "vez"].contains(where: { tokens.tokens.last == .word($0) }),
            case .number(let count, _)? = tokens.tokens.dropLast().last, count > 0
        {
            end = .count(Int64(count))
            tokens = WrittenTokens(tokens.tokens.dropLast(2))
            if tokens.tokens.last == .word("for") || tokens.tokens.last == .mark(UInt8(ascii: ",")) {
                tokens = WrittenTokens(tokens.tokens.dropLast())
            }
        }
        guard var reader = Reader(tokens) else { return nil }
        var rule = try reader.rule()
        rule.end = end
        // What is read is checked as a rule is.
        return try RecurrenceRule(parsing: rule.description)
    }
}

extension RecurrencePhrase {
    private typealias Frequency = RecurrenceRule.Frequency

    private static let units: [String: RecurrenceRule.Frequency] = table([
        (.daily, "day days dia dias"), (.weekly, "week weeks semana semanas"), (.monthly, "month months mes meses"),
        (.yearly, "year years ano anos"), (.hourly, "hour hours hora horas"),
        (.minutely, "minute minutes minuto minutos"),
    ])
    private static let adverbs: [String: RecurrenceRule.Frequency] = table([
        (.daily, "daily diario diaria diariamente"), (.weekly, "weekly semanal semanalmente"),
        (.monthly, "monthly mensual mensualmente"), (.yearly, "yearly annually anual anualmente"),
    ])
    private static let numbers: [String: Int] = table([
        (1, "one un una uno"), (2, "two dos other second"), (3, "three tres"), (4, "four cuatro"), (5, "five cinco"),
        (6, "six seis"), (7, "seven siete"), (8, "eight ocho"), (9, "nine nueve"), (10, "ten diez"),
        (11, "eleven once"), (12, "twelve doce"),
    ])
    private static let ordinals: [String: Int] = table([
        (1, "first primer primero primera"), (2, "second segundo segunda"), (3, "third tercer tercero tercera"),
        (4, "fourth cuarto cuarta"), (5, "fifth quinto quinta"), (-1, "last ultimo ultima"),
        (-2, "penultimate penultimo penultima"),
    ])
    private static let joints: Set<String> = [
        "on", "in", "the", "of", "and", "el", "la", "los", "las", "en", "de", "del", "y", "e", "each", "every", "at",
    ]

    private static func table<Meaning>(_ rows: [(Meaning, String)]) -> [String: Meaning] {
        var table: [String: Meaning] = [:]
        for (meaning, words) in rows { for word in words.split(separator: " ") { table[String(word)] = meaning } }
        return table
    }

    /// Takes a phrase without its end word by word.
    private struct Reader {
        private var tokens: WrittenTokens
        private var frequency: Frequency?
        private var taken = RecurrenceRule(.daily)

        /// - Returns: `nil` for what does not begin as a phrase.
        init?(_ tokens: WrittenTokens) {
            self.tokens = tokens
            if let adverb = self.tokens.word(in: adverbs) {
                frequency = adverb
                return
            }
            guard
                self.tokens.take(anyOf: ["every", "each", "cada"]) || self.tokens.take("todos", "los")
                    || self.tokens.take("todas", "las")
            else { return nil }
            takeInterval()
        }

        /// `2 weeks`, `other week`, `month`; nothing of it where a day follows.
        private mutating func takeInterval() {
            var rest = tokens
            let number = rest.number()?.value ?? rest.word(in: numbers)
            guard let unit = rest.word(in: units) else { return }
            // A working day is no unit.
            if unit == .daily, case .word(let next)? = rest.tokens.first, Self.working.contains(next) { return }
            tokens = rest
            frequency = unit
            if let number { taken.interval = Int64(number) }
        }

        private static let working: Set<String> = ["habil", "habiles", "laborable", "laborables"]

        mutating func rule() throws(ValueError) -> RecurrenceRule {
            while !tokens.isAtEnd {
                if tokens.take(anyOf: joints) || tokens.take(mark: ",") != nil { continue }
                try takeItem()
            }
            guard taken.interval > 0 else { throw refusal("0") }
            taken.frequency = frequency ?? implied
            return taken
        }

        /// What is meant where no unit is said.
        private var implied: Frequency {
            if !taken.months.isEmpty { return .yearly }
            return !taken.monthDays.isEmpty || !taken.positions.isEmpty || taken.days.contains { $0.ordinal != 0 }
                ? .monthly : .weekly
        }

        private mutating func takeItem() throws(ValueError) {
            if let weekday = weekday() { return taken.days.append(RecurrenceRule.Day(weekday)) }
            if takeWorkingDay() { return taken.days += (0...4).map { RecurrenceRule.Day($0) } }
            if tokens.take(anyOf: ["weekend", "weekends"]) || tokens.take("fin", "de", "semana")
                || tokens.take("fines", "de", "semana")
            {
                return taken.days += [5, 6].map { RecurrenceRule.Day($0) }
            }
            if let month = tokens.word(in: CalendarWords.months) { return taken.months.append(month) }
            if let ordinal = tokens.word(in: ordinals) { return try take(ordinal) }
            // The days of the month that are counted.
            if tokens.take(anyOf: ["day", "days", "dia", "dias"]) {
                guard case .number? = tokens.tokens.first else { throw refusal("day") }
                return
            }
            guard let number = tokens.number() else { throw refusal(next) }
            let isOrdinal = tokens.take(anyOf: ["st", "nd", "rd", "th", "o", "a", "er"])
            if isOrdinal, number.value <= 5, let weekday = weekday() {
                return taken.days.append(RecurrenceRule.Day(weekday, ordinal: number.value))
            }
            guard (1...31).contains(number.value) else { throw refusal(String(number.value)) }
            taken.monthDays.append(number.value)
        }

        private mutating func take(_ ordinal: Int) throws(ValueError) {
            if let weekday = weekday() { return taken.days.append(RecurrenceRule.Day(weekday, ordinal: ordinal)) }
            if takeWorkingDay() {
                taken.days += (0...4).map { RecurrenceRule.Day($0) }
                return taken.positions.append(ordinal)
            }
            guard tokens.take(anyOf: ["day", "dia"]) else { throw refusal(next) }
            taken.monthDays.append(ordinal)
        }

        private mutating func takeWorkingDay() -> Bool {
            var rest = tokens
            if rest.take(anyOf: ["weekday", "weekdays"]) || rest.take("entre", "semana") {
                tokens = rest
                return true
            }
            guard rest.take(anyOf: ["dia", "dias"]), rest.take(anyOf: Self.working) else { return false }
            tokens = rest
            return true
        }

        /// A day of the week in the singular or the plural.
        private mutating func weekday() -> Int? {
            if let weekday = tokens.word(in: CalendarWords.weekdays) { return weekday }
            guard case .word(let word)? = tokens.tokens.first, word.hasSuffix("s"),
                let weekday = CalendarWords.weekdays[String(word.dropLast())]
            else { return nil }
            _ = tokens.take(word)
            return weekday
        }

        private var next: String {
            switch tokens.tokens.first {
            case .word(let word): word
            case .number(let number, _): String(number)
            case .mark(let mark): String(Unicode.Scalar(mark))
            case nil: ""
            }
        }

        private func refusal(_ word: String) -> ValueError {
            ValueError(
                en: "\"\(word)\" is not understood: write as in every 2 weeks on tue, thu until 2026-12-31",
                es: "no se entiende «\(word)»: escribir como en cada mes el último viernes, 10 veces"
            )
        }
    }
}
