/// Finds the occurrences of events.
final class EventExpander {
    private let clock: Clock
    private var zones: [String: TimeZoneSetting] = [:]
    private var rules: [String: RecurrenceRule?] = [:]

    /// Many events have one rule, but those without end need not: no more are kept than this.
    private static let mostRules = 1000

    init(clock: Clock) { self.clock = clock }

    /// The zone of a name, read once.
    private func zone(_ name: String?) -> TimeZoneSetting {
        guard let name else { return clock.zone }
        if let zone = zones[name] { return zone }
        let zone = clock.zone(named: name)
        zones[name] = zone
        return zone
    }

    /// The rule that a text is, read once; `nil` for what is none.
    private func rule(_ text: String) -> RecurrenceRule? {
        if let rule = rules[text] { return rule }
        let rule = try? RecurrenceRule(parsing: text)
        if rules.count >= Self.mostRules { rules.removeAll(keepingCapacity: true) }
        rules[text] = .some(rule)
        return rule
    }

    /// When an event begins, once or again. What is no rule comes once.
    func series(_ event: EventRow) -> EventSeries {
        EventSeries(
            start: event.start,
            zone: zone(event.zone),
            rule: event.recurrence.flatMap(rule),
            further: event.further.isNull ? [] : StoredList(event.further, of: .occurrence).occurrences,
            excluded: event.excluded.isNull ? [] : StoredList(event.excluded, of: .occurrence).occurrences
        )
    }

    /// The occurrences of an event that touch a time, in order unless some were moved.
    ///
    /// - Parameter differences: what differs on some dates.
    func occurrences(
        of event: EventRow,
        _ differences: [OccurrenceRow],
        from: Int64,
        until: Int64
    ) -> [EventOccurrence] {
        let series = series(event)
        let shape = Shape(event, series)
        var found: [EventOccurrence] = []
        func add(_ moment: Int64, _ rows: [OccurrenceRow]) {
            guard let item = occurrence(moment, of: event, series, shape, rows) else { return }
            let (start, end) = (item.start.secondsSinceEpoch, item.end.secondsSinceEpoch)
            if start < until, end > from || start >= from { found.append(item) }
        }
        let single = differences.filter { !$0.isFollowing }.compactMap { row in
            row.original.map { (moment: series.seconds(of: $0), row: row) }
        }
        let following = differences.filter(\.isFollowing).compactMap { row in
            row.original.map { (moment: series.seconds(of: $0), row: row) }
        }.sorted { $0.moment < $1.moment }
        var (reach, ahead) = (shape.reach, Int64(0))
        for (moment, row) in following {
            let start = row.start ?? moment
            reach = max(reach, (row.end ?? start + shape.reach) - moment)
            ahead = max(ahead, moment - start)
        }
        let moved = Set(single.map(\.moment))
        for moment in series.starts(from: from - reach, until: until + ahead) where !moved.contains(moment) {
            add(moment, following.last { $0.moment <= moment }.map { [$0.row] } ?? [])
        }
        for (moment, row) in single where series.contains(moment) {
            add(moment, (following.last { $0.moment <= moment }.map { [$0.row] } ?? []) + [row])
        }
        return found
    }

    /// How long the occurrences of an event are.
    private struct Shape {
        /// In seconds, of one that does not take whole days.
        let length: Int64
        /// In days, of one that does.
        let days: Int64
        /// How long after its start by the rule one may be going on.
        let reach: Int64

        init(_ event: EventRow, _ series: EventSeries) {
            length = max(0, (event.end ?? event.start) - event.start)
            // The end of whole days is the last of them.
            days = max(1, event.end.map { series.day(of: $0) - series.day(of: event.start) + 1 } ?? 1)
            // Days may have an hour more, and those of the user be others than those of the event.
            reach = event.isWholeDay ? (days + 2) * 86_400 : length
        }
    }

    private func occurrence(
        _ moment: Int64,
        of event: EventRow,
        _ series: EventSeries,
        _ shape: Shape,
        _ differences: [OccurrenceRow]
    ) -> EventOccurrence? {
        var (start, end) = (moment, moment + shape.length)
        var days = shape.days
        for row in differences {
            if row.isFollowing, let original = row.original, let other = row.start {
                let shift = other - series.seconds(of: original)
                (start, end) = (start + shift, end + shift)
                if let last = row.end { end = start + max(0, last - other) }
            } else {
                if let other = row.start { (start, end) = (other, other + end - start) }
                if let last = row.end { end = max(start, last) }
            }
            if row.end != nil { days = max(1, series.day(of: end) - series.day(of: start) + 1) }
        }
        if event.isWholeDay {
            let day = series.day(of: start)
            start = clock.zone.seconds(ofLocal: day * 86_400)
            end = clock.zone.seconds(ofLocal: (day + days) * 86_400)
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
            isWholeDay: event.isWholeDay,
            name: event.isSeries ? series.name(of: moment) : nil,
            assignedTo: event.assignedTo,
            reminders: Self.reminders(event.reminders)
        )
        for row in differences {
            if let text = row["subject"].text { item.subject = text }
            if let text = row["status"].text { item.status = text }
            if let text = row["location"].text { item.location = text }
            if !row["reminders"].isNull { item.reminders = Self.reminders(row["reminders"]) }
        }
        return item
    }

    private static func reminders(_ stored: Value) -> [Duration] {
        stored.isNull ? [] : StoredList(stored, of: .duration).durations
    }
}
