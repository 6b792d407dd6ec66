import Localization

/// A rule of repetition as people say it, in English or Spanish: `every 2 weeks on tue, thu until 2026-12-31`, `cada mes el
/// último viernes`.
///
/// ``grammar`` says what is read. The words of a rule read back as the same rule.
public enum RecurrencePhrase {
    /// How a repetition is written, in EBNF (ISO/IEC 14977); case, accents and articles do not count.
    public static let grammar = """
        repetition = how often, { [ joint ], when }, [ end ]
                   | when, { [ joint ], when }, ( "of" | "de" ), every, unit, [ end ] ;
        how often  = every, ( [ number | "other" ], unit | ( number | "other" ), weekday | when ) | adverb
                   | "weekdays" | "weekends" | "entre semana" | "fines de semana" ;
        every      = "every" | "each" | "cada" | "todos los" ;
        unit       = "day" | "week" | "month" | "year" | "hour" | "minute"
                   | "día" | "semana" | "mes" | "año" | "hora" | "minuto" ;     (* or their plurals *)
        adverb     = "daily" | "weekly" | "monthly" | "yearly"
                   | "diario" | "semanal" | "mensual" | "anual" ;
        joint      = "on" | "and" | "y" | "el" | "los" | "," ;
        when       = weekday | ordinals, ( weekday | "day" | "día" | "weekday" | "día hábil" )
                   | day of month, [ month ] | month | "weekdays" | "weekend" | "entre semana" | "fin de semana" ;
        ordinals   = ordinal, { joint, ordinal } ;
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
            guard let day = try lastDay(date, today: today, order: order) else {
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
        guard var reader = try Reader(try tokens.withMarWrittenOut()) else { return nil }
        var rule = try reader.rule()
        rule.end = end
        // What is read is checked as a rule is.
        return try RecurrenceRule(parsing: rule.description)
    }

    /// A day that is to come: of one without a year the next.
    private static func lastDay(
        _ tokens: WrittenTokens,
        today: CivilDate,
        order: CivilDate.Order?
    ) throws(ValueError) -> CivilDate? {
        do throws(ValueError) {
            return try WrittenDate.read(tokens, today: today, order: order)
        } catch {
            for year in [today.year, today.year + 1] {
                let dated = WrittenTokens(tokens.tokens + [.number(year, digits: 4)])
                if let day = try? WrittenDate.read(dated, today: today, order: order), day >= today { return day }
            }
            throw error
        }
    }

    /// What a text that is no phrase should have been like.
    static func refusal(of word: String) -> ValueError {
        ValueError(
            en: "\"\(word)\" is not understood: write as in every 2 weeks on tue, thu until 2026-12-31",
            es: "no se entiende «\(word)»: escribir como en cada mes el último viernes, 10 veces"
        )
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
    static let ordinals: [String: Int] = table([
        (1, "first primer primero primera"), (2, "second segundo segunda"), (3, "third tercer tercero tercera"),
        (4, "fourth cuarto cuarta"), (5, "fifth quinto quinta"), (-1, "last ultimo ultima"),
        (-2, "penultimate penultimo penultima"),
    ])
    private static let joints: Set<String> = [
        "on", "in", "the", "of", "and", "el", "la", "los", "las", "en", "de", "del", "y", "e", "each", "every", "at",
    ]

    /// A day of the week in the singular or the plural.
    static func weekday(_ word: String) -> Int? {
        if let weekday = CalendarWords.weekdays[word] { return weekday }
        return word.hasSuffix("s") ? CalendarWords.weekdays[String(word.dropLast())] : nil
    }

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
        /// - Throws: ``ValueError`` for what may mean several things.
        init?(_ tokens: WrittenTokens) throws(ValueError) {
            self.tokens = Self.turned(tokens)
            if let adverb = self.tokens.word(in: adverbs) {
                frequency = adverb
                return
            }
            if takeWorkingDay() {
                taken.days = (0...4).map { RecurrenceRule.Day($0) }
                return
            }
            if takeWeekend(plural: true) {
                taken.days = [5, 6].map { RecurrenceRule.Day($0) }
                return
            }
            guard Self.takeEvery(&self.tokens) else { return nil }
            try takeInterval()
        }

        private static func takeEvery(_ tokens: inout WrittenTokens) -> Bool {
            tokens.take(anyOf: ["every", "each", "cada"]) || tokens.take("todos", "los") || tokens.take("todas", "las")
        }

        /// `the first monday of every month` as `every month the first monday`.
        private static func turned(_ tokens: WrittenTokens) -> WrittenTokens {
            var start = tokens
            if takeEvery(&start) || start.word(in: adverbs) != nil { return tokens }
            for place in tokens.tokens.indices.dropFirst() {
                var end = WrittenTokens(tokens.tokens[place...])
                guard takeEvery(&end), end.word(in: units) != nil, end.isAtEnd else { continue }
                let before = tokens.tokens[..<place]
                let isJoined = before.last == .word("of") || before.last == .word("de")
                return WrittenTokens(tokens.tokens[place...] + (isJoined ? before.dropLast() : before))
            }
            return tokens
        }

        /// `2 weeks`, `other week`, `third month`, `month`, `2 mondays`; nothing of it where another day follows.
        private mutating func takeInterval() throws(ValueError) {
            var rest = tokens
            let number = rest.number()?.value ?? rest.word(in: numbers)
            let isOrdinal = number != nil && rest.take(anyOf: ["st", "nd", "rd", "th", "o", "a", "er"])
            if let number, !isOrdinal, !isSecond, Self.weekday(&rest) != nil {
                // How often is said of the weeks.
                if tokens.number() == nil { _ = tokens.word(in: numbers) }
                (frequency, taken.interval) = (.weekly, Int64(number))
                return
            }
            if number == nil || isOrdinal || isSecond { return try takeOrdinalInterval() }
            guard let unit = rest.word(in: units) else {
                if rest.isAtEnd { throw refusal(next) }
                return
            }
            // A working day is no unit.
            if unit == .daily, Self.isWorking(rest) { throw refusal(next) }
            tokens = rest
            frequency = unit
            if let number { taken.interval = Int64(number) }
        }

        /// Whether the next word is both a number and an ordinal.
        private var isSecond: Bool { tokens.tokens.first == .word("second") }

        /// A unit, or one of which an ordinal says how often. A weekday of which it does may be one of the month or of so many
        /// weeks.
        private mutating func takeOrdinalInterval() throws(ValueError) {
            var rest = tokens
            let ordinal = rest.word(in: ordinals) ?? Self.writtenOrdinal(&rest)
            let isCounted = ordinal.map { $0 > 1 } ?? false
            if isCounted, Self.weekday(&rest) != nil { throw Self.ambiguous }
            // In Mexico every third day is every second one.
            let isAmbiguous = ordinal == 3 && rest.tokens.first == .word("dia")
            guard let unit = rest.word(in: units), ordinal == nil || isCounted else { return }
            if unit == .daily, Self.isWorking(rest) { return }
            if isAmbiguous { throw Self.ambiguousDay }
            tokens = rest
            frequency = unit
            if let ordinal { taken.interval = Int64(ordinal) }
        }

        private static let ambiguous = ValueError(
            en: """
                it may be one of the month or of some weeks: write as in every month on the second tuesday, or every 2 tuesdays
                """,
            es: """
                puede ser uno del mes o de varias semanas: escribir como en cada mes el segundo martes, o cada 2 martes
                """
        )
        private static let ambiguousDay = ValueError(
            en: "it may be every second day or every third: write every 2 days or every 3 days",
            es: "puede ser cada dos días o cada tres: escribir cada 2 días o cada 3 días"
        )

        /// `2nd`, `3er`.
        private static func writtenOrdinal(_ tokens: inout WrittenTokens) -> Int? {
            var rest = tokens
            guard let number = rest.number()?.value, rest.take(anyOf: ["st", "nd", "rd", "th", "o", "a", "er"]) else {
                return nil
            }
            tokens = rest
            return number
        }

        private static func isWorking(_ tokens: WrittenTokens) -> Bool {
            if case .word(let next)? = tokens.tokens.first { working.contains(next) } else { false }
        }

        private static let working: Set<String> = ["habil", "habiles", "laborable", "laborables"]

        mutating func rule() throws(ValueError) -> RecurrenceRule {
            while !tokens.isAtEnd {
                if tokens.take(anyOf: joints) || tokens.take(mark: ",") != nil { continue }
                try takeItem()
            }
            guard taken.interval > 0 else { throw refusal("0") }
            guard frequency != nil || !taken.days.isEmpty || !taken.monthDays.isEmpty || !taken.months.isEmpty else {
                throw refusal("every")
            }
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
            if let weekday = Self.weekday(&tokens) { return taken.days.append(RecurrenceRule.Day(weekday)) }
            if takeWorkingDay() { return taken.days += (0...4).map { RecurrenceRule.Day($0) } }
            if takeWeekend() { return taken.days += [5, 6].map { RecurrenceRule.Day($0) } }
            if let month = tokens.word(in: CalendarWords.months) { return taken.months.append(month) }
            if let days = ordinalWeekdays() { return taken.days += days }
            if let ordinal = tokens.word(in: ordinals) { return try take(ordinal) }
            // The days of the month that are counted.
            if tokens.take(anyOf: ["day", "days", "dia", "dias"]) {
                guard case .number? = tokens.tokens.first else { throw refusal("day") }
                return
            }
            guard let number = tokens.number() else { throw refusal(next) }
            let isOrdinal = tokens.take(anyOf: ["st", "nd", "rd", "th", "o", "a", "er"])
            if isOrdinal, number.value <= 5, takeWorkingDay() { return takeWorkingDays(number.value) }
            guard (1...31).contains(number.value) else { throw refusal(String(number.value)) }
            // Of a number alone before days of the week nobody says whether it counts weeks, days or these.
            var rest = self
            if Self.weekday(&rest.tokens) != nil || rest.takeWorkingDay() || rest.takeWeekend() { throw refusal(next) }
            taken.monthDays.append(number.value)
        }

        /// `first monday`, `1st and 3rd monday`, `primer y tercer lunes`.
        private mutating func ordinalWeekdays() -> [RecurrenceRule.Day]? {
            var rest = tokens
            var found: [Int] = []
            while let ordinal = rest.word(in: ordinals) ?? Self.writtenOrdinal(&rest) {
                guard ordinal <= 5 else { return nil }
                found.append(ordinal)
                while rest.take(anyOf: ["and", "y", "e", "the", "el"]) || rest.take(mark: ",") != nil {}
            }
            guard !found.isEmpty, let weekday = Self.weekday(&rest) else { return nil }
            tokens = rest
            return found.map { RecurrenceRule.Day(weekday, ordinal: $0) }
        }

        private mutating func take(_ ordinal: Int) throws(ValueError) {
            if takeWorkingDay() { return takeWorkingDays(ordinal) }
            guard tokens.take(anyOf: ["day", "dia"]) else { throw refusal(next) }
            taken.monthDays.append(ordinal)
        }

        private mutating func takeWorkingDays(_ ordinal: Int) {
            taken.days += (0...4).map { RecurrenceRule.Day($0) }
            taken.positions.append(ordinal)
        }

        private mutating func takeWeekend(plural: Bool = false) -> Bool {
            if tokens.take(anyOf: plural ? ["weekends"] : ["weekend", "weekends"]) { return true }
            return tokens.take("fines", "de", "semana") || !plural && tokens.take("fin", "de", "semana")
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

        private static func weekday(_ tokens: inout WrittenTokens) -> Int? {
            guard case .word(let word)? = tokens.tokens.first, let weekday = RecurrencePhrase.weekday(word) else {
                return nil
            }
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

        private func refusal(_ word: String) -> ValueError { RecurrencePhrase.refusal(of: word) }
    }
}
