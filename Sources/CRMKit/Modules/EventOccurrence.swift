/// One time at which an event takes place.
public struct EventOccurrence: Sendable {
    /// A contact who takes part.
    public struct Companion: Sendable, Hashable {
        /// The contact's id.
        public let id: Int64
        /// The contact's name.
        public let name: String
        /// The key of the contact's answer to the invitation.
        public let response: String?
    }

    /// The event's id.
    public let id: Int64
    /// The subject of the event.
    public internal(set) var subject: String
    /// The key of the choice for the event's kind.
    public let kind: String
    /// The key of the choice for the status.
    public internal(set) var status: String?
    /// The location.
    public internal(set) var location: String?
    /// The moment when it begins.
    public internal(set) var start: Moment
    /// The moment when it ends, equal to the start when it has no duration.
    public internal(set) var end: Moment
    /// Whether it lasts whole days, from the beginning of the first to the end of the last in the user's time zone.
    public let isWholeDay: Bool
    /// The name that identifies the occurrence within a recurring event; `nil` for an event that does not recur.
    public let name: OccurrenceName?
    /// The user it is assigned to.
    public let assignedTo: String?
    /// The lengths of time before the start at which to be reminded.
    public internal(set) var reminders: [Duration]
    /// The contacts linked with it.
    public internal(set) var companions: [Companion] = []
    /// The ids of events at the same time that need the same people.
    public internal(set) var conflicts: [Int64] = []

    /// Whether its calendar says that it takes no time.
    var isTransparent = false
    /// Whether this occurrence has differences of its own.
    var isSingle = false
    /// Whether it was only read to find conflicts.
    var isAside = false

    /// Whether it does not take place, or need not be done.
    public var isDropped: Bool { ["not_held", "deferred"].contains(status ?? "") }
    /// Whether it is still to take place or to be done.
    public var isOpen: Bool { !isDropped && !["held", "completed"].contains(status ?? "") }
    /// Whether it occupies the time of its participants.
    public var takesTime: Bool { ["call", "meeting"].contains(kind) && !isDropped && !isTransparent }
    /// The end of the occupied time, in seconds since 1970. An event without an end is assumed to take half an hour.
    var busyEnd: Int64 { end > start ? end.secondsSinceEpoch : start.secondsSinceEpoch + Self.usualLength }

    /// The duration assumed for an event without an end, in seconds.
    static let usualLength: Int64 = 1800
}
