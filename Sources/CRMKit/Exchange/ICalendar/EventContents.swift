import Formats
import Localization

/// What is wrong with a component: a property that cannot be read.
struct EventFault: Error {
    let property: String
    let value: String
    let reason: Text
}

/// What the reading of a component depends on beside its text.
struct CalendarContext {
    let clock: Clock
    let zones: CalendarZones
    /// The zone whose days are meant by a day; that of the user unless the record has another.
    let days: TimeZoneSetting

    init(clock: Clock, zones: CalendarZones, days: TimeZoneSetting? = nil) {
        self.clock = clock
        self.zones = zones
        self.days = days ?? clock.zone
    }
}

/// What a component of a calendar says of a record: texts of fields, and who attends.
///
/// What a field cannot hold is no text of it; the component is kept as it is.
struct EventContents: Sendable {
    /// Somebody who attends.
    struct Attendee: Sendable, Hashable {
        /// The e-mail address in small letters.
        let address: String
        let name: String?
        /// The choice of the link's attribute.
        let response: String?
    }

    let component: CalendarComponent
    /// By the fields' keys.
    private(set) var texts: [String: String] = [:]
    /// The fields of which it says nothing, be it that they have no value.
    private(set) var unsaid: Set<String> = []
    private(set) var attendees: [Attendee] = []
    /// What fields can hold nothing of: for which field it is, and what it is.
    private(set) var unheld: [(field: String, text: String)] = []
    /// Which occurrence it tells of, `RECURRENCE-ID`.
    private(set) var original: CalendarTime?
    /// The definitions of zones that no record can have.
    private(set) var definitions: [CalendarComponent] = []

    private let mapping: CalendarMapping
    private let module: Module

    /// Reads a component.
    ///
    /// - Throws: ``EventFault`` for a time that cannot be read.
    init(
        _ component: CalendarComponent,
        by mapping: CalendarMapping,
        of module: Module,
        in context: CalendarContext
    ) throws(EventFault) {
        self.component = component
        self.mapping = mapping
        self.module = module
        texts[mapping.identifier] = identifier
        readKind()
        try readTimes(context)
        for (property, field) in mapping.texts { read(property, into: field) }
        readSummary()
        readCategories()
        readWords()
        readAttendees()
        readAlarms()
        for field in mapping.fields where mapping.isOwn(field) && texts[field] == nil { unsaid.insert(field) }
        if let property = component.first("RECURRENCE-ID") { original = try time(property, context) }
    }

    /// What tells the series from others.
    var uid: String? { component.first("UID")?.text.trimmed.nonEmpty }

    /// What tells its record from others: an occurrence whose series is not there is one by itself.
    private var identifier: String? {
        guard let uid, let original = component.first("RECURRENCE-ID") else { return uid }
        return "\(uid)/\(original.rawValue)"
    }

    /// What later versions of a component count.
    var sequence: Int64 { component.sequence }
    /// Whether it tells of what is to be done.
    var isTask: Bool { component.name == CalendarMapping.vtodo }
    /// Whether the later occurrences differ as well.
    var isFollowing: Bool {
        component.first("RECURRENCE-ID")?.parameter("RANGE")?.uppercased() == "THISANDFUTURE"
    }

    // MARK: - Texts

    /// As much of a text as a field can hold.
    private func held(_ text: String, by field: String) -> String? {
        module.field(field).flatMap { HeldText.held(text, as: $0.type) }
    }

    private mutating func readKind() {
        if isTask {
            texts[mapping.kind] = mapping.task
        } else if let text = component.first(CalendarMapping.ownKind)?.text.lowercased(),
            module.field(mapping.kind)?.type.choices.contains(where: { $0.key == text }) == true, text != mapping.task
        {
            texts[mapping.kind] = text
        }
    }

    private mutating func read(_ property: String, into field: String) {
        guard let text = component.first(property)?.text, !text.trimmed.isEmpty else { return }
        texts[field] = held(text, by: field)
        if texts[field] == nil { unheld.append((field, text)) }
    }

    /// A component needs no summary; a record is called by what else there is.
    private mutating func readSummary() {
        read("SUMMARY", into: mapping.summary)
        guard texts[mapping.summary] == nil else { return }
        for property in ["DESCRIPTION", "LOCATION", "UID"] {
            for line in (component.first(property)?.text ?? "").split(whereSeparator: \.isNewline) {
                guard let text = held(String(line).trimmed, by: mapping.summary) else { continue }
                texts[mapping.summary] = text
                return
            }
        }
        texts[mapping.summary] = component.name
    }

    /// A list has commas between its elements and none in them.
    private mutating func readCategories() {
        let elements = component.properties(named: "CATEGORIES").flatMap(\.list)
        let tags = elements.compactMap { HeldText.held($0.trimmed, as: .text) }
            .filter { !$0.utf8.contains(UInt8(ascii: ",")) }
        texts[mapping.categories] = tags.isEmpty ? nil : tags.joined(separator: ",")
    }

    private mutating func readWords() {
        readStatus()
        if let word = component.first(mapping.classification.property)?.text.trimmed.uppercased() {
            texts[mapping.classification.field] = mapping.classification.choice(word)
        }
        if let number = component.first("PRIORITY").flatMap({ Int($0.rawValue.trimmed) }), number > 0 {
            texts[mapping.priority.field] = mapping.priority.choices.first { number <= $0.upTo }?.choice
        }
    }

    /// What only this program says counts as long as it goes with what all say.
    private mutating func readStatus() {
        let status = mapping.status(of: component.name)
        var word = component.first(status.property)?.text.trimmed.uppercased()
        if word == nil, isTask, component.first("COMPLETED") != nil { word = "COMPLETED" }
        let own = component.first(CalendarMapping.ownStatus)?.text
        if let own, status.word(own) == word {
            texts[status.field] = own
        } else {
            texts[status.field] = word.flatMap(status.choice)
        }
    }

    // MARK: - People

    private mutating func readAttendees() {
        for property in component.properties where property.isNamed("ATTENDEE") {
            guard let address = property.address else { continue }
            let word = property.parameter(mapping.response.property)?.uppercased()
            let attendee = Attendee(
                address: address,
                name: property.parameter("CN")?.trimmed.nonEmpty,
                response: word.flatMap(mapping.response.choice)
            )
            if !attendees.contains(where: { $0.address == address }) { attendees.append(attendee) }
        }
    }

    // MARK: - Alarms

    private mutating func readAlarms() {
        var seconds: [Int64] = []
        for alarm in component.components {
            guard let before = alarm.secondsBefore(isTask: isTask, hasEnd: component.first("DUE") != nil),
                !seconds.contains(before)
            else { continue }
            seconds.append(before)
        }
        guard !seconds.isEmpty else { return }
        texts[mapping.reminders] = seconds.map { Duration(seconds: $0).description }.joined(separator: ",")
    }

    // MARK: - Times

    private func fault(_ property: ContentProperty, _ reason: Text) -> EventFault {
        EventFault(property: property.name.uppercased(), value: property.rawValue, reason: reason)
    }

    private func time(_ property: ContentProperty, _ context: CalendarContext) throws(EventFault) -> CalendarTime {
        do throws(ValueError) {
            guard let time = try property.times().first else { throw ValueError(Self.noTime) }
            return time
        } catch {
            throw fault(property, error.reason)
        }
    }

    private static let noTime = Text(en: "holds no time", es: "no contiene ninguna hora")

    private mutating func readTimes(_ context: CalendarContext) throws(EventFault) {
        let times = mapping.times
        guard let property = startProperty else { return try readUndated(context) }
        let start = try time(property, context)
        let moment = try self.moment(start, of: property, context)
        texts[times.start] = moment.description
        texts[times.allDay] = start.isDay ? "true" : "false"
        try readZone(start, property, context)
        try readEnd(start, moment, context)
        try readRepetition(start, moment, context)
    }

    /// What a task is for is when it is due.
    private var startProperty: ContentProperty? {
        isTask ? component.first("DUE") ?? component.first("DTSTART") : component.first("DTSTART")
    }

    /// A task need not be due at any time; that of a record is then when it came.
    private mutating func readUndated(_ context: CalendarContext) throws(EventFault) {
        guard isTask || component.first("RECURRENCE-ID") != nil else {
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
        let time = try time(property, context)
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
            // Records have only zones that the system has.
            if case .known(let name, _, _)? = context.zones.zone(named: name) {
                texts[mapping.times.zone] = name
            } else {
                unsaid.insert(mapping.times.zone)
            }
        case .floating: unsaid.insert(mapping.times.zone)
        }
    }

    /// The moment of a time.
    private mutating func moment(
        _ time: CalendarTime,
        of property: ContentProperty,
        _ context: CalendarContext
    ) throws(EventFault) -> Moment {
        let second = time.secondOfDay ?? 0
        let moment: Moment?
        switch time.zone {
        case .floating:
            moment = Moment(time.day, secondOfDay: second, in: time.isDay ? context.days : context.clock.zone)
        case .utc: moment = Moment(time.day, secondOfDay: second, in: .utc)
        case .named(let name):
            switch context.zones.zone(named: name) {
            case .known(_, let setting, let definition):
                if let definition { note(definition) }
                moment = Moment(time.day, secondOfDay: second, in: setting)
            case .defined(let zone, let definition):
                note(definition)
                moment = Moment(
                    secondsSinceEpoch: zone.seconds(ofLocal: time.day.daysSinceEpoch * 86_400 + second)
                )
            case nil:
                throw fault(
                    property,
                    Text(
                        en: "the time zone \(name) is not known, and the calendar does not define it",
                        es: "no se conoce la zona horaria \(name), y el calendario no la define"
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
            var end = try time(property, context)
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

    private mutating func readRepetition(
        _ start: CalendarTime,
        _ moment: Moment,
        _ context: CalendarContext
    ) throws(EventFault) {
        let rules = component.properties(named: "RRULE")
        if let rule = rules.first {
            do throws(ValueError) {
                texts[mapping.times.recurrence] = try RecurrenceRule(parsing: rule.rawValue).description
            } catch {
                unheld.append((mapping.times.recurrence, rule.rawValue))
            }
        }
        for rule in rules.dropFirst() + component.properties(named: "EXRULE") {
            unheld.append((mapping.times.recurrence, rule.rawValue))
        }
        for (name, field) in [("RDATE", mapping.times.further), ("EXDATE", mapping.times.excluded)] {
            var names: [String] = []
            for property in component.properties where property.isNamed(name) && !property.rawValue.isEmpty {
                do throws(ValueError) {
                    for time in try property.times() {
                        let name = try occurrence(time, of: property, start, context).description
                        if !names.contains(name) { names.append(name) }
                    }
                } catch {
                    throw fault(property, error.reason)
                }
            }
            if !names.isEmpty { texts[field] = names.joined(separator: ",") }
        }
    }

    /// What an occurrence is called that begins at a time by the rule: by the clocks of the record's zone.
    private mutating func occurrence(
        _ time: CalendarTime,
        of property: ContentProperty,
        _ start: CalendarTime,
        _ context: CalendarContext
    ) throws(ValueError) -> OccurrenceName {
        if start.isDay || time.isDay { return .day(time.day) }
        if time.zone == start.zone || time.zone == .floating {
            return .local(time.day, secondOfDay: time.secondOfDay ?? 0)
        }
        let moment: Moment
        do throws(EventFault) {
            moment = try self.moment(time, of: property, context)
        } catch {
            throw ValueError(error.reason)
        }
        let setting: TimeZoneSetting
        switch start.zone {
        case .utc: setting = .utc
        case .floating: setting = context.clock.zone
        case .named(let name):
            guard case .known(_, let known, _)? = context.zones.zone(named: name) else { return .moment(moment) }
            setting = known
        }
        guard let local = CalendarTime(moment, in: setting, zone: start.zone) else { return .moment(moment) }
        return .local(local.day, secondOfDay: local.secondOfDay ?? 0)
    }

    /// What the occurrence is called of which the component tells, one of a series that begins as another component says.
    func originalName(in series: CalendarComponent, _ context: CalendarContext) throws(EventFault) -> OccurrenceName? {
        guard let original, let property = component.first("RECURRENCE-ID") else { return nil }
        var copy = self
        let first = series.first(isTask && series.first("DTSTART") == nil ? "DUE" : "DTSTART")
        let start = try first.map { property throws(EventFault) in try time(property, context) } ?? original
        do throws(ValueError) {
            return try copy.occurrence(original, of: property, start, context)
        } catch {
            throw fault(property, error.reason)
        }
    }
}

extension ContentProperty {
    /// The e-mail address of somebody, in small letters; `nil` for one who is reached in another way.
    var address: String? {
        let scheme = "mailto:"
        let text = rawValue.trimmed.lowercased()
        if text.hasPrefix(scheme) { return String(text.dropFirst(scheme.count)).nonEmpty }
        if text.contains("@"), !text.contains(":") { return text }
        let email = parameter("EMAIL")?.trimmed.lowercased()
        return email.flatMap { $0.contains("@") ? $0 : nil }
    }
}

extension CalendarComponent {
    /// How many seconds before the start of what it is for an alarm goes off; `nil` for one that goes off at another time, and
    /// for what is no alarm.
    ///
    /// - Parameters:
    ///   - isTask: whether it is for a task, which begins for us when it is due.
    ///   - hasEnd: whether that task says when it is due.
    func secondsBefore(isTask: Bool, hasEnd: Bool) -> Int64? {
        guard name == "VALARM", let trigger = first("TRIGGER") else { return nil }
        let isOfEnd = trigger.parameter("RELATED")?.uppercased() == "END"
        guard trigger.parameter("VALUE")?.uppercased() != "DATE-TIME", isOfEnd == (isTask && hasEnd),
            let duration = try? CalendarDuration(trigger.rawValue), duration.total <= 0
        else { return nil }
        return -duration.total
    }
}

extension String {
    /// The text; `nil` where it is empty.
    var nonEmpty: String? { isEmpty ? nil : self }
}
