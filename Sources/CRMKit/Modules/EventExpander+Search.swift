/// Looks for one occurrence of an event, however many there are: a time after the other, each longer than the one before.
extension EventExpander {
    /// How long the first of those times is, in seconds, and how many times longer the following one each.
    private static let firstLength: Int64 = 40 * 86_400
    private static let growth: Int64 = 8

    /// The first occurrence that begins in a time and is of a kind.
    func first(
        of event: EventRow,
        _ differences: [OccurrenceRow],
        from: Int64,
        until: Int64,
        where isMeant: (EventOccurrence) -> Bool
    ) -> EventOccurrence? {
        guard let bounds = bounds(of: event, differences) else { return nil }
        var (begin, length) = (max(from, bounds.lowerBound), Self.firstLength)
        let end = min(until, bounds.upperBound)
        while begin < end {
            let next = begin + min(length, end - begin)
            let found = occurrences(of: event, differences, from: begin, until: next)
                .filter { $0.start.secondsSinceEpoch >= begin && isMeant($0) }
            if let first = found.min(by: { $0.start < $1.start }) { return first }
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
        var (end, length) = (min(until, bounds.upperBound), Self.firstLength)
        while begin < end {
            let previous = end - min(length, end - begin)
            let found = occurrences(of: event, differences, from: previous, until: end)
                .filter { $0.start.secondsSinceEpoch >= previous && isMeant($0) }
            if let last = found.max(by: { $0.start < $1.start }) { return last }
            (end, length) = (previous, length * Self.growth)
        }
        return nil
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
        let end = last.map { max($0, others.max() ?? $0) + EventSpan.slack } ?? (CivilDate.lastDay + 1) * 86_400
        return first < end ? first..<end : nil
    }
}
