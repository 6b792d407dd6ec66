import Formats

extension CalendarComponent {
    /// Returns how many seconds before the start of its event or task an alarm goes off; `nil` for an alarm at another
    /// time, and for a component that is not an alarm.
    ///
    /// - Parameters:
    ///   - isTask: whether the alarm is for a task, which here begins when it is due.
    ///   - hasEnd: whether the task has a due time.
    ///   - start: the start in seconds since 1970 if there is only one, since an alarm can be at a fixed moment.
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

    /// Whether the component is a real alarm. The action `NONE` means that there is none, not even a default one
    /// (draft-daboo-valarm-extensions-04, section 11.1), and so does a certain moment in alarms of Apple.
    var isHeard: Bool {
        name == "VALARM" && first("ACTION")?.text.uppercased() != "NONE"
            && first("TRIGGER")?.rawValue.trimmed != "19760401T005545Z"
    }

    /// Whether the event takes no time of its participants (RFC 5545 section 3.8.2.7).
    var isTransparent: Bool { first("TRANSP")?.text.trimmed.uppercased() == "TRANSPARENT" }

    /// Whether a task says when it is due: by itself, or by when it begins and how long it takes (RFC 5545 section
    /// 3.6.2). One that comes again does so from its beginning, by which its dates are named, and is due then here.
    var hasDueTime: Bool {
        guard first("DTSTART") != nil else { return first("DUE") != nil }
        guard ["RRULE", "RDATE", "RECURRENCE-ID"].allSatisfy({ first($0) == nil }) else { return false }
        return first("DUE") != nil || first("DURATION") != nil
    }

    /// The sequence number of the component's version, `SEQUENCE`.
    var sequence: Int64 { first("SEQUENCE").flatMap { Int64($0.rawValue.trimmed) } ?? 0 }

    /// The time at which the component's version was made, `DTSTAMP`, in seconds since 1970.
    private var stamp: Int64? { seconds(of: "DTSTAMP") }

    /// The time at which what the component says was last changed, as far as it says so, in seconds since 1970.
    var revision: Int64? { ["LAST-MODIFIED", "DTSTAMP"].compactMap { seconds(of: $0) }.max() }

    private func seconds(of name: String) -> Int64? {
        first(name).flatMap { try? $0.times().first }?.moment(in: .utc)?.secondsSinceEpoch
    }

    /// Whether another version of the component is later (RFC 5546 section 2.1.5): by its sequence number, then by its
    /// time.
    func isOlder(than other: CalendarComponent) -> Bool {
        if sequence != other.sequence { return sequence < other.sequence }
        guard let stamp, let later = other.stamp else { return false }
        return stamp < later
    }

    /// Whether another component has the same version, by its sequence number and its time.
    func isVersion(of other: CalendarComponent) -> Bool {
        guard let stamp, let same = other.stamp else { return false }
        return sequence == other.sequence && stamp == same
    }

    /// Whether a message has cancelled the date that the component is of, and nothing has put it back.
    var isCancellation: Bool {
        first(CalendarMapping.ownCancellation) != nil && first("STATUS")?.text.trimmed.uppercased() == "CANCELLED"
    }

    /// Whether the start has no time zone and means the local time of the reader (RFC 5545 section 3.3.5, form 1).
    var isFloating: Bool {
        first("DTSTART").flatMap { try? $0.times().first }.map { !$0.isDay && $0.zone == .floating } ?? false
    }

    /// Returns the component with its times in standard form.
    ///
    /// - Parameter zone: the time zone of the calendar for times without one.
    func standardised(floatingIn zone: String?) -> CalendarComponent {
        var component = self
        for (index, property) in properties.enumerated() where Self.timed.contains(property.name.uppercased()) {
            component.properties[index] = property.standardised(floatingIn: zone)
        }
        return component
    }

    private static let timed: Set<String> = ["DTSTART", "DTEND", "DUE", "RECURRENCE-ID", "EXDATE", "RDATE"]
}
