import Formats
import Localization

/// Determines which components of single dates count, and the records they belong to.
extension EventSettler {
    /// Decides about an entry for a single date outside of its series, which becomes a record of its own, as other
    /// programs show it. A message about a date of an earlier version of the series is outdated.
    ///
    /// - Parameter id: the id of the series.
    /// - Returns: `nil` for a date of the series.
    func decision(onStray entry: CalendarEntry, of id: Int64) throws -> Decision? {
        guard entry.contents.isOfOneDate, let found = try store.storedRecord(module, id: id),
            let event = EventRow(found)
        else { return nil }
        let kept = try components.kept(of: id)
        let name = try components.name(
            of: entry.contents,
            in: series(of: found, kept),
            for: found,
            zones(entry, kept)
        )
        let dates = EventExpander(clock: store.clock).series(event)
        guard let name, !dates.contains(dates.seconds(of: name)) else { return nil }
        if entry.isMessage, let series = kept.series, entry.contents.sequence < series.sequence {
            noteOutdated(entry, found)
            return .skip
        }
        transaction.notice(
            Text(
                en: "\(called(found).en) has no occurrence \(name): it is taken as an event of its own",
                es: "\(called(found).es) no tiene ninguna repetición \(name): se toma como un evento aparte"
            )
        )
        return .add
    }

    private func called(_ found: Record) -> Text {
        let called = module.called(found.id)
        return Text(en: "\(called.en) (\(found.displayName))", es: "\(called.es) (\(found.displayName))")
    }

    /// Reports to the user the dates outside of a series for which its calendar has components, since they are not
    /// shown.
    func noteStrays(_ names: [OccurrenceName], in found: Record) {
        guard !names.isEmpty, let event = EventRow(found) else { return }
        let dates = EventExpander(clock: store.clock).series(event)
        let present = dates.present(names.map(dates.seconds))
        for name in names where !present.contains(dates.seconds(of: name)) {
            transaction.notice(
                Text(
                    en: "\(called(found).en) has no occurrence \(name): what its calendar says of it shows nowhere",
                    es:
                        "\(called(found).es) no tiene ninguna repetición \(name): lo que su calendario dice de ella no se ve"
                )
            )
        }
    }

    /// Returns the entry with the latest component for each date, including those of records that were imported before
    /// their series.
    ///
    /// - Parameter id: the id of the series.
    /// - Returns: the entry, the ids of the records that its components replace, and the stored components of dates that
    ///   a message has cancelled, of which the entry says nothing later.
    func gathered(
        _ entry: CalendarEntry,
        of id: Int64
    ) throws -> (entry: CalendarEntry, records: [Int64], cancelled: [CalendarComponent]) {
        guard entry.purpose == .publish else { return (entry, [], []) }
        // Most events have no dates that another record describes.
        let apart = try entry.contents.uid.map(lookup.occurrences) ?? []
        let stored = former?.kept.occurrences ?? []
        if entry.occurrences.isEmpty, apart.isEmpty, !stored.contains(where: \.isCancellation) {
            return (entry, [], [])
        }
        guard let found = try store.storedRecord(module, id: id), let event = EventRow(found) else {
            return (entry, [], [])
        }
        let dates = EventExpander(clock: store.clock).series(event)
        var places: [OccurrenceKey: Int] = [:]
        var latest: [CalendarComponent] = []
        let (series, zones) = (entry.contents.component, entry.zones(store.clock.zones))
        for component in entry.occurrences {
            guard let date = try told(component, in: series, of: found, zones) else { continue }
            guard let place = places[date.key] else {
                places[date.key] = latest.count
                latest.append(component)
                continue
            }
            if latest[place].isOlder(than: component) {
                latest[place] = component
            } else if !component.isOlder(than: latest[place]), component != latest[place] {
                noteTwo(date.name, in: found)
            }
        }
        var outdated: Set<Int> = []
        var cancelled: [CalendarComponent] = []
        for component in stored {
            guard let date = toldIfReadable(component, in: series, of: found, zones) else { continue }
            if let place = places[date.key] {
                guard entry.isOlder(latest[place], than: component) else { continue }
                if component.isCancellation { outdated.insert(place) } else { latest[place] = component }
            } else if !dates.contains(dates.seconds(of: date.name)) {
                continue
            }
            if component.isCancellation { cancelled.append(component) }
        }
        var records: [Int64] = []
        if event.isSeries {
            for record in apart {
                // One in a zone that the series does not define stays by itself.
                guard let component = try alone(record),
                    let date = toldIfReadable(component, in: series, of: found, zones),
                    !date.key.isFollowing, dates.contains(dates.seconds(of: date.name))
                else { continue }
                if places[date.key] == nil { latest.append(component) }
                records.append(record)
            }
        }
        var entry = entry
        entry.occurrences = latest.indices.filter { !outdated.contains($0) }.map { latest[$0] }
        return (entry, records, cancelled)
    }

    private func noteTwo(_ name: OccurrenceName, in found: Record) {
        transaction.notice(
            Text(
                en:
                    "\(called(found).en): the calendar has \(name) twice, and does not say which is later: the first is taken",
                es:
                    "\(called(found).es): el calendario tiene \(name) dos veces y no dice cuál es posterior: se toma la primera"
            )
        )
    }

    /// Returns the component of a record that is a single date of a series, with the record's later changes.
    ///
    /// - Returns: `nil` for another record, and for one on which other records depend.
    private func alone(_ id: Int64) throws -> CalendarComponent? {
        guard let found = try store.storedRecord(module, id: id), try components.kept(of: id).series != nil else {
            return nil
        }
        let dependents = try store.dependents(of: [id], in: module)
        guard dependents.requiring.isEmpty, dependents.owned.isEmpty, dependents.referring.isEmpty,
            let component = try components.written(found).components.first, component.first("RECURRENCE-ID") != nil
        else { return nil }
        return component
    }
}
