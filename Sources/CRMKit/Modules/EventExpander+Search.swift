/// Searches for one occurrence of an event among any number, through periods of growing length. Only the occurrence
/// sought is kept.
extension EventExpander {
    /// The factor by which each period is longer than the one before.
    private static let growth: Int64 = 8

    /// Returns the length of the first period, in seconds.
    private func firstLength(_ event: EventRow) -> Int64 {
        switch event.recurrence.flatMap(rule)?.frequency {
        case .secondly?: 7200
        case .minutely?: 2 * Int64.secondsPerDay
        default: 40 * Int64.secondsPerDay
        }
    }

    /// The first occurrence that begins in a time and is of a kind.
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
        // Where nothing is moved from a date on, those without a date of their own come in order.
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

    /// The last occurrence that begins in a time and is of a kind.
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

    /// The last occurrences that begin in a time and are of a kind, no more than some.
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

    /// Between which moments an event may have occurrences, up to some days too wide.
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
