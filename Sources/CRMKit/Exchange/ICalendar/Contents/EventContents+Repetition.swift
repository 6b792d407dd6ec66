import Formats
import Localization

/// Reads the recurrence rule and the additional and excluded dates of a component.
extension EventContents {
    private static let earlierEnd = ValueError(
        en: "the repetition ends before it begins",
        es: "la repetición termina antes de empezar"
    )

    /// Whether a rule ends before the start, so that nothing recurs.
    private static func ends(_ rule: RecurrenceRule, before start: CalendarTime, _ moment: Moment) -> Bool {
        guard case .until(let last) = rule.end else { return false }
        return switch last {
        case .day(let day): day < start.day
        case .local(let day, let second): (day, second) < (start.day, start.secondOfDay ?? 0)
        case .moment(let last): last.secondsSinceEpoch < moment.secondsSinceEpoch
        }
    }

    /// Reads the rule of a property. White space and proprietary parts are ignored. A rule with two ends ends at the
    /// earlier one, as in other programs.
    private func readRule(
        _ property: ContentProperty,
        _ start: CalendarTime,
        _ moment: Moment,
        _ context: CalendarContext
    ) throws(ValueError) -> RecurrenceRule {
        let parts = property.rawValue.filter { !$0.isWhitespace }.split(separator: ";")
            .filter { !$0.uppercased().hasPrefix("X-") }
        func parsed(without name: String? = nil) throws(ValueError) -> RecurrenceRule {
            let left = parts.filter { part in name.map { !part.uppercased().hasPrefix("\($0)=") } ?? true }
            let rule = try RecurrenceRule(parsing: left.joined(separator: ";"))
            return start.isDay ? rule.endingOnDay : rule
        }
        let isCounted = parts.contains { $0.uppercased().hasPrefix("COUNT=") }
        guard isCounted, parts.contains(where: { $0.uppercased().hasPrefix("UNTIL=") }) else { return try parsed() }
        let (counted, limited) = (try parsed(without: "UNTIL"), try parsed(without: "COUNT"))
        guard case .count(let count) = counted.end, count <= Self.mostCounted else { return try parsed() }
        let zone = setting(of: start, context) ?? context.days
        var left = count
        EventSeries(start: moment.secondsSinceEpoch, zone: zone, rule: limited)
            .walk(from: moment.secondsSinceEpoch, until: .max) { _ in
                left -= 1
                return left > 0
            }
        return left > 0 ? limited : counted
    }

    /// The maximum number of occurrences that are counted to find which end of a rule is earlier.
    private static let mostCounted: Int64 = 100_000

    mutating func readRepetition(
        _ start: CalendarTime,
        _ moment: Moment,
        _ context: CalendarContext
    ) throws(EventFault) {
        let rules = component.properties(named: "RRULE")
        if let rule = rules.first {
            do throws(ValueError) {
                var read = try readRule(rule, start, moment, context)
                if Self.ends(read, before: start, moment) { throw Self.earlierEnd }
                if isSkipped(start, moment, context) { read.keepTime(of: start) }
                texts[mapping.times.recurrence] = read.description
                if start.zone == .floating, case .until(.local(let day, let second)) = read.end,
                    let last = Moment(day, secondOfDay: second, in: context.days)
                {
                    read.end = .until(.moment(last))
                }
                self.rule = read
            } catch {
                unheld.append((mapping.times.recurrence, rule.rawValue))
            }
        }
        for rule in rules.dropFirst() + component.properties(named: "EXRULE") {
            unheld.append((mapping.times.recurrence, rule.rawValue))
        }
        for (name, field) in [("RDATE", mapping.times.further), ("EXDATE", mapping.times.excluded)] {
            var dates: [String] = []
            for property in component.properties where property.isNamed(name) && !property.rawValue.isEmpty {
                do throws(ValueError) {
                    for time in try property.times() {
                        let date = try occurrence(time, of: property, start, context)
                        dates.append((name == "EXDATE" ? wholeDay(date, start) : date).description)
                    }
                    if name == "RDATE" { try readPeriods(property, start, moment, context) }
                } catch {
                    throw fault(property, error.reason)
                }
            }
            if !dates.isEmpty { texts[field] = dates.uniqued.joined(separator: ",") }
        }
    }

    /// Returns the name of an excluded or changed occurrence. Exchange means a day by its midnight, at which there is no
    /// occurrence.
    private func wholeDay(_ name: OccurrenceName, _ start: CalendarTime) -> OccurrenceName {
        guard case .local(let day, 0) = name, let second = start.secondOfDay, second > 0,
            rule?.isOncePerDay ?? true,
            !(texts[mapping.times.further] ?? "").split(separator: ",").contains(Substring(name.description))
        else { return name }
        return .day(day)
    }

    /// Whether the clocks skip a time on its day, so that it means a later one there (section 3.3.5).
    private func isSkipped(_ time: CalendarTime, _ moment: Moment, _ context: CalendarContext) -> Bool {
        guard !time.isDay, let setting = setting(of: time, context),
            let shown = CalendarTime(moment, in: setting, zone: time.zone)
        else { return false }
        return shown.secondOfDay != time.secondOfDay
    }

    /// Reads the additional dates whose duration differs from that of the first occurrence.
    private mutating func readPeriods(
        _ property: ContentProperty,
        _ start: CalendarTime,
        _ first: Moment,
        _ context: CalendarContext
    ) throws(ValueError) {
        let length = texts[mapping.times.end].flatMap(Moment.seconds(stored:)).map { $0 - first.secondsSinceEpoch } ?? 0
        for (time, ending) in try property.periods() where !start.isDay && !isTask {
            let moments: (begin: Moment, end: Moment?)
            do throws(EventFault) {
                let begin = try moment(time, of: property, context)
                switch ending {
                case .at(let end): moments = (begin, try moment(end, of: property, context))
                case .after(let duration):
                    moments = (begin, Moment(secondsSinceEpoch: begin.secondsSinceEpoch + duration.total))
                }
            } catch {
                throw ValueError(error.reason)
            }
            guard let end = moments.end, end >= moments.begin,
                end.secondsSinceEpoch - moments.begin.secondsSinceEpoch != length
            else { continue }
            periods.append((try occurrence(time, of: property, start, context), end))
        }
    }

    /// Returns the name of the occurrence that begins at a time by the rule, in the record's time zone.
    private mutating func occurrence(
        _ time: CalendarTime,
        of property: ContentProperty,
        _ start: CalendarTime,
        _ context: CalendarContext
    ) throws(ValueError) -> OccurrenceName {
        if start.isDay || time.isDay { return .day(time.day) }
        let setting = setting(of: start, context)
        if time.zone == start.zone || time.zone == .floating, setting != nil {
            return .local(time.day, secondOfDay: time.secondOfDay ?? 0)
        }
        let moment: Moment
        do throws(EventFault) {
            moment = try self.moment(time, of: property, context)
        } catch {
            throw ValueError(error.reason)
        }
        guard let local = CalendarTime(moment, in: setting ?? context.days, zone: start.zone) else {
            return .moment(moment)
        }
        return .local(local.day, secondOfDay: local.secondOfDay ?? 0)
    }

    /// Returns the zone by whose clocks a record recurs that starts at a time; `nil` if no record can have it.
    private func setting(of start: CalendarTime, _ context: CalendarContext) -> TimeZoneSetting? {
        switch start.zone {
        case .utc: return .utc
        case .floating: return context.days
        case .named(let name):
            if case .known(_, let known, _)? = context.zones.zone(named: name) { return known }
            return counterpart(of: name, start, context)?.setting
        }
    }

    /// Returns the series that a record with the contents of the component would have.
    ///
    /// - Returns: `nil` for a component without a start.
    func series(_ clock: Clock) -> EventSeries? {
        let times = mapping.times
        func dates(_ field: String) -> [OccurrenceName] {
            (texts[field] ?? "").split(separator: ",").compactMap { try? OccurrenceName(parsing: String($0)) }
        }
        return texts[times.start].flatMap(Moment.seconds(stored:)).map { start in
            EventSeries(
                start: start,
                zone: clock.zone(named: texts[times.zone]),
                rule: texts[times.recurrence].flatMap { try? RecurrenceRule(parsing: $0) },
                further: dates(times.further),
                excluded: dates(times.excluded)
            )
        }
    }

    /// Returns the name of the occurrence that the component describes, given the component of the series.
    func originalName(in series: CalendarComponent, _ context: CalendarContext) throws(EventFault) -> OccurrenceName? {
        guard let original, let property = component.first("RECURRENCE-ID") else { return nil }
        var copy = self
        let first = series.first(isTask && series.first("DTSTART") == nil ? "DUE" : "DTSTART")
        let start = try first.map { property throws(EventFault) in try time(property) } ?? original
        do throws(ValueError) {
            let name = try copy.occurrence(original, of: property, start, context)
            guard series.first("RDATE") == nil, let text = series.first("RRULE")?.rawValue,
                let rule = try? RecurrenceRule(parsing: text)
            else { return name }
            copy.rule = rule
            return copy.wholeDay(name, start)
        } catch {
            throw fault(property, error.reason)
        }
    }
}

extension RecurrenceRule {
    /// Sets the time of day in the rule if clocks skip that of the first occurrence, so that only the first one is
    /// moved.
    fileprivate mutating func keepTime(of start: CalendarTime) {
        guard frequency.isOfDays, !hasTimes, let second = start.secondOfDay.map(Int.init) else { return }
        (hours, minutes) = ([second / 3600], [second / 60 % 60])
        if second % 60 > 0 { seconds = [second % 60] }
    }
}
