/// What the reading of a component depends on beside its text.
struct CalendarContext {
    let clock: Clock
    let zones: CalendarZones
    /// The zone whose days are meant by a day, and whose clocks by a time without a zone; that of the user unless the record
    /// has another.
    let days: TimeZoneSetting
    /// What that zone is called, where it has a name.
    let dayZone: String?

    /// - Parameter zone: the name of the record's zone.
    init(clock: Clock, zones: CalendarZones, zone: String? = nil) {
        self.clock = clock
        self.zones = zones
        days = clock.zone(named: zone)
        dayZone = zone ?? clock.zoneName
    }
}
