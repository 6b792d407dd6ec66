import Localization

/// The move of a recurring event to another time or zone, or to whole days, which renames its occurrences.
///
/// A move of less than half a day, or one after which the series no longer includes its former days, moves every
/// occurrence. Otherwise the series begins earlier or later, and its days stay.
struct SeriesMove {
    private let (before, after): (EventRow, EventRow)
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
        (self.before, self.after) = (before, after)
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

    /// Returns the rows of single occurrences as they are after the move: renamed, and an end that alone differs is as
    /// far from the start as before.
    // Swift 6.3 crashes where it optimizes the loops of this function (LoopInvariantCodeMotion).
    @_optimize(none)
    func rows(_ stored: [[Value]]) -> [[Value]] {
        let renamed = stored.map(renamed)
        let (former, present) = (stored.map(OccurrenceRow.init), renamed.map(OccurrenceRow.init))
        let (earlier, later) = (EventTimes(before, old, former), EventTimes(after, new, present))
        let place = Part.occurrence.position(required: "ends_at")
        return renamed.indices.map { index in
            guard let end = end(of: former[index], earlier, movedTo: present[index], later) else {
                return renamed[index]
            }
            var row = renamed[index]
            row[place] = end
            return row
        }
    }

    private func renamed(_ row: [Value]) -> [Value] {
        guard let name = OccurrenceRow(row).original else { return row }
        var row = row
        row[Part.occurrence.position(required: "original")] = .text(self.name(of: name).description)
        keepDay("starts_at", in: &row)
        keepDay("ends_at", in: &row)
        return row
    }

    /// Makes a moment of one date that of its day after the move, of an event that has whole days then. A time of day
    /// that a date had among whole days stays.
    private func keepDay(_ key: String, in row: inout [Value]) {
        let place = Part.occurrence.position(required: key)
        guard isWholeDay, let moment = row[place].text.flatMap(Moment.seconds(stored:)) else { return }
        let local = Self.local(moment, old)
        if before.isWholeDay, local.secondOfDay != 0 { return }
        row[place] = Moment.value(new.zone.seconds(ofLocal: local - local.secondOfDay))
    }

    /// Returns the end after the move of an occurrence whose end alone differs; `nil` for any other.
    private func end(
        of row: OccurrenceRow,
        _ earlier: EventTimes,
        movedTo moved: OccurrenceRow,
        _ later: EventTimes
    ) -> Value? {
        guard row.start == nil, row.end != nil, let name = row.original, let present = moved.original else {
            return nil
        }
        let (moment, place) = (old.seconds(of: name), new.seconds(of: present))
        let start = later.times(of: place, later.rows(at: place)).start
        let length = earlier.times(of: moment, earlier.rows(at: moment, row))
        return Moment.value(later.end(from: start, lastingAs: length, by: earlier))
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
        guard rule.names(before.start, in: clock.zone(named: before.zone)),
            !rule.names(after.start, in: zone)
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
            let rows = try writer.rows(of: Part.occurrence.name, in: change.new)
            for (row, values) in zip(rows, move.rows(rows.map(\.values))) where values != row.values {
                try writer.setRow(values, of: Part.occurrence.name, in: change.new, at: row.position)
            }
        }
    )

    /// The most lost occurrences that a notice names.
    private static let mostNamed = 5

    /// Reports to the user what was changed of single occurrences that a changed repetition has no more. It stays with
    /// the event, and shows again with the date.
    static let tellingLostOccurrences = Rule(
        watching: ["recurrence", "further_dates", "starts_at", "time_zone", "all_day"],
        after: { change, writer in
            guard let old = change.old, let clock = writer.userClock, var before = EventRow(old),
                var after = EventRow(change.new), before.isSeries
            else { return }
            // What is excluded was not to be.
            (before.excluded, after.excluded) = (.null, .null)
            let expander = EventExpander(clock: clock)
            let (former, present) = (expander.series(before), expander.series(after))
            let rows = try writer.rows(of: Part.occurrence.name, in: change.new).map { OccurrenceRow($0.values) }
                .filter { !$0.isFollowing && !["not_held", "deferred"].contains($0["status"].text ?? "") }
            let names = rows.compactMap(\.original)
            let (had, has) = (former.present(names.map(former.seconds)), present.present(names.map(present.seconds)))
            let lost = rows.filter { row in
                row.original.map { had.contains(former.seconds(of: $0)) && !has.contains(present.seconds(of: $0)) }
                    ?? false
            }
            guard let first = lost.first?.original else { return }
            var list = lost.prefix(mostNamed).compactMap { row in row.original.map { label($0, row, in: former) } }
            if lost.count > mostNamed {
                let more = lost.count - mostNamed
                list.append(Text(en: "\(more) more", es: "\(more) más"))
            }
            let (called, all) = (old.module.called(old.id), Text(joining: list))
            writer.notice(
                Text(
                    en: """
                        the repetition of \(called.en) now lacks dates that were changed by themselves, and they no longer \
                        show: \(all.en). A date is back with --further-date \(first)
                        """,
                    es: """
                        la repetición \(old.module.ofCalled(old.id).es) ya no tiene fechas que se habían modificado \
                        aparte, y dejan de verse: \(all.es). Una fecha vuelve con --further-date \(first)
                        """
                )
            )
        }
    )

    /// Returns the label of an occurrence in a message: its name, and its own start if it has one.
    private static func label(_ name: OccurrenceName, _ row: OccurrenceRow, in series: EventSeries) -> Text {
        guard let shown = row.start.flatMap(series.localName(of:)) else { return Text(name.label) }
        return Text(en: "\(name.label) (moved to \(shown))", es: "\(name.label) (movida al \(shown))")
    }
}
