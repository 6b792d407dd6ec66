/// The period in which an event has occurrences. It is computed without zones, so that it holds if the rules of zones
/// change: it is up to some days too wide, and it has no end for a rule whose end cannot be estimated.
enum EventSpan {
    /// The maximum length of an event that is found by its start alone, in seconds.
    static let longest: Int64 = .secondsPerDay
    /// The maximum difference between the clocks of two zones, with an allowance for the length of whole days, in
    /// seconds.
    static let slack: Int64 = 2 * Int64.secondsPerDay
    /// The stored end of something without an end.
    static let never = "9999-12-31T23:59:59Z"

    /// Whether an event cannot be found by its start alone.
    static func isNeeded(_ event: Record) -> Bool {
        if !event["recurrence"].isNull || !event["further_dates"].isNull { return true }
        guard !event["ends_at"].isNull, let start = seconds(event["starts_at"]), let end = seconds(event["ends_at"])
        else {
            return false
        }
        return end - start > longest
    }

    /// Returns the row of the part, if the event needs one.
    static func rows(of event: Record, _ occurrences: Derivation.Rows) throws -> [[Value]] {
        guard isNeeded(event), let start = seconds(event["starts_at"]) else { return [] }
        let length = max(0, (seconds(event["ends_at"]) ?? start) - start)
        guard !event["recurrence"].isNull || !event["further_dates"].isNull else {
            let slack = event["all_day"] == .integer(1) ? Self.slack : 0
            return [row(start - slack, start + length + slack)]
        }
        var (first, last) = (start, Int64?.some(start))
        if let text = event["recurrence"].text, let rule = try? RecurrenceRule(parsing: text) {
            last = rule.latest(from: start)
        }
        for name in StoredList(event["further_dates"], of: .occurrence).occurrences {
            first = min(first, name.approximateSeconds)
            last = last.map { max($0, name.approximateSeconds) }
        }
        var (longest, later) = (length, Int64(0))
        try occurrences { row in
            let difference = OccurrenceRow(row)
            guard let start = difference.start ?? difference.original?.approximateSeconds else { return }
            let end = max(start, difference.end ?? (start + length))
            longest = max(longest, end - start)
            first = min(first, start)
            last = last.map { max($0, start) }
            if difference.isFollowing, let original = difference.original {
                later = max(later, start - original.approximateSeconds + slack)
                first -= max(0, original.approximateSeconds - start)
            }
        }
        return [row(first - slack, last.map { $0 + later + longest + slack })]
    }

    private static func row(_ first: Int64, _ last: Int64?) -> [Value] {
        [
            .text(Moment(secondsSinceEpoch: first)?.description ?? "0001-01-01T00:00:00Z"),
            .text(last.flatMap { Moment(secondsSinceEpoch: $0) }?.description ?? never),
        ]
    }

    private static func seconds(_ value: Value) -> Int64? { value.text.flatMap(Moment.seconds(stored:)) }
}

/// A row of the part for the differences of occurrences.
struct OccurrenceRow {
    /// The occurrence to which the row belongs.
    let original: OccurrenceName?
    /// The changed start, in seconds since 1970; `nil` for the usual one.
    let start: Int64?
    /// The changed end, in seconds since 1970; `nil` for the usual one.
    let end: Int64?
    /// Whether the later occurrences differ as well.
    let isFollowing: Bool
    /// The stored values, one for each field of the part.
    let values: [Value]

    /// The value of a field of the part.
    subscript(key: String) -> Value { values[Part.occurrence.position(required: key)] }

    /// Returns the occurrence's own value of a field, null if it is deliberately empty; `nil` if it has the value of
    /// the event.
    func own(_ key: String) -> Value? {
        let value = self[key]
        if value.isNull { return nil }
        return value == Part.occurrence.field(required: key).emptyOverride ? .null : value
    }

    /// Creates a row from the values of the part's fields.
    init(_ values: [Value]) {
        func value(_ key: String) -> Value { values[Part.occurrence.position(required: key)] }
        original = value("original").text.flatMap { try? OccurrenceName(parsing: $0) }
        start = value("starts_at").text.flatMap(Moment.seconds(stored:))
        end = value("ends_at").text.flatMap(Moment.seconds(stored:))
        isFollowing = value("following") == .integer(1)
        self.values = values
    }
}
