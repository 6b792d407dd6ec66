import Localization

/// A day of the proleptic Gregorian calendar (ISO 8601), years 0001 to 9999.
public struct CivilDate: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// 1 to 9999.
    public let year: Int
    /// 1 to 12.
    public let month: Int
    /// 1 to the month's last.
    public let day: Int

    /// Names a day.
    ///
    /// - Returns: `nil` for a day that does not exist.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        guard day >= 1, day <= Self.length(ofMonth: month, year: year) else { return nil }
        self.init(validYear: year, month: month, day: day)
    }

    init(validYear year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Counts days from 1970-01-01.
    ///
    /// - Returns: `nil` outside the years 0001 to 9999.
    public init?(daysSinceEpoch days: Int64) {
        guard Self.dayRange.contains(days) else { return nil }
        // Years are counted from March, so that the leap day is the last of its year, and in eras of 400 years,
        // which all have the same length.
        let fromMarch = Int(days) + 719_468
        let era = fromMarch / 146_097
        let dayOfEra = fromMarch % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        self.init(
            validYear: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        )
    }

    /// The first and the last day there is.
    private static let dayRange: ClosedRange<Int64> = -719_162...2_932_896

    /// Days from 1970-01-01 on, negative before it.
    public var daysSinceEpoch: Int64 {
        let fromMarch = month <= 2 ? year - 1 : year
        let era = fromMarch / 400
        let yearOfEra = fromMarch % 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return Int64(era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468)
    }

    /// Seconds from 1970-01-01 on to the beginning of the day, by clocks of one and the same zone; negative before it.
    var secondsSinceEpoch: Int64 { daysSinceEpoch * .secondsPerDay }

    /// The day some days later, or earlier for a negative number; `nil` outside the calendar.
    public func adding(days: Int64) -> CivilDate? {
        let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
        return overflow ? nil : CivilDate(daysSinceEpoch: sum)
    }

    /// Returns the same day a number of months later, or the last day of a shorter month; `nil` outside the calendar.
    public func adding(months: Int64) -> CivilDate? {
        let (sum, overflow) = months.addingReportingOverflow(Int64(year * 12 + month - 1))
        guard !overflow, (12..<120_000).contains(sum) else { return nil }
        let (year, month) = (Int(sum / 12), Int(sum % 12) + 1)
        return CivilDate(validYear: year, month: month, day: min(day, Self.length(ofMonth: month, year: year)))
    }

    static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// `YYYY-MM-DD`.
    public var description: String {
        String(unsafeUninitializedCapacity: 10) { bytes in
            write(to: bytes)
            return 10
        }
    }

    /// Writes `YYYY-MM-DD` to the first ten bytes of memory.
    func write(to bytes: UnsafeMutableBufferPointer<UInt8>) {
        bytes.write(year / 100, at: 0)
        bytes.write(year % 100, at: 2)
        bytes.write(month, at: 5)
        bytes.write(day, at: 8)
        (bytes[4], bytes[7]) = (UInt8(ascii: "-"), UInt8(ascii: "-"))
    }

    /// The earlier day is the lesser one.
    public static func < (first: CivilDate, second: CivilDate) -> Bool {
        (first.year, first.month, first.day) < (second.year, second.month, second.day)
    }
}

extension CivilDate {
    /// Reads `YYYY-MM-DD`, `today`, `yesterday`, `tomorrow`, `hoy`, `ayer`, `mañana`, days from today (a sign, a
    /// number, and `d`, `w`, `m` or `y` for days, weeks, months or years, as in `-30d`, or their words, as in `+30
    /// days`), and what ``WrittenDate`` reads.
    ///
    /// - Parameter order: the order of day and month in dates that can be read both ways; without it, such a date is
    ///   refused.
    /// - Throws: ``ValueError`` for anything else and for days that do not exist.
    public init(parsing text: String, today: CivilDate, order: Order? = nil) throws(ValueError) {
        if let relative = try Self.relative(text, today: today) {
            self = relative
            return
        }
        var reader = ByteReader(text)
        if let date = try CivilDate(readingFrom: &reader), reader.isAtEnd {
            self = date
            return
        }
        guard let tokens = WrittenTokens(text), let date = try WrittenDate.read(tokens, today: today, order: order)
        else {
            throw DateFault.day(text, today: today, order: order)
        }
        self = date
    }

    /// Reads `YYYY-MM-DD` at the beginning of a longer text.
    ///
    /// - Returns: `nil` if there is no such date.
    /// - Throws: ``ValueError`` for a day that does not exist.
    init?(readingFrom reader: inout ByteReader) throws(ValueError) {
        guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2), reader.take("-"),
            let day = reader.digits(2)
        else { return nil }
        guard let date = CivilDate(year: year, month: month, day: day) else {
            throw Self.noSuchDay(year, month: month, day: day)
        }
        self = date
    }

    /// Reads a day relative to today: a word such as `today`, or a distance such as `-30d`.
    ///
    /// - Returns: `nil` for a text that is neither.
    /// - Throws: ``ValueError`` for a day outside the calendar.
    static func relative(_ text: String, today: CivilDate) throws(ValueError) -> CivilDate? {
        // Most dates are written in digits and need not be compared with words.
        if text.utf8.first?.isDigit == true { return nil }
        if let days = CalendarWords.days[Fold.fold(text)] { return try inCalendar(today.adding(days: days)) }
        var reader = ByteReader(text)
        guard let sign = reader.take(anyOf: ["+", "-"]), let distance = reader.number() else { return nil }
        guard let unit = unit(of: text.utf8.suffix(reader.left)) else { return nil }
        // No distance inside the calendar is longer than its number of days.
        guard distance < 4_000_000 else { throw outside }
        let signed = sign == "-" ? -distance : distance
        switch unit {
        case .days(let days): return try inCalendar(today.adding(days: signed * days))
        case .months(let months): return try inCalendar(today.adding(months: signed * months))
        }
    }

    /// The unit of a distance: a letter right behind the number, or a word: `d`, ` days`, ` semanas`.
    private static func unit(of text: Substring.UTF8View) -> CalendarWords.CalendarUnit? {
        switch Array(text) {
        case [UInt8(ascii: "d")]: .days(1)
        case [UInt8(ascii: "w")]: .days(7)
        case [UInt8(ascii: "m")]: .months(1)
        case [UInt8(ascii: "y")]: .months(12)
        default: CalendarWords.calendarUnits[Fold.fold(String(Substring(text)).trimmed)]
        }
    }

    private static func inCalendar(_ date: CivilDate?) throws(ValueError) -> CivilDate {
        guard let date else { throw outside }
        return date
    }

    /// The error for a day that the calendar does not have.
    static let missing = ValueError(
        en: "there is no such day in the calendar",
        es: "ese día no existe en el calendario"
    )

    /// Returns the error for a day that the calendar does not have. If there is one with month and day in the other
    /// order, as in `2026-31-12`, it names that.
    static func noSuchDay(_ year: Int, month: Int, day: Int) -> ValueError {
        guard let date = CivilDate(year: year, month: day, day: month) else { return missing }
        return ValueError(en: "\(missing.reason.en): write \(date)", es: "\(missing.reason.es): escribir \(date)")
    }

    private static let outside = ValueError(
        en: "the date is outside the years 0001 to 9999",
        es: "la fecha está fuera de los años 0001 a 9999"
    )
}

extension UnsafeMutableBufferPointer<UInt8> {
    /// Writes a number from 0 to 99 in two digits.
    func write(_ number: Int, at start: Int) {
        self[start] = UInt8(ascii: "0") + UInt8(number / 10)
        self[start + 1] = UInt8(ascii: "0") + UInt8(number % 10)
    }
}
