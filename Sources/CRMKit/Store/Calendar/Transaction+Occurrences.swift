import Localization

/// Changes of one occurrence of an event, or of one and all that come after it.
extension Transaction {
    /// Where an occurrence stands among those of an event.
    private struct Place {
        let series: EventSeries
        let moment: Int64
        let name: OccurrenceName
        /// The position of the row that tells what differs on it.
        let position: Int64?
    }

    private func place(of text: String, in record: Record) throws -> Place {
        guard let event = EventRow(record), event.isSeries else {
            throw CRMError(
                .refused,
                Text(
                    en: "\(record.module.called(record.id).en) does not come again",
                    es: "\(record.module.called(record.id).es) no se repite"
                ),
                hint: Text(en: "leave --occurrence out", es: "omitir --occurrence"),
                module: record.module.name,
                reference: "\(record.id)"
            )
        }
        let series = EventExpander(clock: store.clock).series(event)
        let given = try OccurrenceName(parsing: text)
        guard let moment = Self.moment(of: given, in: series), let name = series.name(of: moment) else {
            let next = series.first(from: series.seconds(of: given)).flatMap(series.name(of:))
            throw CRMError(
                .notFound,
                Text(
                    en: "\(record.module.called(record.id).en) has no occurrence \(given)",
                    es: "\(record.module.called(record.id).es) no tiene ninguna repetición \(given)"
                ),
                hint: next.map { Text(en: "the next one is \($0)", es: "la siguiente es \($0)") },
                module: record.module.name,
                reference: "\(record.id)"
            )
        }
        let row = try rows(of: Part.occurrence.name, in: record).last { row in
            let difference = OccurrenceRow(row.values)
            return !difference.isFollowing && difference.original.map(series.seconds(of:)) == moment
        }
        return Place(series: series, moment: moment, name: name, position: row?.position)
    }

    /// When the occurrence begins that is meant: of a day the only one, or that at the time of the first.
    private static func moment(of name: OccurrenceName, in series: EventSeries) -> Int64? {
        let moment = series.seconds(of: name)
        if series.contains(moment) { return moment }
        guard case .day(let day) = name else { return nil }
        let starts = series.starts(from: moment - 2 * 86_400, until: moment + 2 * 86_400)
            .filter { series.day(of: $0) == day.daysSinceEpoch }
        return starts.count == 1 ? starts[0] : nil
    }

    @discardableResult
    func edit(_ record: Record, at occurrence: String, _ values: [(field: String, value: Value)]) throws -> Bool {
        let place = try place(of: occurrence, in: record)
        if let position = place.position {
            let isChanged = try editRow(at: position, values, of: Part.occurrence.name, in: record)
            if isChanged { try stamp(record) }
            return isChanged
        }
        try addRow([("original", .text(place.name.description))] + values, of: Part.occurrence.name, to: record)
        try stamp(record)
        return true
    }

    /// Notes that an event is changed now, of which something differs on a date.
    private func stamp(_ record: Record) throws {
        guard let field = record.module.field(Table.lastChange) else { return }
        try writer(of: record.module).update(record.id, [TableWriter.Change(field, to: .text(now))])
    }

    /// Changes one occurrence of an event as input asks; the others stay as they are.
    ///
    /// - Returns: whether anything changed.
    /// - Throws: ``CRMError`` `notFound` where there is no such occurrence, `refused` for an event that does not come again,
    ///   `invalid` naming every malformed field, and those that cannot differ on one date.
    public func edit(
        occurrence: String,
        of id: Int64,
        in module: Module,
        _ inputs: [FieldInput]
    ) throws -> Bool {
        guard let record = try store.storedRecord(module, id: id) else { throw Store.missing(id, in: module) }
        let part = module.occurrences
        let foreign = inputs.filter { input in part?.field(input.field) == nil || input.field == "original" }
        guard foreign.isEmpty, let part else {
            let reason = Text(en: "cannot differ on one date", es: "no puede diferir en una sola fecha")
            throw CRMError(
                .invalid,
                Text(en: "cannot change one occurrence so", es: "no se puede modificar así una repetición"),
                module: module.name,
                problems: foreign.map { CRMError.Problem(field: $0.field, value: $0.change.text, reason: reason) }
            )
        }
        let place = try place(of: occurrence, in: record)
        var position = place.position
        if position == nil {
            try addRow([("original", .text(place.name.description))], of: Part.occurrence.name, to: record)
            position = try rows(of: Part.occurrence.name, in: record).last?.position
        }
        let isChanged = try edit(part, of: id, in: module, at: position ?? 1, inputs)
        try checkEnd(of: place, in: record, at: position ?? 1)
        if isChanged { try stamp(record) }
        return isChanged
    }

    /// Refuses an occurrence that ends before it begins.
    private func checkEnd(of place: Place, in record: Record, at position: Int64) throws {
        guard let row = try rows(of: Part.occurrence.name, in: record).first(where: { $0.position == position }) else {
            return
        }
        let difference = OccurrenceRow(row.values)
        guard let end = difference.end, end < difference.start ?? place.moment else { return }
        let text = Moment(secondsSinceEpoch: end)?.description
        throw CRMError(
            .invalid,
            Text(
                en: "cannot change occurrence \(place.name) so",
                es: "no se puede modificar así la repetición \(place.name)"
            ),
            module: record.module.name,
            problems: [
                CRMError.Problem(
                    field: "ends_at",
                    value: text,
                    reason: Text(en: "is before its start", es: "es anterior a su inicio")
                )
            ]
        )
    }

    /// Changes an occurrence of an event and all after it as input asks; one that begins at another time lasts as long.
    ///
    /// - Returns: the id of the event that goes on, and whether anything changed.
    /// - Throws: what ``split(_:at:in:)`` and ``edit(_:id:_:)`` throw.
    public func edit(
        following occurrence: String,
        of id: Int64,
        in module: Module,
        _ inputs: [FieldInput]
    ) throws -> (id: Int64, isChanged: Bool) {
        let kept = try split(id, at: occurrence, in: module)
        let end = try movedEnd(of: kept, in: module, inputs)
        let isChanged = try edit(module, id: kept, inputs + (end.map { [FieldInput("ends_at", .set($0))] } ?? []))
        return (kept, isChanged || kept != id)
    }

    /// When an event ends whose start alone is moved; `nil` where it is not, or has no end.
    private func movedEnd(of id: Int64, in module: Module, _ inputs: [FieldInput]) throws -> String? {
        guard !inputs.contains(where: { $0.field == "ends_at" }),
            case .set(let text)? = inputs.first(where: { $0.field == "starts_at" })?.change,
            let record = try store.storedRecord(module, id: id), let event = EventRow(record), let end = event.end,
            let field = module.field("starts_at"),
            let value = try? field.type.parse(text, in: store.valueContext()),
            let start = value.text.flatMap(Moment.seconds(stored:))
        else { return nil }
        return Moment(secondsSinceEpoch: start + end - event.start)?.description
    }

    /// Splits an event in two: the one that there is ends before an occurrence, and a new one, with the same people, goes on
    /// from it.
    ///
    /// - Returns: the id of the event that goes on; the same one for the first occurrence.
    /// - Throws: what ``edit(occurrence:of:in:_:)`` throws.
    public func split(_ id: Int64, at occurrence: String, in module: Module) throws -> Int64 {
        guard let record = try store.storedRecord(module, id: id), let event = EventRow(record) else {
            throw Store.missing(id, in: module)
        }
        let place = try place(of: occurrence, in: record)
        guard place.moment > event.start else { return id }
        let pieces = try pieces(of: event, place)
        let new = try add(continuation(of: record, event, place, pieces), to: module.name)
        try moveDifferences(from: record, to: new, place)
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
        return new
    }

    /// The rules of both events.
    private func pieces(of event: EventRow, _ place: Place) throws -> (before: RecurrenceRule?, after: RecurrenceRule?)
    {
        guard let text = event.recurrence else { return (nil, nil) }
        let rule = try RecurrenceRule(parsing: text)
        var (before, after) = (rule, rule)
        if case .count(let count) = rule.end {
            var passed: Int64 = 0
            Recurrence(rule, from: event.start, in: place.series.zone).walk(from: event.start, until: place.moment) {
                _ in
                passed += 1
                return true
            }
            after.end = .count(max(1, count - passed))
        }
        let day = CivilDate(daysSinceEpoch: place.series.day(of: place.moment) - 1)
        let isOncePerDay = rule.frequency.isOfDays && !rule.hasTimes
        if isOncePerDay, let day {
            before.end = .until(.day(day))
        } else if let moment = Moment(secondsSinceEpoch: place.moment - 1) {
            before.end = .until(.moment(moment))
        }
        return (before, after)
    }

    private func continuation(
        of record: Record,
        _ event: EventRow,
        _ place: Place,
        _ pieces: (before: RecurrenceRule?, after: RecurrenceRule?)
    ) -> [(field: String, value: Value)] {
        func time(_ seconds: Int64) -> Value {
            Moment(secondsSinceEpoch: seconds).map { .text($0.description) } ?? .null
        }
        let own: Set = ["uid", "external_id", "starts_at", "ends_at", "recurrence", "further_dates", "excluded_dates"]
        var values = record.module.writableFields.filter { !own.contains($0.key) && !record[$0.key].isNull }
            .map { (field: $0.key, value: record[$0.key]) }
        values.append(("starts_at", time(place.moment)))
        if let end = event.end { values.append(("ends_at", time(end + place.moment - event.start))) }
        if let after = pieces.after { values.append(("recurrence", .text(after.description))) }
        for key in ["further_dates", "excluded_dates"] {
            values.append((key, dates(record[key], place, isBefore: false)))
        }
        return values
    }

    /// Those of some dates that are of one of both events.
    private func dates(_ stored: Value, _ place: Place, isBefore: Bool) -> Value {
        let names = StoredList(stored, of: .occurrence).occurrences
        return StoredList(names.filter { (place.series.seconds(of: $0) < place.moment) == isBefore }).stored
    }

    private func moveDifferences(from record: Record, to new: Int64, _ place: Place) throws {
        guard let other = try store.storedRecord(record.module, id: new), let part = record.module.occurrences else {
            return
        }
        var gone: [Int64] = []
        for row in try rows(of: Part.occurrence.name, in: record) {
            guard let original = OccurrenceRow(row.values).original, place.series.seconds(of: original) >= place.moment
            else { continue }
            let values = zip(part.fields, row.values).map { (field: $0.key, value: $1) }
            try addRow(values.filter { !$0.value.isNull }, of: Part.occurrence.name, to: other)
            gone.append(row.position)
        }
        try remove(part, of: record.id, in: record.module, at: gone)
    }
}

extension Module {
    /// The part that tells what differs on one date, with what the file adds to it.
    fileprivate var occurrences: Part? { part(named: Part.occurrence.name) }
}
