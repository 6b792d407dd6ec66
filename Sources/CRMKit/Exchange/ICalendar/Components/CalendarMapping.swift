import Formats

/// A mapping between the records of a module and calendar components (RFC 5545): the field for each property.
///
/// All other properties of a component are stored in a part of the record and written out again.
public struct CalendarMapping: Sendable {
    /// The fields for the times of a record.
    struct Times: Sendable {
        let start: String
        let end: String
        /// The field that says whether only the days count.
        let allDay: String
        let zone: String
        let recurrence: String
        /// The fields for the lists of occurrences added to the rule and excluded from it.
        let further: String
        let excluded: String

        /// The keys of all of them.
        var fields: Set<String> { [start, end, allDay, zone, recurrence, further, excluded] }
    }

    /// A field with choices and the words for them in a property.
    struct Words: Sendable {
        let field: String
        let property: String
        /// The words for the choices; of several words for a choice, the first one is written.
        let words: [(word: String, choice: String)]

        func choice(_ word: String) -> String? { words.first { $0.word == word }?.choice }
        func word(_ choice: String) -> String? { words.first { $0.choice == choice }?.word }
    }

    /// The part for the differences of single occurrences, and the keys of its fields.
    struct Occurrences: Sendable {
        let part: String
        /// The keys for the name of the occurrence, and for whether the later ones differ as well.
        let original: String
        let following: String
        /// The fields with the same keys as the module's own.
        let fields: [String]
    }

    /// The field for ``Formats/CalendarComponent/name``, and its choice for a `VTODO`.
    let kind: String
    let task: String
    /// The field for `UID`, which identifies components.
    public let identifier: String
    /// The field for the subject, `SUMMARY`.
    let summary: String
    /// The properties with a single text, and their fields.
    private(set) var texts: [(property: String, field: String)]
    let categories: String
    let times: Times
    /// The words of `STATUS` in events (RFC 5545 section 3.8.1.11).
    let eventStatus: Words
    /// The words of `STATUS` in tasks.
    let taskStatus: Words
    let classification: Words
    /// The field for `PRIORITY`, and its choices with the highest number of each and the number that is written (RFC
    /// 5545 section 3.8.1.9).
    let priority: (field: String, choices: [(upTo: Int, written: Int, choice: String)])
    /// The field with the list of times before the start, for `VALARM`.
    let reminders: String
    /// The attribute of the links with people for `PARTSTAT`.
    let response: Words
    let occurrences: Occurrences
    /// The part that stores components unchanged.
    let remainder: String
    /// The fields for the times of creation and of the last change, which are written but not read.
    let created: String
    let revision: String

    /// The keys of all fields that a component can have.
    private(set) var fields: [String] = []

    static let ownPrefix = "X-CRM-"
    static let ownKind = "X-CRM-KIND"
    static let ownStatus = "X-CRM-STATUS"
    /// The parameter for the time zone of a time in UTC, such as one that occurs twice in its zone.
    static let ownZone = "X-CRM-ZONE"
    /// The parameter of an attendee for the time of the reply that was taken last; earlier replies are ignored.
    static let ownReply = "X-CRM-REPLIED"
    /// The property of a component for a date that a message has cancelled: a calendar that does not have the component
    /// says nothing of the date, and an older version of it is outdated.
    static let ownCancellation = "X-CRM-CANCELLED"
    static let vevent = "VEVENT"
    static let vtodo = "VTODO"

    /// The names of the components that describe records.
    static let components = [vevent, vtodo]

    /// Returns the mapping with properties for the fields that a file adds to a module: `X-CRM-REGION`. References and
    /// amounts have none, since a number means nothing elsewhere.
    func extended(for module: Module) -> CalendarMapping {
        var mapping = self
        mapping.texts += module.fields.filter {
            $0.traits.contains(.custom) && $0.type.target == nil && $0.type != .money
        }.map { field in
            (Self.ownPrefix + field.key.uppercased().hyphenated, field.key)
        }
        mapping.fields = mapping.everyField
        return mapping
    }

    /// Whether a field only occurs in calendars of this program, so that its absence in another calendar means nothing.
    func isOwn(_ field: String) -> Bool {
        field == kind || texts.contains { $0.field == field && $0.property.hasPrefix(Self.ownPrefix) }
    }

    /// Returns the status property of components with a name.
    func status(of component: String) -> Words { component == Self.vtodo ? taskStatus : eventStatus }

    private var everyField: [String] {
        [identifier, kind, summary] + texts.map(\.field) + [categories]
            + [times.start, times.end, times.allDay, times.zone, times.recurrence, times.further, times.excluded]
            + [eventStatus.field, classification.field, priority.field, reminders]
    }

    /// Whether components describe their records completely. A component matched by its `UID` is a later state of the
    /// record, and what it no longer contains is removed.
    func isComplete(_ options: ImportOptions) -> Bool { options.match == [identifier] }
}

extension Module {
    /// The mapping of the module's records to calendars; `nil` when they are not in calendars.
    public var calendar: CalendarMapping? { CalendarMapping.standard[name]?.extended(for: self) }

    /// The table of the part that stores the components from which records were read.
    var calendarRemainder: Table? {
        guard let name = CalendarMapping.standard[self.name]?.remainder else { return nil }
        return part(named: name).map { Table($0, of: self) }
    }
}

extension CalendarMapping {
    /// The mappings of the program's modules.
    static let standard: [ModuleName: CalendarMapping] = [.event: .event]

    static let event = CalendarMapping(
        kind: "kind",
        task: "task",
        identifier: "uid",
        summary: "subject",
        texts: [("LOCATION", "location"), ("DESCRIPTION", "description")],
        categories: "tags",
        times: Times(
            start: "starts_at",
            end: "ends_at",
            allDay: "all_day",
            zone: "time_zone",
            recurrence: "recurrence",
            further: "further_dates",
            excluded: "excluded_dates"
        ),
        eventStatus: Words(
            field: "status",
            property: "STATUS",
            words: [
                ("CONFIRMED", "planned"), ("TENTATIVE", "planned"), ("CANCELLED", "not_held"), ("CONFIRMED", "held"),
            ]
        ),
        taskStatus: Words(
            field: "status",
            property: "STATUS",
            words: [
                ("NEEDS-ACTION", "not_started"), ("IN-PROCESS", "in_progress"), ("COMPLETED", "completed"),
                ("NEEDS-ACTION", "pending_input"), ("NEEDS-ACTION", "deferred"), ("CANCELLED", "deferred"),
            ]
        ),
        classification: Words(
            field: "visibility",
            property: "CLASS",
            words: [("PUBLIC", "public"), ("PRIVATE", "private"), ("CONFIDENTIAL", "private")]
        ),
        priority: ("priority", [(4, 1, "high"), (5, 5, "medium"), (9, 9, "low")]),
        reminders: "reminders",
        response: Words(
            field: "response",
            property: "PARTSTAT",
            words: [
                ("NEEDS-ACTION", "needs_action"), ("ACCEPTED", "accepted"), ("DECLINED", "declined"),
                ("TENTATIVE", "tentative"),
                // The words for attendees of a task.
                ("COMPLETED", "accepted"), ("IN-PROCESS", "accepted"),
            ]
        ),
        occurrences: Occurrences(
            part: "occurrence",
            original: "original",
            following: "following",
            fields: [
                "starts_at", "ends_at", "subject", "status", "priority", "location", "reminders", "description",
            ]
        ),
        remainder: "icalendar",
        created: "created_at",
        revision: "updated_at"
    )
}
