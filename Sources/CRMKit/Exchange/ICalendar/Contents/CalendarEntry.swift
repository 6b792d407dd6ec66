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
    /// Whether it came in a message (with a `METHOD`), so that its time decides which of two versions is later.
    let isMessage: Bool
    /// Whether it came in a `METHOD:REQUEST`, an invitation or a change of one.
    let isRequest: Bool
    /// The components of single occurrences, for an entry that describes a series.
    var occurrences: [CalendarComponent]
    /// The definitions of the zones in the components that are not in the IANA database.
    private(set) var definitions: [CalendarComponent]

    /// Whether the entry describes the record as a whole, so that a second one repeats it.
    var isRecord: Bool { purpose == .publish }

    /// Returns the entry with the stored components of single dates, if its event does not recur and its own component
    /// is the stored one: whether the calendar has further components of such an event is not known until all of it has
    /// been read.
    func keepingDates(of kept: StoredComponents) -> CalendarEntry {
        let own = contents.component
        guard purpose == .publish, occurrences.isEmpty, !kept.occurrences.isEmpty, let series = kept.series,
            own.first("RRULE") == nil, own.first("RDATE") == nil,
            WrittenEvent(components: [own], definitions: []).withoutStamps
                == WrittenEvent(components: [series], definitions: []).withoutStamps
        else { return self }
        var entry = self
        entry.occurrences = kept.occurrences
        entry.definitions += kept.definitions.filter { !definitions.contains($0) }
        return entry
    }

    /// Returns the components to store.
    ///
    /// - Parameter linked: the addresses of the attendees who were linked as contacts because of the entry.
    func kept(linked: Set<String>) -> StoredComponents {
        StoredComponents(
            series: contents.component,
            occurrences: occurrences,
            definitions: definitions,
            contacts: linked
        )
    }

    /// Whether the stored version of a component is later.
    func isOlder(than component: CalendarComponent) -> Bool {
        if contents.sequence < component.sequence { return true }
        return isMessage && contents.component.isOlder(than: component)
    }

    /// Whether the entry is a request of the very version that a stored component has (RFC 5546 section 2.1.5), so that
    /// it was obeyed before.
    func hasBeenObeyed(as component: CalendarComponent) -> Bool {
        isRequest && contents.component.isVersion(of: component)
    }

    /// Whether a component of a single date is older than a stored one of it, which came by itself in a message if it is a
    /// cancellation.
    func isOlder(_ date: CalendarComponent, than stored: CalendarComponent) -> Bool {
        if stored.isCancellation, date.sequence < stored.sequence { return true }
        return isMessage && date.isOlder(than: stored)
    }

    /// Whether the entry is a stored component once more. That of a message may be told at another time, by which it is
    /// later than others.
    func repeats(_ component: CalendarComponent?) -> Bool {
        isMessage
            ? contents.component == component : contents.component.withoutStamps == component?.withoutStamps
    }

    /// Returns the zones of the components.
    func zones(_ directory: ZoneDirectory) -> CalendarZones { CalendarZones(directory, definitions) }
}
