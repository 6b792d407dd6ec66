import Localization

extension Field {
    /// The recurrence rule of an event.
    static let recurrence = Field(
        "recurrence",
        .recurrence,
        en: "Repetition",
        es: "Repetición",
        note: Text(
            en: "the first occurrence is always the one of the start",
            es: "la primera vez es siempre la del inicio"
        )
    ).set(byOption: "repeat")
}

extension Part {
    /// The differences of one occurrence of a recurring event, or of all occurrences from one on. Empty fields are the
    /// same as in the event.
    static let occurrence = Declaration(
        name: "occurrence",
        en: "Occurrence",
        es: "Repetición",
        plural: (key: "occurrences", en: "Occurrences", es: "Repeticiones"),
        gender: .feminine,
        shorthand: ["original"],
        fields: [
            Field(
                "original",
                .occurrence,
                en: "Original start",
                es: "Inicio original",
                traits: .required,
                note: Text(
                    en: "when it would begin by the rule, by the clocks of the event's zone",
                    es: "cuándo empezaría según la regla, según los relojes de la zona del evento"
                )
            ),
            .dateTime("starts_at", en: "Starts at", es: "Inicio"),
            .dateTime("ends_at", en: "Ends at", es: "Término"),
            .text("subject", en: "Subject", es: "Asunto"),
            .choice("status", en: "Status", es: "Estado", Module.appointmentStatuses + Module.taskStatuses),
            Module.eventPriority,
            .text("location", en: "Location", es: "Lugar", .overriding),
            .list("reminders", of: .duration, singular: "reminder", en: "Reminders", es: "Recordatorios", .overriding),
            .longText("description", en: "Description", es: "Descripción", .overriding),
            .boolean(
                "following",
                en: "Following",
                es: "Siguientes",
                note: Text(en: "the later ones differ as well", es: "también difieren las posteriores")
            ),
        ]
    ).part

    /// Between which moments an event has occurrences, of one that comes again or lasts longer than a day: by the start
    /// alone it is not found on the days after.
    static let span = Declaration(
        name: "span",
        en: "Span",
        es: "Intervalo",
        plural: (key: "spans", en: "Spans", es: "Intervalos"),
        gender: .masculine,
        visibility: .index,
        fields: [
            .dateTime("first", en: "First", es: "Primero", .required),
            .dateTime("last", en: "Last", es: "Último", .required),
        ]
    ).part
}

extension Draft {
    /// The series of an event for which input gives another repetition, with its rule; `nil` where it gives none, or
    /// none that can be read.
    fileprivate func givenSeries(_ context: any RuleContext) -> (series: EventSeries, rule: RecurrenceRule)? {
        isGiven("recurrence") && changes("recurrence") ? self.series(context) : nil
    }

    /// The series of an event of which input gives another day as the start, if its rule repeats that day.
    fileprivate func movedSeries(_ context: any RuleContext) -> (series: EventSeries, rule: RecurrenceRule)? {
        guard let old = original?["starts_at"].text.flatMap(Moment.seconds(stored:)), isGiven("starts_at"),
            let (series, rule) = self.series(context), rule.monthDays.isEmpty,
            series.day(of: old) != series.day(of: series.start)
        else { return nil }
        return (series, rule)
    }

    /// The series of an event, with its rule; `nil` for one without a rule that can be read.
    private func series(_ context: any RuleContext) -> (series: EventSeries, rule: RecurrenceRule)? {
        guard let clock = context.userClock,
            let rule = self["recurrence"].text.flatMap({ try? RecurrenceRule(parsing: $0) }),
            let start = self["starts_at"].text.flatMap(Moment.seconds(stored:))
        else { return nil }
        return (EventSeries(start: start, zone: clock.zone(named: self["time_zone"].text), rule: rule), rule)
    }
}

extension Rule {
    /// Ensures that a recurring event or an event of whole days has a time zone: that of the user, unless one is given.
    static let keepingZone = Rule(
        watching: ["recurrence", "further_dates", "all_day", "time_zone"],
        before: { draft, context in
            let isOfZone =
                !draft["recurrence"].isNull || !draft["further_dates"].isNull || draft["all_day"] == .integer(1)
            if draft["time_zone"].isNull, isOfZone, let name = context.zoneName { draft["time_zone"] = .text(name) }
        }
    )

    /// Ends the repetition of an event of whole days on the day that is written, in whatever zone it is read.
    static let endingOnDays = Rule(
        watching: ["recurrence", "all_day"],
        before: { draft, _ in
            guard draft["all_day"] == .integer(1), draft.isGiven("recurrence"), let text = draft["recurrence"].text,
                let rule = try? RecurrenceRule(parsing: text), rule.endingOnDay != rule
            else { return }
            draft["recurrence"] = .text(rule.endingOnDay.description)
        }
    )

    /// Refuses a repetition that ends before it begins: another year or another start was meant.
    static let refusingEarlierEnd = Rule(
        watching: ["recurrence"],
        before: { draft, context in
            let isOfDays = draft["all_day"] == .integer(1)
            guard let (series, rule) = draft.givenSeries(context),
                rule.ends(before: series.start, in: series.zone, isOfDays: isOfDays),
                case .until(let last) = rule.end, let first = CivilDate(daysSinceEpoch: series.day(of: series.start))
            else { return }
            let reason = Text(
                en: "it ends on \(last), before it begins on \(first)",
                es: "termina el \(last), antes de empezar el \(first)"
            )
            throw CRMError(
                .invalid,
                Text(
                    en: "the repetition ends before its start, \(first)",
                    es: "la repetición termina antes de su inicio, el \(first)"
                ),
                hint: Text(
                    en: "write the year of its end, as in until 2027-12-31",
                    es: "escribir el año en que termina, como en hasta el 2027-12-31"
                ),
                module: .event,
                problems: [CRMError.Problem(field: "recurrence", value: draft["recurrence"].text, reason: reason)]
            )
        }
    )

    /// Reports to the user that the first occurrence is on a day that the rule does not name. The start of an event is
    /// always its first occurrence (RFC 5545 section 3.8.5.3), but "every Monday" entered on a Saturday may mean the
    /// Monday after.
    static let tellingFirst = Rule(
        watching: ["recurrence"],
        before: { draft, context in
            guard let (series, rule) = draft.givenSeries(context), !rule.names(series.start, in: series.zone),
                let first = CivilDate(daysSinceEpoch: series.day(of: series.start))
            else { return }
            guard let moment = series.first(from: series.start + 1),
                let next = CivilDate(daysSinceEpoch: series.day(of: moment))
            else {
                if rule.isNeverMet(after: series.start, in: series.zone) { context.notice(Self.neverMet(first)) }
                return
            }
            // A rule may name times, too.
            let (start, later) =
                next == first
                ? (Self.clockTime(of: series.start, in: series), Self.clockTime(of: moment, in: series)) : ("", "")
            context.notice(
                Text(
                    en: "the first occurrence is that of the start, \(first)\(start), which the rule does not name; "
                        + "its first is \(next)\(later)",
                    es: "la primera vez es la del inicio, \(first)\(start), que la regla no nombra; "
                        + "la primera de la regla es \(next)\(later)"
                )
            )
        }
    )

    /// Reports to the user that the rule passes over months without its day (RFC 5545 section 3.3.10): who repeats an
    /// event of a 31st each month may mean the last day of each.
    static let tellingShortMonths = Rule(
        watching: ["recurrence", "starts_at"],
        before: { draft, context in
            guard let (series, rule) = draft.givenSeries(context) ?? draft.movedSeries(context),
                let first = CivilDate(daysSinceEpoch: series.day(of: series.start)),
                let short = rule.firstShortMonth(from: first), !rule.isNeverMet(after: series.start, in: series.zone)
            else { return }
            let day = rule.monthDays.max() ?? first.day
            let month = CalendarWords.monthNames[short.month - 1]
            let told = Text(
                en: "a month without a day \(day) is left out, as \(month.en) \(short.year) is",
                es: "un mes sin día \(day) se salta, como \(month.es) de \(short.year)"
            )
            guard let other = rule.onLastDay(startingOn: first) else { return context.notice(told) }
            let words = other.words(in: context.userClock?.zone) ?? Text(other.description)
            context.notice(
                Text(
                    en: "\(told.en); for its last day instead: --repeat '\(words.en)'",
                    es: "\(told.es); para que sea su último día: --repeat '\(words.es)'"
                )
            )
        }
    )

    private static func clockTime(of moment: Int64, in series: EventSeries) -> String {
        " " + RecurrenceRule.clockTime((moment + series.zone.offset(at: moment)).secondOfDay)
    }

    private static func neverMet(_ first: CivilDate) -> Text {
        Text(
            en: "the rule names no day that there is: the event is only on that of its start, \(first)",
            es: "la regla no nombra ningún día que exista: el evento solo es el de su inicio, \(first)"
        )
    }

    /// Reports to the user that an event begins or ends at a time that clocks skip on that day. It then begins or ends
    /// after the gap, a series at that time on all its dates, unless its rule names times.
    static let tellingGap = Rule(
        watching: ["starts_at", "ends_at"],
        before: { draft, context in
            guard draft["all_day"] != .integer(1), let clock = context.userClock else { return }
            let rule = draft["recurrence"].text.flatMap { try? RecurrenceRule(parsing: $0) }
            let consequences = [
                "starts_at": rule.map { !$0.hasTimes } ?? false
                    ? Text(
                        en: "the series begins at %, and comes at that time on all its dates",
                        es: "la serie empieza a las %, y viene a esa hora en todas sus fechas"
                    ) : Text(en: "the event begins at %", es: "el evento empieza a las %"),
                "ends_at": Text(en: "the event ends at %", es: "el evento termina a las %"),
            ]
            for (key, consequence) in consequences.sorted(by: { $0.key > $1.key }) {
                guard let given = draft.skippedTimes[key],
                    let moment = draft[key].text.flatMap(Moment.seconds(stored:)),
                    case let local = moment + clock.zone.offset(at: moment),
                    let day = CivilDate(daysSinceEpoch: local.flooredDays)
                else { continue }
                let (skipped, shown) = (RecurrenceRule.clockTime(given), RecurrenceRule.clockTime(local.secondOfDay))
                context.notice(
                    Text(
                        en: "clocks skip \(skipped) on \(day): \(consequence.en.replacing("%", with: shown))",
                        es: "los relojes saltan las \(skipped) del \(day): "
                            + consequence.es.replacing("%", with: shown)
                    )
                )
            }
        }
    )

    /// Reports to the user that an event given by its days alone begins or ends at midnight, which leaves its last day
    /// out, unless it is one of whole days.
    static let tellingMidnight = Rule(
        watching: ["starts_at", "ends_at", "all_day"],
        before: { draft, context in
            guard draft["all_day"] != .integer(1) else { return }
            let what: Text
            switch (draft.bareDays.contains("starts_at"), draft.bareDays.contains("ends_at")) {
            case (true, true): what = Text(en: "begins and ends", es: "empieza y termina")
            case (true, false): what = Text(en: "begins", es: "empieza")
            case (false, true): what = Text(en: "ends", es: "termina")
            case (false, false): return
            }
            context.notice(
                Text(
                    en: "without a time the event \(what.en) at 00:00; --all-day makes it one of whole days",
                    es: "sin hora el evento \(what.es) a las 00:00; con --all-day es de días completos"
                )
            )
        }
    )

    /// Keeps the day of an event of whole days in another zone: a midnight given in the user's zone becomes that of the
    /// same day in the event's zone.
    static let keepingDays = Rule(
        watching: ["starts_at", "ends_at", "all_day", "time_zone"],
        before: { draft, context in
            guard draft["all_day"] == .integer(1), let name = draft["time_zone"].text,
                name != context.zoneName, let clock = context.userClock
            else {
                return
            }
            let zone = clock.zone(named: name)
            for key in ["starts_at", "ends_at"] where draft.isGiven(key) && draft.changes(key) {
                guard let moment = draft[key].text.flatMap(Moment.seconds(stored:)),
                    let midnight = clock.dayStarting(at: moment, in: zone)
                else { continue }
                draft[key] = Moment.value(midnight)
            }
        }
    )

    /// Keeps the length of an event when only its start is moved; whole days keep their number of days.
    static let keepingLength = Rule(
        watching: ["starts_at", "ends_at", "all_day", "time_zone"],
        before: { draft, context in
            guard let old = draft.original, draft.isGiven("starts_at"), draft.changes("starts_at"),
                !draft.isGiven("ends_at"), let before = EventRow(old), let end = before.end, end >= before.start,
                let start = draft["starts_at"].text.flatMap(Moment.seconds(stored:))
            else { return }
            var ending = start + end - before.start
            if draft["all_day"] == .integer(1), let clock = context.userClock {
                let zone = clock.zone(named: draft["time_zone"].text)
                func local(_ moment: Int64) -> Int64 { moment + zone.offset(at: moment) }
                ending = zone.seconds(ofLocal: local(start) + local(end) - local(before.start))
            }
            if let moment = Moment(secondsSinceEpoch: ending) { draft["ends_at"] = .text(moment.description) }
        }
    )

    /// Stores the period in which an event has occurrences.
    static let spanning = Rule(
        watching: ["recurrence", "further_dates", "starts_at", "ends_at", "all_day"],
        deriving: Derivation(part: "occurrence", derivedPart: "span", of: EventSpan.isNeeded) { event, occurrences in
            Derivation.Result(values: [], rows: try EventSpan.rows(of: event, occurrences))
        }
    )
}

extension Clock {
    /// Returns when a day begins in another zone that begins at a moment in the user's zone, in seconds since 1970;
    /// `nil` for a moment at another time of day.
    func dayStarting(at moment: Int64, in other: TimeZoneSetting) -> Int64? {
        let local = moment + zone.offset(at: moment)
        return local.secondOfDay == 0 ? other.seconds(ofLocal: local) : nil
    }
}
