import Formats
import Localization
import SQLite

/// All that a calendar says of records: what their fields say, what was kept, who attends, and what differs on single dates.
final class RecordComponents {
    private let module: Module
    private let mapping: CalendarMapping
    private let store: Store
    private let table: Table
    private let record: RecordComponent
    private let people: CalendarPeople
    private let values: ValueContext

    /// - Returns: `nil` for a module whose records are told in no calendars.
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

    /// What is kept of the calendar that a record came from.
    ///
    /// - Throws: ``CRMError`` `configuration` for what only a foreign program can have written.
    func kept(of id: Int64) throws -> KeptComponents {
        guard let row = try store.partReader(table).rows(of: id).first, let text = row.values.first?.text else {
            return .none
        }
        do throws(ICalendarError) {
            return try KeptComponents(text, contacts: row.values.last?.text)
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

    /// Keeps components for a record in place of those kept before.
    ///
    /// - Returns: whether that changed anything.
    func keep(_ kept: KeptComponents, of id: Int64, in transaction: Transaction) throws -> Bool {
        let contacts = kept.contacts.isEmpty ? Value.null : .text(kept.contacts.sorted().joined(separator: " "))
        let rows = kept.series == nil ? [] : [[Value.text(try kept.text()), contacts]]
        return try transaction.partWriter(of: table)?.replace(with: rows, of: id) ?? false
    }

    /// The contacts that are linked with a record.
    func people(of id: Int64) throws -> [CalendarPerson] { try people.linked(with: id) }

    /// The ids of the contacts that an address is of, two at most.
    func contacts(at address: String) throws -> [Int64] { try people.contacts(at: address) }

    /// Looks contacts up again from now on.
    func forgetContacts() { people.forget() }

    /// What a component says of a record that is there: days are meant by the clocks of the record's zone.
    func contents(_ component: CalendarComponent, for found: Record, _ zones: CalendarZones) throws(EventFault)
        -> EventContents
    {
        try EventContents(component, by: mapping, of: module, in: context(zones, found))
    }

    /// What is written for a record.
    func written(_ found: Record) throws -> WrittenEvent { try written(found, kept: kept(of: found.id)) }

    /// What is written for a record of which something is kept.
    func written(_ found: Record, kept: KeptComponents) throws -> WrittenEvent {
        let people = try people.linked(with: found.id)
        let zones = kept.zones(store.clock.zones)
        let own = record.component(of: found, with: people)
        let series = try kept.series.map { try merged($0, with: own, of: found, people, kept, zones) } ?? own
        let rows = try occurrenceRows(of: found.id)
        var components = [series]
        guard !rows.isEmpty else { return WrittenEvent(components: components, definitions: kept.definitions) }
        let present = self.present(kept, of: found, zones)
        let told = try? contents(series, for: found, zones)
        for row in rows {
            guard let name = row.name else { continue }
            if let part = occurrencePart,
                told?.periods.contains(where: { period in
                    isSame(period.name, name, in: found)
                        && values(ofPeriod: period, in: part).dropFirst() == row.values.dropFirst()
                }) ?? false
            {
                continue
            }
            let effective = effective(row, of: found)
            let own = record.component(of: effective, with: people, original: (name, row.isFollowing, found))
            guard let (_, component, isMoved) = present.first(where: { isSame($0.name, name, in: found) }) else {
                components.append(own)
                continue
            }
            if !isMoved, try values(of: contents(component, for: found, zones), name, in: found) == row.values {
                components.append(component)
            } else {
                components.append(
                    try merged(component, with: own, of: effective, people, kept, zones, isMoved: isMoved)
                )
            }
        }
        return WrittenEvent(components: components, definitions: kept.definitions)
    }

    /// The kept components of single occurrences, each with what the occurrence is called now, and whether that is something
    /// else than when it came, the record having been moved since.
    private func present(
        _ kept: KeptComponents,
        of found: Record,
        _ zones: CalendarZones
    ) -> [(name: OccurrenceName, component: CalendarComponent, isMoved: Bool)] {
        guard let series = kept.series, !kept.occurrences.isEmpty else { return [] }
        let move = (try? contents(series, for: found, zones)).flatMap { contents in
            SeriesMove(from: former(found, contents), to: found, clock: store.clock)
        }
        return kept.occurrences.compactMap { component in
            guard let contents = try? contents(component, for: found, zones),
                let name = try? name(of: contents, in: series, for: found, zones)
            else { return nil }
            let moved = move?.name(of: name) ?? name
            return (moved, component, moved != name)
        }
    }

    /// A record with the times that a component says of it.
    private func former(_ found: Record, _ contents: EventContents) -> Record {
        var former = found
        let times = mapping.times
        for key in [times.start, times.end, times.zone, times.recurrence] where !contents.unsaid.contains(key) {
            former[key] = contents.texts[key].map { .text($0) } ?? .null
        }
        former[times.allDay] = .integer(contents.texts[times.allDay] == "true" ? 1 : 0)
        return former
    }

    /// What the occurrence is called of which a component tells, one of the series of another component.
    func name(
        of contents: EventContents,
        in series: CalendarComponent,
        for found: Record,
        _ zones: CalendarZones
    ) throws -> OccurrenceName? {
        try contents.originalName(in: series, context(zones, found))
    }

    /// Whether two names are of one occurrence: a day names the one at the time at which the series begins.
    func isSame(_ one: OccurrenceName, _ other: OccurrenceName, in found: Record) -> Bool {
        if one == other { return true }
        guard let one = record.time(of: one, in: found), let other = record.time(of: other, in: found) else {
            return false
        }
        return moment(one, in: found) == moment(other, in: found)
    }

    /// Whether a row tells of the occurrence of a name.
    func isRow(_ row: OccurrenceDifference, of name: OccurrenceName, in found: Record) -> Bool {
        row.name.map { isSame($0, name, in: found) } ?? false
    }

    /// What the component of a record is called.
    func componentName(of found: Record) -> String { record.name(of: found) }

    private func context(_ zones: CalendarZones, _ found: Record) -> CalendarContext {
        CalendarContext(clock: store.clock, zones: zones, zone: found[mapping.times.zone].text)
    }

    private func merged(
        _ component: CalendarComponent,
        with own: CalendarComponent,
        of found: Record,
        _ people: [CalendarPerson],
        _ kept: KeptComponents,
        _ zones: CalendarZones,
        isMoved: Bool = false
    ) throws -> CalendarComponent {
        let (contents, said): (EventContents, EventContents)
        do throws(EventFault) {
            contents = try self.contents(component, for: found, zones)
            said = try self.contents(own, for: found, zones)
        } catch {
            // A zone that the system has lost since.
            return own
        }
        var merged = MergedComponent(
            contents,
            with: said,
            people,
            contacts: kept.contacts,
            by: mapping,
            isMoved: isMoved
        )
        return merged.component()
    }

    // MARK: - Single occurrences

    /// The part of what differs on single dates.
    var occurrencePart: Part? { module.part(named: mapping.occurrences.part) }

    /// The rows of a record's single occurrences.
    func occurrenceRows(of id: Int64) throws -> [OccurrenceDifference] {
        guard let part = occurrencePart else { return [] }
        return try store.partReader(of: part, in: module).rows(of: id).map { difference($0.values, in: part) }
    }

    /// What a row of the part says, given as stored.
    func difference(_ values: [Value], in part: Part) -> OccurrenceDifference {
        OccurrenceDifference(PartDraft(part, values: values), by: mapping.occurrences)
    }

    /// A record as it is on the date of one of its rows.
    func effective(_ row: OccurrenceDifference, of found: Record) -> Record {
        var effective = found
        let times = mapping.times
        let original = row.name.flatMap { record.time(of: $0, in: found) }.flatMap { moment($0, in: found) }
        if let start = row.value(times.start).text ?? original?.description {
            effective[times.start] = .text(start)
            if let length = Self.length(found[times.start].text, found[times.end].text),
                let seconds = Moment.seconds(stored: start), let end = Moment(secondsSinceEpoch: seconds + length)
            {
                effective[times.end] = .text(end.description)
            }
        }
        for key in mapping.occurrences.fields where key != times.start && !row.value(key).isNull {
            effective[key] = row.value(key)
        }
        for key in [times.recurrence, times.further, times.excluded] { effective[key] = .null }
        return effective
    }

    /// The row of the part that a component of a single occurrence makes: what differs from the record.
    func values(of contents: EventContents, _ name: OccurrenceName, in found: Record) throws -> [Value] {
        guard let part = occurrencePart else { return [] }
        var row = PartDraft(new: part)
        let keys = mapping.occurrences
        row.give(keys.original, .text(name.description))
        row.give(keys.following, .integer(contents.isFollowing ? 1 : 0))
        let start = record.time(of: name, in: found)
        let times = mapping.times
        var length: Int64?
        for key in keys.fields {
            guard let text = contents.texts[key], let field = module.field(key) else { continue }
            let value = try field.type.parse(text, in: values)
            switch key {
            case times.start:
                let original = start.flatMap { moment($0, in: found) }
                if value.text != original?.description { row.give(key, value) }
            case times.end:
                length = Self.length(contents.texts[times.start], text)
                if length != Self.length(found[times.start].text, found[times.end].text) { row.give(key, value) }
            default:
                if value != found[key] { row.give(key, value) }
            }
        }
        return row.values
    }

    /// The row of the part that tells that an occurrence ends at another time.
    func values(ofPeriod period: (name: OccurrenceName, end: Moment), in part: Part) -> [Value] {
        var row = PartDraft(new: part)
        row.give(mapping.occurrences.original, .text(period.name.description))
        row.give(mapping.occurrences.following, .integer(0))
        row.give(mapping.times.end, .text(period.end.description))
        return row.values
    }

    private static func length(_ start: String?, _ end: String?) -> Int64? {
        guard let start = start.flatMap(Moment.seconds(stored:)), let end = end.flatMap(Moment.seconds(stored:)) else {
            return nil
        }
        return end - start
    }

    private func moment(_ time: CalendarTime, in found: Record) -> Moment? {
        let setting: TimeZoneSetting =
            switch time.zone {
            case .utc: .utc
            case .named(let name): store.clock.zones.zone(named: name).map(TimeZoneSetting.file) ?? .utc
            case .floating: record.days(of: found)
            }
        return time.moment(in: setting)
    }
}
