import Formats
import Localization

/// Stores what calendars say of single dates of a series.
extension EventSettler {
    /// The contents of a component about one occurrence.
    struct Told {
        let key: OccurrenceKey
        let name: OccurrenceName
        let contents: EventContents
    }

    func settleOccurrences(_ entry: CalendarEntry, of id: Int64) throws -> Bool {
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
        let local = try isComplete ? former.map { try $0.local ?? areLocal(present, in: found, $0.kept) } ?? [] : []
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
        let rowsByKey = Dictionary(present.compactMap { row in components.key(of: row, in: found).map { ($0, row) } }) {
            first,
            _ in first
        }
        for item in told where wanted[item.key] == nil {
            order.append(item.key)
            let row = rowsByKey[item.key]
            wanted[item.key] = try components.values(of: item.contents, item.name, in: found, times, after: row)
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

    func told(
        _ component: CalendarComponent,
        in series: CalendarComponent,
        of found: Record,
        _ zones: CalendarZones
    ) throws(EventFault) -> Told? {
        let contents = try components.contents(component, for: found, zones)
        guard let name = try components.name(of: contents, in: series, for: found, zones) else { return nil }
        let key = components.key(of: name, isFollowing: contents.isFollowing, in: found)
        return Told(key: key, name: name, contents: contents)
    }

    /// Returns what a stored component says; `nil` too where it cannot be read any more, as with
    /// ``RecordComponents/readable(_:for:_:)``.
    func toldIfReadable(
        _ component: CalendarComponent,
        in series: CalendarComponent,
        of found: Record,
        _ zones: CalendarZones
    ) -> Told? {
        do throws(EventFault) {
            return try told(component, in: series, of: found, zones)
        } catch {
            return nil
        }
    }

    /// Returns for each row of the part whether it is a change made here: one that no calendar has described, or for a
    /// date that the record does not have at present. A calendar that knows nothing of such a row does not remove it.
    func areLocal(_ rows: [OccurrenceDifference], in found: Record, _ kept: StoredComponents) throws -> [Bool] {
        let zones = kept.zones(store.clock.zones)
        let areShown = components.areShown(rows, of: found, kept, zones)
        guard let series = kept.series, !rows.isEmpty else { return areShown.map { !$0 } }
        let periods = try components.contents(series, for: found, zones).periods
        var told = Set(periods.map { components.key(of: $0.name, isFollowing: false, in: found) })
        for component in kept.occurrences where !component.isCancellation {
            let contents = try components.contents(component, for: found, zones)
            guard let name = try components.name(of: contents, in: series, for: found, zones) else { continue }
            told.insert(components.key(of: name, isFollowing: contents.isFollowing, in: found))
        }
        return zip(rows, areShown).map { row, isShown in
            guard isShown, let key = components.key(of: row, in: found) else { return true }
            return !told.contains(key)
        }
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
    func take(occurrence entry: CalendarEntry, _ id: Int64) throws -> Bool {
        guard let found = try store.storedRecord(module, id: id), let part = components.occurrencePart else {
            return false
        }
        var kept = try components.kept(of: id)
        let zones = zones(entry, kept)
        let series = try series(of: found, kept)
        guard let told = try told(entry.contents.component, in: series, of: found, zones) else { return false }
        // What differs from a date on is about the later ones, whether or not that is one itself.
        if !told.key.isFollowing { try checkOccurrence(told.name, of: found) }
        var rows = try components.occurrenceRows(of: id)
        let times = components.times(of: found, rows)
        let place = rows.firstIndex { components.key(of: $0, in: found) == told.key }
        let row = place.map { rows[$0] }
        let values = try components.values(of: told.contents, told.name, in: found, times, after: row)
        let former = try kept.occurrences.first { component in
            try self.told(component, in: series, of: found, zones)?.key == told.key
        }
        if let former, entry.isOlder(than: former) {
            noteOutdated(entry, found)
            return false
        }
        if let former, entry.hasBeenObeyed(as: former) { return false }
        var isChanged = false
        if !(place.map { saysTheSame(values, rows[$0], in: found, times) } ?? false) {
            if let place { rows.remove(at: place) }
            let writer = try transaction.rows(of: part, in: module)
            isChanged = try writer.replace(with: rows.map(\.values) + [values], of: id)
        }
        guard kept.series != nil, !entry.repeats(former) else { return isChanged }
        kept.occurrences = try kept.occurrences.filter { component in
            try self.told(component, in: series, of: found, zones)?.key != told.key
        }
        kept.occurrences.append(entry.contents.component)
        kept.definitions += entry.definitions.filter { !kept.definitions.contains($0) }
        return try components.keep(kept, of: id, in: transaction) || isChanged
    }
}
