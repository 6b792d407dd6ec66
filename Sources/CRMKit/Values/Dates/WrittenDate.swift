import Localization

extension CivilDate {
    /// Which of day and month comes first in a date that can be read both ways.
    public enum Order: Sendable {
        case dayFirst
        case monthFirst
        /// A table does not state its order; the error then says how to state it.
        case untold
        /// The country begins with the year, or uses both orders.
        case mixed

        /// Returns the usual order of a country (ISO 3166-1 alpha-2), by its short dates in the Unicode CLDR.
        ///
        /// - Returns: `nil` without a country.
        public init?(country: String?) {
            guard let country else { return nil }
            switch country {
            case "US", "PH", "FM", "MH", "PW", "GU", "PR", "VI", "AS", "MP": self = .monthFirst
            case "CN", "JP", "KR", "KP", "TW", "MN", "HU", "LT", "SE", "IR", "ZA", "CA", "KE", "GH": self = .mixed
            default: self = .dayFirst
            }
        }
    }
}

/// A day as typed by hand: in figures, with the name of the month, or relative to today.
enum WrittenDate {
    /// Reads `31/12/2026`, `31-12-26`, `2026/12/31`, `31 de diciembre de 2026`, `Dec 31, 2026`, `el lunes`, `next
    /// Monday`, `el viernes pasado`, `pasado mañana`, `en 3 días`, `in two weeks`, `2 weeks ago`, `fin de mes`, and
    /// dates in figures after a day of the week. A day of the week alone is the next one after today.
    ///
    /// - Parameter order: which number is the day in a date that can be read both ways.
    /// - Returns: `nil` for a text in none of these forms.
    /// - Throws: ``ValueError`` for a day that does not exist, and for an ambiguous date.
    static func read(
        _ tokens: WrittenTokens,
        today: CivilDate,
        order: CivilDate.Order?
    ) throws(ValueError) -> CivilDate? {
        if let date = distance(tokens, today: today) { return date }
        if let date = weekday(tokens, today: today) { return date }
        if let date = end(tokens, today: today) { return date }
        return try dated(tokens, order: order)
    }

    /// Reads what ``read(_:today:order:)`` reads, except days relative to today.
    static func dated(_ tokens: WrittenTokens, order: CivilDate.Order?) throws(ValueError) -> CivilDate? {
        var dated = tokens
        let weekday = dated.word(in: CalendarWords.weekdays)
        if weekday != nil { _ = dated.take(mark: ",", ".") }
        var day = try named(dated)
        if day == nil { day = try figures(dated, order: order) }
        guard let date = day else { return nil }
        if let weekday, weekday != date.weekday {
            throw ValueError(
                en: "\(date) is another day of the week: write the one that is right",
                es: "\(date) es otro día de la semana: escribir el correcto"
            )
        }
        return date
    }

    // MARK: - Figures

    private static func figures(_ tokens: WrittenTokens, order: CivilDate.Order?) throws(ValueError) -> CivilDate? {
        var tokens = tokens
        guard let first = tokens.number(), let mark = tokens.take(mark: "/", "-", "."), let second = tokens.number()
        else { return nil }
        if tokens.isAtEnd { return try refuseMonth(first, second) }
        guard tokens.take(mark: Unicode.Scalar(mark)) != nil, let third = tokens.number(), tokens.isAtEnd,
            second.digits <= 2
        else { return nil }
        if first.digits == 4, third.digits <= 2 { return try day(first.value, second.value, third.value) }
        guard first.digits <= 2, let year = year(third) else { return nil }
        let (dayFirst, monthFirst) = (second.value <= 12, first.value <= 12)
        guard dayFirst, monthFirst, first.value != second.value else {
            return dayFirst
                ? try day(year, second.value, first.value) : try day(year, first.value, second.value)
        }
        switch order {
        case .dayFirst: return try day(year, second.value, first.value)
        case .monthFirst: return try day(year, first.value, second.value)
        case .untold, .mixed, nil:
            throw ambiguous(
                try day(year, second.value, first.value),
                try day(year, first.value, second.value),
                order
            )
        }
    }

    /// - Throws: ``ValueError`` for two numbers that are a month and its year, `03/2026` or `2026-03`.
    private static func refuseMonth(
        _ first: (value: Int, digits: Int),
        _ second: (value: Int, digits: Int)
    ) throws(ValueError) -> CivilDate? {
        let (year, month) = first.digits == 4 ? (first, second) : (second, first)
        guard year.digits == 4, month.digits <= 2, (1...12).contains(month.value) else { return nil }
        throw dayless(year.value, month.value)
    }

    private static func ambiguous(_ one: CivilDate, _ other: CivilDate, _ order: CivilDate.Order?) -> ValueError {
        let fault = Text(
            en: "it may be \(one) or \(other): write one of these",
            es: "puede ser \(one) o \(other): escribir una de estas"
        )
        if order == .mixed { return ValueError(fault) }
        let setting = "\(ProgramName.placeholder) config set country"
        let remedy =
            order == .untold
            ? Text(en: "by --dates dmy or mdy", es: "con --dates dmy o mdy")
            : Text(en: "by '\(setting) US'", es: "con '\(setting) MX'")
        return ValueError(
            en: "\(fault.en), or say which is first \(remedy.en)",
            es: "\(fault.es), o indicar cuál va primero \(remedy.es)"
        )
    }

    /// Returns the year of four digits, or of two from 1969 to 2068, as in POSIX's strptime; `nil` for another count of
    /// digits.
    private static func year(_ figures: (value: Int, digits: Int)) -> Int? {
        switch figures.digits {
        case 4: figures.value
        case 2: figures.value < 69 ? 2000 + figures.value : 1900 + figures.value
        default: nil
        }
    }

    /// Returns a day in figures with its two-digit year replaced by the last such year in full if it would be in the
    /// future: `12/04/45` has the year 1945; `nil` for any other text.
    static func withPastYear(_ text: String, today: CivilDate) -> String? {
        let text = text.trimmed
        guard hasShortYear(text), let figures = Int(text.suffix(2)), let year = year((figures, 2)), year > today.year
        else { return nil }
        return "\(text.dropLast(2))\(year - 100)"
    }

    /// Whether a text is a day in figures with a two-digit year.
    static func hasShortYear(_ text: String) -> Bool {
        guard let tokens = WrittenTokens(text)?.tokens else { return false }
        let digits = tokens.compactMap { if case .number(_, let digits) = $0 { digits } else { nil } }
        return digits.count > 1 && digits.last == 2 && digits.allSatisfy { $0 <= 2 }
    }

    /// Whether a text is a day without a year, as Google writes a birthday of an unknown year (RFC 6350, section
    /// 4.3.1): `--02-03`, `--0203`.
    static func hasNoYear(_ text: String) -> Bool {
        guard text.utf8.first(where: { $0 != UInt8(ascii: " ") }) == UInt8(ascii: "-") else { return false }
        let text = text.trimmed
        guard text.hasPrefix("--") else { return false }
        let digits = text.dropFirst(2).filter { $0 != "-" }
        return digits.utf8.count == 4 && digits.utf8.allSatisfy(\.isDigit)
    }

    /// Whether a text is a day of a month without a year, in words or figures: `17/05`, `05/17`, `17 de mayo`,
    /// `May 17`.
    static func isDayOfMonth(_ text: String) -> Bool {
        // Most dates begin with their year.
        let year = text.utf8.prefix(4)
        if year.count == 4, year.allSatisfy(\.isDigit) { return false }
        guard var tokens = WrittenTokens(text) else { return false }
        if let month = tokens.word(in: CalendarWords.months) {
            _ = tokens.take(mark: ".", "-", "/")
            guard let day = tokens.number(), day.digits <= 2 else { return false }
            _ = tokens.take(anyOf: ["st", "nd", "rd", "th"])
            return tokens.isAtEnd && CivilDate(year: leapYear, month: month, day: day.value) != nil
        }
        guard let first = tokens.number(), first.digits <= 2 else { return false }
        _ = tokens.take(anyOf: ["de", "of", "st", "nd", "rd", "th"])
        let mark = tokens.take(mark: "-", "/", ".")
        if let month = tokens.word(in: CalendarWords.months) {
            _ = tokens.take(mark: ".")
            return tokens.isAtEnd && CivilDate(year: leapYear, month: month, day: first.value) != nil
        }
        guard mark != nil, let second = tokens.number(), second.digits <= 2, tokens.isAtEnd else { return false }
        return CivilDate(year: leapYear, month: second.value, day: first.value) != nil
            || CivilDate(year: leapYear, month: first.value, day: second.value) != nil
    }

    /// A leap year has every day of every month.
    private static let leapYear = 2000

    private static func day(_ year: Int, _ month: Int, _ day: Int) throws(ValueError) -> CivilDate {
        guard let date = CivilDate(year: year, month: month, day: day) else {
            throw CivilDate.noSuchDay(year, month: month, day: day)
        }
        return date
    }

    // MARK: - With the name of the month

    /// Endings after the number of a day.
    private static let ordinals: Set<String> = ["st", "nd", "rd", "th", "ro", "ero", "er", "o", "°", "º"]

    private static func named(_ tokens: WrittenTokens) throws(ValueError) -> CivilDate? {
        var tokens = tokens
        _ = tokens.take(anyOf: ["el", "the", "on"])
        let day: Int
        let month: Int
        /// The year that the number after a month may be as well: `dic-26`, as spreadsheets show a month.
        var doubtfulYear: Int?
        if let named = tokens.word(in: CalendarWords.months) {
            // `marzo de 2026` has a year where the day would be.
            let isOf = tokens.take(anyOf: ["de", "del", "of"])
            let mark = isOf ? nil : tokens.take(mark: ".", "-", "/")
            guard let number = tokens.number() else { return nil }
            (month, day) = (named, number.value)
            let isJoined = mark == UInt8(ascii: "-") || mark == UInt8(ascii: "/")
            if number.digits == 2, isJoined || day > 31 { doubtfulYear = year(number) }
            _ = tokens.take(anyOf: ordinals)
        } else {
            let isFirst = tokens.take(anyOf: ["primero", "first"])
            guard let number = isFirst ? (value: 1, digits: 1) : tokens.number() else { return nil }
            _ = tokens.take(anyOf: ordinals)
            _ = tokens.take(anyOf: ["de", "of"])
            _ = tokens.take(mark: "-", "/", ".")
            guard let named = tokens.word(in: CalendarWords.months) else { return nil }
            if number.digits == 4 { return try yearFirst(number.value, named, tokens) }
            (month, day) = (named, number.value)
        }
        // The period of an abbreviated month, and the mark between it and the year.
        _ = tokens.take(mark: ".")
        _ = tokens.take(mark: ",", "-", "/")
        _ = tokens.take(anyOf: ["de", "del", "of"])
        guard let written = tokens.number() else {
            guard tokens.isAtEnd else { return nil }
            if day >= 1900 { throw dayless(day, month) }
            if let doubtfulYear, day > CivilDate.length(ofMonth: month, year: leapYear) {
                throw dayless(doubtfulYear, month)
            }
            let example = CivilDate(year: leapYear, month: month, day: day)?.description.dropFirst(4)
            if let doubtfulYear, let example {
                let other = "\(doubtfulYear.digits(atLeast: 4))-\(month.digits(atLeast: 2))"
                throw ValueError(
                    en: "the year or the day is missing: write YYYY\(example), or \(other)-DD",
                    es: "falta el año o el día: escribir AAAA\(example), o \(other)-DD"
                )
            }
            throw ValueError(
                en: "the year is missing" + (example.map { ": write YYYY\($0) with it" } ?? ""),
                es: "falta el año" + (example.map { ": escribir AAAA\($0) con él" } ?? "")
            )
        }
        guard let year = year(written), tokens.isAtEnd else { return nil }
        return try Self.day(year, month, day)
    }

    /// Reads what stands behind a year and the name of a month: `2026-Nov-26`.
    private static func yearFirst(
        _ year: Int,
        _ month: Int,
        _ rest: WrittenTokens
    ) throws(ValueError) -> CivilDate? {
        var rest = rest
        _ = rest.take(mark: ".")
        _ = rest.take(mark: ",", "-", "/")
        if rest.isAtEnd { throw dayless(year, month) }
        guard let day = rest.number(), day.digits <= 2, rest.isAtEnd else { return nil }
        return try Self.day(year, month, day.value)
    }

    /// The error for a month in place of a day.
    private static func dayless(_ year: Int, _ month: Int) -> ValueError {
        let day = "\(year.digits(atLeast: 4))-\(month.digits(atLeast: 2))-01"
        return ValueError(
            en: "the day of the month is missing: write it too, as in \(day)",
            es: "falta el día del mes: escribirlo también, como en \(day)"
        )
    }

    // MARK: - From today

    private static func weekday(_ tokens: WrittenTokens, today: CivilDate) -> CivilDate? {
        var tokens = tokens
        _ = tokens.take(anyOf: ["el", "este", "on", "this"])
        var isPast = tokens.take(anyOf: ["last", "pasado"])
        _ = tokens.take(anyOf: ["proximo", "next"])
        guard let weekday = tokens.word(in: CalendarWords.weekdays) else { return nil }
        isPast = tokens.take("pasado") || isPast
        if !isPast { _ = tokens.take("que", "viene") || tokens.take("proximo") }
        guard tokens.isAtEnd else { return nil }
        // One to seven days.
        let ahead = (weekday - today.weekday + 6) % 7 + 1
        return today.adding(days: Int64(isPast ? ahead == 7 ? -7 : ahead - 7 : ahead))
    }

    /// Reads the last day of this or the next month or year: `fin de mes`, `el último día del mes`, `end of next year`.
    private static func end(_ tokens: WrittenTokens, today: CivilDate) -> CivilDate? {
        var tokens = tokens
        _ = tokens.take(anyOf: ["a", "al", "el", "at", "the", "on"])
        _ = tokens.take(anyOf: ["the"])
        guard tokens.take(anyOf: ["fin", "final", "end"]) || tokens.take("ultimo", "dia") || tokens.take("last", "day")
        else { return nil }
        _ = tokens.take(anyOf: ["de", "del", "of"])
        _ = tokens.take(anyOf: ["este", "the", "this"])
        var isNext = tokens.take(anyOf: ["proximo", "siguiente", "next"])
        guard case .months(let length)? = tokens.word(in: ends) else { return nil }
        isNext = tokens.take("que", "viene") || tokens.take(anyOf: ["proximo", "siguiente"]) || isNext
        guard tokens.isAtEnd, let day = isNext ? today.adding(months: length) : today else { return nil }
        return day.lastDay(ofYear: length == 12)
    }

    /// The periods whose last day can be named. The end of a week may be a Friday or a Sunday.
    private static let ends = CalendarWords.calendarUnits.filter { ["mes", "month", "ano", "year"].contains($0.key) }

    private static func distance(_ tokens: WrittenTokens, today: CivilDate) -> CivilDate? {
        func isAll(_ words: String...) -> Bool { Array(tokens.tokens) == words.map { .word($0) } }
        if tokens.tokens.count == 1, case .word(let word) = tokens.tokens.first, let days = CalendarWords.days[word] {
            return today.adding(days: days)
        }
        if isAll("pasado", "manana") || isAll("day", "after", "tomorrow") { return today.adding(days: 2) }
        if isAll("day", "before", "yesterday") { return today.adding(days: -2) }
        guard let (count, unit) = distance(tokens, in: CalendarWords.calendarUnits) else { return nil }
        return switch unit {
        case .days(let days): today.adding(days: count * days)
        case .months(let months): today.adding(months: count * months)
        }
    }

    /// Reads a distance from now in words: `en 3 días`, `dentro de 2 horas`, `a week ago`, `hace un mes`.
    ///
    /// - Parameter units: the units of the distance, by their words.
    /// - Returns: the number of units, negative for the past; `nil` for any other text.
    static func distance<Unit>(_ tokens: WrittenTokens, in units: [String: Unit]) -> (count: Int64, unit: Unit)? {
        var tokens = tokens
        let isAhead = tokens.take("en") || tokens.take("in") || tokens.take("dentro", "de")
        var isBack = !isAhead && tokens.take("hace")
        guard let number = tokens.word(in: CalendarWords.counts) ?? tokens.number()?.value,
            let unit = tokens.word(in: units)
        else { return nil }
        if !isAhead, !isBack { isBack = tokens.take("ago") }
        guard isAhead || isBack, tokens.isAtEnd else { return nil }
        return (Int64(isBack ? -number : number), unit)
    }
}

extension CivilDate {
    /// The last day of the month, or that of the year.
    func lastDay(ofYear: Bool) -> CivilDate {
        let month = ofYear ? 12 : month
        return CivilDate(validYear: year, month: month, day: Self.length(ofMonth: month, year: year))
    }

    /// Returns the same day a hundred years earlier, given as `YYYY-MM-DD`.
    static func aCenturyBefore(_ text: String) -> CivilDate? {
        var reader = ByteReader(text)
        guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2), reader.take("-"),
            let day = reader.digits(2)
        else { return nil }
        return CivilDate(year: year - 100, month: month, day: day)
    }

    /// The day of the week, 0 for Monday to 6 for Sunday; ISO 8601 counts from 1.
    public var weekday: Int { Int(Self.weekday(daysSinceEpoch: daysSinceEpoch)) }

    /// Returns the day of the week of a day given by its number.
    static func weekday(daysSinceEpoch days: Int64) -> Int64 { (days % 7 + 10) % 7 }
}
