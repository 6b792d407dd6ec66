import Localization

extension RecurrenceRule.End {
    /// Reads the end of a phrase: a date, with a time or not, the end of a month or year, or a number of times.
    ///
    /// - Parameter start: the day whose month or year is meant.
    /// - Throws: ``ValueError`` when no date follows, and for a day that does not exist.
    init(
        takenFrom tokens: inout WrittenTokens,
        today: CivilDate,
        order: CivilDate.Order?,
        start: CivilDate
    ) throws(ValueError) {
        self = .never
        if let place = tokens.tokens.firstIndex(where: { $0 == .word("until") || $0 == .word("hasta") }) {
            var date = WrittenTokens(tokens.tokens[(place + 1)...])
            _ = date.take(anyOf: ["el"])
            let time = WrittenTime.split(date)
            var day = Self.lastDay(date, of: max(start, today))
            if day == nil { day = try Self.day(time?.day ?? date, today: today, order: order) }
            guard let day else {
                throw ValueError(
                    en: "no date follows \"until\": write YYYY-MM-DD",
                    es: "no sigue ninguna fecha a «hasta»: escribir AAAA-MM-DD"
                )
            }
            self = .until(time.map { .local(day, secondOfDay: $0.second) } ?? .day(day))
            tokens = WrittenTokens(tokens.tokens[..<place])
        } else if ["times", "veces", "time", "vez"].contains(where: { tokens.tokens.last == .word($0) }),
            case .number(let count, _)? = tokens.tokens.dropLast().last, count > 0
        {
            self = .count(Int64(count))
            tokens = WrittenTokens(tokens.tokens.dropLast(2))
            if let last = tokens.tokens.last, Self.leads.contains(last) {
                tokens = WrittenTokens(tokens.tokens.dropLast())
            }
        } else if let (count, place) = Self.countInWords(tokens) {
            self = .count(Int64(count))
            tokens = WrittenTokens(tokens.tokens[..<place])
        }
    }

    /// Reads a number of times in words at the end of a phrase, and the place of the word before it, such as `for`.
    /// Without that word `dos veces` may be the number of times in each week.
    private static func countInWords(_ tokens: WrittenTokens) -> (count: Int, place: Int)? {
        guard let place = tokens.tokens.lastIndex(where: leads.contains) else { return nil }
        var rest = WrittenTokens(tokens.tokens[(place + 1)...])
        guard let count = rest.numeral(), rest.take(anyOf: ["times", "veces"]), rest.isAtEnd else { return nil }
        return (count, place)
    }

    /// Words before a number of times.
    private static let leads: Set<WrittenTokens.Token> = [
        .word("for"), .word("por"), .word("durante"), .mark(UInt8(ascii: ",")),
    ]

    /// Reads the end of a month or year: `fin de año`, `final de mes`, `the end of the year`, `year end`, `fin de 2027`.
    ///
    /// - Parameter present: a day of the month and year that are meant where none is named.
    private static func lastDay(_ tokens: WrittenTokens, of present: CivilDate) -> CivilDate? {
        let units: [String: Bool] = ["ano": true, "year": true, "mes": false, "month": false]
        var rest = tokens
        _ = rest.take("the")
        var isOfYear: Bool?
        if let unit = rest.word(in: units) {
            guard rest.take("end") else { return nil }
            isOfYear = unit
        } else {
            guard rest.take(anyOf: ["fin", "final", "finales", "end"]), rest.take(anyOf: ["de", "del", "of"]) else {
                return nil
            }
            _ = rest.take(anyOf: ["the", "este", "this"])
            if case .number(let year, digits: 4)? = rest.tokens.first, rest.tokens.count == 1 {
                return CivilDate(year: year, month: 12, day: 31)
            }
            isOfYear = rest.word(in: units)
        }
        guard let isOfYear, rest.isAtEnd else { return nil }
        let month = isOfYear ? 12 : present.month
        return CivilDate(
            year: present.year,
            month: month,
            day: CivilDate.length(ofMonth: month, year: present.year)
        )
    }

    /// Reads the day of an end; a day without a year is the next such day.
    private static func day(
        _ tokens: WrittenTokens,
        today: CivilDate,
        order: CivilDate.Order?
    ) throws(ValueError) -> CivilDate? {
        if case .mark(UInt8(ascii: "+"))? = tokens.tokens.first, tokens.tokens.count == 3,
            case .number(let count, _)? = tokens.tokens.dropFirst().first, case .word(let unit)? = tokens.tokens.last
        {
            return try CivilDate.relative("+\(count)\(unit)", today: today)
        }
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
}

extension RecurrencePhrase {
    /// The duration of a repetition from its start: `for 10 weeks`.
    struct Length {
        private let number: Int64
        private let unit: Unit

        /// - Returns: `nil` for a phrase that does not end with one.
        init?(takenFrom tokens: inout WrittenTokens) {
            let leads: Set<WrittenTokens.Token> = [.word("for"), .word("during"), .word("durante"), .word("por")]
            guard let place = tokens.tokens.lastIndex(where: leads.contains) else { return nil }
            var rest = WrittenTokens(tokens.tokens[(place + 1)...])
            let isOne = rest.take(anyOf: ["a", "an"])
            guard let number = isOne ? 1 : rest.number()?.value ?? rest.numeral(), number > 0,
                let unit = rest.word(in: units), rest.isAtEnd
            else { return nil }
            (self.number, self.unit) = (Int64(number) * unit.count, unit)
            tokens = WrittenTokens(tokens.tokens[..<place])
            if tokens.tokens.last == .mark(UInt8(ascii: ",")) { tokens = WrittenTokens(tokens.tokens.dropLast()) }
        }

        /// Returns the end of a rule after this duration. That of a rule whose occurrences are the same in number
        /// wherever it begins is this number, otherwise the last day.
        ///
        /// - Parameter start: the day on which the rule begins, if that is known.
        /// - Throws: ``ValueError`` when the end depends on an unknown start.
        func end(of rule: RecurrenceRule, from start: CivilDate?) throws(ValueError) -> RecurrenceRule.End {
            let last = start.flatMap { self.last(from: $0) }
            if let last, !(rule.days.isEmpty && rule.monthDays.isEmpty && rule.months.isEmpty) {
                return .until(.day(last))
            }
            do throws(ValueError) {
                return .count(try count(of: rule))
            } catch {
                guard let last else { throw error }
                return .until(.day(last))
            }
        }

        /// Returns the last day of this duration; `nil` for hours and minutes, and beyond the calendar.
        private func last(from start: CivilDate) -> CivilDate? {
            switch unit.frequency {
            case .daily: start.adding(days: number - 1)
            case .weekly: start.adding(days: number * 7 - 1)
            case .monthly: start.adding(months: number)?.adding(days: -1)
            case .yearly: start.adding(months: number * 12)?.adding(days: -1)
            case .hourly, .minutely, .secondly: nil
            }
        }

        /// Returns the number of occurrences of a rule in this duration.
        ///
        /// - Throws: ``ValueError`` when the number depends on the start.
        private func count(of rule: RecurrenceRule) throws(ValueError) -> Int64 {
            guard let periods = periods(of: rule.frequency), let perPeriod = Self.times(inPeriodOf: rule),
                periods % rule.interval == 0 || perPeriod == 1
            else {
                throw ValueError(
                    en: "how many times that is depends on the start: write how many times, or until when",
                    es: "cuántas veces son depende del inicio: escribir cuántas veces, o hasta cuándo"
                )
            }
            return (periods + rule.interval - 1) / rule.interval * perPeriod
        }

        /// Returns the number of a rule's periods in this duration; `nil` when it varies.
        private func periods(of frequency: RecurrenceRule.Frequency) -> Int64? {
            if frequency == unit.frequency { return number }
            if frequency == .monthly, unit.frequency == .yearly { return number * 12 }
            guard let length = Self.seconds(unit.frequency), let period = Self.seconds(frequency),
                number * length % period == 0
            else { return nil }
            return number * length / period
        }

        private static func seconds(_ frequency: RecurrenceRule.Frequency) -> Int64? {
            switch frequency {
            case .weekly: 604_800
            case .daily: Int64.secondsPerDay
            case .hourly: 3600
            case .minutely: 60
            case .yearly, .monthly, .secondly: nil
            }
        }

        /// Returns the number of occurrences in each period of a rule; `nil` when it varies.
        private static func times(inPeriodOf rule: RecurrenceRule) -> Int64? {
            switch rule.frequency {
            case .weekly:
                return rule.months.isEmpty && rule.monthDays.isEmpty ? Int64(max(1, Set(rule.days).count)) : nil
            case .monthly:
                guard rule.months.isEmpty, rule.monthDays.allSatisfy({ abs($0) <= 28 }) else { return nil }
                if !rule.positions.isEmpty { return Int64(rule.positions.count) }
                guard rule.days.allSatisfy({ $0.ordinal != 0 && abs($0.ordinal) <= 4 }),
                    rule.days.isEmpty || rule.monthDays.isEmpty
                else { return nil }
                return Int64(max(1, rule.days.count + rule.monthDays.count))
            case .yearly, .daily, .hourly, .minutely, .secondly:
                return rule.days.isEmpty && rule.monthDays.count <= 1 && rule.months.count <= 1 ? 1 : nil
            }
        }
    }
}
