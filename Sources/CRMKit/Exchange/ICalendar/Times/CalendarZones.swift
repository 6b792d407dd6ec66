import Formats
import Localization

/// The time zones of the times in a calendar.
final class CalendarZones {
    /// The meaning of a `TZID`.
    enum Zone {
        /// A zone of the IANA database, which records can have. It has the calendar's definition if only that
        /// identifies it.
        case known(name: String, TimeZoneSetting, told: CalendarComponent?)
        /// A zone with a definition in the calendar, which must be stored.
        case defined(DefinedZone, CalendarComponent)
    }

    /// A zone of the IANA database that stands for one of the calendar's own.
    typealias Counterpart = (name: String, setting: TimeZoneSetting)

    private let zones: ZoneDirectory
    private var counterparts: [String: Counterpart?] = [:]
    private var definitions: [String: CalendarComponent] = [:]
    private var known: [String: Zone] = [:]
    /// What the calendar defines under names of Windows.
    private var windows: [String: DefinedZone?] = [:]

    /// - Parameter definitions: the `VTIMEZONE` components that are known from the start.
    init(_ zones: ZoneDirectory, _ definitions: [CalendarComponent] = []) {
        self.zones = zones
        for definition in definitions { define(definition) }
    }

    /// Adds a `VTIMEZONE`.
    func define(_ component: CalendarComponent) {
        guard let name = component.first("TZID")?.text.trimmed else { return }
        definitions[name] = component
        known[name] = nil
        windows[name] = nil
    }

    /// Returns the zone of the IANA database by which a time is read that has the name of one in Windows, where the
    /// calendar's own definition of it says another moment; `nil` for any other time.
    ///
    /// The name counts: what is meant is what clocks show there, and a machine without the latest changes of the rules
    /// defines the zone by the old ones.
    func contradiction(of time: CalendarTime) -> String? {
        guard case .named(let name) = time.zone, let defined = windowsDefinition(name.trimmed),
            case .known(let known, let setting, _)? = zone(named: name)
        else { return nil }
        return defined.seconds(ofLocal: time.localSeconds) == setting.seconds(ofLocal: time.localSeconds) ? nil : known
    }

    private func windowsDefinition(_ name: String) -> DefinedZone? {
        if let known = windows[name] { return known }
        let isOne = WindowsTimeZone.name(of: name) != nil
        let defined = isOne ? definitions[name].flatMap(DefinedZone.init) : nil
        windows[name] = .some(defined)
        return defined
    }

    /// Returns the zone with a name: the zone of the IANA database with that name, or with the last components of a
    /// longer name; the zone with that name in Windows; or the calendar's own definition.
    ///
    /// - Returns: `nil` for an unknown name.
    func zone(named name: String) -> Zone? {
        if let zone = known[name] { return zone }
        guard let zone = find(name) else { return nil }
        known[name] = zone
        return zone
    }

    /// Returns a zone of the IANA database whose clocks agree for some years with a zone defined in the calendar, to
    /// compute recurrences by it.
    ///
    /// - Parameters:
    ///   - name: the name of the zone in the calendar.
    ///   - preferred: the zone of the IANA database to try first.
    ///   - year: the first year in which the clocks must agree.
    /// - Returns: `nil` when there is none.
    func counterpart(of name: String, preferring preferred: String?, from year: Int) -> Counterpart? {
        guard case .defined(let defined, _)? = zone(named: name) else { return nil }
        let key = "\(year) \(preferred ?? "") \(name)"
        if let known = counterparts[key] { return known }
        let candidates = [preferred].compactMap { $0 } + WindowsTimeZone.known
        let found = candidates.lazy.compactMap { name -> Counterpart? in
            guard case .known(let name, let setting, _)? = self.iana(name, told: nil),
                defined.shows(setting, from: year)
            else { return nil }
            return (name, setting)
        }.first
        counterparts[key] = .some(found)
        return found
    }

    private func find(_ name: String) -> Zone? {
        let name = name.trimmed
        let parts = name.split(separator: "/")
        // A leading solidus says that the name is one that all calendars share (RFC 5545 section 3.2.19).
        let most = name.hasPrefix("/") ? parts.count : parts.count - 1
        let endings = [3, 2].filter { $0 <= most }.map { parts.suffix($0).joined(separator: "/") }
        for candidate in [name] + endings + [WindowsTimeZone.name(of: name)].compactMap({ $0 }) {
            if let zone = iana(candidate, told: nil) { return zone }
        }
        let spellings = ZoneWords.spellings(of: name) + [WindowsTimeZone.name(ofNumbered: name)].compactMap { $0 }
        let spelled = spellings.lazy.compactMap { self.iana($0, told: nil) }.first
        guard let definition = definitions[name] else {
            let candidates = ZoneWords(name)?.candidates ?? []
            return candidates.lazy.compactMap { self.iana($0, told: nil) }.first ?? spelled
        }
        if let location = definition.first("X-LIC-LOCATION")?.text, let zone = iana(location, told: definition) {
            return zone
        }
        guard let defined = DefinedZone(definition) else { return nil }
        // If the definition agrees with the zone that the name spells, the definition is not needed.
        if case .known(_, let setting, _)? = spelled,
            defined.shows(setting, from: max(Self.comparedYear, defined.settledYear))
        {
            return spelled
        }
        return .defined(defined, definition)
    }

    /// The first year in which a definition is compared with the zone that its name spells.
    private static let comparedYear = 2025

    private func iana(_ name: String, told definition: CalendarComponent?) -> Zone? {
        if ["UTC", "Z", "GMT", "Etc/UTC", "Etc/GMT"].contains(name) {
            return .known(name: "UTC", .utc, told: definition)
        }
        guard (try? TimeZoneName(parsing: name, zones: zones)) != nil, let file = zones.zone(named: name) else {
            return nil
        }
        return .known(name: name, .file(file), told: definition)
    }
}
