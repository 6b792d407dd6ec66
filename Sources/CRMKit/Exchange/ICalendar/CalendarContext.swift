/// What the reading of a component depends on beside its text.
struct CalendarContext {
    let clock: Clock
    let zones: CalendarZones
    /// The zone whose days are meant by a day; that of the user unless the record has another.
    let days: TimeZoneSetting

    init(clock: Clock, zones: CalendarZones, days: TimeZoneSetting? = nil) {
        self.clock = clock
        self.zones = zones
        self.days = days ?? clock.zone
    }
}
