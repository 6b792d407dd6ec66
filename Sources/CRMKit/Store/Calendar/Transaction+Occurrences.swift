import Localization

/// Changes to a single occurrence of an event.
extension Transaction {
    /// An occurrence among those of an event.
    struct OccurrencePlace {
        let series: EventSeries
        let moment: Int64
        let name: OccurrenceName
        /// The position of the row with the occurrence's differences; `nil` if it has none.
        let position: Int64?
    }

    func place(of text: String, in record: Record) throws -> OccurrencePlace {
        guard let event = EventRow(record), event.isSeries else {
            throw Self.single(record, hint: Text(en: "leave --occurrence out", es: "omitir --occurrence"))
        }
        let series = EventExpander(clock: store.clock).series(event)
        let given = try OccurrenceName(parsing: text, in: store.valueContext())
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
        return OccurrencePlace(series: series, moment: moment, name: name, position: row?.position)
    }

    private static func single(_ record: Record, hint: Text) -> CRMError {
        CRMError(
            .refused,
            Text(
                en: "\(record.module.called(record.id).en) does not come again",
                es: "\(record.module.called(record.id).es) no se repite"
            ),
            hint: hint,
            module: record.module.name,
            reference: "\(record.id)"
        )
    }

    /// Returns the start of the occurrence with a name, in seconds since 1970. A day means its only occurrence, or the
    /// one at the time of the first; `nil` if there is none.
    private static func moment(of name: OccurrenceName, in series: EventSeries) -> Int64? {
        let moment = series.seconds(of: name)
        if series.contains(moment) { return moment }
        guard case .day(let day) = name else { return nil }
        let starts = series.starts(from: moment - 2 * Int64.secondsPerDay, until: moment + 2 * Int64.secondsPerDay)
            .filter { series.day(of: $0) == day.daysSinceEpoch }
        return starts.count == 1 ? starts[0] : nil
    }

    /// The most dates that a notice names.
    private static let mostNamed = 5

    /// Examines the rows of single dates that were added to an event, and reports to the user those of dates which it
    /// does not have: such rows stay, and show nowhere. Does nothing for any other part.
    ///
    /// - Throws: ``CRMError`` `refused` for an event that does not recur, and for two rows of one date.
    public func reviewOccurrences(_ part: Part, of id: Int64, in module: Module) throws {
        guard part.name == module.occurrences?.name, let record = try store.storedRecord(module, id: id),
            let event = EventRow(record)
        else { return }
        guard event.isSeries else {
            let command = "\(ProgramName.placeholder) \(module.name.noun) edit \(id) --repeat"
            let hint = Text(en: "make it: \(command) RULE", es: "hacer que se repita: \(command) REGLA")
            throw Self.single(record, hint: hint)
        }
        let series = EventExpander(clock: store.clock).series(event)
        let rows = try rows(of: part.name, in: record).map { OccurrenceRow($0.values) }
        try refuseRepeated(rows, in: series, record)
        let names = rows.filter { !$0.isFollowing }.compactMap(\.original)
        let present = series.present(names.map(series.seconds))
        let stray = names.filter { !present.contains(series.seconds(of: $0)) }
        guard !stray.isEmpty else { return }
        let (called, dates) = (module.called(id), Text(joining: stray.prefix(Self.mostNamed).map { Text($0.label) }))
        notice(
            Text(
                en: "\(called.en) has no occurrence \(dates.en): what is said of that date shows nowhere",
                es: "\(called.es) no tiene ninguna repetición \(dates.es): lo que se diga de esa fecha no se ve"
            )
        )
    }

    private func refuseRepeated(_ rows: [OccurrenceRow], in series: EventSeries, _ record: Record) throws {
        for isFollowing in [false, true] {
            var met: Set<Int64> = []
            let names = rows.filter { $0.isFollowing == isFollowing }.compactMap(\.original)
            guard let name = names.first(where: { !met.insert(series.seconds(of: $0)).inserted }) else { continue }
            let (called, command) = (
                record.module.called(record.id),
                "\(ProgramName.placeholder) \(record.module.name.noun) edit \(record.id) --occurrence \(name)"
            )
            throw CRMError(
                .refused,
                Text(
                    en: "\(called.en) says already what is different on \(name.label)",
                    es: "\(called.es) ya dice qué cambia el \(name.label)"
                ),
                hint: Text(en: "change it with: \(command)", es: "cambiarlo con: \(command)"),
                module: record.module.name,
                reference: "\(record.id)"
            )
        }
    }

    @discardableResult
    func edit(_ record: Record, at occurrence: String, _ values: [(field: String, value: Value)]) throws -> Bool {
        let place = try place(of: occurrence, in: record)
        if let position = place.position {
            return try editRow(at: position, values, of: Part.occurrence.name, in: record)
        }
        try addRow([("original", .text(place.name.description))] + values, of: Part.occurrence.name, to: record)
        return true
    }

    /// Changes one occurrence of an event as the input requests; the others stay as they are.
    ///
    /// - Returns: whether anything changed.
    /// - Throws: ``CRMError`` `notFound` when there is no such occurrence, `refused` for an event that does not recur,
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
        let row = position ?? 1
        let before = try occurrenceRow(of: record, at: row)
        let isChanged = try edit(part, of: id, in: module, at: row, inputs.map { $0.emptying(in: part) })
        let given = Set(inputs.map(\.field))
        try keepDays(given, at: row, in: record)
        // If only the start is moved, the duration stays.
        if given.contains("starts_at"), !given.contains("ends_at"), let before, let end = before.end,
            let now = try occurrenceRow(of: record, at: row)
        {
            let begin = try start(of: place, in: record)
            let ending = end + (now.start ?? begin) - (before.start ?? begin)
            try editRow(at: row, [("ends_at", Moment.value(ending))], of: part.name, in: record)
        }
        try checkEnd(of: place, in: record, at: position ?? 1)
        return isChanged
    }

    /// Keeps the days given for an occurrence of an event of whole days: a midnight in the user's zone becomes that of
    /// the same day in the event's zone.
    private func keepDays(_ given: Set<String>, at row: Int64, in record: Record) throws {
        guard let event = EventRow(record), event.isWholeDay, let name = event.zone, name != zoneName,
            let now = try occurrenceRow(of: record, at: row)
        else { return }
        let zone = store.clock.zone(named: name)
        for (key, moment) in [("starts_at", now.start), ("ends_at", now.end)] where given.contains(key) {
            guard let midnight = moment.flatMap({ store.clock.dayStarting(at: $0, in: zone) }) else { continue }
            try editRow(at: row, [(key, Moment.value(midnight))], of: Part.occurrence.name, in: record)
        }
    }

    /// Returns the row of an occurrence; `nil` when there is no such row.
    func occurrenceRow(of record: Record, at position: Int64) throws -> OccurrenceRow? {
        try rows(of: Part.occurrence.name, in: record).first { $0.position == position }.map {
            OccurrenceRow($0.values)
        }
    }

    /// Returns the start of an occurrence without the differences of its own date, in seconds since 1970.
    private func start(of place: OccurrencePlace, in record: Record) throws -> Int64 {
        guard let event = EventRow(record) else { return place.moment }
        let rows = try rows(of: Part.occurrence.name, in: record).map { OccurrenceRow($0.values) }
        let times = EventTimes(event, place.series, rows)
        return times.times(of: place.moment, times.rows(at: place.moment)).start
    }

    /// Refuses an occurrence that ends before it begins.
    private func checkEnd(of place: OccurrencePlace, in record: Record, at position: Int64) throws {
        guard let difference = try occurrenceRow(of: record, at: position), let end = difference.end,
            try end < difference.start ?? start(of: place, in: record)
        else { return }
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
}

extension FieldInput {
    /// Returns the input that clears a field on one date even if the event has a value.
    fileprivate func emptying(in part: Part) -> FieldInput {
        guard case .set("") = change, part.field(field)?.emptyOverride != nil else { return self }
        return FieldInput(field, .set(StoredList.emptyText))
    }
}

extension Module {
    /// The part with the differences of single occurrences, including custom fields; `nil` for modules without
    /// occurrences.
    var occurrences: Part? { part(named: Part.occurrence.name) }
}
