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
    /// Whether the present entry is a request that was obeyed before, so that all that came after it stays.
    private var isObeyed = false
    /// The number of links with attendees that the present entry has made or changed.
    var linkedCount = 0

    /// What is known of a record before an entry changes it.
    struct Former {
        /// The components stored for the record.
        let kept: StoredComponents
        /// Whether each row of single occurrences belongs to the record alone, so that a calendar without it takes none
        /// away; `nil` when that can be determined later.
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
        (former, isOfSeries, isObeyed) = (nil, false, false)
        switch entry.purpose {
        case .publish:
            guard let id = try matched ?? find(entry.contents.uid) else { return .add }
            return try decide(entry, on: id, holds)
        case .occurrence:
            if let matched { return try decide(entry, on: matched, holds) }
            guard let id = try find(entry.contents.uid) else { return .add }
            if let decision = try self.decision(onStray: entry, of: id) { return decision }
            isOfSeries = true
            return .settle(id)
        case .reply, .cancel:
            let uid = entry.contents.uid
            // A date that was imported without its series, or is not one of its dates, is a record of its own.
            let own = entry.contents.original == nil ? nil : try find(entry.contents.texts[mapping.identifier])
            guard let id = try own ?? find(uid) else { throw missing(uid) }
            isOfSeries = own == nil && entry.contents.original != nil
            guard let found = try store.storedRecord(module, id: id) else { throw Store.missing(id, in: module) }
            let kept = try components.kept(of: id)
            let series = try components.written(found, kept: kept).components.first
            let isOutdated = entry.purpose == .cancel && !isOfSeries && kept.series.map(entry.isOlder) ?? false
            if let series, isOutdated || entry.contents.sequence < series.sequence {
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

    private func noteKept(_ fields: Set<String>, of found: Record) {
        let labels = mapping.fields.filter(fields.contains).compactMap { module.field($0)?.label }
        let english = labels.map { $0.en.lowercased() }.joined(separator: ", ")
        let spanish = labels.map { $0.es.lowercased() }.joined(separator: ", ")
        transaction.notice(
            Text(
                en: """
                    kept of \(module.called(found.id).en) (\(found.displayName)), which was changed after the calendar \
                    was written: \(english)
                    """,
                es: """
                    se conserva lo \(module.ofCalled(found.id).es) (\(found.displayName)) que cambió después de \
                    escribirse el calendario: \(spanish)
                    """
            )
        )
    }

    private func decide(
        _ entry: CalendarEntry,
        on id: Int64,
        _ holds: (_ id: Int64) throws -> Bool
    ) throws -> Decision {
        let kept = try components.kept(of: id, unlessSame: entry.kept(linked: []))
        if let series = kept.series, entry.hasBeenObeyed(as: series), try haveDatesBeenObeyed(entry, kept, id) {
            isObeyed = true
            return .settle(id)
        }
        let entry = entry.keepingDates(of: kept)
        let told = entry.kept(linked: [])
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
        // The version that was taken before does not put back what was moved here since: that is the later one.
        let wasTaken = kept.series.map(entry.contents.component.isVersion) ?? false
        if options.obeysVersions, wasTaken, kept.saysTheSame(as: told),
            entry.contents.sequence < written.components[0].sequence
        {
            noteOutdated(entry, found)
            return .skip
        }
        let zones = kept.zones(store.clock.zones)
        let new = try components.contents(entry.contents.component, for: found, entry.zones(store.clock.zones))
        let present = try components.contents(written.components[0], for: found, zones)
        let before = try kept.series.map { try components.contents($0, for: found, zones) }
        let status = mapping.status(of: entry.contents.component.name).field
        var changes = changes(from: present, to: new, taken: before, status: status)
        if options.obeysVersions, entry.contents.sequence <= written.components[0].sequence,
            case let earlier = try putBack(by: changes, of: found, entry), !earlier.isEmpty
        {
            changes.removeAll { earlier.contains($0.field) }
            // Single dates are named by the times, so that they are not taken without these.
            let areDatesLost = !entry.occurrences.isEmpty && !mapping.times.fields.isDisjoint(with: earlier)
            if changes.isEmpty || areDatesLost {
                noteOutdated(entry, found)
                return .skip
            }
            noteKept(earlier, of: found)
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
        // The rule, too, may be another one later.
        former = Former(kept: kept, local: try areLocal(components.occurrenceRows(of: id), in: found, kept))
        return .update(id, changes)
    }

    /// Returns the fields in which a calendar says something else than the record has.
    ///
    /// - Parameters:
    ///   - before: what the calendar said when it was last taken in.
    ///   - status: the field of the status.
    private func changes(
        from present: EventContents,
        to new: EventContents,
        taken before: EventContents?,
        status: String
    ) -> [(field: String, text: String?)] {
        var changes: [(field: String, text: String?)] = []
        for field in mapping.fields where !new.unsaid.contains(field) && new.texts[field] != present.texts[field] {
            if field == status, new.leavesStatus(of: present) { continue }
            // A value that no calendar has given before is not removed by one without it.
            if new.texts[field] == nil, !isComplete || before.map({ $0.texts[field] == nil }) ?? false { continue }
            changes.append((field, new.texts[field]))
        }
        return changes
    }

    /// Returns the fields in which changes would only put back what was here, since a calendar was written from the
    /// record before that was changed: of versions with one number the later one counts (RFC 5546 section 2.1.5). A
    /// calendar from elsewhere has other stamps than the record ever had.
    private func putBack(
        by changes: [(field: String, text: String?)],
        of found: Record,
        _ entry: CalendarEntry
    ) throws -> Set<String> {
        let told = ([entry.contents.component] + entry.occurrences).compactMap(\.revision).max()
        guard !changes.isEmpty, let told, let moment = Moment(secondsSinceEpoch: told),
            let present = found[mapping.revision].text.flatMap(Moment.seconds(stored:)), told <= present
        else { return [] }
        // Of several changes within a second the stamps do not say which was before the calendar.
        let isEarlier = told < present
        if isEarlier, try !store.hadFormerly(.text(moment.description), in: mapping.revision, of: found.id, module) {
            return []
        }
        var (earlier, others): (Set<String>, Set<String>) = ([], [])
        for (field, text) in changes {
            if try hadFormerly(text, in: field, of: found, countingNone: isEarlier) {
                earlier.insert(field)
            } else {
                others.insert(field)
            }
        }
        if !isEarlier { return others.isEmpty ? earlier : [] }
        // The times belong together: an end that is new is that of the start beside it.
        return mapping.times.fields.isDisjoint(with: others) ? earlier : earlier.subtracting(mapping.times.fields)
    }

    /// Whether a record once had what a calendar says of a field.
    ///
    /// - Parameter countingNone: whether the field may have been empty.
    private func hadFormerly(
        _ text: String?,
        in key: String,
        of found: Record,
        countingNone: Bool
    ) throws -> Bool {
        guard let field = module.field(key) else { return false }
        guard let text else { return try countingNone && store.hadFormerly(.null, in: key, of: found.id, module) }
        let value: Value
        do throws(ValueError) {
            value = try field.type.parse(text, in: transaction.values)
        } catch {
            // What the field cannot hold is refused where it is written.
            return false
        }
        return try store.hadFormerly(value, in: key, of: found.id, module)
    }

    /// Whether what a request says of single dates was obeyed before, in its version or a later one.
    private func haveDatesBeenObeyed(_ entry: CalendarEntry, _ kept: StoredComponents, _ id: Int64) throws -> Bool {
        guard !entry.occurrences.isEmpty, let series = kept.series else { return true }
        guard let found = try store.storedRecord(module, id: id) else { return false }
        let zones = zones(entry, kept)
        func key(_ component: CalendarComponent) -> OccurrenceKey? {
            toldIfReadable(component, in: series, of: found, zones)?.key
        }
        var obeyed: [OccurrenceKey: CalendarComponent] = [:]
        for component in kept.occurrences { if let key = key(component) { obeyed[key] = component } }
        return entry.occurrences.allSatisfy { date in
            guard let last = key(date).flatMap({ obeyed[$0] }) else { return false }
            return date.isOlder(than: last) || date.isVersion(of: last)
        }
    }

    // MARK: - Storage

    /// Stores what an entry has beyond the fields of its record.
    ///
    /// - Returns: whether anything changed.
    func settle(_ entry: CalendarEntry, of id: Int64) throws -> Bool {
        defer { former = nil }
        linkedCount = 0
        if isObeyed { return false }
        switch entry.purpose {
        case .occurrence where isOfSeries: return try take(occurrence: entry, id)
        case .publish, .occurrence: return try publish(entry, id)
        case .reply: return try take(reply: entry, id)
        case .cancel: return try cancel(entry, id)
        }
    }

    private func publish(_ entry: CalendarEntry, _ id: Int64) throws -> Bool {
        let whole = former.map { entry.keepingDates(of: $0.kept) } ?? entry
        let (entry, records, cancelled) = try gathered(whole, of: id)
        let (linked, havePeopleChanged) = try settlePeople(entry.contents.attendees, of: id)
        let haveOccurrencesChanged = try settleOccurrences(entry, of: id)
        var told = entry
        told.occurrences += cancelled
        let isKeptChanged = try keep(told, linked: linked, of: id)
        for record in records { try transaction.delete(module, id: record, reach: .links) }
        return havePeopleChanged || haveOccurrencesChanged || isKeptChanged
    }

    // MARK: - Stored components

    /// Stores the components unchanged, unless only their time stamps have changed.
    private func keep(_ entry: CalendarEntry, linked: Set<String>, of id: Int64) throws -> Bool {
        let kept = entry.kept(linked: linked)
        guard let former else { return try components.keep(kept, of: id, in: transaction) }
        if options.fillsOnlyEmpty, former.kept.series != nil { return false }
        // The version of a request is stored, since requests read later are compared with it.
        if entry.isRequest, let series = former.kept.series, series.isOlder(than: entry.contents.component) {
            return try components.keep(kept, of: id, in: transaction)
        }
        if former.isSame, former.kept.contacts == linked { return false }
        guard let found = try store.storedRecord(module, id: id) else { return false }
        let before = try components.written(found, kept: former.kept)
        let after = try components.written(found, kept: kept)
        let isSame = before.withoutStamps == after.withoutStamps
        if isSame, former.kept.series == nil || former.kept.contacts == linked { return false }
        return try components.keep(kept, of: id, in: transaction)
    }
}
