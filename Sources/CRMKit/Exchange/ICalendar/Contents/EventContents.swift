import Formats
import Localization

/// The contents of a calendar component in terms of a record: texts of fields, and attendees.
///
/// Values that no field can hold are not among the texts; the component itself is stored unchanged.
struct EventContents: Sendable {
    /// An attendee.
    struct Attendee: Sendable, Hashable {
        /// The e-mail address in lower case.
        let address: String
        let name: String?
        /// The choice for the response, an attribute of the link.
        let response: String?
        /// Whether the attendee is a person, and not a room, a thing or a group (RFC 5545 section 3.2.3).
        let isPerson: Bool
    }

    let component: CalendarComponent
    /// The texts by the keys of their fields.
    var texts: [String: String] = [:]
    /// The fields that the component does not mention, which is different from giving no value for them.
    var unsaid: Set<String> = []
    private(set) var attendees: [Attendee] = []
    /// The values that their fields cannot hold, each with the key of the field.
    var unheld: [(field: String, text: String)] = []
    /// The times that clocks skip on their day, each with the key of the field and what the clocks show instead.
    var skipped: [(field: String, text: String, shown: String)] = []
    /// Whether the component has no summary, and its subject is taken from elsewhere.
    private(set) var lacksSummary = false
    /// Whether nothing says what the component is about.
    var isUntitled: Bool { texts[mapping.summary] == Self.untitled && lacksSummary }
    /// The occurrence that the component changes, `RECURRENCE-ID`.
    private(set) var original: CalendarTime?
    /// The recurrence rule; an end in local time is converted to a moment.
    var rule: RecurrenceRule?
    /// The ends of additional dates whose duration differs from that of the first occurrence.
    var periods: [(name: OccurrenceName, end: Moment)] = []
    /// When a task begins that has a due time as well, in seconds since 1970, and whether that is a day.
    var beginning: (moment: Int64, isDay: Bool)?
    /// The definitions of the zones that are not in the IANA database.
    var definitions: [CalendarComponent] = []
    /// The zone of the IANA database by which the start is read, though the calendar defines it in another way.
    var contradicted: String?
    /// The word for the status, `CONFIRMED`; `nil` if the component gives none.
    private var statusWord: String?

    let mapping: CalendarMapping
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
        if let property = component.first("RECURRENCE-ID") {
            let original = try time(property)
            // The occurrence is looked for by its moment.
            _ = try moment(original, of: property, context)
            self.original = original
        }
    }

    /// The `UID` of the series.
    var uid: String? { component.first("UID")?.text.trimmed.nonEmpty }

    /// The key of the component's record: the UID, followed by the occurrence when the series is missing and the
    /// occurrence is a record of its own.
    private var identifier: String? {
        guard let uid, let original = component.first("RECURRENCE-ID") else { return uid }
        return ApartKey(series: uid, original: original.rawValue).text
    }

    /// The sequence number of the component's version.
    var sequence: Int64 { component.sequence }
    /// Whether the component is a task.
    var isTask: Bool { component.name == CalendarMapping.vtodo }
    /// Whether the later occurrences differ as well.
    var isFollowing: Bool {
        component.first("RECURRENCE-ID")?.parameter("RANGE")?.uppercased() == "THISANDFUTURE"
    }

    /// Whether the component describes a single date on which something takes place.
    var isOfOneDate: Bool {
        let status = mapping.status(of: component.name)
        return !isFollowing && component.first(status.property)?.text.trimmed.uppercased() != "CANCELLED"
    }

    // MARK: - Texts

    /// Returns as much of a text as a field can hold.
    private func held(_ text: String, by field: String) -> String? {
        module.field(field).flatMap { StorableText.held(text, as: $0.type) }
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

    /// Reads the summary. A component without one gets the first line of another text.
    private mutating func readSummary() {
        read("SUMMARY", into: mapping.summary)
        guard texts[mapping.summary] == nil else { return }
        lacksSummary = true
        for property in ["DESCRIPTION", "LOCATION"] {
            for line in (component.first(property)?.text ?? "").split(whereSeparator: \.isNewline) {
                guard let text = held(String(line).trimmed, by: mapping.summary) else { continue }
                texts[mapping.summary] = text
                return
            }
        }
        texts[mapping.summary] = Self.untitled
    }

    /// The subject of what has none, in either language. A UID says nothing to people.
    static let untitled = "(…)"

    /// Reads the categories as a list; its elements cannot contain commas.
    private mutating func readCategories() {
        let elements = component.properties(named: "CATEGORIES").flatMap(\.list)
        var tags: [String] = []
        for element in elements where !element.trimmed.isEmpty {
            if let tag = StorableText.held(element.trimmed, as: .text), !tag.utf8.contains(UInt8(ascii: ",")) {
                tags.append(tag)
            } else {
                unheld.append((mapping.categories, element))
            }
        }
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

    /// Reads the status. The value of this program's own property counts as long as it is consistent with the standard
    /// one.
    private mutating func readStatus() {
        let status = mapping.status(of: component.name)
        var word = component.first(status.property)?.text.trimmed.uppercased()
        if word == nil, isTask, component.first("COMPLETED") != nil { word = "COMPLETED" }
        statusWord = word
        if let own = ownStatus {
            texts[status.field] = own
        } else {
            texts[status.field] = word.flatMap(status.choice)
        }
    }

    /// The status by this program's own property, if it is one of those that the standard word stands for.
    private var ownStatus: String? {
        let own = component.first(CalendarMapping.ownStatus)?.text
        return own.flatMap { mapping.status(of: component.name).word($0) == statusWord ? $0 : nil }
    }

    /// Whether the component has the same standard word for the status as another version, and no property of this
    /// program that says which status it stands for. Programs leave out properties that they do not know.
    func leavesStatus(of other: EventContents) -> Bool {
        statusWord != nil && ownStatus == nil && isTask == other.isTask && statusWord == other.statusWord
    }

    /// Whether the component has the standard word for a status, which is read as no other status, and no property of
    /// this program that says which status it stands for.
    func leavesStatus(_ choice: String) -> Bool {
        let words = mapping.status(of: component.name).words
        guard let statusWord, ownStatus == nil else { return false }
        return words.filter { $0.choice == choice }.map(\.word) == [statusWord]
    }

    // MARK: - People

    private mutating func readAttendees() {
        // A component may have hundreds of thousands of attendees.
        var addresses: Set<String> = []
        for property in component.properties where property.isNamed("ATTENDEE") {
            guard let address = property.address, addresses.insert(address).inserted else { continue }
            let word = property.parameter(mapping.response.property)?.uppercased()
            attendees.append(
                Attendee(
                    address: address,
                    // Outlook adds quotes to a name.
                    name: property.parameter("CN").flatMap { SpreadsheetWords.bare($0).nonEmpty },
                    response: word.flatMap(mapping.response.choice),
                    isPerson: (property.parameter("CUTYPE") ?? "INDIVIDUAL").uppercased() == "INDIVIDUAL"
                )
            )
        }
    }

    // MARK: - Alarms

    /// The start in seconds since 1970; `nil` for a recurring event.
    var onlyStart: Int64? {
        guard texts[mapping.times.recurrence] == nil, texts[mapping.times.further] == nil else { return nil }
        return texts[mapping.times.start].flatMap(Moment.seconds(stored:))
    }

    private mutating func readAlarms() {
        var seconds: [Int64] = []
        for alarm in component.components {
            let hasDue = component.hasDueTime
            if let before = alarm.secondsBefore(isTask: isTask, hasEnd: hasDue, start: onlyStart) {
                seconds.append(before)
            } else if alarm.isHeard, let trigger = alarm.first("TRIGGER") {
                unheld.append((mapping.reminders, trigger.rawValue))
            }
        }
        guard !seconds.isEmpty else { return }
        texts[mapping.reminders] = seconds.uniqued.map { Duration(seconds: $0).description }.joined(separator: ",")
    }
}
