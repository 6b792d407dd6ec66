/// The start and end of the occurrences of an event, with the differences of single dates and from a date on.
///
/// A class, since an agenda passes on the times of thousands of events.
final class EventTimes {
    /// The event.
    let event: EventRow
    /// The starts by the rule.
    let series: EventSeries
    private var isWholeDay: Bool { event.isWholeDay }
    /// Whether the series follows clocks; a series of hours follows elapsed time.
    private let isOfDays: Bool
    /// The seconds from start to end; for whole days, to the last day by local clocks.
    private let span: Int64
    /// The differences that apply from a date on, in order.
    private let following: [(moment: Int64, row: OccurrenceRow)]

    init(_ event: EventRow, _ series: EventSeries, _ rows: [OccurrenceRow]) {
        self.event = event
        self.series = series
        isOfDays = series.isOfDays
        span = Self.span(event.start, event.end ?? event.start, series, event.isWholeDay)
        following =
            rows.isEmpty
            ? []
            : rows.filter(\.isFollowing).compactMap { row in
                row.original.map { (moment: series.seconds(of: $0), row: row) }
            }.sorted { $0.moment < $1.moment }
    }

    /// Returns the differences from some date on that apply at the moment of an occurrence: those of the last such
    /// date.
    func following(at moment: Int64) -> OccurrenceRow? { following.last { $0.moment <= moment }?.row }

    /// Returns the rows that apply to an occurrence: the differences from a date on, then its own.
    ///
    /// - Parameter own: the row of the occurrence itself.
    func rows(at moment: Int64, _ own: OccurrenceRow? = nil) -> [OccurrenceRow] {
        guard let own else { return following(at: moment).map { [$0] } ?? [] }
        return own.isFollowing ? [own] : [following(at: moment), own].compactMap { $0 }
    }

    /// Returns when an occurrence begins and ends, in seconds since 1970; for whole days, the end is the beginning of
    /// the last day.
    ///
    /// - Parameters:
    ///   - moment: when the occurrence begins by the rule.
    ///   - rows: the differences that apply to it, the last of them taking precedence.
    func times(of moment: Int64, _ rows: [OccurrenceRow]) -> (start: Int64, end: Int64) {
        if let own = clockTimes(rows) { return own }
        var (start, span) = (moment, self.span)
        for row in rows {
            guard row.isFollowing, let original = row.original else {
                start = row.start ?? start
                if let end = row.end { span = Self.span(start, end, series, isWholeDay) }
                continue
            }
            let rule = series.seconds(of: original)
            let first = row.start ?? rule
            start = moved(moment, from: rule, to: first)
            if let end = row.end { span = Self.span(first, end, series, isWholeDay) }
        }
        return (start, isWholeDay ? series.zone.seconds(ofLocal: local(start) + span) : start + span)
    }

    /// Returns when an occurrence of an event of whole days begins and ends that has a time of day of its own, as
    /// calendars can say of a single date; `nil` for any other.
    func clockTimes(_ rows: [OccurrenceRow]) -> (start: Int64, end: Int64)? {
        guard isWholeDay, let row = rows.last, !row.isFollowing, let start = row.start,
            start != series.zone.seconds(ofLocal: series.day(of: start) * Int64.secondsPerDay)
        else { return nil }
        return (start, max(start, row.end ?? start))
    }

    /// Returns when an occurrence ends that begins at another moment and lasts as long as one with other times; whole
    /// days keep their number of days.
    func end(from start: Int64, lastingAs other: (start: Int64, end: Int64), by others: EventTimes? = nil) -> Int64 {
        guard isWholeDay else { return start + other.end - other.start }
        let zone = (others ?? self).series
        let days = zone.day(of: other.end) - zone.day(of: other.start)
        return series.zone.seconds(ofLocal: local(start) + days * Int64.secondsPerDay)
    }

    /// The maximum time, in seconds, from the start of an occurrence by the rule to its end, from there to its actual
    /// start, and from its actual start to that by the rule; up to some days too long.
    var reach: (after: Int64, late: Int64, before: Int64) {
        // Days may be an hour longer, and the user's days may differ from those of the event.
        let slack: Int64 = isWholeDay ? 3 * Int64.secondsPerDay : 0
        var (after, late, before) = (span + slack, slack, slack)
        for (moment, row) in following {
            let (start, end) = times(of: moment, [row])
            after = max(after, end - moment + slack + 7200)
            late = max(late, start - moment + slack + 7200)
            before = max(before, moment - start + slack + 7200)
        }
        return (after, late, before)
    }

    private static func span(_ start: Int64, _ end: Int64, _ series: EventSeries, _ isWholeDay: Bool) -> Int64 {
        guard isWholeDay else { return max(0, end - start) }
        let zone = series.zone
        return max(0, (end + zone.offset(at: end)).flooredDays - (start + zone.offset(at: start)).flooredDays)
            * Int64.secondsPerDay
    }

    private func local(_ moment: Int64) -> Int64 { moment + series.zone.offset(at: moment) }

    /// Returns a moment moved by the distance between two others, by the clocks of the zone.
    private func moved(_ moment: Int64, from: Int64, to: Int64) -> Int64 {
        if from == to { return moment }
        guard isOfDays else { return moment + to - from }
        return series.zone.seconds(ofLocal: local(moment) + local(to) - local(from))
    }
}
