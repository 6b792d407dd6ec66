/// The circumstances on which the meaning of a component depends.
struct CalendarContext {
    let clock: Clock
    let zones: CalendarZones
    /// The time zone of days, and of times without a zone: that of the record, otherwise that of the user.
    let days: TimeZoneSetting
    /// The name of that zone, if it has one.
    let dayZone: String?
    /// Whether a component describes a record, so that an event must have a start. A reply or a cancellation need not
    /// repeat it (RFC 5546 sections 3.2.3 and 3.2.5).
    let tellsRecord: Bool

    /// - Parameter zone: the name of the record's zone.
    init(clock: Clock, zones: CalendarZones, zone: String? = nil, tellsRecord: Bool = true) {
        self.tellsRecord = tellsRecord
        self.clock = clock
        self.zones = zones
        days = clock.zone(named: zone)
        dayZone = zone ?? clock.zoneName
    }
}
