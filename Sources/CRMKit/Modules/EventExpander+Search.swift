/// Searches for occurrences of an event that has any number of them, in periods of growing length. Only the occurrences
/// found are stored.
extension EventExpander {
    /// The factor by which each period is longer than the previous one.
    private static let growth: Int64 = 8

    /// Returns the length of the first period, in seconds: that of some thousand occurrences at most.
    func firstLength(_ rule: RecurrenceRule?) -> Int64 {
        guard let rule else { return 40 * Int64.secondsPerDay }
        if rule.frequency == .secondly || !rule.seconds.isEmpty { return 7200 }
        if rule.frequency == .minutely || !rule.minutes.isEmpty { return 2 * Int64.secondsPerDay }
        return 40 * Int64.secondsPerDay
    }

    /// Returns the first occurrence that begins in a period and meets a condition.
    ///
    /// - Parameter isMeant: decides by the kind and the status alone. These are the same for all occurrences without
    ///   differences, so that none of them is met if one is not.
    func first(
        of event: EventRow,
        _ differences: [OccurrenceRow],
        from: Int64,
        until: Int64,
        where isMeant: (EventOccurrence) -> Bool
    ) -> EventOccurrence? {
        guard let bounds = bounds(of: event, differences) else { return nil }
        var (begin, length) = (max(from, bounds.lowerBound), firstLength(event.recurrence.flatMap(rule)))
        let end = min(until, bounds.upperBound)
        // Unless differences apply from a date on, the occurrences without differences come in order.
        let isOrdered = !differences.contains(where: \.isFollowing)
        while begin < end {
            let next = begin + min(length, end - begin)
            var first: EventOccurrence?
            walk(of: event, differences, from: begin, until: next, hasBegun: false) { item, isInOrder in
                if isInOrder, isOrdered, let first, first.start <= item.start { return false }
                guard isMeant(item) else { return !(isInOrder && isOrdered) }
                guard item.start.secondsSinceEpoch >= begin else { return true }
                if first.map({ item.start < $0.start }) ?? true { first = item }
                return !(isInOrder && isOrdered)
            }
            if let first { return first }
            (begin, length) = (next, length * Self.growth)
        }
        return nil
    }

    /// Returns the last occurrence that begins in a period and meets a condition, as for the first one.
    func last(
        of event: EventRow,
        _ differences: [OccurrenceRow],
        from: Int64,
        until: Int64,
        where isMeant: (EventOccurrence) -> Bool
    ) -> EventOccurrence? {
        last(1, of: event, differences, from: from, until: until, where: isMeant).last
    }

    /// Returns the last occurrences that begin in a period and meet a condition, as for the first one, at most `count`.
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
        var (end, length) = (min(until, bounds.upperBound), firstLength(event.recurrence.flatMap(rule)))
        let isOrdered = !differences.contains(where: \.isFollowing)
        var found: [EventOccurrence] = []
        func keepLast() { found = Array(found.sorted { $0.start < $1.start }.suffix(count)) }
        while begin < end, found.count < count {
            let previous = end - min(length, end - begin)
            walk(of: event, differences, from: previous, until: end, hasBegun: false) { item, isInOrder in
                guard isMeant(item) else { return !(isInOrder && isOrdered) }
                if item.start.secondsSinceEpoch >= previous { found.append(item) }
                if found.count > Self.mostBegun + 2 * count { keepLast() }
                return true
            }
            (end, length) = (previous, length * Self.growth)
        }
        keepLast()
        return found
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
