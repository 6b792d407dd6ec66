import Formats
import Localization

/// Stores what calendars have beyond the fields of records: attendees, differences of single dates, and the components
/// themselves.
final class EventSettler {
    /// What to do with an entry.
    enum Decision {
        /// Ignore the entry.
        case skip
        /// Create a record.
        case add
        /// Update these fields of a record; one without a text is cleared.
        case update(Int64, [(field: String, text: String?)])
        /// Only store what is not in the fields of the record.
        case settle(Int64)
    }

    let module: Module
    let mapping: CalendarMapping
    let options: ImportOptions
    let transaction: Transaction
    let resolver: ReferenceResolver
    let components: RecordComponents
    let lookup: UIDLookup
    let contacts: Module
    let isComplete: Bool
    /// The stored state of the present record, before it was changed.
    private(set) var former: Former?
    /// Whether the present record is the series of the occurrence described.
    private(set) var isOfSeries = false

    /// The stored state of a record.
    struct Former {
        let kept: StoredComponents
        /// Whether each row of single occurrences was never described by a calendar; `nil` when that can be determined
        /// later.
        let local: [Bool]?
        /// Whether the entry agrees with the stored components and the fields of the record.
        var isSame = false
    }

    /// - Returns: `nil` for a module without a mapping to calendars.
    init?(_ module: Module, options: ImportOptions, resolver: ReferenceResolver, in transaction: Transaction) throws {
        guard let mapping = module.calendar, let lookup = UIDLookup(module, by: mapping, in: transaction),
            let components = try RecordComponents(module, in: transaction.store)
        else { return nil }
        self.module = module
        self.mapping = mapping
        self.options = options
        self.transaction = transaction
        self.resolver = resolver
        self.components = components
        self.lookup = lookup
        contacts = transaction.store.registry[transaction.store.registry.center]
        isComplete = mapping.isComplete(options)
    }

    var store: Store { transaction.store }

    // MARK: - Decision

    /// Decides what to do with an entry.
    ///
    /// - Parameters:
    ///   - matched: the id of the record that the row has matched.
    ///   - holds: returns whether the fields of a record have the values of the entry.
    /// - Throws: ``CRMError`` `notFound` for a reply or cancellation of an unknown event.
    func decide(
        _ entry: CalendarEntry,
        matching matched: Int64?,
        holds: (_ id: Int64) throws -> Bool
    ) throws -> Decision {
        (former, isOfSeries) = (nil, false)
        switch entry.purpose {
        case .publish:
            guard let id = try matched ?? find(entry.contents.uid) else { return .add }
            return try decide(entry, on: id, holds)
        case .occurrence:
            if let matched { return try decide(entry, on: matched, holds) }
            guard let id = try find(entry.contents.uid), try !isStray(entry, of: id) else { return .add }
            isOfSeries = true
            return .settle(id)
        case .reply, .cancel:
            let uid = entry.contents.uid
            // A date that was imported without its series, or is not one of its dates, is a record of its own.
            let own = entry.contents.original == nil ? nil : try find(entry.contents.texts[mapping.identifier])
            guard let id = try own ?? find(uid) else { throw missing(uid) }
            isOfSeries = own == nil && entry.contents.original != nil
            guard let found = try store.storedRecord(module, id: id) else { throw Store.missing(id, in: module) }
            let written = try components.written(found)
            if let series = written.components.first, entry.contents.sequence < series.sequence {
                noteOutdated(entry, found)
                return .skip
            }
            return .settle(id)
        }
    }

    private func missing(_ uid: String?) -> CRMError {
        CRMError(
            .notFound,
            Text(
                en: "there is no event with the UID \(uid ?? "")",
                es: "no hay ningún evento con el UID \(uid ?? "")"
            ),
            module: module.name
        )
    }

    private func find(_ uid: String?) throws -> Int64? { try uid.flatMap(lookup.find) }

    func noteOutdated(_ entry: CalendarEntry, _ found: Record) {
        let name = "\(module.called(found.id).en) (\(found.displayName))"
        let spanish = "\(module.ofCalled(found.id).es) (\(found.displayName))"
        transaction.notice(
            Text(
                en: "passed over: version \(entry.contents.sequence) of \(name) is older than what is here",
                es: "se omitió la versión \(entry.contents.sequence) \(spanish), anterior a la que hay"
            )
        )
    }

    private func decide(
        _ entry: CalendarEntry,
        on id: Int64,
        _ holds: (_ id: Int64) throws -> Bool
    ) throws -> Decision {
        let told = entry.kept(linked: [])
        let kept = try components.kept(of: id, unlessSame: told)
        // Most of a calendar that is taken in again has not changed, on either side.
        if kept.saysTheSame(as: told), try holds(id) {
            former = Former(kept: kept, local: nil, isSame: true)
            return .update(id, [])
        }
        guard let found = try store.storedRecord(module, id: id) else { throw Store.missing(id, in: module) }
        if let series = kept.series, entry.isOlder(than: series) {
            noteOutdated(entry, found)
            return .skip
        }
        let written = try components.written(found, kept: kept)
        let zones = kept.zones(store.clock.zones)
        let new = try components.contents(entry.contents.component, for: found, entry.zones(store.clock.zones))
        let present = try components.contents(written.components[0], for: found, zones)
        let before = try kept.series.map { try components.contents($0, for: found, zones) }
        var changes: [(field: String, text: String?)] = []
        for field in mapping.fields where !new.unsaid.contains(field) && new.texts[field] != present.texts[field] {
            // A value that no calendar has given before is not removed by one without it.
            if new.texts[field] == nil, !isComplete || before.map({ $0.texts[field] == nil }) ?? false { continue }
            changes.append((field, new.texts[field]))
        }
        let times = mapping.times
        let isMoved = changes.contains { [times.start, times.zone, times.allDay].contains($0.field) }
        if isMoved {
            // The calendar is the source for all of the times, so none is moved along with the start.
            for field in [times.end, times.recurrence, times.further, times.excluded]
            where !new.unsaid.contains(field) && !changes.contains(where: { $0.field == field }) {
                if new.texts[field] != nil || isComplete { changes.append((field, new.texts[field])) }
            }
        }
        let local = try isMoved ? areLocal(components.occurrenceRows(of: id), in: found, kept) : nil
        former = Former(kept: kept, local: local)
        return .update(id, changes)
    }

    // MARK: - Storage

    /// Stores what an entry has beyond the fields of its record.
    ///
    /// - Returns: whether anything changed.
    func settle(_ entry: CalendarEntry, of id: Int64) throws -> Bool {
        defer { former = nil }
        switch entry.purpose {
        case .occurrence where isOfSeries: return try take(occurrence: entry, id)
        case .publish, .occurrence: return try publish(entry, id)
        case .reply: return try take(reply: entry, id)
        case .cancel: return try cancel(entry, id)
        }
    }

    private func publish(_ entry: CalendarEntry, _ id: Int64) throws -> Bool {
        let (entry, records) = try gathered(entry, of: id)
        let (linked, havePeopleChanged) = try settlePeople(entry.contents.attendees, of: id)
        let haveOccurrencesChanged = try settleOccurrences(entry, of: id)
        let isKeptChanged = try keep(entry, linked: linked, of: id)
        for record in records { try transaction.delete(module, id: record, reach: .links) }
        return havePeopleChanged || haveOccurrencesChanged || isKeptChanged
    }

    // MARK: - Single occurrences

    /// The contents of a component about one occurrence.
    private struct Told {
        let key: OccurrenceKey
        let name: OccurrenceName
        let contents: EventContents
    }

    private func settleOccurrences(_ entry: CalendarEntry, of id: Int64) throws -> Bool {
        let periods = entry.contents.periods
        // Without components of single occurrences, no row is affected.
        if former?.isSame == true, entry.occurrences.isEmpty, periods.isEmpty { return false }
        let present = former == nil ? [] : try components.occurrenceRows(of: id)
        if entry.occurrences.isEmpty, present.isEmpty, periods.isEmpty { return false }
        guard let part = components.occurrencePart, let found = try store.storedRecord(module, id: id) else {
            return false
        }
        let zones = entry.zones(store.clock.zones)
        let told = try entry.occurrences.compactMap {
            try self.told($0, in: entry.contents.component, of: found, zones)
        }
        let ends = periods.map { period in
            (
                key: components.key(of: period.name, isFollowing: false, in: found),
                values: components.values(ofPeriod: period, in: part)
            )
        }
        noteStrays(told.filter(\.contents.isOfOneDate).map(\.name), in: found)
        let keys = Set(told.map(\.key) + ends.map { $0.key })
        let local = try isComplete ? former?.local ?? areLocal(present, in: found, former?.kept) : []
        let staying = present.indices.filter { index in
            !(components.key(of: present[index], in: found).map(keys.contains) ?? false)
                && (!isComplete || local[index])
        }
        // The differences of a date are relative to those that apply from an earlier date on.
        let base = components.times(of: found, staying.map { present[$0] })
        let following = try told.filter(\.key.isFollowing).map { item in
            components.difference(try components.values(of: item.contents, item.name, in: found, base), in: part)
        }
        let times = components.times(of: found, staying.map { present[$0] } + following)
        var order: [OccurrenceKey] = []
        var wanted: [OccurrenceKey: [Value]] = [:]
        for item in told where wanted[item.key] == nil {
            order.append(item.key)
            wanted[item.key] = try components.values(of: item.contents, item.name, in: found, times)
        }
        for item in ends where wanted[item.key] == nil {
            order.append(item.key)
            wanted[item.key] = item.values
        }
        var rows: [[Value]] = []
        let stays = Set(staying)
        for (index, row) in present.enumerated() {
            if stays.contains(index) {
                rows.append(row.values)
            } else if let key = components.key(of: row, in: found), let values = wanted.removeValue(forKey: key) {
                rows.append(saysTheSame(values, row, in: found, times) ? row.values : values)
            }
        }
        rows += order.compactMap { wanted[$0] }
        let writer = try transaction.rows(of: part, in: module)
        return try writer.replace(with: rows, of: id)
    }

    private func told(
        _ component: CalendarComponent,
        in series: CalendarComponent,
        of found: Record,
        _ zones: CalendarZones
    ) throws -> Told? {
        let contents = try components.contents(component, for: found, zones)
        guard let name = try components.name(of: contents, in: series, for: found, zones) else { return nil }
        let key = components.key(of: name, isFollowing: contents.isFollowing, in: found)
        return Told(key: key, name: name, contents: contents)
    }

    /// Returns for each row of the part whether no calendar has described it before.
    private func areLocal(_ rows: [OccurrenceDifference], in found: Record, _ kept: StoredComponents?) throws -> [Bool]
    {
        guard let kept, let series = kept.series, !rows.isEmpty else { return rows.map { _ in false } }
        let zones = kept.zones(store.clock.zones)
        let periods = try components.contents(series, for: found, zones).periods
        var told = Set(periods.map { components.key(of: $0.name, isFollowing: false, in: found) })
        for component in kept.occurrences {
            let contents = try components.contents(component, for: found, zones)
            guard let name = try components.name(of: contents, in: series, for: found, zones) else { continue }
            told.insert(components.key(of: name, isFollowing: contents.isFollowing, in: found))
        }
        return rows.map { row in components.key(of: row, in: found).map { !told.contains($0) } ?? true }
    }

    /// Whether the row from a calendar has the same effect as a stored one. A row may repeat values that the record has
    /// anyway.
    private func saysTheSame(
        _ values: [Value],
        _ row: OccurrenceDifference,
        in found: Record,
        _ times: EventTimes?
    ) -> Bool {
        guard let part = components.occurrencePart else { return false }
        let other = components.difference(values, in: part)
        return row.isFollowing == other.isFollowing
            && components.effective(other, of: found, times).values
                == components.effective(row, of: found, times).values
    }

    /// Returns the component of the series, by whose clock the name of a date is determined.
    func series(of found: Record, _ kept: StoredComponents) throws -> CalendarComponent {
        try kept.series ?? components.written(found, kept: kept).components[0]
    }

    /// Returns the zones of an entry that comes without its series, and of the stored series.
    func zones(_ entry: CalendarEntry, _ kept: StoredComponents) -> CalendarZones {
        CalendarZones(store.clock.zones, kept.definitions + entry.definitions)
    }

    /// Stores the description of one occurrence of an existing series.
    ///
    /// - Returns: whether anything changed.
    private func take(occurrence entry: CalendarEntry, _ id: Int64) throws -> Bool {
        guard let found = try store.storedRecord(module, id: id), let part = components.occurrencePart else {
            return false
        }
        var kept = try components.kept(of: id)
        let zones = zones(entry, kept)
        let series = try series(of: found, kept)
        guard let told = try told(entry.contents.component, in: series, of: found, zones) else { return false }
        try checkOccurrence(told.name, of: found)
        var rows = try components.occurrenceRows(of: id)
        let times = components.times(of: found, rows)
        let values = try components.values(of: told.contents, told.name, in: found, times)
        let former = try kept.occurrences.first { component in
            try self.told(component, in: series, of: found, zones)?.key == told.key
        }
        if let former, entry.isOlder(than: former) {
            noteOutdated(entry, found)
            return false
        }
        if let index = rows.firstIndex(where: { components.key(of: $0, in: found) == told.key }) {
            if saysTheSame(values, rows[index], in: found, times) { return false }
            rows.remove(at: index)
        }
        let writer = try transaction.rows(of: part, in: module)
        let isChanged = try writer.replace(with: rows.map(\.values) + [values], of: id)
        guard kept.series != nil else { return isChanged }
        kept.occurrences = try kept.occurrences.filter { component in
            try self.told(component, in: series, of: found, zones)?.key != told.key
        }
        kept.occurrences.append(entry.contents.component)
        kept.definitions += entry.definitions.filter { !kept.definitions.contains($0) }
        return try components.keep(kept, of: id, in: transaction) || isChanged
    }

    // MARK: - Stored components

    /// Stores the components unchanged, unless only their time stamps have changed.
    private func keep(_ entry: CalendarEntry, linked: Set<String>, of id: Int64) throws -> Bool {
        let kept = entry.kept(linked: linked)
        guard let former else { return try components.keep(kept, of: id, in: transaction) }
        if options.fillsOnlyEmpty, former.kept.series != nil { return false }
        if former.isSame, former.kept.contacts == linked { return false }
        guard let found = try store.storedRecord(module, id: id) else { return false }
        let before = try components.written(found, kept: former.kept)
        let after = try components.written(found, kept: kept)
        let isSame = before.withoutStamps == after.withoutStamps
        if isSame, former.kept.series == nil || former.kept.contacts == linked { return false }
        return try components.keep(kept, of: id, in: transaction)
    }
}
