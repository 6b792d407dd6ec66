import Formats
import Localization
import SQLite

/// The calendar components of records: from their fields, the stored components, the attendees, and the differences of
/// single dates.
final class RecordComponents {
    let module: Module
    let mapping: CalendarMapping
    let store: Store
    private let table: Table
    /// The reader of the stored components; `nil` until some are asked for.
    private var reader: PartReader?
    let record: RecordComponent
    private let people: CalendarPeople
    let values: ValueContext

    /// - Returns: `nil` for a module without a mapping to calendars.
    init?(_ module: Module, in store: Store) throws {
        guard let mapping = module.calendar, let table = module.calendarRemainder,
            let people = try CalendarPeople(module, by: mapping, in: store)
        else { return nil }
        self.module = module
        self.mapping = mapping
        self.store = store
        self.table = table
        self.people = people
        record = RecordComponent(mapping, clock: store.clock)
        values = try store.valueContext().ofFiles
    }

    /// Returns the stored components from which a record was read.
    ///
    /// - Parameter told: what a calendar says of the record. Where it was stored in the same letters, as most of a
    ///   calendar that comes again was, these are not read once more.
    /// - Throws: ``CRMError`` `configuration` for text that only a foreign program can have written.
    func kept(of id: Int64, unlessSame told: StoredComponents? = nil) throws -> StoredComponents {
        let reader = try reader ?? store.partReader(table)
        self.reader = reader
        guard let row = try reader.rows(of: id).first, let text = row.values.first?.text else {
            return .none
        }
        let contacts = row.values.last?.text
        if let told, told.series != nil, try told.text() == text { return told.linking(contacts) }
        do throws(ICalendarError) {
            return try StoredComponents(text, contacts: contacts)
        } catch {
            let reason = RowProblem.reason(error)
            throw CRMError(
                .configuration,
                Text(
                    en: "the calendar kept for \(module.called(id).en) cannot be read: \(reason.en)",
                    es: "no se puede leer el calendario guardado \(module.ofCalled(id).es): \(reason.es)"
                )
            )
        }
    }

    /// Stores components for a record, replacing the stored ones.
    ///
    /// - Returns: whether that changed anything.
    func keep(_ kept: StoredComponents, of id: Int64, in transaction: Transaction) throws -> Bool {
        let contacts = kept.contacts.isEmpty ? Value.null : .text(kept.contacts.sorted().joined(separator: " "))
        let rows = kept.series == nil ? [] : [[Value.text(try kept.text()), contacts]]
        return try transaction.partWriter(of: table)?.replace(with: rows, of: id) ?? false
    }

    /// Returns the contacts linked with a record.
    func people(of id: Int64) throws -> [CalendarPerson] { try people.linked(with: id) }

    /// Returns the ids of the contacts that have an address, two at most.
    func contacts(at address: String) throws -> [Int64] { try people.contacts(at: address) }

    /// Clears the cache of contacts.
    func forgetContacts() { people.forget() }

    /// Returns the contents of a component for an existing record; days are in the record's time zone.
    func contents(_ component: CalendarComponent, for found: Record, _ zones: CalendarZones) throws(EventFault)
        -> EventContents
    {
        try EventContents(component, by: mapping, of: module, in: context(zones, found))
    }

    /// Returns the contents of a stored component; `nil` where these cannot be read any more. They could be when it was
    /// stored, and a time zone may have disappeared from the system since: the component stays as it is then.
    func readable(_ component: CalendarComponent, for found: Record, _ zones: CalendarZones) -> EventContents? {
        do throws(EventFault) {
            return try contents(component, for: found, zones)
        } catch {
            return nil
        }
    }

    /// Returns the components to write for a record.
    func written(_ found: Record) throws -> WrittenEvent { try written(found, kept: kept(of: found.id)) }

    /// Returns the components to write for a record, given its stored components.
    func written(_ found: Record, kept: StoredComponents) throws -> WrittenEvent {
        let people = try people.linked(with: found.id)
        let zones = kept.zones(store.clock.zones)
        let own = record.component(of: found, with: people)
        let series = try kept.series.map { try merged($0, with: own, of: found, people, kept, zones) } ?? own
        let all = try occurrenceRows(of: found.id)
        let rows = zip(all, areShown(all, of: found, kept, zones)).compactMap { row, isShown in isShown ? row : nil }
        guard !rows.isEmpty else { return WrittenEvent(components: [series], definitions: kept.definitions) }
        let told = try occurrences(rows, of: found, people, kept, series, zones)
        return WrittenEvent(components: [series] + told, definitions: kept.definitions)
    }

    /// Whether each row is for a date that the record has, or that it lacked already when a calendar described the
    /// date.
    ///
    /// What was changed of a date stays with the record when its rule goes, and comes back with the rule. It shows
    /// nowhere meanwhile, so that no calendar is told of it: a component of that date alone would be another event
    /// there.
    func areShown(
        _ rows: [OccurrenceDifference],
        of found: Record,
        _ kept: StoredComponents,
        _ zones: CalendarZones
    ) -> [Bool] {
        guard !rows.isEmpty, let event = EventRow(found) else { return rows.map { _ in true } }
        let series = EventExpander(clock: store.clock).series(event)
        let present = series.present(rows.compactMap { $0.name.map(series.seconds) })
        let came = self.present(kept, of: found, zones)
        let told = kept.series.flatMap { readable($0, for: found, zones) }?.series(store.clock)
        return rows.map { row in
            guard !(row.isFollowing && event.isSeries), let name = row.name else { return true }
            if present.contains(series.seconds(of: name)) { return true }
            guard let told, came[key(of: name, isFollowing: row.isFollowing, in: found)] != nil else { return false }
            return !told.contains(told.seconds(of: name))
        }
    }

    /// Returns the components to write for single occurrences.
    private func occurrences(
        _ rows: [OccurrenceDifference],
        of found: Record,
        _ people: [CalendarPerson],
        _ kept: StoredComponents,
        _ series: CalendarComponent,
        _ zones: CalendarZones
    ) throws -> [CalendarComponent] {
        let times = times(of: found, rows)
        let present = self.present(kept, of: found, zones)
        let periods = periods(of: series, found, zones)
        let inherited = try inheritedFields(kept, series, of: found, zones)
        return try rows.compactMap { row in
            guard let name = row.name else { return nil }
            let key = key(of: name, isFollowing: row.isFollowing, in: found)
            if let period = periods[key], period.dropFirst() == row.values.dropFirst() { return nil }
            var effective = effective(row, of: found, times)
            let original = (name: name, isFollowing: row.isFollowing, series: found)
            guard let (component, isMoved) = present[key] else {
                return record.component(of: effective, with: people, original: original)
            }
            let contents = try contents(component, for: found, zones)
            if !isMoved, try self.values(of: contents, name, in: found, times) == row.values { return component }
            // A field that the stored component did not mention and that nobody has changed since is left out.
            for field in inherited where contents.texts[field] == nil && row.value(field).isNull {
                effective[field] = .null
            }
            let own = record.component(of: effective, with: people, original: original)
            return try merged(component, with: own, of: effective, people, kept, zones, isMoved: isMoved)
        }
    }

    /// Returns the rows of dates that are expressed by the periods of a series.
    private func periods(
        of series: CalendarComponent,
        _ found: Record,
        _ zones: CalendarZones
    ) -> [OccurrenceKey: [Value]] {
        guard let part = occurrencePart, let told = readable(series, for: found, zones) else { return [:] }
        let rows = told.periods.map { period in
            (key(of: period.name, isFollowing: false, in: found), values(ofPeriod: period, in: part))
        }
        return Dictionary(rows) { first, _ in first }
    }

    /// Returns the fields in which a record agrees with its stored component: an occurrence inherits them when it does
    /// not mention them.
    private func inheritedFields(
        _ kept: StoredComponents,
        _ series: CalendarComponent,
        of found: Record,
        _ zones: CalendarZones
    ) throws -> [String] {
        guard let component = kept.series, !kept.occurrences.isEmpty,
            let before = readable(component, for: found, zones), let now = readable(series, for: found, zones)
        else { return [] }
        let times = mapping.times
        let own: Set = [
            times.start, times.end, times.allDay, times.zone, mapping.kind, mapping.identifier, mapping.summary,
        ]
        return mapping.fields.filter { !own.contains($0) && before.texts[$0] == now.texts[$0] }
    }

    /// Returns the stored components of single occurrences by the present identity of the occurrence, each with whether
    /// its name has changed since because the record was moved.
    func present(
        _ kept: StoredComponents,
        of found: Record,
        _ zones: CalendarZones
    ) -> [OccurrenceKey: (component: CalendarComponent, isMoved: Bool)] {
        guard let series = kept.series, !kept.occurrences.isEmpty else { return [:] }
        let move = readable(series, for: found, zones).flatMap { contents in
            SeriesMove(from: former(found, contents), to: found, clock: store.clock)
        }
        var present: [OccurrenceKey: (component: CalendarComponent, isMoved: Bool)] = [:]
        for component in kept.occurrences {
            guard let contents = readable(component, for: found, zones),
                let name = readableName(of: contents, in: series, for: found, zones)
            else { continue }
            let moved = move?.name(of: name) ?? name
            let key = key(of: moved, isFollowing: contents.isFollowing, in: found)
            if present[key] == nil { present[key] = (component, moved != name) }
        }
        return present
    }

    /// Returns a record with the times of a component.
    private func former(_ found: Record, _ contents: EventContents) -> Record {
        var former = found
        let times = mapping.times
        for key in [times.start, times.end, times.zone, times.recurrence] where !contents.unsaid.contains(key) {
            former[key] = contents.texts[key].map { .text($0) } ?? .null
        }
        former[times.allDay] = .integer(contents.texts[times.allDay] == "true" ? 1 : 0)
        return former
    }

    /// Returns the name of the occurrence that a component describes, given the component of its series.
    func name(
        of contents: EventContents,
        in series: CalendarComponent,
        for found: Record,
        _ zones: CalendarZones
    ) throws(EventFault) -> OccurrenceName? {
        try contents.originalName(in: series, context(zones, found))
    }

    /// Returns that name; `nil` too where it cannot be read any more, as with ``readable(_:for:_:)``.
    func readableName(
        of contents: EventContents,
        in series: CalendarComponent,
        for found: Record,
        _ zones: CalendarZones
    ) -> OccurrenceName? {
        do throws(EventFault) {
            return try name(of: contents, in: series, for: found, zones)
        } catch {
            return nil
        }
    }

    /// Returns the name of a record's component.
    func componentName(of found: Record) -> String { record.name(of: found) }

    private func context(_ zones: CalendarZones, _ found: Record) -> CalendarContext {
        CalendarContext(clock: store.clock, zones: zones, zone: found[mapping.times.zone].text)
    }

    private func merged(
        _ component: CalendarComponent,
        with own: CalendarComponent,
        of found: Record,
        _ people: [CalendarPerson],
        _ kept: StoredComponents,
        _ zones: CalendarZones,
        isMoved: Bool = false
    ) throws -> CalendarComponent {
        let (contents, said): (EventContents, EventContents)
        do throws(EventFault) {
            contents = try self.contents(component, for: found, zones)
            said = try self.contents(own, for: found, zones)
        } catch {
            // A time zone may have disappeared from the system.
            return own
        }
        var merged = MergedComponent(
            contents,
            with: said,
            people,
            contacts: kept.contacts,
            by: mapping,
            isMoved: isMoved,
            clock: store.clock
        )
        return merged.component()
    }
}
