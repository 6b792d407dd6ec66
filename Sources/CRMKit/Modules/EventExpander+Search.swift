/// Searches for occurrences of an event that has any number of them, in periods of growing length. Only the occurrences
/// found are stored.
extension EventExpander {
    /// The factor by which each period is longer than the previous one.
    private static let growth: Int64 = 8

    /// Returns the length of the first period, in seconds.
    private func firstLength(_ event: EventRow) -> Int64 {
        switch event.recurrence.flatMap(rule)?.frequency {
        case .secondly?: 7200
        case .minutely?: 2 * Int64.secondsPerDay
        default: 40 * Int64.secondsPerDay
        }
    }

    /// Returns the first occurrence that begins in a period and meets a condition.
    func first(
        of event: EventRow,
        _ differences: [OccurrenceRow],
        from: Int64,
        until: Int64,
        where isMeant: (EventOccurrence) -> Bool
    ) -> EventOccurrence? {
        guard let bounds = bounds(of: event, differences) else { return nil }
        var (begin, length) = (max(from, bounds.lowerBound), firstLength(event))
        let end = min(until, bounds.upperBound)
        // Unless differences apply from a date on, the occurrences without differences come in order.
        let isOrdered = !differences.contains(where: \.isFollowing)
        while begin < end {
            let next = begin + min(length, end - begin)
            var first: EventOccurrence?
            walk(of: event, differences, from: begin, until: next) { item, isInOrder in
                if isInOrder, isOrdered, let first, first.start <= item.start { return false }
                guard item.start.secondsSinceEpoch >= begin, isMeant(item) else { return true }
                if first.map({ item.start < $0.start }) ?? true { first = item }
                return !(isInOrder && isOrdered)
            }
            if let first { return first }
            (begin, length) = (next, length * Self.growth)
        }
        return nil
    }

    /// Returns the last occurrence that begins in a period and meets a condition.
    func last(
        of event: EventRow,
        _ differences: [OccurrenceRow],
        from: Int64,
        until: Int64,
        where isMeant: (EventOccurrence) -> Bool
    ) -> EventOccurrence? {
        guard let bounds = bounds(of: event, differences) else { return nil }
        let begin = max(from, bounds.lowerBound)
        var (end, length) = (min(until, bounds.upperBound), firstLength(event))
        while begin < end {
            let previous = end - min(length, end - begin)
            var last: EventOccurrence?
            walk(of: event, differences, from: previous, until: end) { item, _ in
                guard item.start.secondsSinceEpoch >= previous, isMeant(item) else { return true }
                if last.map({ item.start > $0.start }) ?? true { last = item }
                return true
            }
            if let last { return last }
            (end, length) = (previous, length * Self.growth)
        }
        return nil
    }

    /// Returns the last occurrences that begin in a period and meet a condition, at most `count`.
    func last(
        _ count: Int,
        of event: EventRow,
        _ differences: [OccurrenceRow],
        from: Int64,
        until: Int64,
        where isMeant: (EventOccurrence) -> Bool
    ) -> [EventOccurrence] {
        guard let bounds = bounds(of: event, differences) else { return [] }
        let begin = max(from, bounds.lowerBound)
        var (end, length) = (min(until, bounds.upperBound), firstLength(event))
        var found: [EventOccurrence] = []
        while begin < end, found.count < count {
            let previous = end - min(length, end - begin)
            walk(of: event, differences, from: previous, until: end) { item, _ in
                if item.start.secondsSinceEpoch >= previous, isMeant(item) { found.append(item) }
                return true
            }
            (end, length) = (previous, length * Self.growth)
        }
        return Array(found.sorted { $0.start < $1.start }.suffix(count))
    }

    /// Returns the period in which an event may have occurrences, up to some days too wide.
    private func bounds(of event: EventRow, _ differences: [OccurrenceRow]) -> Range<Int64>? {
        let further = event.further.isNull ? [] : StoredList(event.further, of: .occurrence).occurrences
        let others = further.map(\.approximateSeconds) + differences.compactMap(\.start)
        var last = Int64?.some(event.start)
        if let text = event.recurrence, let rule = try? RecurrenceRule(parsing: text) {
            last = differences.contains(where: \.isFollowing) ? nil : rule.latest(from: event.start)
        }
        let first = min(event.start, others.min() ?? event.start) - EventSpan.slack
        let end =
            last.map { max($0, others.max() ?? $0) + EventSpan.slack } ?? (CivilDate.lastDay + 1) * Int64.secondsPerDay
        return first < end ? first..<end : nil
    }
}
