import Formats
import Localization

/// The calendar component made from the fields of a record.
struct RecordComponent {
    private let mapping: CalendarMapping
    private let clock: Clock
    private let zones: ZoneDirectory

    init(_ mapping: CalendarMapping, clock: Clock) {
        self.mapping = mapping
        self.clock = clock
        zones = clock.zones
    }

    /// Returns the component of a record.
    ///
    /// - Parameters:
    ///   - people: the contacts linked with the record.
    ///   - original: the name of the occurrence described, and the series; `nil` for the record as a whole.
    func component(
        of record: Record,
        with people: [CalendarPerson],
        original: (name: OccurrenceName, isFollowing: Bool, series: Record)? = nil
    ) -> CalendarComponent {
        var properties = [ContentProperty("UID", text: Self.uid(of: record, mapping))]
        properties += stamps(of: record)
        if let original { properties += recurrenceID(original.name, original.isFollowing, of: original.series) }
        properties += text("SUMMARY", mapping.summary, of: record)
        properties += times(of: record)
        if original == nil { properties += repetition(of: record) }
        for (property, field) in mapping.texts { properties += text(property, field, of: record) }
        properties += words(of: record)
        let tags = elements(mapping.categories, of: record)
        if !tags.isEmpty { properties.append(ContentProperty("CATEGORIES", list: tags)) }
        properties += people.compactMap { $0.property(by: mapping.response) }
        return CalendarComponent(name(of: record), properties: properties, components: alarms(of: record))
    }

    /// Returns the name of a record's component.
    func name(of record: Record) -> String {
        record[mapping.kind].text == mapping.task ? CalendarMapping.vtodo : CalendarMapping.vevent
    }

    // MARK: - Identity

    private static let uidPrefix = "crm-event-"

    /// Returns the `UID` of a record: its own, otherwise one by which an import recognizes the record.
    static func uid(of record: Record, _ mapping: CalendarMapping) -> String {
        uid(of: record.id, identifier: record[mapping.identifier].text, created: record[mapping.created].text)
    }

    /// Returns the `UID` of a record with an id, given its own and when it was made.
    static func uid(of id: Int64, identifier: String?, created: String?) -> String {
        if let identifier { return identifier }
        let made = (created ?? "").filter { $0 != "-" && $0 != ":" }
        return "\(uidPrefix)\(id)-\(made)"
    }

    /// Returns the id in a `UID` made by ``uid(of:_:)``. Whether it is of this database must be checked against the
    /// record.
    static func id(ofUID uid: String) -> Int64? {
        guard uid.hasPrefix(uidPrefix) else { return nil }
        return Int64(uid.dropFirst(uidPrefix.count).prefix { $0 != "-" })
    }

    /// Returns the first year for which the zones of a record must be right: the year before the record begins, in
    /// which the zone's present offset may have started.
    static func firstYear(of record: Record, _ mapping: CalendarMapping) -> Int {
        let start = record[mapping.times.start].text.flatMap(Moment.init(stored:))
        return max(1, (start?.utcDate.year ?? 1971) - 1)
    }

    /// Returns a property with a stored moment.
    private func stamp(_ name: String, _ value: Value) -> ContentProperty? {
        value.text.map { moment in ContentProperty(name, rawValue: moment.filter { $0 != "-" && $0 != ":" }) }
    }

    private func stamps(of record: Record) -> [ContentProperty] {
        [
            stamp("DTSTAMP", record[mapping.revision]), stamp("CREATED", record[mapping.created]),
            stamp("LAST-MODIFIED", record[mapping.revision]),
        ].compactMap { $0 }
    }

    // MARK: - Texts

    private func text(_ name: String, _ field: String, of record: Record) -> [ContentProperty] {
        guard let type = record.module.field(field)?.type, !record[field].isNull else { return [] }
        return [ContentProperty(name, text: type.text(of: record[field], currency: nil))]
    }

    private func elements(_ field: String, of record: Record) -> [String] {
        record.module.field(field)?.type.elements(of: record[field]) ?? []
    }

    private func words(of record: Record) -> [ContentProperty] {
        var properties: [ContentProperty] = []
        let status = mapping.status(of: name(of: record))
        if let choice = record[status.field].text, let word = status.word(choice) {
            properties.append(ContentProperty(status.property, text: word))
            if status.choice(word) != choice {
                properties.append(ContentProperty(CalendarMapping.ownStatus, text: choice))
            }
        }
        if let number = record[mapping.priority.field].text.flatMap({ choice in
            mapping.priority.choices.first { $0.choice == choice }?.written
        }) {
            properties.append(ContentProperty("PRIORITY", rawValue: "\(number)"))
        }
        if let word = record[mapping.classification.field].text.flatMap(mapping.classification.word) {
            properties.append(ContentProperty(mapping.classification.property, text: word))
        }
        let kind = record[mapping.kind]
        if let choice = kind.text, choice != mapping.task, kind != record.module.field(mapping.kind)?.defaultValue {
            properties.append(ContentProperty(CalendarMapping.ownKind, text: choice))
        }
        return properties
    }

    private func alarms(of record: Record) -> [CalendarComponent] {
        guard record.module.field(mapping.reminders) != nil else { return [] }
        let isDue = name(of: record) == CalendarMapping.vtodo && record[mapping.times.recurrence].isNull
        let related = isDue ? [ContentParameter("RELATED", ["END"])] : []
        return elements(mapping.reminders, of: record).compactMap { text in
            guard let duration = try? Duration(parsing: text) else { return nil }
            return CalendarComponent(
                "VALARM",
                properties: [
                    ContentProperty("ACTION", rawValue: "DISPLAY"),
                    ContentProperty("DESCRIPTION", text: record.displayName),
                    ContentProperty(
                        "TRIGGER",
                        rawValue: CalendarDuration.text(seconds: -duration.seconds),
                        parameters: related
                    ),
                ]
            )
        }
    }

    // MARK: - Times

    /// Returns the zone of a record's times.
    private func setting(of record: Record) -> (setting: TimeZoneSetting, zone: CalendarTime.Zone) {
        guard let name = record[mapping.times.zone].text, name != "UTC", let file = zones.zone(named: name) else {
            return (.utc, .utc)
        }
        return (.file(file), .named(name))
    }

    /// Returns the zone of a record's days.
    func days(of record: Record) -> TimeZoneSetting {
        clock.zone(named: record[mapping.times.zone].text)
    }

    private func isAllDay(_ record: Record) -> Bool { record[mapping.times.allDay] == .integer(1) }

    /// Returns a moment of a record as a calendar time.
    private func time(_ key: String, of record: Record) -> CalendarTime? {
        guard let moment = record[key].text.flatMap(Moment.init(stored:)) else { return nil }
        if isAllDay(record) {
            return CalendarTime(moment, in: days(of: record), zone: .floating).map { CalendarTime(day: $0.day) }
        }
        let (setting, zone) = setting(of: record)
        if let local = CalendarTime(moment, in: setting, zone: zone),
            local.moment(in: setting) == moment
        {
            return local
        }
        return CalendarTime(moment, in: .utc, zone: .utc)
    }

    /// Returns a property with a time. A time that occurs twice in the record's zone is written in UTC with the zone as
    /// a parameter. So is a time in UTC, if no recurrence shows that UTC is the record's zone.
    private func property(_ name: String, _ time: CalendarTime, of record: Record) -> ContentProperty {
        let property = ContentProperty(name, time)
        guard time.zone == .utc, let zone = record[mapping.times.zone].text, zone != "UTC" || !isRepeated(record) else {
            return property
        }
        return property.with(parameters: property.parameters + [ContentParameter(CalendarMapping.ownZone, [zone])])
    }

    private func isRepeated(_ record: Record) -> Bool {
        !record[mapping.times.recurrence].isNull || !record[mapping.times.further].isNull
    }

    private func times(of record: Record) -> [ContentProperty] {
        guard let start = time(mapping.times.start, of: record) else { return [] }
        if name(of: record) == CalendarMapping.vtodo {
            // A task is written with its due time. A recurring one has a start, from which it recurs (RFC 5545 section
            // 3.8.5.3).
            return [property(isRepeated(record) ? "DTSTART" : "DUE", start, of: record)]
        }
        var properties = [property("DTSTART", start, of: record)]
        if let end = time(mapping.times.end, of: record) {
            if !end.isDay {
                properties.append(property("DTEND", end, of: record))
            } else if let day = end.day.adding(days: 1) {
                // The end of a `DATE` is exclusive.
                properties.append(ContentProperty("DTEND", CalendarTime(day: day)))
            }
        }
        return properties
    }

    // MARK: - Repetition

    private func repetition(of record: Record) -> [ContentProperty] {
        var properties: [ContentProperty] = []
        if let text = record[mapping.times.recurrence].text {
            properties.append(ContentProperty("RRULE", rawValue: rule(text, of: record)))
        }
        properties += occurrences("RDATE", mapping.times.further, of: record)
        properties += occurrences("EXDATE", mapping.times.excluded, of: record)
        return properties
    }

    /// Returns a rule in the form of calendars. It ends with a day if its occurrences are days, otherwise with a moment
    /// (RFC 5545 section 3.3.10).
    private func rule(_ text: String, of record: Record) -> String {
        guard var rule = try? RecurrenceRule(parsing: text), case .until(let name) = rule.end else { return text }
        if isAllDay(record) {
            guard let day = day(of: name, record) else { return text }
            rule.end = .until(.day(day))
        } else {
            guard let moment = lastMoment(of: name, record) else { return text }
            rule.end = .until(.moment(moment))
        }
        return rule.description
    }

    private func day(of name: OccurrenceName, _ record: Record) -> CivilDate? {
        switch name {
        case .day(let day), .local(let day, _): day
        case .moment(let moment): CalendarTime(moment, in: days(of: record), zone: .floating)?.day
        }
    }

    private func lastMoment(of name: OccurrenceName, _ record: Record) -> Moment? {
        let setting = days(of: record)
        return switch name {
        case .day(let day): Moment(day, secondOfDay: 86_399, in: setting)
        case .local(let day, let second): Moment(day, secondOfDay: second, in: setting)
        case .moment(let moment): moment
        }
    }

    /// Returns the properties for a list of occurrences: one for times in the record's zone, and one for others in UTC.
    private func occurrences(_ name: String, _ field: String, of record: Record) -> [ContentProperty] {
        var (own, others): ([CalendarTime], [CalendarTime]) = ([], [])
        var names = elements(field, of: record).compactMap { try? OccurrenceName(parsing: $0) }
        if field == mapping.times.excluded { names = excluded(names, from: record) }
        for occurrence in names {
            guard let time = time(of: occurrence, in: record) else { continue }
            if time.zone == .utc, setting(of: record).zone != .utc { others.append(time) } else { own.append(time) }
        }
        return [own, others].compactMap { times in
            guard let first = times.first else { return nil }
            return ContentProperty(
                name,
                rawValue: times.map(\.text).joined(separator: ","),
                parameters: ContentProperty(name, first).parameters
            )
        }
    }

    /// Returns the names of the single occurrences that the excluded names cover, since other programs do not exclude a
    /// whole day from a series with times.
    private func excluded(_ names: [OccurrenceName], from record: Record) -> [OccurrenceName] {
        guard !names.isEmpty, !isAllDay(record), let event = EventRow(record) else { return names }
        let series = EventExpander(clock: clock).series(event)
        return names.flatMap { name -> [OccurrenceName] in
            guard case .day = name else { return [name] }
            let all = series.excluded(by: name).compactMap(series.name(of:))
            return all.isEmpty ? [name] : all
        }.uniqued
    }

    /// Returns the time at which an occurrence begins by the rule.
    func time(of name: OccurrenceName, in record: Record) -> CalendarTime? {
        if isAllDay(record) { return day(of: name, record).map { CalendarTime(day: $0) } }
        let (setting, zone) = setting(of: record)
        switch name {
        case .local(let day, let second): return CalendarTime(day: day, secondOfDay: second, zone: zone)
        case .moment(let moment): return CalendarTime(moment, in: .utc, zone: .utc)
        case .day(let day):
            let start = record[mapping.times.start].text.flatMap(Moment.init(stored:))
            let time = start.flatMap { CalendarTime($0, in: setting, zone: zone) }
            return CalendarTime(day: day, secondOfDay: time?.secondOfDay ?? 0, zone: zone)
        }
    }

    private func recurrenceID(_ name: OccurrenceName, _ isFollowing: Bool, of record: Record) -> [ContentProperty] {
        guard let time = time(of: name, in: record) else { return [] }
        let property = ContentProperty("RECURRENCE-ID", time)
        guard isFollowing else { return [property] }
        return [property.with(parameters: property.parameters + [ContentParameter("RANGE", ["THISANDFUTURE"])])]
    }
}
