import Localization

/// The move of a recurring event to another time or zone, or to whole days, which renames its occurrences.
///
/// A move of less than half a day, or one after which the series no longer includes its former days, moves every
/// occurrence. Otherwise the series begins earlier or later, and its days stay.
struct SeriesMove {
    private let (old, new): (EventSeries, EventSeries)
    /// The shift of local times, in seconds.
    private let shift: Int64
    /// The number of days by which the shift moves an occurrence named by its day.
    private let dayShift: Int64
    private let oldTime: Int64
    private let isWholeDay: Bool
    /// Whether the zone changes.
    private let isElsewhere: Bool
    /// Whether the rule has only one time on each of its days.
    private let isOncePerDay: Bool
    /// The starts of the additional dates outside the rule, in seconds since 1970.
    private let further: Set<Int64>

    /// - Returns: `nil` if the series was not moved.
    init?(from old: Record, to new: Record, clock: Clock) {
        guard var before = EventRow(old), var after = EventRow(new), before.isSeries, after.isSeries,
            before.start != after.start || before.zone != after.zone || before.isWholeDay != after.isWholeDay
        else { return nil }
        let further = StoredList(before.further, of: .occurrence).occurrences
        // The series are compared by their rules alone.
        (before.excluded, after.excluded) = (.null, .null)
        (before.further, after.further) = (.null, .null)
        let expander = EventExpander(clock: clock)
        (self.old, self.new) = (expander.series(before), expander.series(after))
        self.further = Set(further.map(self.old.seconds(of:)))
        isWholeDay = after.isWholeDay
        isElsewhere = before.zone != after.zone
        isOncePerDay = self.new.rule?.isOncePerDay ?? true
        let (from, to) = (Self.local(before.start, self.old), Self.local(after.start, self.new))
        let (fromDay, toDay) = (from.flooredDays, to.flooredDays)
        oldTime = from - fromDay * Int64.secondsPerDay
        let timeShift = to - toDay * Int64.secondsPerDay - oldTime
        let isNear = abs(after.start - before.start) < 43_200
        let keepsDays =
            self.old.contains(self.old.zone.seconds(ofLocal: toDay * Int64.secondsPerDay + oldTime))
            || self.new.contains(self.new.zone.seconds(ofLocal: fromDay * Int64.secondsPerDay + oldTime + timeShift))
        shift = isNear || !keepsDays ? to - from : timeShift
        dayShift = isNear || !keepsDays ? toDay - fromDay : 0
    }

    private static func local(_ moment: Int64, _ series: EventSeries) -> Int64 {
        moment + series.zone.offset(at: moment)
    }

    /// Returns the new name of an occurrence; the same name when the occurrence no longer exists.
    func name(of name: OccurrenceName) -> OccurrenceName {
        let moment = old.seconds(of: name)
        if further.contains(moment), !old.contains(moment) { return self.name(ofFurther: name) }
        let local = Self.local(moment, old)
        let places = isOncePerDay ? [local + shift] : [local, local + shift]
        guard let place = places.first(where: { new.contains(new.zone.seconds(ofLocal: $0)) }) else { return name }
        return self.name(place, like: name)
    }

    /// Returns the new name of an additional date outside the rule. A date with a time of day of its own keeps its name
    /// unless the zone changes or the event becomes one of whole days.
    func name(ofFurther name: OccurrenceName) -> OccurrenceName {
        let local = Self.local(old.seconds(of: name), old)
        let isOwn = local.secondOfDay != oldTime && !isElsewhere
        return isOwn && !isWholeDay ? name : self.name(local + shift, like: name)
    }

    private func name(_ local: Int64, like name: OccurrenceName) -> OccurrenceName {
        guard let day = CivilDate(daysSinceEpoch: local.flooredDays) else { return name }
        if isWholeDay { return .day(day) }
        if case .day = name { return .day(day) }
        return .local(day, secondOfDay: local.secondOfDay)
    }

    /// Returns a rule that ends with the same occurrence as before.
    func rule(_ rule: RecurrenceRule) -> RecurrenceRule {
        guard isOncePerDay, case .until(let name) = rule.end else { return rule }
        var rule = rule
        switch name {
        case .day(let day): rule.end = .until(day.adding(days: dayShift).map { .day($0) } ?? name)
        case .local(let day, let second):
            rule.end = .until(self.name(day.secondsSinceEpoch + second + shift, like: name))
        case .moment(let moment):
            let local = Self.local(moment.secondsSinceEpoch, old) + shift
            rule.end = .until(
                Moment(secondsSinceEpoch: new.zone.seconds(ofLocal: local)).map { .moment($0) } ?? name
            )
        }
        return rule
    }
}

extension Rule {
    /// Moves the data of single occurrences together with the event: excluded dates, additional dates and the
    /// occurrence that ends the rule. Fields that are given are not moved.
    static let movingDates = Rule(
        watching: ["starts_at", "time_zone", "all_day", "recurrence", "further_dates", "excluded_dates"],
        before: { draft, context in
            guard let old = draft.original, let clock = context.userClock else { return }
            moveDay(of: &draft, from: old, clock, context)
            guard let move = SeriesMove(from: old, to: draft.record, clock: clock) else { return }
            if !draft.isGiven("recurrence"), let text = draft["recurrence"].text,
                let rule = try? RecurrenceRule(parsing: text)
            {
                draft["recurrence"] = .text(move.rule(rule).description)
            }
            carry("further_dates", in: &draft, from: old, move.name(ofFurther:))
            carry("excluded_dates", in: &draft, from: old, move.name(of:))
        }
    )

    /// Moves a rule with a single weekday to the weekday of a new start. For other rules the intended days are unknown,
    /// which is reported to the user.
    private static func moveDay(of draft: inout Draft, from old: Record, _ clock: Clock, _ context: any RuleContext) {
        guard !draft.isGiven("recurrence"), let before = EventRow(old), let after = EventRow(draft.record),
            before.start != after.start || before.zone != after.zone,
            let rule = before.recurrence.flatMap({ try? RecurrenceRule(parsing: $0) })
        else { return }
        let zone = clock.zone(named: after.zone)
        guard rule.names(dayOf: before.start, in: clock.zone(named: before.zone)),
            !rule.names(dayOf: after.start, in: zone)
        else { return }
        if let moved = rule.moved(toDayOf: after.start, in: zone) {
            draft["recurrence"] = .text(moved.description)
            return
        }
        let words = rule.words(in: zone) ?? Text(rule.description)
        context.notice(
            Text(
                en: """
                    the start of \(old.module.called(old.id).en) is not among the days of its repetition, \(words.en): \
                    change that with --repeat
                    """,
                es: """
                    el inicio \(old.module.ofCalled(old.id).es) no es uno de los días de su repetición, \(words.es): \
                    cambiarla con --repeat
                    """
            )
        )
    }

    /// Renames the occurrences that a list had before the move.
    private static func carry(
        _ key: String,
        in draft: inout Draft,
        from old: Record,
        _ name: (OccurrenceName) -> OccurrenceName
    ) {
        let before = StoredList(old[key], of: .occurrence).occurrences
        guard !before.isEmpty else { return }
        let present = StoredList(draft[key], of: .occurrence).occurrences
        // A list given as a whole is not changed; in a list with added elements the former ones are renamed.
        if draft.isGiven(key), !draft.changes(key) || !Set(present).isSuperset(of: before) { return }
        draft[key] = StoredList(present.map { before.contains($0) ? name($0) : $0 }).stored
    }

    /// Moves the differences of single occurrences together with a moved event.
    static let movingOccurrences = Rule(
        watching: ["starts_at", "time_zone", "all_day"],
        after: { change, writer in
            guard let old = change.old, let clock = writer.userClock,
                let move = SeriesMove(from: old, to: change.new, clock: clock)
            else { return }
            let position = Part.occurrence.position(required: "original")
            for row in try writer.rows(of: Part.occurrence.name, in: change.new) {
                guard let original = OccurrenceRow(row.values).original else { continue }
                let name = move.name(of: original)
                guard name != original else { continue }
                var values = row.values
                values[position] = .text(name.description)
                try writer.setRow(values, of: Part.occurrence.name, in: change.new, at: row.position)
            }
        }
    )
}
