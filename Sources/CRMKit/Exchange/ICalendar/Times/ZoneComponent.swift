import Formats

/// The definition of a time zone in calendars, a `VTIMEZONE` (RFC 5545 section 3.6.5), made from the system's zone
/// file.
struct ZoneComponent {
    /// The component's name.
    static let componentName = "VTIMEZONE"

    private let name: String
    private let file: ZoneFile

    /// - Parameter name: the name that the calendar's times use for the zone.
    init(_ name: String, _ file: ZoneFile) {
        self.name = name
        self.file = file
    }

    /// An offset of the clocks, and the times at which it begins.
    private struct Observance {
        let before: Int64
        let after: Int64
        let isSummer: Bool
        let label: String
        /// The onsets, in local seconds since 1970 by the clocks before.
        var onsets: [Int64]
        /// The rule of a yearly onset; `nil` if it does not recur.
        let rule: String?
    }

    /// Returns the definition, which is right for times from the beginning of a year on.
    func component(from year: Int) -> CalendarComponent {
        let start = CivilDate(year: year, month: 1, day: 1)?.secondsSinceEpoch ?? 0
        let first = file.clocks(at: start)
        var observances = [
            Observance(
                before: first.offset,
                after: first.offset,
                isSummer: first.isSummer,
                label: first.name,
                onsets: [start],
                rule: nil
            )
        ]
        var before = first.offset
        var changes = file.changes(after: start)
        let yearly = file.yearlyChanges
        let rules = yearly.flatMap { $0.allSatisfy { $0.text != nil } ? $0 : nil }
        if let rules {
            changes = withoutYearly(changes, rules, from: year)
        } else if let yearly {
            changes += unnamed(yearly, after: changes.last?.moment ?? start)
        }
        for change in changes {
            add(change, after: before, to: &observances)
            before = change.clocks.offset
        }
        for rule in rules ?? [] {
            let last = changes.last?.moment ?? start
            let place = CivilDate(daysSinceEpoch: last.flooredDays)?.year ?? year
            guard let onset = [place, place + 1].compactMap({ rule.moment(in: $0) }).first(where: { $0 > last }) else {
                continue
            }
            observances.append(
                Observance(
                    before: rule.before,
                    after: rule.after,
                    isSummer: rule.isSummer,
                    label: file.label(offset: rule.after, isSummer: rule.isSummer),
                    onsets: [onset + rule.before],
                    rule: rule.text
                )
            )
        }
        return CalendarComponent(
            Self.componentName,
            properties: [ContentProperty("TZID", text: name)],
            components: observances.map(component)
        )
    }

    /// Returns the changes before those that follow the yearly rules.
    private func withoutYearly(
        _ changes: [ZoneFile.Change],
        _ rules: [PosixTimeZone.YearlyChange],
        from year: Int
    ) -> [ZoneFile.Change] {
        var count = changes.count
        while count > 0 {
            let moment = changes[count - 1].moment
            let place = CivilDate(daysSinceEpoch: moment.flooredDays)?.year ?? year
            guard (place - 1...place + 1).contains(where: { year in rules.contains { $0.moment(in: year) == moment } })
            else { break }
            count -= 1
        }
        return Array(changes[..<count])
    }

    /// Returns the single changes of some years after a moment, whose days cannot be expressed by a simple rule.
    private func unnamed(_ yearly: [PosixTimeZone.YearlyChange], after moment: Int64) -> [ZoneFile.Change] {
        let year = CivilDate(daysSinceEpoch: moment.flooredDays)?.year ?? 1970
        return (year...max(year, 2037)).flatMap { year in
            yearly.map { change in
                let label = file.label(offset: change.after, isSummer: change.isSummer)
                let clocks = ZoneFile.Clocks(offset: change.after, isSummer: change.isSummer, name: label)
                return ZoneFile.Change(moment: change.moment(in: year), clocks: clocks)
            }
        }.filter { $0.moment > moment }.sorted { $0.moment < $1.moment }
    }

    /// Adds a change to the observance of the same kind, or as a new one.
    private func add(_ change: ZoneFile.Change, after before: Int64, to observances: inout [Observance]) {
        let (clocks, onset) = (change.clocks, change.moment + before)
        let same = observances.indices.dropFirst().first { index in
            let other = observances[index]
            return other.before == before && other.after == clocks.offset && other.isSummer == clocks.isSummer
                && other.label == clocks.name
        }
        if let same {
            observances[same].onsets.append(onset)
            return
        }
        observances.append(
            Observance(
                before: before,
                after: clocks.offset,
                isSummer: clocks.isSummer,
                label: clocks.name,
                onsets: [onset],
                rule: nil
            )
        )
    }

    private func component(_ observance: Observance) -> CalendarComponent {
        let times = observance.onsets.compactMap(Self.time)
        var properties = [
            ContentProperty("DTSTART", rawValue: times.first ?? ""),
            ContentProperty("TZOFFSETFROM", rawValue: Self.offset(observance.before)),
            ContentProperty("TZOFFSETTO", rawValue: Self.offset(observance.after)),
        ]
        if !observance.label.isEmpty { properties.append(ContentProperty("TZNAME", text: observance.label)) }
        if let rule = observance.rule { properties.append(ContentProperty("RRULE", rawValue: rule)) }
        // Some readers expect a single time in each property.
        properties += times.dropFirst().map { ContentProperty("RDATE", rawValue: $0) }
        return CalendarComponent(observance.isSummer ? "DAYLIGHT" : "STANDARD", properties: properties)
    }

    private static func time(_ local: Int64) -> String? {
        guard let day = CivilDate(daysSinceEpoch: local.flooredDays) else { return nil }
        return CalendarTime(day: day, secondOfDay: local.secondOfDay).text
    }

    /// Returns an offset as text: `+0200`, `-033045`.
    private static func offset(_ seconds: Int64) -> String {
        let magnitude = Int64(seconds.magnitude)
        let parts = [magnitude / 3600, magnitude / 60 % 60] + (magnitude % 60 == 0 ? [] : [magnitude % 60])
        return (seconds < 0 ? "-" : "+") + parts.map { $0.digits(atLeast: 2) }.joined()
    }
}
