/// Changes to an occurrence of an event together with all later ones.
extension Transaction {
    /// Changes an occurrence of an event and all later ones as the input requests. If the start changes, the duration
    /// stays.
    ///
    /// - Parameter others: carries over what is kept of the event beside its fields.
    /// - Returns: the id of the event with these occurrences, and whether anything changed.
    /// - Throws: what ``split(_:at:in:carrying:)`` and ``edit(_:id:_:)`` throw.
    public func edit(
        following occurrence: String,
        of id: Int64,
        in module: Module,
        _ inputs: [FieldInput],
        carrying others: (any SeriesContinuation)?
    ) throws -> (id: Int64, isChanged: Bool) {
        let kept = try split(id, at: occurrence, in: module, carrying: others)
        let first = try StartingDifferences(of: kept, in: module, self)
        let left = try first?.absorb(inputs, self) ?? inputs
        let isChanged = try edit(module, id: kept, left)
        return (kept, isChanged || kept != id || left.count < inputs.count)
    }

    /// Splits an event in two. The given event ends before an occurrence. A new one with the same people continues from
    /// there, with what holds on that date. After an additional date outside the rule it starts on the next date of the
    /// rule, so that the rule keeps its days, and has that date as an additional one too.
    ///
    /// - Returns: the id of the event that continues; the given one if the occurrence is the first.
    /// - Throws: what ``edit(occurrence:of:in:_:)`` throws.
    public func split(
        _ id: Int64,
        at occurrence: String,
        in module: Module,
        carrying others: (any SeriesContinuation)? = nil
    ) throws -> Int64 {
        guard let record = try store.storedRecord(module, id: id), let event = EventRow(record) else {
            throw Store.missing(id, in: module)
        }
        let place = try place(of: occurrence, in: record)
        guard place.moment > event.start else { return id }
        let pieces = try pieces(of: event, place)
        let new = try add(continuation(of: record, event, place, pieces), to: module.name)
        try moveDifferences(from: record, event, to: new, place, start: pieces.start)
        for link in try linkedContacts(of: record) {
            try self.link(module.name, contact: link.contact, record: new, link.attributes)
        }
        try edit(
            record,
            [("recurrence", pieces.before.map { .text($0.description) } ?? .null)]
                + ["further_dates", "excluded_dates"].map { key in
                    (key, dates(record[key], place, isBefore: true))
                }
        )
        try settleDerivations()
        try others?.carryOver(from: record, to: new, at: place.moment, in: self)
        return new
    }

    /// The rules of the two events into which one is split, and the start of the second one.
    private struct Pieces {
        var before: RecurrenceRule?
        var after: RecurrenceRule?
        let start: Int64
    }

    private func pieces(of event: EventRow, _ place: OccurrencePlace) throws -> Pieces {
        guard let text = event.recurrence else { return Pieces(start: place.moment) }
        let rule = try RecurrenceRule(parsing: text)
        var (passed, last, next) = (Int64(0), event.start, Int64?.none)
        // Only those of a rule with a count are counted.
        let isCounted = if case .count = rule.end { true } else { false }
        let from = isCounted ? event.start : place.moment - 2 * Int64.secondsPerDay
        Recurrence(rule, from: event.start, in: place.series.zone).walk(from: from, until: .max) { moment in
            if moment >= place.moment {
                next = moment
                return false
            }
            (passed, last) = (passed + 1, moment)
            return true
        }
        // A rule that ends before the split keeps its end.
        guard let next else { return Pieces(before: rule, start: place.moment) }
        var before = rule
        let day = place.series.day(of: place.moment)
        if rule.isOncePerDay, place.series.day(of: last) < day, let previous = CivilDate(daysSinceEpoch: day - 1) {
            before.end = .until(.day(previous))
        } else if let moment = Moment(secondsSinceEpoch: place.moment - 1) {
            before.end = .until(.moment(moment))
        }
        var after = rule
        if case .count(let count) = rule.end { after.end = .count(max(1, count - passed)) }
        if !event.isWholeDay { after.keepTime(of: event.start, startingAt: next, in: place.series.zone) }
        return Pieces(before: before, after: after, start: next)
    }

    private func continuation(
        of record: Record,
        _ event: EventRow,
        _ place: OccurrencePlace,
        _ pieces: Pieces
    ) -> [(field: String, value: Value)] {
        let own: Set = ["uid", "external_id", "starts_at", "ends_at", "recurrence", "further_dates", "excluded_dates"]
        // What is empty stays so, where a new record would get a value by default.
        var values = record.module.writableFields.filter { field in
            !own.contains(field.key) && (field.wouldBeFilled || !record[field.key].isNull)
        }.map { (field: $0.key, value: record[$0.key]) }
        values.append(("starts_at", Moment.value(pieces.start)))
        if event.end != nil {
            let end = EventTimes(event, place.series, []).times(of: pieces.start, []).end
            values.append(("ends_at", Moment.value(end)))
        }
        if let after = pieces.after { values.append(("recurrence", .text(after.description))) }
        // A name without a time means the time of the first occurrence, which may differ in the new event.
        let later = EventSeries(start: pieces.start, zone: place.series.zone, rule: nil)
        let further = StoredList(record["further_dates"], of: .occurrence).occurrences.map(place.series.seconds(of:))
            .filter { $0 >= place.moment && $0 != pieces.start }
        values.append(("further_dates", StoredList(further.compactMap(later.name(of:))).stored))
        values.append(("excluded_dates", dates(record["excluded_dates"], place, isBefore: false)))
        return values
    }

    /// Returns the dates of a list that are before the split, or from it on.
    private func dates(_ stored: Value, _ place: OccurrencePlace, isBefore: Bool) -> Value {
        let names = StoredList(stored, of: .occurrence).occurrences
        let day = place.series.day(of: place.moment)
        return StoredList(
            names.filter { name in
                // A day on which a rule has several occurrences is excluded on either side of a split within it.
                if case .day(let date) = name, date.daysSinceEpoch == day, place.series.rule?.isOncePerDay == false {
                    return true
                }
                return (place.series.seconds(of: name) < place.moment) == isBefore
            }
        ).stored
    }

    /// Moves the differences of dates from the split on to the new event, including those that apply from an earlier
    /// date on.
    private func moveDifferences(
        from record: Record,
        _ event: EventRow,
        to new: Int64,
        _ place: OccurrencePlace,
        start: Int64
    ) throws {
        guard let other = try store.storedRecord(record.module, id: new), let part = record.module.occurrences else {
            return
        }
        let later = EventSeries(start: start, zone: place.series.zone, rule: nil)
        let rows = try rows(of: Part.occurrence.name, in: record)
        func add(_ row: PartRow, at moment: Int64, _ changes: [(field: String, value: Value)] = []) throws {
            // A name without a time means the time of the first occurrence, which may differ in the new event.
            guard let name = later.name(of: moment) else { return }
            var draft = PartDraft(part, values: row.values)
            let given: [(field: String, value: Value)] = [("original", .text(name.description))] + changes
            for (key, value) in given { draft.give(key, value) }
            let values = zip(part.fields, draft.values).map { (field: $0.key, value: $1) }
            try addRow(values.filter { !$0.value.isNull }, of: Part.occurrence.name, to: other)
        }
        var since: (row: PartRow, moment: Int64)?
        var gone: [Int64] = []
        for row in rows {
            let difference = OccurrenceRow(row.values)
            guard let moment = difference.original.map(place.series.seconds(of:)) else { continue }
            if moment >= place.moment {
                try add(row, at: moment)
                gone.append(row.position)
            }
            if difference.isFollowing, moment <= place.moment, since.map({ $0.moment <= moment }) ?? true {
                since = (row, moment)
            }
        }
        if let (row, moment) = since, moment < place.moment {
            let difference = OccurrenceRow(row.values)
            let (start, end) = EventTimes(event, place.series, []).times(of: place.moment, [difference])
            var times: [(field: String, value: Value)] = []
            if difference.start != nil { times.append(("starts_at", Moment.value(start))) }
            if difference.end != nil { times.append(("ends_at", Moment.value(end))) }
            try add(row, at: place.moment, times)
        }
        try remove(part, of: record.id, in: record.module, at: gone)
    }
}

extension RecurrenceRule {
    /// Sets the time of day in the rule where clocks skip it on the first of its dates, so that only this one is moved.
    ///
    /// - Parameters:
    ///   - usual: a start at the usual time, in seconds since 1970.
    ///   - start: the start of the first date.
    fileprivate mutating func keepTime(of usual: Int64, startingAt start: Int64, in zone: TimeZoneSetting) {
        let second = Int((usual + zone.offset(at: usual)).secondOfDay)
        guard isOncePerDay, second != Int((start + zone.offset(at: start)).secondOfDay) else { return }
        (hours, minutes) = ([second / 3600], [second / 60 % 60])
        if second % 60 > 0 { seconds = [second % 60] }
    }
}

/// The differences of an event's first date, and of all dates from it on.
private struct StartingDifferences {
    private let record: Record
    private let event: EventRow
    private let series: EventSeries
    private let part: Part
    private let rows: [PartRow]
    /// The start of the first date, an additional one if that is before the start of the event.
    private let first: Int64

    /// - Returns: `nil` if no occurrence can differ.
    init?(of id: Int64, in module: Module, _ transaction: Transaction) throws {
        guard let record = try transaction.store.storedRecord(module, id: id), let event = EventRow(record),
            let part = module.occurrences
        else { return nil }
        self.record = record
        self.event = event
        self.part = part
        series = EventExpander(clock: transaction.store.clock).series(event)
        let further = StoredList(event.further, of: .occurrence).occurrences.map(series.seconds(of:))
        first = min(event.start, further.min() ?? event.start)
        rows = try transaction.rows(of: Part.occurrence.name, in: record)
    }

    private static let times: Set = ["starts_at", "ends_at"]
    private static let own = times.union(["original", "following"])

    /// Makes the differences from the first date on part of the event. Removes from the first date those differences
    /// that the inputs replace, so that a change of the event applies to that date and all later ones.
    ///
    /// - Returns: the inputs that the event is still to be changed by.
    func absorb(_ inputs: [FieldInput], _ transaction: Transaction) throws -> [FieldInput] {
        let given = Set(inputs.map(\.field))
        for row in rows where isFirst(row) && !OccurrenceRow(row.values).isFollowing {
            var changes = part.fields.map(\.key).filter(given.contains).map { (field: $0, value: Value.null) }
            if given.contains("starts_at"), !given.contains("ends_at") {
                changes.append(("ends_at", usualEnd(of: OccurrenceRow(row.values))))
            }
            if given.contains("ends_at"), !given.contains("starts_at"), OccurrenceRow(row.values).start != nil {
                // An occurrence with a start of its own ends at the given time, not after the usual duration.
                changes.removeAll { $0.field == "ends_at" }
                let end = inputs.filter { $0.field == "ends_at" }
                try transaction.edit(part, of: record.id, in: record.module, at: row.position, end)
            }
            if changes.isEmpty { continue }
            try transaction.editRow(at: row.position, changes, of: part.name, in: record)
        }
        guard let first = rows.last(where: { isFirst($0) && OccurrenceRow($0.values).isFollowing }) else {
            return try moveFurther(inputs, transaction)
        }
        let difference = OccurrenceRow(first.values)
        let draft = PartDraft(part, values: first.values)
        var changes = part.fields.filter {
            !Self.own.contains($0.key) && record.module.field($0.key) != nil && !draft[$0.key].isNull
        }.map { (field: $0.key, value: draft[$0.key] == $0.emptyOverride ? .null : draft[$0.key]) }
        let (start, end) = EventTimes(event, series, []).times(of: self.first, [difference])
        let isMoved = difference.start != nil || difference.end != nil
        let canMove = !isMoved || canMove(to: start)
        if isMoved, canMove {
            changes.append(("starts_at", Moment.value(start)))
            if event.end ?? difference.end != nil { changes.append(("ends_at", Moment.value(end))) }
        }
        try keepLater(changes, transaction)
        guard canMove else {
            // The rule keeps its days, and the difference in time stays relative to them.
            try transaction.editRow(at: first.position, changes.map { ($0.field, .null) }, of: part.name, in: record)
            try transaction.edit(record, changes)
            return try move(first, inputs, transaction)
        }
        // An end that alone differs on the date moves with the event only as far as the date itself does.
        try transaction.edit(record, changes)
        try transaction.remove(part, of: record.id, in: record.module, at: [first.position])
        return inputs
    }

    /// Returns the end that lasts as long as the first date does, from the start that it has without its own
    /// differences: it moves with the event from there. Null if its end is the usual one.
    private func usualEnd(of row: OccurrenceRow) -> Value {
        guard row.end != nil else { return .null }
        let times = EventTimes(event, series, rows.map { OccurrenceRow($0.values) })
        let start = times.times(of: first, times.rows(at: first)).start
        return Moment.value(times.end(from: start, lastingAs: times.times(of: first, times.rows(at: first, row))))
    }

    private func isFirst(_ row: PartRow) -> Bool {
        OccurrenceRow(row.values).original.map(series.seconds(of:)) == first
    }

    /// Whether the start can change without affecting the days of the rule.
    private func canMove(to start: Int64) -> Bool {
        guard first == event.start, series.day(of: start) == series.day(of: event.start) else { return false }
        return series.rule?.isOncePerDay ?? true
    }

    /// Writes the event's former values of the changed fields into later differences, so that they keep their meaning.
    private func keepLater(_ changes: [(field: String, value: Value)], _ transaction: Transaction) throws {
        for row in rows where !isFirst(row) && OccurrenceRow(row.values).isFollowing {
            let difference = OccurrenceRow(row.values)
            guard let moment = difference.original.map(series.seconds(of:)) else { continue }
            let draft = PartDraft(part, values: row.values)
            let (start, end) = EventTimes(event, series, []).times(of: moment, [difference])
            var kept: [(field: String, value: Value)] = []
            for (key, _) in changes where draft[key].isNull {
                switch key {
                case "starts_at": kept.append((key, Moment.value(start)))
                case "ends_at": if event.end != nil { kept.append((key, Moment.value(end))) }
                default:
                    let value = record[key].isNull ? part.field(key)?.emptyOverride ?? .null : record[key]
                    if !value.isNull { kept.append((key, value)) }
                }
            }
            if !kept.isEmpty { try transaction.editRow(at: row.position, kept, of: part.name, in: record) }
        }
    }

    /// Moves an additional date before the start of the event, and all later dates by the same time.
    ///
    /// - Returns: the inputs that the event is still to be changed by: all of them, or those other than times.
    private func moveFurther(_ inputs: [FieldInput], _ transaction: Transaction) throws -> [FieldInput] {
        guard first < event.start, inputs.contains(where: { Self.times.contains($0.field) }),
            let name = series.name(of: first)
        else { return inputs }
        try transaction.addRow(
            [("original", .text(name.description)), ("following", .integer(1))],
            of: part.name,
            to: record
        )
        guard let row = try transaction.rows(of: part.name, in: record).last else { return inputs }
        return try move(row, inputs, transaction)
    }

    /// Moves the differences from the first date on to new times.
    ///
    /// - Returns: the inputs other than times.
    private func move(_ row: PartRow, _ inputs: [FieldInput], _ transaction: Transaction) throws -> [FieldInput] {
        let times = inputs.filter { Self.times.contains($0.field) }
        guard !times.isEmpty else { return inputs }
        let before = OccurrenceRow(row.values)
        try transaction.edit(part, of: record.id, in: record.module, at: row.position, times)
        if times.allSatisfy({ $0.field == "starts_at" }), let start = before.start, let end = before.end,
            let moved = try transaction.occurrenceRow(of: record, at: row.position)?.start
        {
            let ending = Moment.value(moved + end - start)
            try transaction.editRow(at: row.position, [("ends_at", ending)], of: part.name, in: record)
        }
        return inputs.filter { !Self.times.contains($0.field) }
    }
}
