import Localization

extension RecurrencePhrase {
    /// Reads a phrase without its end, word by word.
    struct Reader {
        private var tokens: WrittenTokens
        private var frequency: RecurrenceRule.Frequency?
        private var taken = RecurrenceRule(.daily)

        /// - Returns: `nil` for a text that does not begin like a phrase.
        /// - Throws: ``ValueError`` for an ambiguous text.
        init?(_ tokens: WrittenTokens) throws(ValueError) {
            var rest = tokens
            if let unit = Self.takeOnce(&rest) {
                self.tokens = rest
                (frequency, taken.interval) = (unit.frequency, unit.count)
                return
            }
            self.tokens = Self.turned(tokens)
            if self.tokens.tokens.dropFirst().first == .word("diario") { _ = self.tokens.take("a") }
            if let adverb = self.tokens.word(in: adverbs) {
                (frequency, taken.interval) = (adverb.frequency, adverb.count)
                return
            }
            if beginsWithDays() || isOfMonths { return }
            guard Self.takeEvery(&self.tokens) else { return nil }
            try takeInterval()
        }

        /// Reads days of every week without a word for every: `los lunes`, `monday to friday`, `weekdays`.
        private mutating func beginsWithDays() -> Bool {
            var rest = self
            _ = rest.tokens.take(anyOf: ["on", "los", "las", "de", "from"])
            guard rest.takeDays() else { return false }
            self = rest
            return true
        }

        /// Whether counted weekdays of named months are next: `el primer lunes de enero y julio`.
        private var isOfMonths: Bool {
            let hasMonth = tokens.tokens.contains { token in
                if case .word(let word) = token { CalendarWords.months[word] != nil } else { false }
            }
            var rest = self
            _ = rest.tokens.take(anyOf: ["on", "the", "el", "los"])
            return hasMonth && rest.ordinalWeekdays() != nil
        }

        /// Reads the period in which it is once: `once a month`, `una vez por semana`, `una vez cada dos meses`.
        private static func takeOnce(_ tokens: inout WrittenTokens) -> Unit? {
            var rest = tokens
            guard rest.take("once") || rest.take("una", "vez"),
                takeEvery(&rest) || rest.take("a", "la") || rest.take(anyOf: ["a", "per", "al", "por"])
            else { return nil }
            let number = rest.number()?.value ?? rest.numeral() ?? 1
            guard number > 0, let unit = rest.word(in: units) else { return nil }
            tokens = rest
            return Unit(unit.frequency, Int64(number) * unit.count)
        }

        private static func takeEvery(_ tokens: inout WrittenTokens) -> Bool {
            tokens.take(anyOf: ["every", "each", "cada"]) || tokens.take("todos", "los") || tokens.take("todas", "las")
        }

        /// Moves the period to the beginning: `the first monday of every month`, `el tercer jueves del mes` become
        /// `every month the first monday`.
        private static func turned(_ tokens: WrittenTokens) -> WrittenTokens {
            guard let place = tokens.tokens.indices.dropFirst().first(where: { isPeriod(tokens.tokens[$0...]) }) else {
                return tokens
            }
            var before = tokens.tokens[..<place]
            var period = WrittenTokens(tokens.tokens[place...])
            let isTold = takeEvery(&period)
            if !isTold { period = WrittenTokens(period.tokens.suffix(1)) }
            if before.last == .word("of") || before.last == .word("de") { before = before.dropLast() }
            var start = WrittenTokens(before)
            if takeEvery(&start) {
                // A limit by the month belongs to a monthly rule: `every month on the first day of the month`.
                if hasUnit(start) { return isTold ? tokens : WrittenTokens(before) }
            } else if start.word(in: adverbs) != nil {
                return isTold ? tokens : WrittenTokens(before)
            }
            var turned: ArraySlice<WrittenTokens.Token> = [.word("every")]
            turned += period.tokens
            turned += start.tokens
            return WrittenTokens(turned)
        }

        /// Whether the rest is only a period that limits what is before it: `every month`, `del mes`, `of the month`,
        /// `de mes`.
        private static func isPeriod(_ tokens: ArraySlice<WrittenTokens.Token>) -> Bool {
            var rest = WrittenTokens(tokens)
            // Other units have another meaning behind the bare word, as in fin de semana.
            var bare = rest
            if bare.take("de", "mes") || bare.take("of", "month"), bare.isAtEnd { return true }
            let isOf =
                takeEvery(&rest) || rest.take("del") || rest.take("de", "la") || rest.take("of", "the")
                || rest.take("of", "each")
            return isOf && rest.word(in: units) != nil && rest.isAtEnd
        }

        /// Whether a unit is next, perhaps after a number of it.
        private static func hasUnit(_ tokens: WrittenTokens) -> Bool {
            var rest = tokens
            if rest.number() == nil { _ = rest.numeral() ?? rest.word(in: ordinals) }
            return rest.word(in: units) != nil
        }

        /// Reads an interval: `2 weeks`, `other week`, `third month`, `month`, `2 mondays`. A weekday after a number is
        /// not consumed.
        private mutating func takeInterval() throws(ValueError) {
            var rest = tokens
            let number = rest.number()?.value ?? rest.numeral()
            let isOrdinal = number != nil && rest.take(anyOf: ordinalEndings)
            if let number, !isOrdinal, !isSecond, Self.weekday(&rest) != nil || Self.letters(&rest) != nil {
                // The number counts the weeks.
                if tokens.number() == nil { _ = tokens.numeral() }
                (frequency, taken.interval) = (.weekly, Int64(number))
                return
            }
            if number == nil || isOrdinal || isSecond { return try takeOrdinalInterval() }
            guard let unit = rest.word(in: units) else {
                if rest.isAtEnd { throw refusal(next) }
                return
            }
            // A working day is no unit.
            if unit.frequency == .daily, Self.isWorking(rest) { throw refusal(next) }
            // In Spanish ocho días means a week, and quince días two.
            let weeks = tokens.tokens.dropFirst().first == .word("dias") ? Self.weeks[number ?? 1] : nil
            tokens = rest
            (frequency, taken.interval) = (unit.frequency, Int64(number ?? 1) * unit.count)
            if let weeks { (frequency, taken.interval) = (.weekly, weeks) }
        }

        private static let weeks: [Int: Int64] = [8: 1, 15: 2]

        /// Whether the next word is both a number and an ordinal.
        private var isSecond: Bool { tokens.tokens.first == .word("second") }

        /// Reads a unit of time, perhaps after an ordinal for its interval. A weekday after an ordinal is ambiguous: it
        /// may be one of the month or of every so many weeks.
        private mutating func takeOrdinalInterval() throws(ValueError) {
            var rest = tokens
            let ordinal = rest.word(in: ordinals) ?? Self.writtenOrdinal(&rest)
            let isCounted = ordinal.map { $0 > 1 } ?? false
            if isCounted, Self.weekday(&rest) != nil { throw Self.ambiguous }
            // In Mexico every third day can mean every second day.
            let isAmbiguous = ordinal == 3 && rest.tokens.first == .word("dia")
            guard let unit = rest.word(in: units), ordinal == nil || isCounted else { return }
            if unit.frequency == .daily, Self.isWorking(rest) { return }
            if isAmbiguous { throw Self.ambiguousDay }
            tokens = rest
            (frequency, taken.interval) = (unit.frequency, Int64(ordinal ?? 1) * unit.count)
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

        private static let time = ValueError(
            en: "the time of day is that of the start: leave it out here",
            es: "la hora es la del inicio: omitirla aquí"
        )

        /// Whether a time of day is next: `at 9`, `a las 9`, `las 9`. Days of the month are masculine.
        private var isTime: Bool {
            var rest = tokens
            let isLed =
                rest.take("at") || rest.take("a", "las") || rest.take("a", "la") || rest.take(anyOf: ["las", "la"])
            return isLed && rest.number() != nil
        }

        /// Reads an ordinal in digits: `2nd`, `3er`.
        private static func writtenOrdinal(_ tokens: inout WrittenTokens) -> Int? {
            var rest = tokens
            guard let number = rest.number()?.value, rest.take(anyOf: ordinalEndings) else {
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
                if isTime { throw Self.time }
                if tokens.take("y", "cada") || tokens.take(anyOf: joints) || tokens.take(mark: ",", "&") != nil {
                    continue
                }
                try takeItem()
            }
            guard taken.interval > 0 else { throw refusal("0") }
            guard frequency != nil || !taken.days.isEmpty || !taken.monthDays.isEmpty || !taken.months.isEmpty else {
                throw refusal("every")
            }
            taken.frequency = frequency ?? implied
            if let month = taken.shortMonth, let day = taken.monthDays.first {
                let name = CalendarWords.monthNames[month - 1]
                throw ValueError(en: "\(name.en) has no day \(day)", es: "\(name.es) no tiene día \(day)")
            }
            return taken
        }

        /// The frequency meant when no unit is given.
        private var implied: RecurrenceRule.Frequency {
            if !taken.months.isEmpty { return .yearly }
            return !taken.monthDays.isEmpty || !taken.positions.isEmpty || taken.days.contains { $0.ordinal != 0 }
                ? .monthly : .weekly
        }

        private mutating func takeItem() throws(ValueError) {
            if takeDays() { return }
            if let month = tokens.word(in: CalendarWords.months) { return taken.months.append(month) }
            if let days = ordinalWeekdays() { return taken.days += days }
            if takeEndOfMonth() { return taken.monthDays.append(-1) }
            if let ordinal = tokens.word(in: ordinals) { return try take(ordinal) }
            // The word before days of the month in digits, and before the first, as in el día primero.
            if tokens.take(anyOf: ["day", "days", "dia", "dias"]) {
                if frequency == .monthly, tokens.take("primero") { return taken.monthDays.append(1) }
                guard case .number? = tokens.tokens.first else { throw refusal("day") }
                return
            }
            guard let number = tokens.number() else { throw refusal(next) }
            let isOrdinal = tokens.take(anyOf: ordinalEndings)
            if isOrdinal, number.value <= 5, takeWorkingDay() { return takeWorkingDays(number.value) }
            guard (1...31).contains(number.value) else { throw refusal(String(number.value)) }
            // It is unclear whether a bare number before weekdays counts weeks, days or these weekdays.
            var rest = self
            if Self.weekday(&rest.tokens) != nil || Self.letters(&rest.tokens) != nil || rest.takeWorkingDay()
                || rest.takeWeekend() || rest.ordinalWeekdays() != nil
            {
                throw refusal(next)
            }
            taken.monthDays.append(number.value)
        }

        /// Reads days of the week: `monday`, `monday to friday`, `weekdays`, `weekend`.
        private mutating func takeDays() -> Bool {
            if let last = Self.letters(&tokens) {
                taken.days += (0...last).map { RecurrenceRule.Day($0) }
                return true
            }
            guard let first = Self.weekday(&tokens) else {
                let isOfWork = takeWorkingDay()
                guard isOfWork || takeWeekend() else { return false }
                taken.days += (isOfWork ? 0...4 : 5...6).map { RecurrenceRule.Day($0) }
                return true
            }
            var rest = tokens
            let goesOn = rest.take(anyOf: ["a", "al", "to", "through", "thru"]) || rest.take(mark: "-") != nil
            guard goesOn, let last = Self.weekday(&rest) else {
                taken.days.append(RecurrenceRule.Day(first))
                return true
            }
            tokens = rest
            taken.days += (0...(last - first + 7) % 7).map { RecurrenceRule.Day((first + $0) % 7) }
            return true
        }

        /// Reads days from Monday on by their letters, `L-V`, `L a S`, `M-F`, and returns the last. Other letters may be
        /// those of several days.
        private static func letters(_ tokens: inout WrittenTokens) -> Int? {
            for (first, lasts) in [("l", ["j": 3, "v": 4, "s": 5, "d": 6]), ("m", ["f": 4])] {
                var rest = tokens
                guard rest.take(first), rest.take(anyOf: ["a", "to"]) || rest.take(mark: "-") != nil,
                    let last = rest.word(in: lasts)
                else { continue }
                tokens = rest
                return last
            }
            return nil
        }

        /// Reads ordinal days of the week: `first monday`, `1st and 3rd monday`, `primer y tercer lunes`.
        private mutating func ordinalWeekdays() -> [RecurrenceRule.Day]? {
            var rest = tokens
            var found: [Int] = []
            while let ordinal = rest.word(in: ordinals) ?? Self.writtenOrdinal(&rest) {
                guard ordinal <= 5 else { return nil }
                found.append(ordinal)
                while rest.take(anyOf: ["and", "y", "e", "the", "el"]) || rest.take(mark: ",", "&") != nil {}
            }
            guard !found.isEmpty, let weekday = Self.weekday(&rest) else { return nil }
            tokens = rest
            return found.map { RecurrenceRule.Day(weekday, ordinal: $0) }
        }

        private mutating func take(_ ordinal: Int) throws(ValueError) {
            if takeWorkingDay() { return takeWorkingDays(ordinal) }
            // The first and the last of a month are days of it, as in el 15 y el último.
            let isDay = ordinal < 2 && (frequency == .monthly || !taken.monthDays.isEmpty) && isAtJoint
            guard tokens.take(anyOf: ["day", "dia"]) || isDay else { throw refusal(next) }
            taken.monthDays.append(ordinal)
        }

        /// Whether what has been read is complete: the end or a word that joins is next.
        private var isAtJoint: Bool {
            var rest = tokens
            return rest.isAtEnd || rest.take(anyOf: joints) || rest.take(mark: ",", "&") != nil
        }

        /// Reads the end of the month: `fin`, `al final`, `at the end`.
        private mutating func takeEndOfMonth() -> Bool {
            guard frequency == .monthly else { return false }
            var rest = tokens
            _ = rest.take(anyOf: ["a", "al", "at"])
            _ = rest.take(anyOf: ["the", "el"])
            guard rest.take(anyOf: ["fin", "final", "end"]), rest.isAtEnd || rest.tokens.first != .word("de") else {
                return false
            }
            tokens = rest
            return true
        }

        private mutating func takeWorkingDays(_ ordinal: Int) {
            taken.days += (0...4).map { RecurrenceRule.Day($0) }
            taken.positions.append(ordinal)
        }

        private mutating func takeWeekend() -> Bool {
            tokens.take(anyOf: ["weekend", "weekends"]) || tokens.take("fines", "de", "semana")
                || tokens.take("fin", "de", "semana")
        }

        private mutating func takeWorkingDay() -> Bool {
            var rest = tokens
            if rest.take(anyOf: ["weekday", "weekdays", "workday", "workdays"]) || rest.take("entre", "semana")
                || rest.take(anyOf: ["business", "working"]) && rest.take(anyOf: ["day", "days"])
            {
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

extension RecurrenceRule {
    /// The first of the months of the rule, if all are too short for all of its days of the month.
    fileprivate var shortMonth: Int? {
        // February is longest in leap years.
        let isShort = months.allSatisfy { month in
            monthDays.allSatisfy { $0 > CivilDate.length(ofMonth: month, year: 2000) }
        }
        return isShort && !monthDays.isEmpty ? months.first : nil
    }
}
