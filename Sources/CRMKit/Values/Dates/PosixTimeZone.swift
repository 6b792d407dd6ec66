/// A time zone written as a rule: `CST6CDT,M4.1.0,M10.5.0`, `<-06>6`, `UTC0` (POSIX.1-2024, section 8.3, with the
/// wider hours of RFC 9636 section 3.3.1).
public struct PosixTimeZone: Sendable {
    /// A yearly change of the clocks: a day and the seconds after its midnight, in the time shown before it.
    struct Change {
        let day: Day
        let time: Int64
    }

    enum Day {
        /// `Jn`: 1 to 365, the leap day never counted.
        case withoutLeapDay(Int)
        /// `n`: 0 to 365, the leap day counted.
        case ofYear(Int)
        /// `Mm.w.d`: a weekday, Sunday being 0, in a week of a month; week 5 is the last.
        case weekday(month: Int, week: Int, weekday: Int)
    }

    private let standard: Int64
    private let summer: (offset: Int64, start: Change, end: Change)?

    /// Whether the zone has summer time.
    var hasSummer: Bool { summer != nil }

    /// Reads the whole text as a rule.
    ///
    /// - Returns: `nil` if the text is not a rule.
    init?(_ text: some StringProtocol) {
        var reader = ByteReader(text)
        guard Self.passName(&reader), let west = Self.time(&reader, hours: 24) else { return nil }
        standard = -west
        if reader.isAtEnd {
            summer = nil
            return
        }
        guard Self.passName(&reader) else { return nil }
        var offset = standard + 3600
        if let next = reader.next, next != UInt8(ascii: ",") {
            guard let west = Self.time(&reader, hours: 24) else { return nil }
            offset = -west
        }
        // A summer time without rules has those of the United States, as in the C library.
        var rules = reader
        if reader.isAtEnd { rules = ByteReader(",M3.2.0,M11.1.0") }
        guard rules.take(","), let start = Self.change(&rules), rules.take(","), let end = Self.change(&rules),
            rules.isAtEnd
        else { return nil }
        summer = (offset, start, end)
    }

    private static func passName(_ reader: inout ByteReader) -> Bool {
        if reader.take("<") {
            let length = reader.skip { byte in
                byte.isLetter || byte.isDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
            }
            return length >= 3 && reader.take(">")
        }
        return reader.skip(while: \.isLetter) >= 3
    }

    /// Reads `[+-]hh[:mm[:ss]]` as seconds.
    private static func time(_ reader: inout ByteReader, hours limit: Int64) -> Int64? {
        let isNegative = reader.take(anyOf: ["-", "+"]) == "-"
        guard let hours = reader.number(), hours <= limit else { return nil }
        var seconds = hours * 3600
        for unit: Int64 in [60, 1] {
            guard reader.take(":") else { break }
            guard let number = reader.number(), number < 60 else { return nil }
            seconds += number * unit
        }
        return isNegative ? -seconds : seconds
    }

    private static func change(_ reader: inout ByteReader) -> Change? {
        guard let day = day(&reader) else { return nil }
        guard reader.take("/") else { return Change(day: day, time: 7200) }
        return time(&reader, hours: 167).map { Change(day: day, time: $0) }
    }

    private static func day(_ reader: inout ByteReader) -> Day? {
        if reader.take("J") {
            guard let day = reader.number(), (1...365).contains(day) else { return nil }
            return .withoutLeapDay(Int(day))
        }
        guard reader.take("M") else {
            guard let day = reader.number(), day <= 365 else { return nil }
            return .ofYear(Int(day))
        }
        guard let month = reader.number(), (1...12).contains(month), reader.take("."), let week = reader.number(),
            (1...5).contains(week), reader.take("."), let weekday = reader.number(), weekday <= 6
        else { return nil }
        return .weekday(month: Int(month), week: Int(week), weekday: Int(weekday))
    }

    /// Returns the seconds east of UTC at a moment.
    func offset(at seconds: Int64) -> Int64 {
        guard let summer, let date = CivilDate(daysSinceEpoch: (seconds + standard).flooredDays) else {
            return standard
        }
        let start = Self.moment(of: summer.start, year: date.year) - standard
        let end = Self.moment(of: summer.end, year: date.year) - summer.offset
        let isSummer = start < end ? seconds >= start && seconds < end : seconds >= start || seconds < end
        return isSummer ? summer.offset : standard
    }

    /// Returns when a change happens in a year, in seconds of local time since 1970-01-01.
    private static func moment(of change: Change, year: Int) -> Int64 {
        let first = CivilDate(year: year, month: 1, day: 1)?.daysSinceEpoch ?? 0
        let isLeap = CivilDate(year: year, month: 2, day: 29) != nil
        let day =
            switch change.day {
            case .withoutLeapDay(let day): first + Int64(isLeap && day >= 60 ? day : day - 1)
            case .ofYear(let day): first + Int64(day)
            case .weekday(let month, let week, let weekday):
                Self.day(weekday, ofWeek: week, month: month, year: year) ?? first
            }
        return day * Int64.secondsPerDay + change.time
    }

    private static func day(_ weekday: Int, ofWeek week: Int, month: Int, year: Int) -> Int64? {
        guard let first = CivilDate(year: year, month: month, day: 1) else { return nil }
        // 1970-01-01 was a Thursday; the sum keeps the remainder positive for every day of the calendar.
        let firstWeekday = Int((first.daysSinceEpoch + 4 + 7 * 150_000) % 7)
        let day = 1 + (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
        let date = CivilDate(year: year, month: month, day: day) ?? CivilDate(year: year, month: month, day: day - 7)
        return date?.daysSinceEpoch
    }
}

extension PosixTimeZone {
    /// A yearly change of the clocks.
    struct YearlyChange {
        /// The offsets in seconds east of UTC before and after the change.
        let before: Int64
        let after: Int64
        /// Whether summer time begins with it.
        let isSummer: Bool
        let change: Change

        fileprivate init(_ change: Change, before: Int64, after: Int64, isSummer: Bool) {
            self.change = change
            self.before = before
            self.after = after
            self.isSummer = isSummer
        }

        /// Returns when the change takes place in a year, in seconds since 1970.
        func moment(in year: Int) -> Int64 { PosixTimeZone.moment(of: change, year: year) - before }
    }

    /// The two changes of every year; `nil` for a zone without summer time.
    var yearlyChanges: [YearlyChange]? {
        guard let summer else { return nil }
        return [
            YearlyChange(summer.start, before: standard, after: summer.offset, isSummer: true),
            YearlyChange(summer.end, before: summer.offset, after: standard, isSummer: false),
        ]
    }
}
