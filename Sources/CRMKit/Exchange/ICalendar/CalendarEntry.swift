import Formats

/// What a calendar says of one record, or wants done with it.
struct CalendarEntry: Sendable {
    /// What it is for (RFC 5546 section 3.2).
    enum Purpose: Sendable {
        /// It says what the record is.
        case publish
        /// It says what differs on one date.
        case occurrence
        /// Somebody says whether they come.
        case reply
        /// It does not take place.
        case cancel

        /// Whether it says what a record is.
        var tellsRecord: Bool { self == .publish || self == .occurrence }
    }

    let purpose: Purpose
    let contents: EventContents
    /// The components of single occurrences, for what is published.
    let occurrences: [CalendarComponent]
    /// The definitions of zones that these name and nobody else knows.
    let definitions: [CalendarComponent]

    /// Whether it tells of the whole record, so that a second one is a repetition.
    var isRecord: Bool { purpose == .publish }

    /// The zones that the components name.
    func zones(_ directory: ZoneDirectory) -> CalendarZones { CalendarZones(directory, definitions) }
}
