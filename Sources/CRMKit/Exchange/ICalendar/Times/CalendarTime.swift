import Formats
import Localization

/// A `DATE` or a `DATE-TIME` in a property (RFC 5545 sections 3.3.4 and 3.3.5).
struct CalendarTime: Hashable, Sendable {
    /// The clock that a time refers to.
    enum Zone: Hashable, Sendable {
        /// The local clock of the reader.
        case floating
        case utc
        /// The clock of the zone named by a `TZID` parameter.
        case named(String)
    }

    let day: CivilDate
    /// Seconds after midnight; `nil` for a day.
    let secondOfDay: Int64?
    let zone: Zone

    /// Whether it is a day without a time.
    var isDay: Bool { secondOfDay == nil }
    /// Whether it is the beginning of a day on the clock it refers to.
    var isMidnight: Bool { secondOfDay == 0 && zone != .utc }

    /// Reads `20261203`, `20261203T090000` or `20261203T150000Z`, and common variants: punctuation of ISO 8601, no
    /// seconds, the end of a day as hour 24, an offset from UTC.
    ///
    /// - Parameter name: the `TZID` parameter, if there is one.
    /// - Throws: ``ValueError`` for anything else, and for a day that does not exist.
    init(_ text: some StringProtocol, zone name: String?) throws(ValueError) {
        var reader = ByteReader(String(text).trimmed)
        let date = try Self.day(&reader)
        if reader.isAtEnd {
            self.init(day: date)
            return
        }
        guard reader.take(anyOf: ["T", "t"]) != nil, let second = Self.secondOfDay(&reader) else {
            throw Self.malformed
        }
        if reader.take(anyOf: ["Z", "z"]) != nil {
            self = try Self.time(date, second, .utc)
        } else if let distance = Self.distance(&reader) {
            guard name == nil else { throw Self.malformed }
            self = try Self.time(date, second - distance, .utc)
        } else {
            self = try Self.time(date, second, name.map(Zone.named) ?? .floating)
        }
        guard reader.isAtEnd else { throw Self.malformed }
    }

    /// Reads a day or a time written in no other way than the standard has it, as most are.
    ///
    /// - Returns: `nil` for any other text, and for a day that does not exist.
    init?(standard text: String, zone name: String?) {
        let time = text.utf8.withContiguousStorageIfAvailable { bytes -> CalendarTime? in
            func number(_ places: Range<Int>) -> Int? {
                var number = 0
                for byte in bytes[places] {
                    guard byte.isDigit else { return nil }
                    number = number * 10 + byte.digit
                }
                return number
            }
            let isUTC = bytes.count == 16 && bytes[15] == UInt8(ascii: "Z")
            guard bytes.count == 8 || bytes.count == 15 || isUTC, let year = number(0..<4), let month = number(4..<6),
                let day = number(6..<8), let date = CivilDate(year: year, month: month, day: day)
            else { return nil }
            if bytes.count == 8 { return CalendarTime(day: date) }
            guard bytes[8] == UInt8(ascii: "T"), let hour = number(9..<11), let minute = number(11..<13),
                let second = number(13..<15), hour < 24, minute < 60, second < 60
            else { return nil }
            return CalendarTime(
                day: date,
                secondOfDay: Int64(hour * 3600 + minute * 60 + second),
                zone: isUTC ? .utc : name.map(Zone.named) ?? .floating
            )
        }
        guard let time = time ?? nil else { return nil }
        self = time
    }

    /// `20261203` or `2026-12-03`.
    private static func day(_ reader: inout ByteReader) throws(ValueError) -> CivilDate {
        guard let year = reader.digits(4), case let isDivided = reader.take("-"), let month = reader.digits(2),
            reader.take("-") == isDivided, let day = reader.digits(2)
        else { throw malformed }
        guard let date = CivilDate(year: year, month: month, day: day) else { throw CivilDate.missing }
        return date
    }

    /// Reads a time of day in seconds: `090000`, `09:00:00` or `0900`.
    private static func secondOfDay(_ reader: inout ByteReader) -> Int64? {
        guard let hour = reader.digits(2), case let isDivided = reader.take(":"), let minute = reader.digits(2),
            minute < 60
        else { return nil }
        let hasSeconds = isDivided ? reader.take(":") : reader.next?.isDigit ?? false
        guard let second = hasSeconds ? reader.digits(2) : 0, second < 61,
            hour < 24 || hour == 24 && minute == 0 && second == 0
        else { return nil }
        // POSIX time has no leap second.
        return Int64(hour * 3600 + minute * 60 + min(second, 59))
    }

    /// Reads an offset in seconds: `+0100` or `+01:00`.
    private static func distance(_ reader: inout ByteReader) -> Int64? {
        guard let sign = reader.take(anyOf: ["+", "-"]), let hours = reader.digits(2), hours < 24 else { return nil }
        _ = reader.take(":")
        guard let minutes = reader.digits(2), minutes < 60 else { return nil }
        let seconds = Int64(hours * 3600 + minutes * 60)
        return sign == "-" ? -seconds : seconds
    }

    /// Returns a time, given seconds that may be in the day before or after.
    private static func time(_ day: CivilDate, _ seconds: Int64, _ zone: Zone) throws(ValueError) -> CalendarTime {
        let local = day.secondsSinceEpoch + seconds
        guard let day = CivilDate(daysSinceEpoch: local.flooredDays) else { throw malformed }
        return CalendarTime(day: day, secondOfDay: local.secondOfDay, zone: zone)
    }

    init(day: CivilDate, secondOfDay: Int64? = nil, zone: Zone = .floating) {
        self.day = day
        self.secondOfDay = secondOfDay
        self.zone = zone
    }

    /// Creates the time that clocks in a zone show at a moment.
    ///
    /// - Returns: `nil` beyond the range of the calendar.
    init?(_ moment: Moment, in setting: TimeZoneSetting, zone: Zone) {
        let local = moment.secondsSinceEpoch + setting.offset(at: moment.secondsSinceEpoch)
        guard let day = CivilDate(daysSinceEpoch: local.flooredDays) else { return nil }
        self.init(day: day, secondOfDay: local.secondOfDay, zone: zone)
    }

    /// The seconds from 1970 to the time on its own clock; for a day, to its beginning.
    var localSeconds: Int64 { day.secondsSinceEpoch + (secondOfDay ?? 0) }

    /// Returns the moment when a clock in the zone shows the time; for a day, its beginning.
    ///
    /// - Returns: `nil` beyond the range of the calendar.
    func moment(in setting: TimeZoneSetting) -> Moment? { Moment(day, secondOfDay: secondOfDay ?? 0, in: setting) }

    /// The time in the form of a property.
    var text: String {
        let date = String(day.description.filter { $0 != "-" })
        guard let secondOfDay else { return date }
        let parts = [secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60].map { $0.digits(atLeast: 2) }
        return "\(date)T\(parts.joined())\(zone == .utc ? "Z" : "")"
    }

    private static let malformed = ValueError(
        en: "not a time of a calendar, such as 20261203T090000 or 20261203",
        es: "no es una hora de calendario, como 20261203T090000 o 20261203"
    )
}

extension ContentProperty {
    /// Returns the first value of a parameter.
    func parameter(_ name: String) -> String? { parameterValues(name).first }

    /// Returns the property's times; for periods, their starts.
    func times() throws(ValueError) -> [CalendarTime] {
        if parameters.isEmpty, let time = CalendarTime(standard: rawValue, zone: nil) { return [time] }
        let isOfDays = parameter("VALUE")?.uppercased() == "DATE"
        let (zone, texts) = timeTexts
        var times: [CalendarTime] = []
        for text in texts {
            let time: CalendarTime
            if texts.count == 1, let standard = CalendarTime(standard: rawValue, zone: zone) {
                time = standard
            } else {
                time = try CalendarTime(text.prefix { $0 != "/" }, zone: zone)
            }
            // Some write the midnight of a day whose kind says that it is one.
            times.append(isOfDays && time.secondOfDay == 0 ? CalendarTime(day: time.day) : time)
        }
        return times
    }

    /// The zone of the property's times, and the text of each. Some programs separate them by semicolons, as in
    /// vCalendar 1.0.
    private var timeTexts: (zone: String?, texts: [Substring]) {
        var (zone, value) = (parameter("TZID")?.trimmed.nonEmpty, rawValue[...])
        // Outlook's address of a zone contains a colon but is not quoted.
        if zone == "tzone", value.hasPrefix("//"), let colon = value.lastIndex(of: ":") {
            zone = "tzone:\(value[..<colon])"
            value = value[value.index(after: colon)...]
        }
        return (zone, value.split { $0 == "," || $0 == ";" })
    }

    /// Returns the property's periods, each with its start and its end or duration (RFC 5545 section 3.3.9). Other
    /// values are left out.
    func periods() throws(ValueError) -> [(start: CalendarTime, end: CalendarPeriodEnd)] {
        let (zone, texts) = timeTexts
        var periods: [(start: CalendarTime, end: CalendarPeriodEnd)] = []
        for text in texts {
            let parts = text.split(separator: "/", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let start = try CalendarTime(parts[0], zone: zone)
            let isDuration = parts[1].first.map { "pP+-".contains($0) } ?? false
            let end: CalendarPeriodEnd =
                isDuration
                ? .after(try CalendarDuration(String(parts[1]))) : .at(try CalendarTime(parts[1], zone: zone))
            periods.append((start, end))
        }
        return periods
    }

    /// Returns the property with its times in standard form.
    ///
    /// - Parameter zone: the time zone of the calendar for times without one.
    func standardised(floatingIn zone: String?) -> ContentProperty {
        // In a time of no other form than the standard's there is nothing to mend.
        if parameters.isEmpty, let time = CalendarTime(standard: rawValue, zone: nil),
            time.isDay || time.zone == .utc || zone == nil
        {
            return self
        }
        guard !rawValue.contains("/") || parameter("TZID") == "tzone", let times = try? times(), let first = times.first
        else { return self }
        var parameters = self.parameters
        func set(_ name: String, _ value: String) {
            parameters = parameters.filter { !$0.isNamed(name) } + [ContentParameter(name, [value])]
        }
        if parameter("TZID")?.trimmed.isEmpty ?? false { parameters.removeAll { $0.isNamed("TZID") } }
        switch first.zone {
        case .named(let name) where parameter("TZID") != name: set("TZID", name)
        case .floating where !first.isDay && zone != nil && times.allSatisfy({ $0.zone == .floating && !$0.isDay }):
            if let zone { set("TZID", zone) }
        default: break
        }
        let text = times.map(\.text).joined(separator: ",")
        if text != rawValue, first.isDay { set("VALUE", "DATE") }
        return ContentProperty(name, rawValue: text, group: group, parameters: parameters)
    }

    /// Creates a property with a time.
    init(_ name: String, _ time: CalendarTime) {
        var parameters: [ContentParameter] = []
        if time.isDay { parameters.append(ContentParameter("VALUE", ["DATE"])) }
        if case .named(let zone) = time.zone { parameters.append(ContentParameter("TZID", [zone])) }
        self.init(name, rawValue: time.text, parameters: parameters)
    }
}

/// The end of a `PERIOD`.
enum CalendarPeriodEnd: Hashable, Sendable {
    case at(CalendarTime)
    case after(CalendarDuration)
}

/// A `DURATION` (RFC 5545 section 3.3.6). Days are counted by the clocks of a zone, the rest by elapsed time.
struct CalendarDuration: Hashable, Sendable {
    /// The number of days, negative for a duration backwards.
    let days: Int64
    /// The number of further seconds, negative for a duration backwards.
    let seconds: Int64

    /// The whole duration in seconds, a day counting as 24 hours.
    var total: Int64 { days * 86_400 + seconds }

    /// Reads `-P1DT2H`, `P2W`.
    ///
    /// - Throws: ``ValueError`` for anything else.
    init(_ text: String) throws(ValueError) {
        var reader = ByteReader(text.trimmed.uppercased())
        let isNegative = reader.take(anyOf: ["-", "+"]) == "-"
        guard reader.take("P") else { throw Self.malformed }
        var (days, seconds): (Int64, Int64) = (0, 0)
        var (isTime, count) = (false, 0)
        while !reader.isAtEnd {
            if !isTime, reader.take("T") { isTime = true }
            guard let number = reader.number(), number < 1_000_000_000,
                let unit = reader.take(anyOf: isTime ? ["H", "M", "S"] : ["W", "D"])
            else { throw Self.malformed }
            switch unit {
            case "W": days += number * 7
            case "D": days += number
            case "H": seconds += number * 3600
            case "M": seconds += number * 60
            default: seconds += number
            }
            count += 1
        }
        guard count > 0 else { throw Self.malformed }
        self.days = isNegative ? -days : days
        self.seconds = isNegative ? -seconds : seconds
    }

    /// Returns a number of seconds as RFC 5545 text.
    static func text(seconds: Int64) -> String {
        // The text has only days or only a time, so that no reader has to distinguish days from 24 hours.
        let magnitude = Int64(seconds.magnitude)
        let sign = seconds < 0 ? "-" : ""
        if magnitude % 86_400 == 0, magnitude > 0 { return "\(sign)P\(magnitude / 86_400)D" }
        let parts = [(magnitude / 3600, "H"), (magnitude / 60 % 60, "M"), (magnitude % 60, "S")].filter { $0.0 > 0 }
        return "\(sign)PT" + (parts.isEmpty ? "0S" : parts.map { "\($0.0)\($0.1)" }.joined())
    }

    private static let malformed = ValueError(
        en: "not a duration of a calendar, such as PT1H30M or P1D",
        es: "no es una duración de calendario, como PT1H30M o P1D"
    )
}
