import Formats
import Localization

/// When a component says that something is, and how often.
extension EventContents {
    private func fault(_ property: ContentProperty, _ reason: Text) -> EventFault {
        EventFault(property: property.name.uppercased(), value: property.rawValue, reason: reason)
    }

    func time(_ property: ContentProperty) throws(EventFault) -> CalendarTime {
        do throws(ValueError) {
            guard let time = try property.times().first else { throw ValueError(Self.noTime) }
            return time
        } catch {
            throw fault(property, error.reason)
        }
    }

    private static let noTime = Text(en: "holds no time", es: "no contiene ninguna hora")

    mutating func readTimes(_ context: CalendarContext) throws(EventFault) {
        let times = mapping.times
        guard let property = startProperty else { return try readUndated(context) }
        let start = try time(property)
        let moment = try self.moment(start, of: property, context)
        texts[times.start] = moment.description
        texts[times.allDay] = start.isDay ? "true" : "false"
        try readZone(start, property, context)
        try readEnd(start, moment, context)
        try readRepetition(start, moment, context)
    }

    /// The property with the start. A task begins when it is due.
    private var startProperty: ContentProperty? {
        isTask ? component.first("DUE") ?? component.first("DTSTART") : component.first("DTSTART")
    }

    /// Handles a component without a start. A task need not be due; its record then begins when the task was received.
    private mutating func readUndated(_ context: CalendarContext) throws(EventFault) {
        guard isTask || component.first("RECURRENCE-ID") != nil else {
            if !context.tellsRecord { return }
            throw EventFault(
                property: "DTSTART",
                value: "",
                reason: Text(en: "is missing: an event has a start", es: "falta: un evento tiene un inicio")
            )
        }
        let names = isTask ? ["CREATED", "DTSTAMP", "LAST-MODIFIED"] : ["RECURRENCE-ID"]
        guard let name = names.first(where: { [component] in component.first($0) != nil }),
            let property = component.first(name)
        else {
            texts[mapping.times.start] = context.clock.now
            texts[mapping.times.allDay] = "false"
            return
        }
        let time = try time(property)
        texts[mapping.times.start] = try moment(time, of: property, context).description
        texts[mapping.times.allDay] = time.isDay ? "true" : "false"
    }

    private mutating func readZone(
        _ start: CalendarTime,
        _ property: ContentProperty,
        _ context: CalendarContext
    ) throws(EventFault) {
        let repeats = ["RRULE", "RDATE"].contains { component.first($0) != nil }
        switch start.zone {
        case .utc:
            texts[mapping.times.zone] = property.parameter(CalendarMapping.ownZone) ?? (repeats ? "UTC" : nil)
        case .named(let name):
            // Records have only zones that the system has; what does not come again needs none.
            if case .known(let name, _, _)? = context.zones.zone(named: name) {
                texts[mapping.times.zone] = name
            } else if repeats, let counterpart = counterpart(of: name, start, context) {
                texts[mapping.times.zone] = counterpart.name
            } else {
                unsaid.insert(mapping.times.zone)
                if repeats { unheld.append((mapping.times.zone, name)) }
            }
        case .floating:
            // It is the same by the clocks of whoever reads it; a record has it by those of whoever took it in first.
            texts[mapping.times.zone] = start.isDay ? nil : context.dayZone
            unsaid.insert(mapping.times.zone)
        }
    }

    private func counterpart(
        of name: String,
        _ start: CalendarTime,
        _ context: CalendarContext
    ) -> CalendarZones.Counterpart? {
        context.zones.counterpart(of: name, preferring: context.dayZone, from: start.day.year)
    }

    /// The moment of a time.
    private mutating func moment(
        _ time: CalendarTime,
        of property: ContentProperty,
        _ context: CalendarContext
    ) throws(EventFault) -> Moment {
        let moment: Moment?
        switch time.zone {
        case .floating:
            moment = time.moment(in: context.days)
        case .utc: moment = time.moment(in: .utc)
        case .named(let name):
            switch context.zones.zone(named: name) {
            case .known(_, let setting, let definition):
                if let definition { note(definition) }
                moment = time.moment(in: setting)
            case .defined(let zone, let definition):
                note(definition)
                moment = Moment(secondsSinceEpoch: zone.seconds(ofLocal: time.localSeconds))
            case nil:
                throw fault(
                    property,
                    Text(
                        en: """
                            the time zone \(name) is not known, and the calendar does not define it: write the name of one \
                            in its place, as TZID=America/Mexico_City
                            """,
                        es: """
                            no se conoce la zona horaria \(name), y el calendario no la define: escribir en su lugar el \
                            nombre de una, como TZID=America/Mexico_City
                            """
                    )
                )
            }
        }
        guard let moment else {
            throw fault(
                property,
                Text(
                    en: "the time is outside the years 0001 to 9999",
                    es: "la hora está fuera de los años 0001 a 9999"
                )
            )
        }
        return moment
    }

    private mutating func note(_ definition: CalendarComponent) {
        if !definitions.contains(definition) { definitions.append(definition) }
    }

    /// The end of a day is the day after it; that of a record is the last day itself.
    private mutating func readEnd(
        _ start: CalendarTime,
        _ moment: Moment,
        _ context: CalendarContext
    ) throws(EventFault) {
        guard !isTask else { return }
        let key = mapping.times.end
        if let property = component.first("DTEND") {
            var end = try time(property)
            if end.isDay {
                guard start.isDay, end.day > start.day, let last = end.day.adding(days: -1) else {
                    if end.day != start.day { unheld.append((key, property.rawValue)) }
                    return
                }
                end = CalendarTime(day: last)
            }
            let ending = try self.moment(end, of: property, context)
            guard ending >= moment else {
                unheld.append((key, property.rawValue))
                return
            }
            texts[key] = ending.description
        } else if let property = component.first("DURATION") {
            do throws(ValueError) {
                let duration = try CalendarDuration(property.rawValue)
                guard duration.total >= 0, let text = try end(after: duration, start, moment, property, context) else {
                    unheld.append((key, property.rawValue))
                    return
                }
                texts[key] = text
            } catch {
                throw fault(property, error.reason)
            }
        }
    }

    /// Days are counted by clocks, what is less by the time that passes.
    private mutating func end(
        after duration: CalendarDuration,
        _ start: CalendarTime,
        _ moment: Moment,
        _ property: ContentProperty,
        _ context: CalendarContext
    ) throws(ValueError) -> String? {
        if start.isDay {
            let days = duration.days + duration.seconds / 86_400
            guard days > 0, let last = start.day.adding(days: days - 1) else { return nil }
            return Moment(last, secondOfDay: 0, in: context.days)?.description
        }
        guard duration.days > 0, let day = start.day.adding(days: duration.days) else {
            return Moment(secondsSinceEpoch: moment.secondsSinceEpoch + duration.seconds)?.description
        }
        let later = CalendarTime(day: day, secondOfDay: start.secondOfDay, zone: start.zone)
        guard let moved = try? self.moment(later, of: property, context) else { return nil }
        return Moment(secondsSinceEpoch: moved.secondsSinceEpoch + duration.seconds)?.description
    }

    // MARK: - Repetition

    private static let earlierEnd = ValueError(
        en: "the repetition ends before it begins",
        es: "la repetición termina antes de empezar"
    )

    /// Whether nothing ever comes by a rule but the start.
    private static func ends(_ rule: RecurrenceRule, before start: CalendarTime, _ moment: Moment) -> Bool {
        guard case .until(let last) = rule.end else { return false }
        return switch last {
        case .day(let day): day < start.day
        case .local(let day, let second): (day, second) < (start.day, start.secondOfDay ?? 0)
        case .moment(let last):
            start.isDay
                ? last.secondsSinceEpoch.flooredDays < start.day.daysSinceEpoch
                : last.secondsSinceEpoch < moment.secondsSinceEpoch
        }
    }

    private mutating func readRepetition(
        _ start: CalendarTime,
        _ moment: Moment,
        _ context: CalendarContext
    ) throws(EventFault) {
        let rules = component.properties(named: "RRULE")
        if let rule = rules.first {
            do throws(ValueError) {
                var read = try RecurrenceRule(parsing: rule.rawValue)
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
                        dates.append(try occurrence(time, of: property, start, context).description)
                    }
                    if name == "RDATE" { try readPeriods(property, start, moment, context) }
                } catch {
                    throw fault(property, error.reason)
                }
            }
            if !dates.isEmpty { texts[field] = dates.uniqued.joined(separator: ",") }
        }
    }

    /// Whether the clocks skip a time on its day, so that it is a later one then (section 3.3.5).
    private func isSkipped(_ time: CalendarTime, _ moment: Moment, _ context: CalendarContext) -> Bool {
        guard !time.isDay, let setting = setting(of: time, context),
            let shown = CalendarTime(moment, in: setting, zone: time.zone)
        else { return false }
        return shown.secondOfDay != time.secondOfDay
    }

    /// Notes of the dates that come beside those of the rule which are longer or shorter than the first.
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

    /// The zone by whose clocks a record comes again that begins at a time; `nil` for one that no record can have.
    private func setting(of start: CalendarTime, _ context: CalendarContext) -> TimeZoneSetting? {
        switch start.zone {
        case .utc: return .utc
        case .floating: return context.days
        case .named(let name):
            if case .known(_, let known, _)? = context.zones.zone(named: name) { return known }
            return counterpart(of: name, start, context)?.setting
        }
    }

    /// Returns the name of the occurrence that the component describes, given the component of the series.
    func originalName(in series: CalendarComponent, _ context: CalendarContext) throws(EventFault) -> OccurrenceName? {
        guard let original, let property = component.first("RECURRENCE-ID") else { return nil }
        var copy = self
        let first = series.first(isTask && series.first("DTSTART") == nil ? "DUE" : "DTSTART")
        let start = try first.map { property throws(EventFault) in try time(property) } ?? original
        do throws(ValueError) {
            return try copy.occurrence(original, of: property, start, context)
        } catch {
            throw fault(property, error.reason)
        }
    }
}

extension RecurrenceRule {
    /// Adds the time of day to the rule when it differs from that of the first occurrence: only the first occurrence is
    /// moved.
    fileprivate mutating func keepTime(of start: CalendarTime) {
        guard frequency.isOfDays, !hasTimes, let second = start.secondOfDay.map(Int.init) else { return }
        (hours, minutes) = ([second / 3600], [second / 60 % 60])
        if second % 60 > 0 { seconds = [second % 60] }
    }
}
