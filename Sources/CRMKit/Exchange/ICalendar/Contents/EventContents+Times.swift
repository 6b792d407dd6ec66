import Formats
import Localization

/// Reads the times of a component.
extension EventContents {
    func fault(_ property: ContentProperty, _ reason: Text) -> EventFault {
        EventFault(property: property.name.uppercased(), value: property.rawValue, reason: reason)
    }

    func time(_ property: ContentProperty) throws(EventFault) -> CalendarTime {
        do throws(ValueError) {
            guard let time = try property.times().first else { throw ValueError(Self.noTime) }
            return isOfWholeDays && time.isMidnight ? CalendarTime(day: time.day) : time
        } catch {
            throw fault(property, error.reason)
        }
    }

    /// Whether Outlook marks an event from midnight to midnight as one of whole days.
    private var isOfWholeDays: Bool {
        guard component.first("X-MICROSOFT-CDO-ALLDAYEVENT")?.text.trimmed.uppercased() == "TRUE" else { return false }
        return ["DTSTART", "DTEND"].compactMap(component.first).allSatisfy { property in
            (try? property.times().first).map { $0.isDay || $0.isMidnight } ?? false
        }
    }

    private static let noTime = Text(en: "holds no time", es: "no contiene ninguna hora")

    mutating func readTimes(_ context: CalendarContext) throws(EventFault) {
        let times = mapping.times
        guard let property = startProperty else { return try readUndated(context) }
        let start = try time(property)
        let moment = try self.moment(start, of: property, context)
        texts[times.start] = due(after: start, moment, property, context) ?? moment.description
        texts[times.allDay] = start.isDay ? "true" : "false"
        noteGap(start, moment, property, of: times.start, context)
        contradicted = start.isDay ? nil : context.zones.contradiction(of: start)
        try readZone(start, property, context)
        readBeginning(context)
        try readEnd(start, moment, context)
        try readRepetition(start, moment, context)
    }

    /// The property with the start. A task starts at its due time, where it has one.
    private var startProperty: ContentProperty? {
        let due = isTask && component.hasDueTime ? component.first("DUE") : nil
        return due ?? component.first("DTSTART")
    }

    /// Reads the beginning of a task that is known here by its due time. One that cannot be read is of no consequence.
    private mutating func readBeginning(_ context: CalendarContext) {
        guard isTask, component.hasDueTime, let property = component.first("DTSTART"),
            let time = try? self.time(property), let moment = try? self.moment(time, of: property, context)
        else { return }
        beginning = (moment.secondsSinceEpoch, time.isDay)
    }

    /// Returns when a task is due that says so by its beginning and a duration; `nil` for any other component, and for a
    /// duration that cannot be read.
    private mutating func due(
        after start: CalendarTime,
        _ moment: Moment,
        _ property: ContentProperty,
        _ context: CalendarContext
    ) -> String? {
        guard isTask, component.first("DUE") == nil, component.hasDueTime,
            let duration = component.first("DURATION").flatMap({ try? CalendarDuration($0.rawValue) }),
            duration.total > 0
        else { return nil }
        guard start.isDay else { return try? end(after: duration, start, moment, property, context) }
        let days = duration.days + duration.seconds / 86_400
        return start.day.adding(days: days).flatMap { Moment($0, secondOfDay: 0, in: context.days) }?.description
    }

    /// Whether it is a task without a due time.
    var isUndated: Bool { isTask && startProperty == nil && component.first("RECURRENCE-ID") == nil }

    /// Handles a component without a start. A task need not have a due time; its record then starts when the task was
    /// made.
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
            // A record can only have a zone of the system, and needs one only if it recurs.
            if case .known(let name, _, _)? = context.zones.zone(named: name) {
                texts[mapping.times.zone] = name
            } else if repeats, let counterpart = counterpart(of: name, start, context) {
                texts[mapping.times.zone] = counterpart.name
            } else {
                unsaid.insert(mapping.times.zone)
                if repeats { unheld.append((mapping.times.zone, name)) }
            }
        case .floating:
            // The time means the local time of each reader; a record has it in the zone of the first import.
            texts[mapping.times.zone] = start.isDay ? nil : context.dayZone
            unsaid.insert(mapping.times.zone)
        }
    }

    func counterpart(
        of name: String,
        _ start: CalendarTime,
        _ context: CalendarContext
    ) -> CalendarZones.Counterpart? {
        context.zones.counterpart(of: name, preferring: context.dayZone, from: start.day.year)
    }

    /// Returns the moment of a time.
    mutating func moment(
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

    /// Notes a time that the clocks it is told by skip on that day.
    private mutating func noteGap(
        _ time: CalendarTime,
        _ moment: Moment,
        _ property: ContentProperty,
        of field: String,
        _ context: CalendarContext
    ) {
        guard let told = time.secondOfDay, let clocks = self.clocks(of: time, context) else { return }
        let seconds = moment.secondsSinceEpoch
        let shown = (seconds + clocks.offset(at: seconds)).secondOfDay
        if shown != told { skipped.append((field, property.rawValue, RecurrenceRule.clockTime(shown))) }
    }

    /// The clocks of the system by which a time is told; `nil` for others.
    private func clocks(of time: CalendarTime, _ context: CalendarContext) -> TimeZoneSetting? {
        switch time.zone {
        case .utc: return nil
        case .floating: return context.days
        case .named(let name):
            guard case .known(_, let setting, _)? = context.zones.zone(named: name) else { return nil }
            return setting
        }
    }

    private mutating func note(_ definition: CalendarComponent) {
        if !definitions.contains(definition) { definitions.append(definition) }
    }

    /// Reads the end. An end on a day is exclusive in a calendar, but inclusive in a record.
    private mutating func readEnd(
        _ start: CalendarTime,
        _ moment: Moment,
        _ context: CalendarContext
    ) throws(EventFault) {
        let key = mapping.times.end
        guard !isTask else {
            // A due time beside the beginning of a task that comes again.
            if let due = component.first("DUE"), !component.hasDueTime, try time(due) != start {
                unheld.append((key, due.rawValue))
            }
            return
        }
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
            noteGap(end, ending, property, of: key, context)
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

    /// Returns the end after a duration. Days are counted by clocks, the rest by elapsed time.
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
}
