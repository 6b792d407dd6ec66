import Formats

extension CalendarComponent {
    /// How many seconds before the start of what it is for an alarm goes off; `nil` for one that goes off at another time, and
    /// for what is no alarm.
    ///
    /// - Parameters:
    ///   - isTask: whether it is for a task, which begins for us when it is due.
    ///   - hasEnd: whether that task says when it is due.
    func secondsBefore(isTask: Bool, hasEnd: Bool) -> Int64? {
        guard name == "VALARM", let trigger = first("TRIGGER") else { return nil }
        let isOfEnd = trigger.parameter("RELATED")?.uppercased() == "END"
        guard trigger.parameter("VALUE")?.uppercased() != "DATE-TIME", isOfEnd == (isTask && hasEnd),
            let duration = try? CalendarDuration(trigger.rawValue), duration.total <= 0
        else { return nil }
        return -duration.total
    }

    /// What later versions of a component count.
    var sequence: Int64 { first("SEQUENCE").flatMap { Int64($0.rawValue.trimmed) } ?? 0 }
}
