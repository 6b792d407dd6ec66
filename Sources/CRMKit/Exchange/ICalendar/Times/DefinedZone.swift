import Formats
import Localization

/// A time zone defined in a calendar by a `VTIMEZONE` (RFC 5545 section 3.6.5), for zones whose name is unknown.
struct DefinedZone: Sendable {
    /// An offset of the zone's clocks, and the times at which it begins.
    private struct Observance: Sendable {
        /// The listed onsets in local seconds since 1970, ascending.
        let onsets: [Int64]
        let rule: RecurrenceRule?
        let before: Int64
        let after: Int64

        /// Returns the last onset up to a local time.
        func onset(before local: Int64) -> Int64? {
            let named = onsets.last { $0 <= local }
            guard let rule, let first = onsets.first, first <= local else { return named }
            return [named, yearly(rule, first, local)].compactMap { $0 }.max()
        }

        /// Returns the last onset by a rule with one day a year, as all rules of clocks are.
        private func yearly(_ rule: RecurrenceRule, _ first: Int64, _ local: Int64) -> Int64? {
            guard rule.frequency == .yearly, let start = CivilDate(daysSinceEpoch: first.flooredDays),
                let day = CivilDate(daysSinceEpoch: local.flooredDays)
            else { return nil }
            let second = first.secondOfDay
            var last: Int64?
            for year in max(start.year, day.year - 1)...max(start.year, day.year) {
                guard let date = Self.day(rule, year, start) else { continue }
                let onset = date.secondsSinceEpoch + second
                if onset <= local, onset >= first, !Self.isOver(rule, onset - before) { last = onset }
            }
            return last
        }

        private static func isOver(_ rule: RecurrenceRule, _ moment: Int64) -> Bool {
            guard case .until(let name) = rule.end else { return false }
            return moment > name.approximateSeconds
        }

        /// Returns the day of a year on which a rule falls.
        private static func day(_ rule: RecurrenceRule, _ year: Int, _ start: CivilDate) -> CivilDate? {
            let month = rule.months.first ?? start.month
            let all = (1...31).compactMap { CivilDate(year: year, month: month, day: $0) }
            let days = all.filter { date in
                rule.monthDays.isEmpty || rule.monthDays.contains(date.day)
                    || rule.monthDays.contains(date.day - 1 - all.count)
            }
            guard let wanted = rule.days.first else {
                return rule.monthDays.isEmpty ? days.first { $0.day == start.day } : days.first
            }
            let fitting = days.filter { $0.weekday == wanted.weekday }
            let ordinal = wanted.ordinal == 0 ? 1 : wanted.ordinal
            let index = ordinal > 0 ? ordinal - 1 : fitting.count + ordinal
            return fitting.indices.contains(index) ? fitting[index] : nil
        }
    }

    private let observances: [Observance]

    /// Reads a definition.
    ///
    /// - Returns: `nil` for a definition without any offset.
    init?(_ component: CalendarComponent) {
        observances = component.components.compactMap { observance in
            guard let after = observance.first("TZOFFSETTO").flatMap({ Self.offset($0.rawValue) }) else { return nil }
            var onsets: [Int64] = []
            for property in observance.properties where property.isNamed("DTSTART") || property.isNamed("RDATE") {
                onsets += ((try? property.times()) ?? []).map(\.localSeconds)
            }
            guard !onsets.isEmpty else { return nil }
            return Observance(
                onsets: onsets.sorted(),
                rule: observance.first("RRULE").flatMap { try? RecurrenceRule(parsing: $0.rawValue) },
                before: observance.first("TZOFFSETFROM").flatMap { Self.offset($0.rawValue) } ?? after,
                after: after
            )
        }
        if observances.isEmpty { return nil }
    }

    /// Reads an offset in seconds: `+0200`, `-033045`.
    private static func offset(_ text: String) -> Int64? {
        var reader = ByteReader(text.trimmed)
        let sign = reader.take(anyOf: ["+", "-"])
        guard let hours = reader.digits(2), hours < 24, let minutes = reader.digits(2), minutes < 60 else { return nil }
        let seconds = reader.digits(2) ?? 0
        let total = Int64(hours * 3600 + minutes * 60 + seconds)
        return sign == "-" ? -total : total
    }

    /// Whether the zone's clocks agree with those of another zone for some years. One day of every week is compared,
    /// since differing rules differ for at least a week.
    func shows(_ other: TimeZoneSetting, from year: Int) -> Bool {
        let first = (CivilDate.firstDay(ofYear: year)) * Int64.secondsPerDay + 43_200
        return stride(from: first, to: first + Self.compared, by: 7 * 86_400).allSatisfy { local in
            seconds(ofLocal: local) == other.seconds(ofLocal: local)
        }
    }

    /// The first year at whose beginning all offsets have begun once.
    var settledYear: Int {
        let last = observances.compactMap { $0.onsets.first }.max() ?? 0
        return (CivilDate(daysSinceEpoch: last.flooredDays)?.year ?? 1970) + 1
    }

    private static let compared: Int64 = 3 * 366 * Int64.secondsPerDay

    /// Returns the seconds since 1970 at which clocks show a local time, given as if it were UTC.
    func seconds(ofLocal local: Int64) -> Int64 {
        var latest: (onset: Int64, offset: Int64)?
        for observance in observances {
            guard let onset = observance.onset(before: local), onset > latest?.onset ?? .min else { continue }
            latest = (onset, observance.after)
        }
        let first = observances.min { ($0.onsets.first ?? 0) < ($1.onsets.first ?? 0) }
        return local - (latest?.offset ?? first?.before ?? 0)
    }
}
