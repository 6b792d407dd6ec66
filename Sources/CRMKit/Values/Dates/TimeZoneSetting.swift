import Localization

/// The user's time zone: the offset of its clocks from UTC at any moment.
///
/// Its rules are evaluated here instead of by `localtime_r`, which depends on global state of the process and silently
/// uses UTC for unknown zones.
public enum TimeZoneSetting: Sendable {
    /// Coordinated universal time.
    case utc
    /// A rule as POSIX writes it in TZ.
    case rule(PosixTimeZone)
    /// A compiled zone file.
    case file(ZoneFile)

    /// Resolves the environment variable TZ as ``Clock/current(TZ:TZDIR:)`` describes.
    ///
    /// - Throws: ``CRMError`` of code `configuration` for a zone that does not exist.
    init(TZ: String?, zones: ZoneDirectory) throws(CRMError) {
        guard let TZ else {
            self = try Self.ofSystem()
            return
        }
        let name = TZ.utf8.first == UInt8(ascii: ":") ? String(TZ.dropFirst()) : TZ
        if name.isEmpty || name == "UTC" || name == "GMT" {
            self = .utc
        } else if let file = zones.zone(named: name) {
            self = .file(file)
        } else if let rule = PosixTimeZone(name) {
            self = .rule(rule)
        } else {
            throw CRMError(
                .configuration,
                Text(en: "TZ names no time zone: \(TZ)", es: "TZ no nombra ninguna zona horaria: \(TZ)"),
                hint: Text(
                    en: "set it to a name such as America/Mexico_City, or unset it",
                    es: "asignarle un nombre como America/Mexico_City, o quitarla"
                )
            )
        }
    }

    /// Returns the zone of `/etc/localtime`; UTC for a system without one.
    private static func ofSystem() throws(CRMError) -> TimeZoneSetting {
        let path = "/etc/localtime"
        guard let bytes = ZoneDirectory.read(path) else { return .utc }
        guard let file = ZoneFile(bytes) else {
            throw CRMError(
                .configuration,
                Text(en: "\(path) is no time zone file", es: "\(path) no es un archivo de zona horaria"),
                hint: Text(en: "set TZ to your zone's name", es: "asignar a TZ el nombre de la zona")
            )
        }
        // SQLite alone can compute the days of moments in UTC.
        return file.isUTC ? .utc : .file(file)
    }

    /// Returns the seconds that local clocks are ahead of UTC at a moment, given in seconds since 1970-01-01T00:00:00Z.
    func offset(at seconds: Int64) -> Int64 {
        switch self {
        case .utc: 0
        case .rule(let rule): rule.offset(at: seconds)
        case .file(let file): file.offset(at: seconds)
        }
    }

    /// Returns the moment at which the clocks show a time, both in seconds since 1970. A time shown twice is the first
    /// of the two. A skipped time is read with the offset before the gap (RFC 5545 section 3.3.5).
    func seconds(ofLocal local: Int64) -> Int64 {
        if case .utc = self { return local }
        let before = local - offset(at: local - Int64.secondsPerDay)
        let after = local - offset(at: local + Int64.secondsPerDay)
        if before == after { return before }
        let isBefore = offset(at: before) == local - before
        let isAfter = offset(at: after) == local - after
        return !isBefore && isAfter ? after : before
    }
}
