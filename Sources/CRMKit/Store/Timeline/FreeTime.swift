/// A query for the times when several people are free, within working hours.
public struct FreeTime {
    /// The contacts.
    public let contacts: [Int64]
    /// The user whose events count as well; `nil` for none.
    public let who: String?
    /// The minimum length of a free time.
    public let length: Duration
    /// The answers of attendees for single dates.
    public var answers: (any OccurrenceAnswers)?

    /// Creates a query for free times of a minimum length.
    public init(contacts: [Int64], who: String?, length: Duration) {
        self.contacts = contacts
        self.who = who
        self.length = length
    }

    /// Returns the free times between two moments, in order, each as long as possible.
    ///
    /// - Throws: ``CRMError`` for errors that SQLite reports, `configuration` for working hours that cannot be read.
    public func times(from: Moment, until: Moment, in store: Store) throws(CRMError) -> [(start: Moment, end: Moment)] {
        let hours = try store.translating { try store.settings() }.hours()
        var busy: [Range<Int64>] = []
        var queries: [AgendaQuery] = []
        // An event without an end may have begun before.
        let early = Moment(secondsSinceEpoch: from.secondsSinceEpoch - EventOccurrence.usualLength) ?? from
        if !contacts.isEmpty || who == nil {
            queries.append(AgendaQuery(from: early, until: until))
            queries[0].contacts = contacts
        }
        if let who {
            var query = AgendaQuery(from: early, until: until)
            query.who = who
            queries.append(query)
        }
        for query in queries {
            busy += try store.translating { try taken(query, in: store) }
        }
        busy.sort { $0.lowerBound < $1.lowerBound }
        return open(hours, from.secondsSinceEpoch, until.secondsSinceEpoch, store.clock).flatMap { window in
            free(in: window, busy)
        }.compactMap { range in
            guard let start = Moment(secondsSinceEpoch: range.lowerBound),
                let end = Moment(secondsSinceEpoch: range.upperBound)
            else { return nil }
            return (start, end)
        }
    }

    /// Returns the times occupied by occurrences, adjacent ones joined.
    private func taken(_ query: AgendaQuery, in store: Store) throws -> [Range<Int64>] {
        var times: [Range<Int64>] = []
        var query = query
        query.marksConflicts = false
        query.answers = answers
        try query.forEach(in: store) { item in
            guard item.takesTime else { return }
            let (start, end) = (item.start.secondsSinceEpoch, item.busyEnd)
            if let last = times.last, start <= last.upperBound {
                times[times.count - 1] = last.lowerBound..<max(last.upperBound, end)
            } else {
                times.append(start..<end)
            }
        }
        return times
    }

    /// Returns the working hours between two moments.
    private func open(_ hours: WorkingHours, _ from: Int64, _ until: Int64, _ clock: Clock) -> [Range<Int64>] {
        var windows: [Range<Int64>] = []
        var day = (from + clock.zone.offset(at: from)).flooredDays
        while clock.zone.seconds(ofLocal: day * Int64.secondsPerDay) < until {
            for time in hours.times[Int(CivilDate.weekday(daysSinceEpoch: day))] {
                let start = max(from, clock.zone.seconds(ofLocal: day * Int64.secondsPerDay + time.lowerBound))
                let end = min(until, clock.zone.seconds(ofLocal: day * Int64.secondsPerDay + time.upperBound))
                if start < end { windows.append(start..<end) }
            }
            day += 1
        }
        return windows
    }

    private func free(in window: Range<Int64>, _ busy: [Range<Int64>]) -> [Range<Int64>] {
        var found: [Range<Int64>] = []
        var start = window.lowerBound
        for time in busy where time.upperBound > start && time.lowerBound < window.upperBound {
            if time.lowerBound - start >= length.seconds { found.append(start..<time.lowerBound) }
            start = max(start, time.upperBound)
        }
        if window.upperBound - start >= max(1, length.seconds) { found.append(start..<window.upperBound) }
        return found
    }
}
