import Formats

extension CalendarComponent {
    /// How many seconds before the start of what it is for an alarm goes off; `nil` for one that goes off at another time, and
    /// for what is no alarm.
    ///
    /// - Parameters:
    ///   - isTask: whether it is for a task, which begins for us when it is due.
    ///   - hasEnd: whether that task says when it is due.
    ///   - start: when it begins, in seconds since 1970, of what does so once: an alarm can name its moment.
    func secondsBefore(isTask: Bool, hasEnd: Bool, start: Int64?) -> Int64? {
        guard isHeard, let trigger = first("TRIGGER") else { return nil }
        if trigger.parameter("VALUE")?.uppercased() == "DATE-TIME" {
            guard let start, let time = try? trigger.times().first, time.zone == .utc,
                let moment = time.moment(in: .utc)?.secondsSinceEpoch, moment <= start
            else { return nil }
            return start - moment
        }
        let isOfEnd = trigger.parameter("RELATED")?.uppercased() == "END"
        guard isOfEnd == (isTask && hasEnd), let duration = try? CalendarDuration(trigger.rawValue),
            duration.total <= 0
        else { return nil }
        return -duration.total
    }

    /// Whether it is an alarm that somebody notices: `NONE` says that there is to be none, not even the usual one
    /// (draft-daboo-valarm-extensions-04, section 11.1).
    var isHeard: Bool { name == "VALARM" && first("ACTION")?.text.uppercased() != "NONE" }

    /// What later versions of a component count.
    var sequence: Int64 { first("SEQUENCE").flatMap { Int64($0.rawValue.trimmed) } ?? 0 }
}
