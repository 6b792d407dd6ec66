import Glibc
import Localization

/// The present moment, fixed while a command runs, and the user's time zone.
public struct Clock: Sendable {
    /// The moment.
    public let moment: Moment
    /// The user's time zone, in which days and local times are read and shown.
    public let zone: TimeZoneSetting
    /// The folder of the system's time zones.
    public let zones: ZoneDirectory
    /// The IANA name of the user's zone; `nil` if neither the environment nor the system names one.
    public let zoneName: String?
    /// The day in the user's zone.
    public let date: CivilDate
    /// The moment in RFC 3339, UTC, to the second: `2026-01-31T09:30:00Z`.
    public let now: String
    /// The day in the user's zone, `YYYY-MM-DD`.
    public let today: String

    /// Creates a clock that stands at a moment.
    public init(
        zone: TimeZoneSetting,
        at moment: Moment,
        zones: ZoneDirectory = .system,
        zoneName: String? = nil
    ) {
        self.moment = moment
        self.zone = zone
        self.zones = zones
        self.zoneName = zoneName
        let local = moment.secondsSinceEpoch + zone.offset(at: moment.secondsSinceEpoch)
        // Beyond the calendar's ends a zone may show a day that has no name; the day in UTC then stands for it.
        date = CivilDate(daysSinceEpoch: local.flooredDays) ?? moment.utcDate
        now = moment.description
        today = date.description
    }

    /// Returns the time zone that a record names; the user's when it names none or one unknown to the system.
    func zone(named name: String?) -> TimeZoneSetting {
        guard let name else { return zone }
        return name == "UTC" ? .utc : zones.zone(named: name).map(TimeZoneSetting.file) ?? zone
    }

    /// Returns the system's clock in the zone that the environment names.
    ///
    /// - Parameters:
    ///   - TZ: the environment variable (POSIX.1-2024, section 8.3): the name of a zone, with or without a colon
    ///     before it, or a rule such as `CST6CDT,M4.1.0,M10.5.0`. Unset, the system's zone is taken; empty, UTC.
    ///   - TZDIR: the environment variable that names the folder of zone files, if it is not `/usr/share/zoneinfo`.
    /// - Throws: ``CRMError`` of code `configuration` for a zone that does not exist, for which the C library would
    ///   silently use UTC, and for a system clock outside the years 0001 to 9999.
    public static func current(TZ: String?, TZDIR: String? = nil) throws(CRMError) -> Clock {
        let zones = TZDIR.map { $0.isEmpty ? .system : ZoneDirectory(path: $0) } ?? .system
        let zone = try TimeZoneSetting(TZ: TZ, zones: zones)
        var time = timespec()
        guard clock_gettime(CLOCK_REALTIME, &time) == 0, let moment = Moment(secondsSinceEpoch: Int64(time.tv_sec))
        else {
            throw CRMError(
                .configuration,
                Text(en: "the system clock cannot be read", es: "no se puede leer el reloj del sistema")
            )
        }
        return Clock(zone: zone, at: moment, zones: zones, zoneName: TimeZoneName.ofUser(TZ: TZ, zones: zones)?.text)
    }
}
