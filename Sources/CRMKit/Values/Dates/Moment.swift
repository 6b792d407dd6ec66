import Formats
import Localization

/// A moment to the second, without leap seconds, as RFC 3339 writes it.
public struct Moment: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Seconds since 1970-01-01T00:00:00Z.
    public let secondsSinceEpoch: Int64
    /// The day in UTC.
    let utcDate: CivilDate

    /// Counts seconds from 1970-01-01T00:00:00Z.
    ///
    /// - Returns: `nil` outside the years 0001 to 9999.
    public init?(secondsSinceEpoch seconds: Int64) {
        guard let day = CivilDate(daysSinceEpoch: seconds.flooredDays) else { return nil }
        secondsSinceEpoch = seconds
        utcDate = day
    }

    /// Returns the stored value of a moment in seconds since 1970-01-01T00:00:00Z; null outside the years 0001 to 9999.
    static func value(_ seconds: Int64) -> Value {
        Moment(secondsSinceEpoch: seconds).map { .text($0.description) } ?? .null
    }

    /// Creates the moment at which the clocks of a zone show a time on a day. A time shown twice is the first of the
    /// two. A skipped time is read with the offset before the gap (RFC 5545 section 3.3.5).
    ///
    /// - Parameter secondOfDay: seconds after midnight.
    public init?(_ date: CivilDate, secondOfDay: Int64, in zone: TimeZoneSetting) {
        self.init(secondsSinceEpoch: zone.seconds(ofLocal: date.secondsSinceEpoch + secondOfDay))
    }

    /// Creates the moment at which a day ends by the clocks of a zone: the next one begins then. The last day of the
    /// calendar ends with it.
    public init(endOf day: CivilDate, in zone: TimeZoneSetting) {
        self = day.adding(days: 1).flatMap { Moment($0, secondOfDay: 0, in: zone) } ?? .last
    }

    private init(lastOf day: CivilDate) {
        secondsSinceEpoch = day.secondsSinceEpoch + .secondsPerDay - 1
        utcDate = day
    }

    /// The last moment of the calendar, with the year 9999.
    public static let last = Moment(lastOf: CivilDate(validYear: 9999, month: 12, day: 31))

    /// Reads a moment in one of these forms: RFC 3339 with `Z` or an offset; `YYYY-MM-DD HH:MM[:SS]`, with a space or
    /// `T`, in the user's zone; `now` and `ahora`; a distance from now, as in `+30min`, `-2h` and `in 2 hours`; a day
    /// as ``CivilDate`` reads it, which is the start of that day in the user's zone; such a day with a time as
    /// ``WrittenTime`` reads it; and a time alone, which is one of today.
    ///
    /// Fractions of a second are dropped, since moments are stored to the second. A leap second is refused: UTC seconds
    /// here are those of POSIX, which has none.
    ///
    /// - Parameter order: the order of day and month in dates that can be read both ways; without it, such a date is
    ///   refused.
    /// - Throws: ``ValueError`` for anything else.
    public init(parsing text: String, clock: Clock, order: CivilDate.Order? = nil) throws(ValueError) {
        if let seconds = Self.distance(text) {
            self = try Self.inCalendar(Moment(secondsSinceEpoch: clock.moment.secondsSinceEpoch + seconds))
        } else if text.utf8.first?.isDigit == true, let moment = try Self.absolute(text, zone: clock.zone) {
            self = moment
        } else if let date = try CivilDate.relative(text, today: clock.date) {
            self = try Self.inCalendar(Moment(date, secondOfDay: 0, in: clock.zone))
        } else if ["now", "ahora"].contains(text.lowercased()) {
            self = clock.moment
        } else {
            self = try Self.written(text, clock: clock, order: order)
        }
    }

    /// A distance from now in hours, minutes or seconds, as in `+30min` and `-2h`.
    ///
    /// - Returns: `nil` for any other text.
    private static func distance(_ text: String) -> Int64? {
        guard let (sign, number, unit) = signed(text), let length = CalendarWords.seconds[unit], length < 86_400,
            unit != Self.ambiguousUnit, number < 4_000_000_000
        else { return nil }
        return sign == "-" ? -number * length : number * length
    }

    private static func signed(_ text: String) -> (sign: Unicode.Scalar, number: Int64, unit: String)? {
        guard let first = text.utf8.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") else { return nil }
        var reader = ByteReader(text)
        guard let sign = reader.take(anyOf: ["+", "-"]), let number = reader.number() else { return nil }
        var unit = ""
        while let byte = reader.next, byte.isLetter {
            unit.unicodeScalars.append(Unicode.Scalar(byte | 0x20))
            _ = reader.take()
        }
        return reader.isAtEnd ? (sign, number, unit) : nil
    }

    private static let ambiguousUnit = "m"

    /// Refuses a distance in `m` for a moment: beside a time of day it may mean minutes, and in dates it means months.
    ///
    /// - Throws: ``ValueError`` that names both.
    static func refuseAmbiguous(_ text: String) throws(ValueError) {
        guard let (sign, number, unit) = signed(text), unit == ambiguousUnit else { return }
        let (en, es) =
            sign == "-"
            ? ("\(number) months ago", "hace \(number) meses") : ("in \(number) months", "en \(number) meses")
        throw ValueError(
            en: "m may be minutes or months: write \(sign)\(number)min, or '\(en)'",
            es: "m puede ser minutos o meses: escribir \(sign)\(number)min, o '\(es)'"
        )
    }

    private static func written(_ text: String, clock: Clock, order: CivilDate.Order?) throws(ValueError) -> Moment {
        var malformed: ValueError { DateFault.moment(text, today: clock.date, order: order) }
        let (local, offset) = withoutOffset(text)
        guard let tokens = WrittenTokens(local), !tokens.isAtEnd else { throw malformed }
        if offset == nil, let (count, length) = WrittenDate.distance(tokens, in: CalendarWords.clockUnits) {
            return try inCalendar(Moment(secondsSinceEpoch: clock.moment.secondsSinceEpoch + count * length))
        }
        let time = WrittenTime.split(tokens)
        if offset != nil, time == nil { throw malformed }
        let (day, second) = time ?? (tokens, 0)
        guard let date = day.isAtEnd ? clock.date : try WrittenDate.read(day, today: clock.date, order: order) else {
            throw malformed
        }
        guard let offset else { return try inCalendar(Moment(date, secondOfDay: second, in: clock.zone)) }
        return try inCalendar(Moment(secondsSinceEpoch: date.secondsSinceEpoch + second - offset))
    }

    /// Reads a moment as it is stored, in RFC 3339 and UTC.
    ///
    /// - Returns: `nil` for other text, which only a foreign program can have stored.
    public init?(stored text: String) {
        guard let moment = try? Self.absolute(text, zone: .utc) else { return nil }
        self = moment
    }

    /// Returns the seconds since 1970 of a stored moment, as ``init(stored:)`` reads it; `nil` for other text. The
    /// usual form to the second is read much faster.
    static func seconds(stored text: String) -> Int64? {
        var text = text
        return text.withUTF8 { seconds(stored: UnsafeRawBufferPointer($0)) }
    }

    /// Returns the seconds since 1970 of a stored moment, given as UTF-8.
    static func seconds(stored text: UnsafeRawBufferPointer) -> Int64? {
        common(text) ?? Moment(stored: String(decoding: text, as: UTF8.self))?.secondsSinceEpoch
    }

    /// Whether UTF-8 is a moment in the one form in which this program writes those to the second.
    static func isWhole(_ text: UnsafeRawBufferPointer) -> Bool { common(text) != nil }

    /// Whether UTF-8 is a moment in the one form in which this program writes those to the millisecond,
    /// `YYYY-MM-DDTHH:MM:SS.fffZ`.
    static func isToTheMillisecond(_ text: UnsafeRawBufferPointer) -> Bool {
        text.count == 24 && text[19] == UInt8(ascii: ".") && text[20..<23].allSatisfy(\.isDigit)
            && text[23] == UInt8(ascii: "Z") && beginning(of: text) != nil
    }

    /// The seconds since the epoch of a moment in the one form in which this program writes them,
    /// `YYYY-MM-DDTHH:MM:SSZ`.
    private static func common(_ bytes: UnsafeRawBufferPointer) -> Int64? {
        bytes.count == 20 && bytes[19] == UInt8(ascii: "Z") ? beginning(of: bytes) : nil
    }

    /// The seconds since the epoch of the moment with which a text begins, `YYYY-MM-DDTHH:MM:SS`; `nil` for another
    /// form, and for a day or time that does not exist.
    ///
    /// - Precondition: the text has at least so many bytes.
    private static func beginning(of bytes: UnsafeRawBufferPointer) -> Int64? {
        guard bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"), bytes[10] == UInt8(ascii: "T"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":")
        else { return nil }
        func number(_ start: Int, _ count: Int) -> Int? {
            var number = 0
            for index in start..<start + count {
                guard bytes[index].isDigit else { return nil }
                number = number * 10 + bytes[index].digit
            }
            return number
        }
        guard let year = number(0, 4), let month = number(5, 2), let day = number(8, 2), let hour = number(11, 2),
            let minute = number(14, 2), let second = number(17, 2), hour < 24, minute < 60, second < 60,
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        return date.secondsSinceEpoch + Int64(hour * 3600 + minute * 60 + second)
    }

    /// Reads a day, alone or with a time and possibly an offset.
    ///
    /// - Parameter zone: the zone of a day or time without an offset.
    /// - Returns: `nil` for a text of another form.
    private static func absolute(_ text: String, zone: TimeZoneSetting) throws(ValueError) -> Moment? {
        var reader = ByteReader(text)
        guard let date = try CivilDate(readingFrom: &reader) else { return nil }
        if reader.isAtEnd { return try inCalendar(Moment(date, secondOfDay: 0, in: zone)) }
        guard reader.take(anyOf: ["T", "t", " "]) != nil, let time = timeOfDay(&reader) else { return nil }
        if reader.isAtEnd { return try inCalendar(Moment(date, secondOfDay: time, in: zone)) }
        guard let offset = writtenOffset(&reader), reader.isAtEnd else { return nil }
        return try inCalendar(Moment(secondsSinceEpoch: date.secondsSinceEpoch + time - offset))
    }

    /// Reads `HH:MM[:SS[.fraction]]` as seconds after midnight, without the fraction.
    static func timeOfDay(_ reader: inout ByteReader) -> Int64? {
        guard let hour = reader.digits(2), hour < 24, reader.take(":"), let minute = reader.digits(2), minute < 60
        else { return nil }
        var second = 0
        if reader.take(":") {
            guard let digits = reader.digits(2), digits < 60 else { return nil }
            second = digits
            if reader.take("."), reader.skip(while: \.isDigit) == 0 { return nil }
        }
        return Int64(hour * 3600 + minute * 60 + second)
    }

    /// Reads `Z`, `+HH:MM`, or ISO 8601's `+HHMM` as seconds east of UTC.
    static func offset(_ reader: inout ByteReader) -> Int64? {
        if reader.take(anyOf: ["Z", "z"]) != nil { return 0 }
        guard let sign = reader.take(anyOf: ["+", "-"]), let hours = reader.digits(2), hours < 24 else { return nil }
        _ = reader.take(":")
        guard let minutes = reader.digits(2), minutes < 60 else { return nil }
        let seconds = Int64(hours * 3600 + minutes * 60)
        return sign == "-" ? -seconds : seconds
    }

    private static func inCalendar(_ moment: Moment?) throws(ValueError) -> Moment {
        guard let moment else {
            throw ValueError(
                en: "the time is outside the years 0001 to 9999",
                es: "la hora está fuera de los años 0001 a 9999"
            )
        }
        return moment
    }

    /// RFC 3339 in UTC to the second: `2026-01-31T09:30:00Z`.
    public var description: String {
        let (date, second) = (utcDate, Int(secondsSinceEpoch.secondOfDay))
        return String(unsafeUninitializedCapacity: 20) { bytes in
            date.write(to: bytes)
            bytes[10] = UInt8(ascii: "T")
            bytes.write(second / 3600, at: 11)
            bytes[13] = UInt8(ascii: ":")
            bytes.write(second / 60 % 60, at: 14)
            bytes[16] = UInt8(ascii: ":")
            bytes.write(second % 60, at: 17)
            bytes[19] = UInt8(ascii: "Z")
            return 20
        }
    }

    /// Returns the moment as text with milliseconds, 0 to 999: `2026-01-31T09:30:00.125Z`.
    func description(milliseconds: Int) -> String {
        "\(description.dropLast()).\(milliseconds.digits(atLeast: 3))Z"
    }

    /// Returns the milliseconds of a time in RFC 3339; 0 if it has no fraction of a second.
    static func milliseconds(in text: String) -> Int {
        let time = text.utf8.drop { $0 != UInt8(ascii: ":") }
        let fraction = time.drop { $0 != UInt8(ascii: ".") }.dropFirst()
        let digits = fraction.prefix { $0.isDigit }.prefix(3)
        return digits.reduce(0) { $0 * 10 + $1.digit } * [1000, 100, 10, 1][digits.count]
    }

    /// Returns a moment as text with milliseconds, given in milliseconds since 1970-01-01T00:00:00Z.
    ///
    /// - Returns: `nil` outside the years 0001 to 9999.
    static func description(millisecondsSinceEpoch count: Int64) -> String? {
        let (seconds, rest) = count.quotientAndRemainder(dividingBy: 1000)
        let floored = rest < 0 ? (seconds - 1, rest + 1000) : (seconds, rest)
        return Moment(secondsSinceEpoch: floored.0)?.description(milliseconds: Int(floored.1))
    }

    /// The earlier moment is the lesser one.
    public static func < (first: Moment, second: Moment) -> Bool {
        first.secondsSinceEpoch < second.secondsSinceEpoch
    }
}

extension Int64 {
    /// The number of seconds of a day without a change of the clocks.
    static let secondsPerDay: Int64 = 86_400

    /// Whole days in a number of seconds, rounded down.
    var flooredDays: Int64 {
        let days = self / .secondsPerDay
        return self % .secondsPerDay < 0 ? days - 1 : days
    }

    /// The seconds after midnight, from 0 to 86,399: the remainder of ``flooredDays``.
    var secondOfDay: Int64 { self - flooredDays * .secondsPerDay }
}
