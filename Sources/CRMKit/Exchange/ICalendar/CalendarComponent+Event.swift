import Formats

extension CalendarComponent {
    /// Returns how many seconds before the start of its event or task an alarm goes off; `nil` for an alarm at another
    /// time, and for a component that is no alarm.
    ///
    /// - Parameters:
    ///   - isTask: whether the alarm is for a task, which here begins when it is due.
    ///   - hasEnd: whether the task says when it is due.
    ///   - start: the start in seconds since 1970, when there is only one: an alarm can name a moment.
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

    /// Whether the component is a real alarm: the action `NONE` says that there is none, not even the default one
    /// (draft-daboo-valarm-extensions-04, section 11.1).
    var isHeard: Bool { name == "VALARM" && first("ACTION")?.text.uppercased() != "NONE" }

    /// The sequence number of the component's version, `SEQUENCE`.
    var sequence: Int64 { first("SEQUENCE").flatMap { Int64($0.rawValue.trimmed) } ?? 0 }
}
