import CRMKit
import Testing

/// A clock that stands still in a zone, on Sunday 2026-03-15 at 18:30 UTC unless told otherwise.
func fixedClock(_ zone: String = "CST6", at seconds: Int64 = 1_773_599_400) throws -> Clock {
    let clock = try Clock.current(TZ: zone)
    let moment = try #require(Moment(secondsSinceEpoch: seconds))
    return Clock(zone: clock.zone, at: moment)
}

/// What values are read in where nothing else matters: pesos, Mexico, UTC-6.
func fixedContext() throws -> ValueContext {
    ValueContext(clock: try fixedClock(), currency: "MXN", country: "MX")
}

extension Audience {
    /// People who read English, and whose clocks show UTC.
    static let english = Audience(language: .english, clock: TemporaryStore.clock)
    /// People who read Spanish, and whose clocks show UTC.
    static let spanish = Audience(language: .spanish, clock: TemporaryStore.clock)
}
