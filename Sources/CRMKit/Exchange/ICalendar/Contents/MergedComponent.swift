import Formats

/// A stored component updated with the later changes of its record.
///
/// Properties that agree with the record keep their wording and place; others are written anew.
struct MergedComponent {
    /// The fields and the properties that correspond to each other.
    private struct Slot {
        let properties: [String]
        let fields: [String]
        /// Whether attendees must be notified when the properties change (RFC 5546 section 2.1.4).
        let isTold: Bool
    }

    private let mapping: CalendarMapping
    private let kept: EventContents
    private let said: EventContents
    private var own: CalendarComponent { said.component }
    private let people: [CalendarPerson]
    /// The index of the first person with each address; there may be thousands.
    private let places: [String: Int]
    private let contacts: Set<String>
    private let isMoved: Bool
    private let clock: Clock
    private var hasChanged = false
    private var isTold = false

    /// - Parameters:
    ///   - kept: the contents of the stored component, read for the record.
    ///   - said: the contents of a component made from the record alone.
    ///   - contacts: the addresses of the attendees who were linked as contacts by the stored component.
    ///   - isMoved: whether the name of its occurrence has changed since it was stored.
    ///   - clock: the clock by whose zone days are read where the record names none.
    init(
        _ kept: EventContents,
        with said: EventContents,
        _ people: [CalendarPerson],
        contacts: Set<String>,
        by mapping: CalendarMapping,
        isMoved: Bool,
        clock: Clock
    ) {
        self.isMoved = isMoved
        self.clock = clock
        self.kept = kept
        self.said = said
        self.people = people
        places = CalendarPerson.places(of: people)
        self.contacts = contacts
        self.mapping = mapping
    }

    /// Returns the component to write.
    mutating func component() -> CalendarComponent {
        let properties = self.properties()
        let alarms = self.alarms()
        return CalendarComponent(own.name, properties: stamped(properties), components: alarms)
    }

    private var slots: [Slot] {
        let times = mapping.times
        let isTask = own.name == CalendarMapping.vtodo
        let moments =
            isTask
            ? (keepsBeginning ? ["DUE", "DURATION"] : ["DTSTART", "DUE", "DURATION"])
            : ["DTSTART", "DTEND", "DURATION"]
        let status = mapping.status(of: own.name)
        return [
            Slot(properties: ["UID"], fields: [], isTold: false),
            Slot(properties: ["SUMMARY"], fields: [mapping.summary], isTold: false),
            Slot(
                properties: moments,
                fields: [times.start, times.end, times.allDay, times.zone].filter { !isTask || $0 != times.end },
                isTold: true
            ),
            Slot(properties: ["RRULE", "EXRULE"], fields: [times.recurrence], isTold: true),
            Slot(properties: ["RDATE"], fields: [times.further], isTold: true),
            Slot(properties: ["EXDATE"], fields: [times.excluded], isTold: true),
            Slot(
                properties: [status.property, CalendarMapping.ownStatus, "COMPLETED", "PERCENT-COMPLETE"],
                fields: [status.field],
                isTold: true
            ),
            Slot(properties: [mapping.classification.property], fields: [mapping.classification.field], isTold: false),
            Slot(properties: ["PRIORITY"], fields: [mapping.priority.field], isTold: false),
            Slot(properties: ["CATEGORIES"], fields: [mapping.categories], isTold: false),
            Slot(properties: [CalendarMapping.ownKind], fields: [mapping.kind], isTold: false),
        ] + mapping.texts.map { Slot(properties: [$0.property], fields: [$0.field], isTold: false) }
    }

    /// Whether the beginning that a stored task has beside its due time stays with another due time: as long as it is
    /// before that, and is a day or a time as that is (RFC 5545 section 3.8.2.3).
    private var keepsBeginning: Bool {
        guard kept.component.hasDueTime else { return false }
        guard let beginning = kept.beginning else { return true }
        guard own.first("DTSTART") == nil, let due = said.texts[mapping.times.start].flatMap(Moment.seconds(stored:))
        else { return false }
        return beginning.isDay == (said.texts[mapping.times.allDay] == "true") && beginning.moment < due
    }

    /// The properties that repeat a text in another form without a field, such as formatted text or a point on a map.
    private static let describing = [
        "DESCRIPTION": ["X-ALT-DESC", "STYLED-DESCRIPTION"],
        "LOCATION": [
            "GEO", "X-APPLE-STRUCTURED-LOCATION", "X-MICROSOFT-LOCATIONS", "X-MICROSOFT-LOCATIONDISPLAYNAME",
            "X-MICROSOFT-LOCATIONSTREET", "X-MICROSOFT-LOCATIONCITY", "X-MICROSOFT-LOCATIONSTATE",
            "X-MICROSOFT-LOCATIONPOSTALCODE", "X-MICROSOFT-LOCATIONCOUNTRY", "X-MICROSOFT-LATITUDE",
            "X-MICROSOFT-LONGITUDE",
        ],
    ]

    /// Returns the names of the properties that repeat a text which has changed.
    private func outdated(_ slots: [Slot]) -> [String] {
        slots.filter { !says($0) }.flatMap(\.properties).flatMap { Self.describing[$0] ?? [] }
    }

    private mutating func properties() -> [ContentProperty] {
        let slots = slots
        let isOther = kept.component.name != own.name
        let hasName = kept.uid != nil
        let isKept = slots.map { !isOther && says($0) && (hasName || $0.properties != ["UID"]) }
        let outdated = outdated(slots)
        var places: [String: Int] = [:]
        for (index, slot) in slots.enumerated() { for name in slot.properties { places[name] = index } }
        var isWritten = isKept
        var properties: [ContentProperty] = []
        var told: Set<Int64> = []
        func write(_ index: Int) {
            guard !isWritten[index] else { return }
            isWritten[index] = true
            properties += own.properties.filter { property in slots[index].properties.contains(where: property.isNamed)
            }
        }
        for property in kept.component.properties where !outdated.contains(where: property.isNamed) {
            if property.isNamed("RECURRENCE-ID"), let original = own.first("RECURRENCE-ID") {
                properties.append(isMoved ? original : property)
            } else if property.isNamed("ATTENDEE") {
                if let attendee = attendee(property, &told) { properties.append(attendee) }
            } else if let index = places[property.name.uppercased()] {
                if isKept[index] { properties.append(property) } else { write(index) }
            } else {
                properties.append(property)
            }
        }
        for index in slots.indices { write(index) }
        let others = people.filter { !told.contains($0.id) }.compactMap { $0.property(by: mapping.response) }
        properties += others
        if !others.isEmpty { hasChanged = true }
        for (slot, isKept) in zip(slots, isKept) where !isKept && !slot.fields.isEmpty {
            hasChanged = true
            isTold = isTold || slot.isTold
        }
        return properties
    }

    /// Whether the stored component agrees with the record in some fields.
    private func says(_ slot: Slot) -> Bool {
        slot.fields.allSatisfy { key in
            kept.unsaid.contains(key) && key == mapping.times.zone || kept.texts[key] == said.texts[key]
                || saysOtherwise(key)
        }
    }

    /// Whether the stored component expresses the record's value of a field in another way.
    private func saysOtherwise(_ key: String) -> Bool {
        if key == mapping.times.recurrence { return saysSameRule }
        return key == mapping.times.excluded && excludesSameDates
    }

    /// Whether both rules end at the same moment while the stored component still has the same start and end.
    private var saysSameRule: Bool {
        guard let rule = kept.rule, rule == said.rule else { return false }
        return [mapping.times.start, mapping.times.end, mapping.times.allDay].allSatisfy {
            kept.texts[$0] == said.texts[$0]
        }
    }

    /// Whether both exclude the same dates of the same series. The stored component may exclude a whole day where the
    /// record has the time of the start.
    private var excludesSameDates: Bool {
        let times = mapping.times
        let isSameSeries = [times.zone, times.allDay, times.recurrence, times.further].allSatisfy { key in
            kept.texts[key] == said.texts[key]
        }
        guard isSameSeries, said.texts[times.allDay] != "true", let series = said.series(clock) else { return false }
        func dates(_ contents: EventContents) -> Set<Int64> {
            let texts = (contents.texts[times.excluded] ?? "").split(separator: ",")
            let names = texts.compactMap { text in try? OccurrenceName(parsing: String(text)) }
            return Set(names.flatMap(series.excluded(by:)))
        }
        return dates(kept) == dates(said)
    }

    // MARK: - People

    /// Returns the property of an attendee of the stored component, updated with the link.
    ///
    /// - Parameter told: receives the id of the person that the property is about.
    /// - Returns: `nil` if the attendee's link was removed.
    private mutating func attendee(_ property: ContentProperty, _ told: inout Set<Int64>) -> ContentProperty? {
        guard let address = property.address else { return property }
        guard let person = places[address].map({ people[$0] }) else {
            guard contacts.contains(address) else { return property }
            hasChanged = true
            return nil
        }
        told.insert(person.id)
        let word = property.parameter(mapping.response.property)?.uppercased()
        // The response for a single date may differ from that of the link, which is for all dates.
        let isOfOne = own.first("RECURRENCE-ID") != nil
        if isOfOne || word.flatMap(mapping.response.choice) == person.response { return property }
        hasChanged = true
        let response = person.response.flatMap(mapping.response.word)
        return property.with(mapping.response.property, response.map { [$0] } ?? [])
    }

    // MARK: - Alarms

    /// Returns the alarms of the stored component that the record still has, the record's further alarms, and other
    /// nested components.
    private mutating func alarms() -> [CalendarComponent] {
        func seconds(_ alarm: CalendarComponent, in component: CalendarComponent) -> Int64? {
            alarm.secondsBefore(
                isTask: component.name == CalendarMapping.vtodo,
                hasEnd: component.hasDueTime,
                start: said.onlyStart
            )
        }
        let present = own.components.map { seconds($0, in: own) }
        var covered: Set<Int64> = []
        var components: [CalendarComponent] = []
        for component in kept.component.components {
            guard let before = seconds(component, in: kept.component) else {
                components.append(component)
                continue
            }
            guard present.contains(before) else {
                hasChanged = true
                continue
            }
            covered.insert(before)
            components.append(component)
        }
        for (alarm, before) in zip(own.components, present) where before.map({ !covered.contains($0) }) ?? true {
            hasChanged = true
            components.append(alarm)
        }
        return components
    }

    // MARK: - Time stamps

    /// Returns the properties with updated time stamps if the record has changed, and with the next sequence number if
    /// attendees must be notified.
    private func stamped(_ properties: [ContentProperty]) -> [ContentProperty] {
        var properties = properties
        func set(_ name: String, _ property: ContentProperty?) {
            guard let property else { return }
            if let index = properties.firstIndex(where: { $0.isNamed(name) }) {
                properties[index] = property
            } else {
                properties.append(property)
            }
        }
        if kept.component.first("DTSTAMP") == nil || hasChanged { set("DTSTAMP", own.first("DTSTAMP")) }
        if hasChanged { set("LAST-MODIFIED", own.first("LAST-MODIFIED")) }
        if isTold { set("SEQUENCE", ContentProperty("SEQUENCE", rawValue: "\(kept.sequence + 1)")) }
        return properties
    }
}
