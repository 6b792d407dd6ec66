import Formats

/// A component of a calendar that describes a record or requests a change of it.
struct CalendarEntry: Sendable {
    /// The purpose of an entry (RFC 5546 section 3.2).
    enum Purpose: Sendable {
        /// Describes the record.
        case publish
        /// Describes the differences of a single occurrence.
        case occurrence
        /// An attendee's reply.
        case reply
        /// Cancels the event.
        case cancel

        /// Whether the entry describes a record.
        var tellsRecord: Bool { self == .publish || self == .occurrence }
    }

    let purpose: Purpose
    let contents: EventContents
    /// Whether it came as a message, so that when it was made tells which of two versions is later.
    let isMessage: Bool
    /// The components of single occurrences, for what is published.
    var occurrences: [CalendarComponent]
    /// The definitions of zones that these name and nobody else knows.
    let definitions: [CalendarComponent]

    /// Whether the entry describes the record as a whole, so that a second one repeats it.
    var isRecord: Bool { purpose == .publish }

    /// What is kept of the components.
    ///
    /// - Parameter linked: the addresses of those attendees who were linked as contacts by them.
    func kept(linked: Set<String>) -> KeptComponents {
        KeptComponents(series: contents.component, occurrences: occurrences, definitions: definitions, contacts: linked)
    }

    /// Whether the version of a component that is here is later.
    func isOlder(than component: CalendarComponent) -> Bool {
        if contents.sequence < component.sequence { return true }
        return isMessage && contents.component.isOlder(than: component)
    }

    /// The zones that the components name.
    func zones(_ directory: ZoneDirectory) -> CalendarZones { CalendarZones(directory, definitions) }
}
