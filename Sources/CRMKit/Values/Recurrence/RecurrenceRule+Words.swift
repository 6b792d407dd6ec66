import Formats
import Localization

extension RecurrenceRule {
    /// Returns the rule in words, `every 2 weeks on Tuesday and Thursday until 2026-12-31`, which are read as the same
    /// rule.
    ///
    /// - Parameter zone: the zone in which the moment is shown at which the rule may end.
    /// - Returns: `nil` for a rule that a few words cannot express.
    public func words(in zone: TimeZoneSetting?) -> Text? {
        guard let chosen else { return nil }
        return chosen.wordsOfDays(in: zone)
    }

    /// The rule with the days that its positions choose, in place of the positions: where each period has the same days.
    /// `nil` if they choose none.
    private var chosen: RecurrenceRule? {
        guard !positions.isEmpty, !hasTimes, frequency == .daily || frequency == .weekly else { return self }
        var rule = self
        rule.positions = []
        let candidates = days.map { ($0.weekday - weekStart + 7) % 7 }.sorted()
        guard frequency == .weekly, candidates.count > 1 else {
            return positions.contains { abs($0) == 1 } ? rule : nil
        }
        // A week that is not wholly in the months has fewer.
        guard months.isEmpty else { return self }
        let places = positions.map { $0 > 0 ? $0 - 1 : candidates.count + $0 }
        let chosen = Set(places.filter(candidates.indices.contains).map { (candidates[$0] + weekStart) % 7 })
        rule.days = chosen.sorted().map { Day($0) }
        return chosen.isEmpty ? nil : rule
    }

    /// Returns the words for a rule whose positions are no longer needed for days and weeks.
    private func wordsOfDays(in zone: TimeZoneSetting?) -> Text? {
        guard !hasTimes, yearDays.isEmpty, weeks.isEmpty, weekStart == 0 || interval == 1, let when = whenWords else {
            return nil
        }
        // In Spanish cada 8 días means every week, and cada 15 días every two.
        if frequency == .daily, interval == 8 || interval == 15 { return nil }
        guard let often = oftenWords, let end = endWords(in: zone) else { return nil }
        if frequency == .weekly, interval == 1, isOfWorkingDays {
            let often = Text(en: "every weekday", es: "de lunes a viernes")
            return Text(joining: [often, end].filter { !$0.en.isEmpty }, with: " ")
        }
        return Text(joining: [often] + [when, end].filter { !$0.en.isEmpty }, with: " ")
    }

    private var oftenWords: Text? {
        let names: (en: String, es: String, plural: String)
        switch frequency {
        case .minutely: names = ("minute", "minuto", "minutos")
        case .hourly: names = ("hour", "hora", "horas")
        case .daily: names = ("day", "día", "días")
        case .weekly: names = ("week", "semana", "semanas")
        case .monthly: names = ("month", "mes", "meses")
        case .yearly: names = ("year", "año", "años")
        case .secondly: return nil
        }
        return interval == 1
            ? Text(en: "every \(names.en)", es: "cada \(names.es)")
            : Text(en: "every \(interval) \(names.en)s", es: "cada \(interval) \(names.plural)")
    }

    private func endWords(in zone: TimeZoneSetting?) -> Text? {
        switch end {
        case .never: return ""
        case .count(1): return Text(en: "1 time", es: "1 vez")
        case .count(let count): return Text(en: "\(count) times", es: "\(count) veces")
        case .until(.day(let day)): return Text(en: "until \(day)", es: "hasta el \(day)")
        case .until(.local(let day, let second)): return Self.until(day, second)
        case .until(.moment(let moment)):
            guard let zone else { return nil }
            let local = moment.secondsSinceEpoch + zone.offset(at: moment.secondsSinceEpoch)
            return CivilDate(daysSinceEpoch: local.flooredDays).map { Self.until($0, local.secondOfDay) }
        }
    }

    /// Returns the words for an end at a time of a day; the last minute of a day means the whole day.
    private static func until(_ day: CivilDate, _ second: Int64) -> Text {
        if second >= Int64.secondsPerDay - 60 { return Text(en: "until \(day)", es: "hasta el \(day)") }
        let time = clockTime(second)
        return Text(en: "until \(day) \(time)", es: "hasta el \(day) \(time)")
    }

    /// Returns a second of a day as a time, `09:30`.
    static func clockTime(_ second: Int64) -> String {
        (second / 3600).digits(atLeast: 2) + ":" + (second / 60 % 60).digits(atLeast: 2)
    }

    private static let working = (0...4).map { Day($0) }

    private var isOfWorkingDays: Bool {
        days == Self.working && months.isEmpty && monthDays.isEmpty && positions.isEmpty
    }

    /// The words for the days within each period; empty when the rule names none, `nil` when there are no words for it.
    private var whenWords: Text? {
        if days.isEmpty, monthDays.isEmpty, months.isEmpty, positions.isEmpty { return "" }
        guard frequency.isOfDays else { return nil }
        if !months.isEmpty, frequency != .yearly { return whenWordsInMonths }
        if !positions.isEmpty {
            guard positions.count == 1, monthDays.isEmpty, months.isEmpty, frequency == .monthly,
                let ordinal = Self.ordinal(positions[0])
            else { return nil }
            if days == Self.working {
                return Text(en: "on the \(ordinal.en) weekday", es: "el \(ordinal.es) día hábil")
            }
            guard days.count == 1, days[0].ordinal == 0 else { return nil }
            let name = Period.weekdays[days[0].weekday].label
            return Text(en: "on the \(ordinal.en) \(name.en)", es: "el \(ordinal.es) \(name.es.lowercased())")
        }
        if !months.isEmpty { return ofMonths }
        if !monthDays.isEmpty { return days.isEmpty ? dayOfMonth : nil }
        if days == Self.working { return Text(en: "on weekdays", es: "de lunes a viernes") }
        return weekdayWords
    }

    /// The words for the days of a rule that is limited to some months.
    private var whenWordsInMonths: Text? {
        var rule = self
        rule.months = []
        guard let when = rule.whenWords else { return nil }
        let names = Text.list(months.map { CalendarWords.monthNames[$0 - 1] })
        let limit = Text(en: "in \(names.en)", es: "en \(names.es)")
        return when.en.isEmpty ? limit : Text(joining: [when, limit], with: " ")
    }

    /// The words for the months of a yearly rule and the days in them: a day of the month, counted weekdays, or none,
    /// for the day of the start.
    private var ofMonths: Text? {
        guard frequency == .yearly else { return nil }
        let names = Text.list(months.map { CalendarWords.monthNames[$0 - 1] })
        if monthDays.isEmpty {
            if days.isEmpty { return Text(en: "in \(names.en)", es: "en \(names.es)") }
            guard days.allSatisfy({ $0.ordinal != 0 }), let list = weekdayWords else { return nil }
            return Text(en: "\(list.en) of \(names.en)", es: "\(list.es) de \(names.es)")
        }
        guard monthDays.count == 1, monthDays[0] > 0, days.isEmpty else { return nil }
        if months.count > 1 {
            return Text(en: "on day \(monthDays[0]) of \(names.en)", es: "el día \(monthDays[0]) de \(names.es)")
        }
        return Text(en: "on \(names.en) \(monthDays[0])", es: "el \(monthDays[0]) de \(names.es)")
    }

    private var dayOfMonth: Text? {
        guard frequency == .monthly else { return nil }
        if monthDays.count == 1, monthDays[0] < 0, let ordinal = Self.ordinal(monthDays[0]) {
            return Text(en: "on the \(ordinal.en) day", es: "el \(ordinal.es) día")
        }
        let numbered = monthDays.filter { $0 > 0 }.map { Text("\($0)") }
        let counted = monthDays.filter { $0 < 0 }.sorted(by: >).map(Self.ordinal)
        if counted.count == 1, let ordinal = counted[0], !numbered.isEmpty {
            let days = numbered.map { Text(en: "day \($0.en)", es: "el día \($0.es)") }
            let list = Text.list(days + [Text(en: "the \(ordinal.en) day", es: "el \(ordinal.es) día")])
            return Text(en: "on \(list.en)", es: list.es)
        }
        guard counted.isEmpty else { return nil }
        let list = Text.list(numbered)
        return monthDays.count == 1
            ? Text(en: "on day \(list.en)", es: "el día \(list.es)")
            : Text(en: "on days \(list.en)", es: "los días \(list.es)")
    }

    private var weekdayWords: Text? {
        guard frequency != .yearly || !months.isEmpty else { return nil }
        let isPlain = days.allSatisfy { $0.ordinal == 0 }
        let names = days.compactMap { day -> Text? in
            let name = Period.weekdays[day.weekday].label
            if day.ordinal == 0 { return isPlain ? Text(en: name.en, es: Self.plural(name.es)) : name }
            guard let ordinal = Self.ordinal(day.ordinal) else { return nil }
            return Text(en: "the \(ordinal.en) \(name.en)", es: "el \(ordinal.es) \(name.es)")
        }
        guard names.count == days.count, isPlain || days.allSatisfy({ $0.ordinal != 0 }) else { return nil }
        let list = Text.list(names)
        return Text(en: "on \(list.en)", es: (isPlain ? "los " : "") + list.es.lowercased())
    }

    private static func plural(_ name: String) -> String { name.hasSuffix("s") ? name : name + "s" }

    private static func ordinal(_ number: Int) -> Text? {
        switch number {
        case 1: Text(en: "first", es: "primer")
        case 2: Text(en: "second", es: "segundo")
        case 3: Text(en: "third", es: "tercer")
        case 4: Text(en: "fourth", es: "cuarto")
        case 5: Text(en: "fifth", es: "quinto")
        case -1: Text(en: "last", es: "último")
        case -2: Text(en: "penultimate", es: "penúltimo")
        default: nil
        }
    }
}

extension Text {
    /// Returns items as a list: `a, b and c`.
    fileprivate static func list(_ items: [Text]) -> Text {
        guard items.count > 1, let last = items.last else { return items.first ?? "" }
        let others = Text(joining: items.dropLast().map { $0 })
        return Text(en: "\(others.en) and \(last.en)", es: "\(others.es) y \(last.es)")
    }
}
