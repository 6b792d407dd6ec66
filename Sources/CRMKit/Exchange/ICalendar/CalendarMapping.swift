import Formats

/// A mapping between the records of a module and calendar components (RFC 5545): which property holds which field.
///
/// Everything else in a component is kept in a part of the record and written out again.
public struct CalendarMapping: Sendable {
    /// The fields that tell when something is.
    struct Times: Sendable {
        let start: String
        let end: String
        /// Whether only the days count.
        let allDay: String
        let zone: String
        let recurrence: String
        /// The fields for the lists of occurrences added to the rule and excluded from it.
        let further: String
        let excluded: String
    }

    /// The choices of a field and how a property says them.
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
        /// Which one it is, and whether the later ones differ as well.
        let original: String
        let following: String
        /// The fields that are called as the module's own.
        let fields: [String]
    }

    /// The field of ``Formats/CalendarComponent/name`` and the choice that a `VTODO` is.
    let kind: String
    let task: String
    /// The field that tells components apart, `UID`.
    public let identifier: String
    /// The field for the subject, `SUMMARY`.
    let summary: String
    /// Properties with one text, and their fields.
    private(set) var texts: [(property: String, field: String)]
    let categories: String
    let times: Times
    /// The words of `STATUS` in events (RFC 5545 section 3.8.1.11).
    let eventStatus: Words
    /// The words of `STATUS` in tasks.
    let taskStatus: Words
    let classification: Words
    /// The field of `PRIORITY` and its choices by the highest number of each (RFC 5545 section 3.8.1.9), the number that is
    /// written being the one between.
    let priority: (field: String, choices: [(upTo: Int, written: Int, choice: String)])
    /// The list of times before the start, `VALARM`.
    let reminders: String
    /// The attribute of the links with people that `PARTSTAT` tells.
    let response: Words
    let occurrences: Occurrences
    /// The part that keeps components as they came.
    let remainder: String
    /// The fields of when a record came and when it was last changed, which are written only.
    let created: String
    let revision: String

    /// Every field that a component can hold.
    private(set) var fields: [String] = []

    static let ownPrefix = "X-CRM-"
    static let ownKind = "X-CRM-KIND"
    static let ownStatus = "X-CRM-STATUS"
    /// The parameter that tells the zone of a time that its clocks show twice.
    static let ownZone = "X-CRM-ZONE"
    static let vevent = "VEVENT"
    static let vtodo = "VTODO"

    /// The names of the components that describe records.
    static let components = [vevent, vtodo]

    /// The mapping with properties for the fields that a file adds to a module: `X-CRM-REGION`. A reference and an amount have
    /// none, since a number means nothing elsewhere.
    func extended(for module: Module) -> CalendarMapping {
        var mapping = self
        mapping.texts += module.fields.filter {
            $0.traits.contains(.custom) && $0.type.target == nil && $0.type != .money
        }.map { field in
            (Self.ownPrefix + String(field.key.uppercased().map { $0 == "_" ? "-" : $0 }), field.key)
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

    /// Whether components describe their records completely: those matched by their `UID` are later states of them, and
    /// what they no longer contain is removed.
    func isComplete(_ options: ImportOptions) -> Bool { options.match == [identifier] }
}

extension Module {
    /// The mapping of the module's records to calendars; `nil` when they are not in calendars.
    public var calendar: CalendarMapping? { CalendarMapping.standard[name]?.extended(for: self) }

    /// The table of the components that records were read from.
    var calendarRemainder: Table? {
        guard let name = CalendarMapping.standard[self.name]?.remainder else { return nil }
        return part(named: name).map { Table($0, of: self) }
    }
}

extension CalendarMapping {
    /// The modules whose records are told in calendars.
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
                // Of those who have a task to do.
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
