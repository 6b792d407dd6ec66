import Formats
import Localization
import SQLite

/// Synchronizes a folder of calendars, one file for each record, with the records of a module.
///
/// The state at the last agreement shows which side has changed since. If both have, the later change wins, which is
/// reported to the user.
public final class CalendarSync {
    let module: Module
    let mapping: CalendarMapping
    let store: Store
    private let readFile: (_ name: String) throws -> [UInt8]
    private let components: RecordComponents
    private let lookup: UIDLookup
    private var events = SyncedEvents()
    /// What became of events that are not here; `nil` until it is asked for.
    var departed: DepartedEvents?
    /// The names of the files that could not be read or have no event.
    private(set) var unreadable: Set<String> = []
    /// The counts so far.
    public internal(set) var report = Report()
    /// The changes to make in the folder.
    public private(set) var changes: [Change] = []
    /// Notices for the user.
    public var notices: [Text] {
        told + [olderNotice].compactMap(\.self) + (departed?.notices ?? []) + CalendarRest.notices(strange)
    }
    var told: [Text] = []
    /// The files that were taken because their events are older here than they were at the last agreement.
    var older: [String] = []
    /// The records of single dates that their series does not have, by the UID of the series. They are in the file of
    /// the series and have none of their own. If the series is missing, the first of them takes its place.
    private(set) var alone: [String: [Int64]] = [:]
    /// The numbers of components, by name, in files without any that describes a record.
    private var strange: [String: Int] = [:]
    /// The names of the existing files, and of those that were written.
    private lazy var taken = FileNames(events.fileNames.union(unreadable))

    /// Prepares the synchronization.
    ///
    /// - Parameter readFile: reads a file of the folder by its name.
    /// - Returns: `nil` for a module without a mapping to calendars.
    public init?(
        _ module: Module,
        in transaction: Transaction,
        reading readFile: @escaping (_ name: String) throws -> [UInt8]
    ) throws {
        let store = transaction.store
        guard let mapping = module.calendar, let components = try RecordComponents(module, in: store),
            let lookup = UIDLookup(module, by: mapping, in: transaction)
        else { return nil }
        self.module = module
        self.mapping = mapping
        self.store = store
        self.readFile = readFile
        self.components = components
        self.lookup = lookup
    }

    /// Adds the state at the last agreement. A single date has no file of its own, though it may have had one.
    public func remember(_ agreement: Agreement) throws {
        if ApartKey(agreement.uid) != nil, let id = try lookup.find(agreement.uid),
            let found = try store.storedRecord(module, id: id), try uidOfSeries(found) != nil
        {
            return
        }
        events.remember(agreement)
    }

    /// Calls a closure with the new agreements, in the order of the files.
    public func forEachAgreement(_ body: (Agreement) throws -> Void) rethrows {
        for agreement in events.agreements { try body(agreement) }
    }

    func read(_ file: File) throws -> Present { try file.read(try readFile(file.name)) }

    // MARK: - Examination

    /// Examines a file.
    ///
    /// - Throws: ``RowProblem`` for a file that has several events, none, or one without a UID or of another file. It
    ///   is left alone then, as is a file with other components only.
    public func look(at file: File) throws {
        do {
            if let place = events.place(ofUnchanged: file) {
                return try note(SyncedEvents.ExaminedFile(file: file, revision: nil), of: place)
            }
            let present = try read(file)
            if present.component == nil {
                // The file belongs to another program.
                unreadable.insert(file.name)
                for component in present.rest.components { strange[component.name, default: 0] += 1 }
                return
            }
            guard let uid = present.component?.first("UID")?.text.trimmed.nonEmpty else {
                throw file.problem(Text(en: "its event has no UID", es: "su evento no tiene UID"))
            }
            try note(SyncedEvents.ExaminedFile(file: file, revision: present.revision), of: events.place(of: uid))
        } catch {
            unreadable.insert((error as? RowProblem)?.file ?? file.name)
            report.failed += 1
            throw error
        }
    }

    /// Stores the file of an event. Of two files with the same event, the one from the last agreement counts, otherwise
    /// the first.
    ///
    /// - Throws: ``RowProblem`` for the other one.
    private func note(_ file: SyncedEvents.ExaminedFile, of place: Int) throws {
        guard let other = events[place].file else {
            events[place].file = file
            return
        }
        let isKnown = events[place].agreement?.file == file.file.name
        let (kept, refused) = isKnown ? (file.file, other.file) : (other.file, file.file)
        if isKnown { events[place].file = file }
        throw refused.problem(
            Text(en: "its event is that of \(kept.name) too", es: "su evento es también el de \(kept.name)")
        )
    }

    /// Examines the records that a query finds.
    public func look(at query: ListQuery) throws {
        try store.forEachRecord(query, look)
    }

    private func look(at found: Record) throws {
        if let series = try uidOfSeries(found) {
            alone[series, default: []].append(found.id)
        } else {
            let uid = RecordComponent.uid(of: found, mapping)
            if let other = events[events.place(of: uid)].record { note(other.id, found.id, ofOneUID: uid) }
            try note(found, as: uid)
        }
    }

    /// Stores the state of the record that is the event with a UID.
    private func note(_ found: Record, as uid: String) throws {
        let revisions = try together(found).compactMap { $0[mapping.revision].text.flatMap(Moment.seconds(stored:)) }
        events[events.place(of: uid)].record = SyncedEvents.RecordState(
            id: found.id,
            digest: try written(found).digest(),
            revision: revisions.max() ?? 0
        )
    }

    /// The UID of the series in whose file a single date is stored although the series does not have the date, or is
    /// missing; `nil` for any other record.
    func uidOfSeries(_ found: Record) throws -> String? {
        guard let key = found[mapping.identifier].text.flatMap(ApartKey.init),
            try components.kept(of: found.id).series?.first("RECURRENCE-ID") != nil
        else { return nil }
        return key.series
    }

    /// Returns a record, together with dates in its file that are not dates of the record.
    private func together(_ found: Record) throws -> [Record] {
        let uid = try uidOfSeries(found) ?? RecordComponent.uid(of: found, mapping)
        return try [found] + (alone[uid] ?? []).compactMap { try store.storedRecord(module, id: $0) }
    }

    /// Returns the components of a record, with those of dates that are in its file without being dates of the record.
    func written(_ found: Record) throws -> WrittenEvent {
        var event = WrittenEvent(components: [], definitions: [])
        for record in try together(found) {
            let own = try components.written(record)
            event.components += own.components
            event.definitions += own.definitions.filter { !event.definitions.contains($0) }
        }
        return event
    }

    /// Examines the records that a query did not find though they have a file or had one: a filter decides which
    /// further events are written to the folder, not which of those in it are kept alike.
    private func gatherUnasked() throws {
        for place in events.indices where events[place].record == nil {
            events[place].isUnasked = true
            try gather(events[place].uid)
        }
    }

    /// Examines the record with a UID, together with the dates that stand in its file, which may come before or behind
    /// it.
    private func gather(_ uid: String) throws {
        var dates = try datesAlone(of: uid)
        let id = try lookup.find(uid) ?? dates.first
        dates.removeAll { $0 == id }
        alone[uid] = dates.isEmpty ? nil : dates
        guard let id, let found = try store.storedRecord(module, id: id) else { return }
        try note(found, as: uid)
    }

    /// Returns the records that are single dates which a series has not.
    private func datesAlone(of uid: String) throws -> [Int64] {
        try lookup.occurrences(of: uid).filter { other in
            try store.storedRecord(module, id: other).flatMap(uidOfSeries) == uid
        }
    }

    /// Gathers all dates that are in the files of series, and those whose series are missing. A date does not get a
    /// file for a series that the query did not find and that has none.
    private func gatherDates() throws {
        for uid in Array(alone.keys) {
            let isAsked = events[events.place(of: uid)].record != nil
            if try isAsked || lookup.find(uid) == nil { try gather(uid) }
        }
    }

    // MARK: - Deciding

    /// Updates the records, and determines the changes to make in the folder.
    ///
    /// - Parameters:
    ///   - reject: called for every file that cannot be imported.
    ///   - advance: called for every event.
    /// - Throws: ``CRMError`` `refused` if most of the records or most of the files have disappeared, unless the
    ///   request is forced.
    public func run(
        in transaction: Transaction,
        reject: @escaping ([RowProblem]) throws -> Void,
        advance: () throws -> Void
    ) throws {
        try gatherUnasked()
        try gatherDates()
        let order = events.indices.sorted { events[$0].uid < events[$1].uid }
        for place in order { events[place].step = try step(events[place]) }
        if !transaction.isForced, let refusal = events.losses(of: module) { throw refusal }
        try take(order.filter { events[$0].step.takesFile }, in: transaction, reject)
        for place in order {
            try advance()
            switch events[place].step {
            case .take, .merge, .nothing: break
            case .agree:
                report.unchanged += 1
                try agree(place, isMade: events[place].agreement?.isMade ?? false)
            case .write: try write(place)
            case .delete: try delete(place, in: transaction, reject)
            case .remove:
                events[place].agreement = try events[place].agreement?.removed { try hadHere(events[place].uid, $0) }
                guard let file = events[place].file?.file else { continue }
                changes.append(Change(file: file.name, record: nil, place: place))
                report.removed += 1
            }
        }
    }

    // MARK: - Changes

    private func take(
        _ places: [Int],
        in transaction: Transaction,
        _ reject: @escaping ([RowProblem]) throws -> Void
    ) throws {
        guard !places.isEmpty else { return }
        var options = ImportOptions()
        options.match = [mapping.identifier]
        options.addsUnmatchable = true
        options.continuesOnError = true
        options.onRepeat = .last
        options.obeysVersions = false
        let sources = places.compactMap { events[$0].file?.file.name }.map { name in
            NamedSource(name: name) { [readFile] in ByteSource(bytes: try readFile(name)) }
        }
        let input = InputRows(calendars: sources, of: module, options: options, clock: store.clock)
        guard var rows = input else { return }
        let work = try RecordImport(module, registry: store.registry, options: options)
        var refused: Set<String> = []
        _ = try work.take(
            from: &rows,
            in: transaction,
            reject: { problems, _ in
                refused.formUnion(problems.compactMap(\.file))
                try reject(problems)
            },
            advance: {}
        )
        // Other contents of a file stay in it.
        told += work.notices
        report.created += work.report.created
        report.updated += work.report.updated
        report.unchanged += work.report.unchanged + work.report.skipped
        report.failed += work.report.failed
        for place in places {
            guard let file = events[place].file?.file, !refused.contains(file.name) else { continue }
            let isMade = events[place].record != nil && events[place].agreement?.isMade ?? false
            try gather(events[place].uid)
            if events[place].step == .merge, let record = events[place].record, try hasMore(record, than: file) {
                try write(place)
                told.append(Self.stays(in: file.name, module.called(record.id)))
            } else {
                try agree(place, isMade: isMade)
            }
        }
    }

    /// Notes that the file and the record of an event agree.
    private func agree(_ place: Int, isMade: Bool) throws {
        let entry = events[place]
        guard let file = entry.file?.file, let record = entry.record else { return }
        let revisions = entry.revisions(agreeingOn: file)
        events[place].agreement = Agreement(
            uid: entry.uid,
            file: file.name,
            fileDigest: file.digest,
            recordDigest: record.digest,
            revisions: revisions,
            behind: try statesBehind(entry, record, besides: revisions),
            isMade: isMade
        )
    }

    /// Returns the states agreed on before in which the records of other databases may still be.
    ///
    /// - Parameter revisions: the times of change of those that are in the present state.
    private func statesBehind(
        _ entry: SyncedEvents.Entry,
        _ record: SyncedEvents.RecordState,
        besides revisions: [Int64]
    ) throws -> [Agreement.State] {
        guard let former = entry.agreement, !former.isRemoved else { return [] }
        let last = former.revisions.map { Agreement.State(revision: $0, digest: former.recordDigest) }
        let others = try (last + former.behind).filter { state in
            try !revisions.contains(state.revision) && state.revision != record.revision
                && !hadRevision(state.revision, record.id)
        }
        return Array(others.prefix(SyncedEvents.Entry.mostRevisions))
    }

    private func write(_ place: Int) throws {
        let entry = events[place]
        guard let record = entry.record, let found = try store.storedRecord(module, id: record.id) else { return }
        let own = RecordFileName(entry.uid, of: found, ending: ".ics")
        let name = entry.file?.file.name ?? taken.take(own, preferring: entry.agreement?.file ?? own.text)
        changes.append(Change(file: name, record: record.id, place: place))
        events[place].agreement = Agreement(
            uid: entry.uid,
            file: name,
            fileDigest: nil,
            recordDigest: record.digest,
            revisions: [record.revision],
            behind: try statesBehind(entry, record, besides: [record.revision]),
            isMade: entry.agreement?.isMade ?? (entry.file == nil)
        )
        report.written += 1
    }

    /// Returns the contents to write to the file of a change, with the first year for which the zones must be right.
    /// Other contents of the file are kept.
    ///
    /// - Returns: `nil` for a file to delete, and when the record was deleted meanwhile.
    public func written(_ change: Change) throws -> (event: WrittenEvent, year: Int, beside: CalendarRest)? {
        guard let id = change.record, let found = try store.storedRecord(module, id: id) else { return nil }
        let rest = try events[change.place].file.map { try read($0.file).rest } ?? CalendarRest()
        let years = try together(found).map { RecordComponent.firstYear(of: $0, mapping) }
        return (try written(found), years.min() ?? 0, rest)
    }

    /// Stores the hash of a written file.
    public func note(written change: Change, digest: SHA256Digest) {
        events[change.place].agreement?.fileDigest = digest
    }

    private func delete(
        _ place: Int,
        in transaction: Transaction,
        _ reject: ([RowProblem]) throws -> Void
    ) throws {
        guard let record = events[place].record else { return }
        do {
            try transaction.attempt {
                for date in alone[events[place].uid] ?? [] {
                    _ = try transaction.delete(module, id: date, reach: .links)
                }
                _ = try transaction.delete(module, id: record.id, reach: .links)
            }
            report.deleted += 1
            events[place].agreement = try events[place].agreement?.removed { try hadRevision($0, record.id) }
        } catch let error as CRMError where error.concernsOneRow {
            report.failed += 1
            let problem = RowProblem(row: 0, line: 0, field: nil, value: nil, error: error)
            try reject([problem.inFile(events[place].agreement?.file)])
        }
    }
}
