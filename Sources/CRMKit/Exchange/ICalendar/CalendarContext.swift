/// The circumstances on which reading a component depends, besides its text.
struct CalendarContext {
    let clock: Clock
    let zones: CalendarZones
    /// The zone whose days are meant by a day, and whose clocks by a time without a zone; that of the user unless the record
    /// has another.
    let days: TimeZoneSetting
    /// The name of that zone, if it has one.
    let dayZone: String?
    /// Whether a component tells what a record is, so that an event has a start; what answers one, or takes it back, need
    /// not say it again (RFC 5546 sections 3.2.3 and 3.2.5).
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
