/// Finds the occurrences of events.
final class EventExpander {
    private let clock: Clock
    private var zones: [String: TimeZoneSetting] = [:]
    private var rules: [String: RecurrenceRule?] = [:]

    /// The maximum number of cached rules. Many events share a rule, but the number of different rules is unlimited.
    private static let mostRules = 1000

    /// The maximum number of occurrences of an event given that began before a period. If an event lasts longer than
    /// the time between two of its starts, its occurrences overlap, so there may be millions.
    static let mostBegun = 1000

    init(clock: Clock) { self.clock = clock }

    /// Returns the zone with a name, which is read once.
    private func zone(_ name: String?) -> TimeZoneSetting {
        guard let name else { return clock.zone }
        if let zone = zones[name] { return zone }
        let zone = clock.zone(named: name)
        zones[name] = zone
        return zone
    }

    /// Returns the rule written in a text, which is read once; `nil` for a malformed one.
    func rule(_ text: String) -> RecurrenceRule? {
        if let rule = rules[text] { return rule }
        let rule = try? RecurrenceRule(parsing: text)
        if rules.count >= Self.mostRules { rules.removeAll(keepingCapacity: true) }
        rules[text] = .some(rule)
        return rule
    }

    /// Returns the series of an event. An event with a malformed rule occurs once.
    func series(_ event: EventRow) -> EventSeries {
        let zone = zone(event.zone)
        func names(_ stored: Value) -> [OccurrenceName] {
            if stored.isNull { return [] }
            let names = StoredList(stored, of: .occurrence).occurrences
            // Of whole days the day alone counts, whatever time is written beside it.
            return event.isWholeDay ? names.map { $0.day(in: zone) } : names
        }
        return EventSeries(
            start: event.start,
            zone: zone,
            rule: event.recurrence.flatMap(rule),
            further: names(event.further),
            excluded: names(event.excluded)
        )
    }

    /// Calls a closure with the occurrences of an event that touch a period: first those with differences of their own,
    /// then the others in order.
    ///
    /// - Parameters:
    ///   - hasBegun: whether those that began before the period and end in it are given, which of those without
    ///     differences of their own are at most the ``mostBegun`` latest.
    ///   - body: receives an occurrence, and whether it has no differences of its own; returns whether to continue.
    /// - Returns: whether there are more of those that began before the period.
    @discardableResult
    func walk(
        of event: EventRow,
        _ differences: [OccurrenceRow],
        from: Int64,
        until: Int64,
        hasBegun: Bool,
        _ body: (EventOccurrence, _ isInOrder: Bool) -> Bool
    ) -> Bool {
        let series = series(event)
        let times = EventTimes(event, series, differences)
        func touching(_ moment: Int64, _ rows: [OccurrenceRow]) -> EventOccurrence? {
            guard let item = occurrence(moment, times, rows) else { return nil }
            let (start, end) = (item.start.secondsSinceEpoch, item.end.secondsSinceEpoch)
            return start < until && (end > from || start >= from) ? item : nil
        }
        var moved: Set<Int64> = []
        var own: [(moment: Int64, item: EventOccurrence)] = []
        for row in differences where !row.isFollowing {
            guard let moment = row.original.map(series.seconds(of:)) else { continue }
            moved.insert(moment)
            guard var item = touching(moment, times.rows(at: moment, row)) else { continue }
            item.isSingle = true
            own.append((moment, item))
        }
        let present = series.present(own.map(\.moment))
        for (moment, item) in own where present.contains(moment) {
            if !body(item, false) { return false }
        }
        func give(_ moment: Int64) -> Bool {
            if moved.contains(moment) { return true }
            guard let item = touching(moment, times.rows(at: moment)) else { return true }
            return body(item, true)
        }
        let reach = times.reach
        let (after, length) = (hasBegun ? reach.after : reach.late, firstLength(series.rule))
        guard after > length else {
            series.walk(from: from - after, until: until + reach.before) { give($0) }
            return false
        }
        let begun = series.last(Self.mostBegun, from: from - after, until: from, length: length)
        for moment in begun.moments where !give(moment) { return begun.areMore }
        series.walk(from: from, until: until + reach.before) { give($0) }
        return begun.areMore
    }

    private func occurrence(
        _ moment: Int64,
        _ times: EventTimes,
        _ differences: [OccurrenceRow]
    ) -> EventOccurrence? {
        let (event, series) = (times.event, times.series)
        var (start, end) = times.times(of: moment, differences)
        let isWholeDay = event.isWholeDay && times.clockTimes(differences) == nil
        if isWholeDay {
            // The end of an event of whole days is its last day.
            (start, end) = (
                clock.zone.seconds(ofLocal: series.day(of: start) * Int64.secondsPerDay),
                clock.zone.seconds(ofLocal: (series.day(of: end) + 1) * Int64.secondsPerDay)
            )
        }
        guard let first = Moment(secondsSinceEpoch: start), let last = Moment(secondsSinceEpoch: end) else {
            return nil
        }
        var item = EventOccurrence(
            id: event.id,
            subject: event.subject,
            kind: event.kind,
            status: event.status,
            location: event.location,
            start: first,
            end: last,
            isWholeDay: isWholeDay,
            name: event.isSeries ? series.name(of: moment) : nil,
            assignedTo: event.assignedTo,
            reminders: Self.reminders(event.reminders)
        )
        for row in differences {
            if let text = row["subject"].text { item.subject = text }
            if let text = row["status"].text { item.status = text }
            if let location = row.own("location") { item.location = location.text }
            if let reminders = row.own("reminders") { item.reminders = Self.reminders(reminders) }
        }
        return item
    }

    private static func reminders(_ stored: Value) -> [Duration] {
        stored.isNull ? [] : StoredList(stored, of: .duration).durations
    }
}
