import Localization

/// A recurrence rule as RFC 5545 defines it (section 3.3.10, with the errata); ``Recurrence`` computes its occurrences.
public struct RecurrenceRule: Sendable, Hashable {
    /// The unit of the periods, the longest first.
    public enum Frequency: String, Sendable, CaseIterable {
        case yearly = "YEARLY"
        case monthly = "MONTHLY"
        case weekly = "WEEKLY"
        case daily = "DAILY"
        case hourly = "HOURLY"
        case minutely = "MINUTELY"
        case secondly = "SECONDLY"

        /// Whether periods follow the clocks and not elapsed time.
        var isOfDays: Bool {
            switch self {
            case .yearly, .monthly, .weekly, .daily: true
            case .hourly, .minutely, .secondly: false
            }
        }
    }

    /// A day of the week, or one of the occurrences of that weekday in a month or year: `MO`, `-1FR`.
    public struct Day: Sendable, Hashable, Comparable {
        /// 0 for Monday to 6 for Sunday.
        public let weekday: Int
        /// The number of the occurrence in the month or year, counted from its end when negative; 0 for every one.
        public let ordinal: Int

        /// Creates a day.
        public init(_ weekday: Int, ordinal: Int = 0) {
            self.weekday = weekday
            self.ordinal = ordinal
        }

        static let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

        /// The day as a rule writes it.
        public var text: String { (ordinal == 0 ? "" : String(ordinal)) + Self.names[weekday] }

        /// Orders by ordinal, 0 for plain days, and then by the day of the week.
        public static func < (first: Day, second: Day) -> Bool {
            (first.ordinal, first.weekday) < (second.ordinal, second.weekday)
        }
    }

    /// The end of a rule.
    public enum End: Sendable, Hashable {
        /// Never.
        case never
        /// Ends after a number of occurrences, including the first.
        case count(Int64)
        /// Ends with the last occurrence that begins at or before a time; for a day, at any time of the day.
        case until(OccurrenceName)
    }

    /// The unit of the periods.
    public var frequency: Frequency
    /// The number of units from one period to the next, 1 or more.
    public var interval: Int64 = 1
    /// The end of the rule.
    public var end = End.never
    /// 0 to 60.
    public var seconds: [Int] = []
    /// 0 to 59.
    public var minutes: [Int] = []
    /// 0 to 23.
    public var hours: [Int] = []
    /// Days of the week.
    public var days: [Day] = []
    /// 1 to 31 and -31 to -1.
    public var monthDays: [Int] = []
    /// 1 to 366 and -366 to -1.
    public var yearDays: [Int] = []
    /// 1 to 53 and -53 to -1.
    public var weeks: [Int] = []
    /// 1 to 12.
    public var months: [Int] = []
    /// BYSETPOS, the occurrences of each period that count: 1 to 366 from the first, -1 to -366 from the last.
    public var positions: [Int] = []
    /// The day on which weeks begin, 0 for Monday.
    public var weekStart = 0

    /// Whether the rule names hours, minutes or seconds.
    var hasTimes: Bool { !(hours.isEmpty && minutes.isEmpty && seconds.isEmpty) }
    /// Whether the rule has only one time on each of its days.
    var isOncePerDay: Bool { frequency.isOfDays && !hasTimes }

    /// Creates a rule of a frequency, without an end and limits.
    public init(_ frequency: Frequency) { self.frequency = frequency }
}

// MARK: - As text

extension RecurrenceRule: CustomStringConvertible {
    /// Reads a rule, with or without `RRULE:` before it, in either case.
    ///
    /// - Throws: ``ValueError`` naming the part that is unknown, given twice, out of range, or not allowed with another
    ///   one.
    public init(parsing text: String) throws(ValueError) {
        var text = text.trimmed.uppercased()
        if text.hasPrefix("RRULE:") { text.removeFirst("RRULE:".count) }
        var parts: [(name: Substring, value: Substring)] = []
        for part in text.split(separator: ";") {
            guard let sign = part.firstIndex(of: "=") else { throw Self.malformed(part) }
            let name = part[..<sign]
            guard !parts.contains(where: { $0.name == name }) else {
                throw ValueError(en: "\(name) is given twice", es: "\(name) se indica dos veces")
            }
            parts.append((name, part[part.index(after: sign)...]))
        }
        guard let frequency = parts.first(where: { $0.name == "FREQ" }) else {
            throw ValueError(
                en: "not a repetition: write it in words, or as a rule that begins with FREQ=",
                es: "no es una repetición: escribirla con palabras, o como una regla que empiece con FREQ="
            )
        }
        guard let known = Frequency(rawValue: String(frequency.value)) else { throw Self.malformed(frequency.value) }
        self.init(known)
        for (name, value) in parts where name != "FREQ" { try take(name, value) }
        try check(names: Set(parts.map { String($0.name) }))
        normalize()
    }

    private mutating func take(_ name: Substring, _ value: Substring) throws(ValueError) {
        switch name {
        case "INTERVAL": interval = try Self.number(value, in: 1...Int64(Int32.max))
        case "COUNT": end = .count(try Self.number(value, in: 1...Int64(Int32.max)))
        case "UNTIL": end = .until(try Self.time(value))
        case "BYSECOND": seconds = try Self.numbers(value, in: 0...60)
        case "BYMINUTE": minutes = try Self.numbers(value, in: 0...59)
        case "BYHOUR": hours = try Self.numbers(value, in: 0...23)
        case "BYDAY": days = try Self.list(value, Self.day)
        case "BYMONTHDAY": monthDays = try Self.numbers(value, in: -31...31, withoutZero: true)
        case "BYYEARDAY": yearDays = try Self.numbers(value, in: -366...366, withoutZero: true)
        case "BYWEEKNO": weeks = try Self.numbers(value, in: -53...53, withoutZero: true)
        case "BYMONTH": months = try Self.numbers(value, in: 1...12)
        case "BYSETPOS": positions = try Self.numbers(value, in: -366...366, withoutZero: true)
        case "WKST":
            let day = try Self.day(value)
            guard day.ordinal == 0 else { throw Self.malformed(value) }
            weekStart = day.weekday
        case "RSCALE", "SKIP":
            throw ValueError(
                en: "\(name) is not taken: rules are of the Gregorian calendar",
                es: "\(name) no se admite: las reglas son del calendario gregoriano"
            )
        default:
            throw ValueError(en: "\(name) is no part of a rule", es: "\(name) no es parte de una regla")
        }
    }

    private static func malformed(_ value: Substring) -> ValueError {
        ValueError(en: "\"\(value)\" cannot be in a rule", es: "«\(value)» no puede estar en una regla")
    }

    private static func list<Element>(
        _ text: Substring,
        _ read: (Substring) throws(ValueError) -> Element
    ) throws(ValueError) -> [Element] {
        var elements: [Element] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) { elements.append(try read(part)) }
        return elements
    }

    private static func numbers(
        _ text: Substring,
        in range: ClosedRange<Int64>,
        withoutZero: Bool = false
    ) throws(ValueError) -> [Int] {
        try list(text) { (part) throws(ValueError) in
            let number = try number(part, in: range)
            guard number != 0 || !withoutZero else { throw malformed(part) }
            return Int(number)
        }
    }

    private static func number(_ text: Substring, in range: ClosedRange<Int64>) throws(ValueError) -> Int64 {
        guard let number = Int64(text), range.contains(number) else { throw malformed(text) }
        return number
    }

    private static func day(_ text: Substring) throws(ValueError) -> Day {
        guard let weekday = Day.names.firstIndex(of: String(text.suffix(2))) else { throw malformed(text) }
        let ordinal = text.dropLast(2)
        return Day(weekday, ordinal: ordinal.isEmpty ? 0 : try number(ordinal))

        func number(_ ordinal: Substring) throws(ValueError) -> Int {
            guard let number = Int(ordinal), number != 0, (-53...53).contains(number) else { throw malformed(text) }
            return number
        }
    }

    /// Reads `YYYYMMDD[THHMMSS[Z]]` (RFC 5545, sections 3.3.4 and 3.3.5); a local time is in the event's zone. The form
    /// of ``OccurrenceName`` is read as well.
    private static func time(_ text: Substring) throws(ValueError) -> OccurrenceName {
        var reader = ByteReader(text)
        guard let year = reader.digits(4), let month = reader.digits(2), let day = reader.digits(2) else {
            if let name = try? OccurrenceName(parsing: String(text)) { return name }
            throw malformed(text)
        }
        guard let date = CivilDate(year: year, month: month, day: day) else { throw CivilDate.missing }
        if reader.isAtEnd { return .day(date) }
        guard reader.take("T"), let hour = reader.digits(2), let minute = reader.digits(2),
            let second = reader.digits(2),
            hour < 24, minute < 60, second <= 60
        else { throw malformed(text) }
        let secondOfDay = Int64(hour * 3600 + minute * 60 + min(second, 59))
        if reader.isAtEnd { return .local(date, secondOfDay: secondOfDay) }
        guard reader.take("Z"), reader.isAtEnd,
            let moment = Moment(secondsSinceEpoch: date.secondsSinceEpoch + secondOfDay)
        else { throw malformed(text) }
        return .moment(moment)
    }

    /// Refuses combinations of parts that RFC 5545 forbids.
    private func check(names: Set<String>) throws(ValueError) {
        func refuse(_ name: String, _ other: String) -> ValueError {
            ValueError(en: "\(name) does not go with \(other)", es: "\(name) no va con \(other)")
        }
        if names.contains("COUNT"), names.contains("UNTIL") { throw refuse("COUNT", "UNTIL") }
        let freq = "FREQ=\(frequency.rawValue)"
        if !weeks.isEmpty, frequency != .yearly { throw refuse("BYWEEKNO", freq) }
        if !monthDays.isEmpty, frequency == .weekly { throw refuse("BYMONTHDAY", freq) }
        if !yearDays.isEmpty, [.daily, .weekly, .monthly].contains(frequency) { throw refuse("BYYEARDAY", freq) }
        if let day = days.first(where: { $0.ordinal != 0 }) {
            guard [.yearly, .monthly].contains(frequency) else { throw refuse("BYDAY=\(day.text)", freq) }
            guard weeks.isEmpty else { throw refuse("BYDAY=\(day.text)", "BYWEEKNO") }
        }
        if !positions.isEmpty, !names.contains(where: { $0.hasPrefix("BY") && $0 != "BYSETPOS" }) {
            throw ValueError(
                en: "BYSETPOS needs another part that begins with BY",
                es: "BYSETPOS necesita otra parte que empiece con BY"
            )
        }
    }

    /// Sorts the values of each part and removes repeated ones, so that equal rules are written the same.
    private mutating func normalize() {
        for path: WritableKeyPath<RecurrenceRule, [Int]> in [
            \.seconds, \.minutes, \.hours, \.monthDays, \.yearDays, \.weeks, \.months, \.positions,
        ] where self[keyPath: path].count > 1 {
            self[keyPath: path] = Array(Set(self[keyPath: path])).sorted()
        }
        if days.count > 1 { days = Array(Set(days)).sorted() }
    }

    /// The rule as text, without defaults, in the order in which RFC 5545 lists the parts: `FREQ=WEEKLY;BYDAY=TU,TH`.
    public var description: String {
        var parts = ["FREQ=\(frequency.rawValue)"]
        switch end {
        case .never: break
        case .count(let count): parts.append("COUNT=\(count)")
        case .until(let time): parts.append("UNTIL=\(Self.basic(time))")
        }
        if interval != 1 { parts.append("INTERVAL=\(interval)") }
        func add(_ name: String, _ numbers: [Int]) {
            if !numbers.isEmpty { parts.append("\(name)=\(numbers.map(String.init).joined(separator: ","))") }
        }
        add("BYSECOND", seconds)
        add("BYMINUTE", minutes)
        add("BYHOUR", hours)
        if !days.isEmpty { parts.append("BYDAY=\(days.map(\.text).joined(separator: ","))") }
        add("BYMONTHDAY", monthDays)
        add("BYYEARDAY", yearDays)
        add("BYWEEKNO", weeks)
        add("BYMONTH", months)
        add("BYSETPOS", positions)
        if weekStart != 0 { parts.append("WKST=\(Day.names[weekStart])") }
        return parts.joined(separator: ";")
    }

    /// Returns a time without the hyphens and colons of RFC 3339.
    private static func basic(_ time: OccurrenceName) -> String {
        String(time.description.filter { $0 != "-" && $0 != ":" })
    }
}
