import Formats
import Localization
import SQLite

/// A folder of calendars, one file a record, and the records of a module, each brought to the state of the other.
///
/// What each had when they last agreed tells which of them has changed since; where both have, the one that changed later is
/// taken, and that is told.
public final class CalendarSync {
    /// What a file and a record had when they last agreed.
    public struct Agreement: Sendable, Equatable {
        /// What tells the record from others.
        public let uid: String
        /// The name of the file in the folder.
        public let file: String
        /// The hash of the file's bytes.
        public let fileDigest: String
        /// The hash of what calendars said of the record.
        public let recordDigest: String

        /// Puts an agreement together.
        public init(uid: String, file: String, fileDigest: String, recordDigest: String) {
            self.uid = uid
            self.file = file
            self.fileDigest = fileDigest
            self.recordDigest = recordDigest
        }
    }

    /// What is to be done in the folder once the records are saved.
    public enum Change {
        /// A file is to hold the record of an id, as ``written(_:to:)`` gives it.
        case write(Int64)
        /// A file is to go.
        case remove
    }

    /// What came of it.
    public struct Report: Sendable {
        /// Records made.
        public internal(set) var created = 0
        /// Records changed.
        public internal(set) var updated = 0
        /// Records deleted.
        public internal(set) var deleted = 0
        /// Files written.
        public internal(set) var written = 0
        /// Files removed.
        public internal(set) var removed = 0
        /// What was as it should be.
        public internal(set) var unchanged = 0
        /// Where both had changed.
        public internal(set) var conflicts = 0
        /// Files that could not be read, and records that could not be changed.
        public internal(set) var failed = 0
    }

    private struct Stored {
        let id: Int64
        let digest: String
        let revision: Int64
    }

    /// A file that was looked at. What it holds is read again where it is needed: a folder has very many.
    private struct Known {
        let file: File
        /// When the component says that it was last changed.
        let revision: Int64?
    }

    private let module: Module
    private let mapping: CalendarMapping
    private let store: Store
    private let agreements: [String: Agreement]
    /// Those of the files' names.
    private let uids: [String: String]
    private let components: RecordComponents
    private let lookup: UIDLookup
    private var files: [String: Known] = [:]
    private var records: [String: Stored] = [:]
    /// The files of which nobody knows what they hold, and the names they had when both agreed.
    private var unreadable: Set<String> = []
    /// What came of it so far.
    public private(set) var report = Report()
    /// What is to be done in the folder, by the names of the files.
    public private(set) var changes: [(file: String, change: Change)] = []
    /// What a person should know.
    public var notices: [Text] { told + CalendarRest.notices(strange) }
    private var told: [Text] = []
    /// How many components there were of each name that tells of no records, in files without any that does.
    private var strange: [String: Int] = [:]
    private var agreed: [String: Agreement] = [:]
    /// The names of the files that there were.
    private lazy var taken = Set(files.values.map(\.file.name)).union(unreadable)
    /// What is to be written, by the names of the files.
    private var awaited: [String: String] = [:]

    /// Prepares it.
    ///
    /// - Returns: `nil` for a module whose records are told in no calendars.
    public init?(_ module: Module, in transaction: Transaction, agreements: [Agreement]) throws {
        let store = transaction.store
        guard let mapping = module.calendar, let components = try RecordComponents(module, in: store),
            let lookup = UIDLookup(module, by: mapping, in: transaction)
        else { return nil }
        self.module = module
        self.mapping = mapping
        self.store = store
        self.components = components
        self.lookup = lookup
        self.agreements = Dictionary(agreements.map { ($0.uid, $0) }) { $1 }
        uids = Dictionary(agreements.map { ($0.file, $0.uid) }) { $1 }
    }

    /// What both have now.
    public var agreement: [Agreement] { agreed.values.sorted { $0.file < $1.file } }

    // MARK: - Looking

    /// Looks at a file.
    ///
    /// - Throws: ``RowProblem`` for one that holds several events, or nothing; it is then left alone, as is one that holds
    ///   only what is no event.
    public func look(at file: File) throws {
        if let known = uids[file.name].flatMap({ agreements[$0] }), known.fileDigest == file.digest {
            files[known.uid] = Known(file: file, revision: nil)
            return
        }
        do {
            let present = try file.read()
            if present.component == nil {
                // It is somebody else's affair.
                unreadable.insert(file.name)
                for component in present.rest.components { strange[component.name, default: 0] += 1 }
                return
            }
            guard let uid = present.component?.first("UID")?.text.trimmed.nonEmpty else {
                throw file.problem(Text(en: "its event has no UID", es: "su evento no tiene UID"))
            }
            if let other = files[uid] {
                throw file.problem(
                    Text(
                        en: "its event is that of \(other.file.name) too",
                        es: "su evento es también el de \(other.file.name)"
                    )
                )
            }
            files[uid] = Known(file: file, revision: present.revision)
        } catch {
            unreadable.insert(file.name)
            report.failed += 1
            throw error
        }
    }

    /// Looks at the records that a query finds.
    public func look(at query: ListQuery) throws {
        try store.forEachRecord(query, look)
    }

    private func look(at found: Record) throws {
        let written = try components.written(found)
        records[RecordComponent.uid(of: found, mapping)] = Stored(
            id: found.id,
            digest: try written.digest(),
            revision: found[mapping.revision].text.flatMap(Moment.seconds(stored:)) ?? 0
        )
    }

    // MARK: - Deciding

    private enum Step {
        case take, write, delete, remove, agree, nothing
    }

    /// Brings the records to their state, and says what is to be done in the folder.
    ///
    /// - Parameters:
    ///   - reject: is called for every file that cannot be taken in.
    ///   - advance: is called for every event.
    /// - Throws: ``CRMError`` `refused` where most of what was there on either side is gone, and the request is not forced.
    public func run(
        in transaction: Transaction,
        reject: @escaping ([RowProblem]) throws -> Void,
        advance: () throws -> Void
    ) throws {
        var steps: [(uid: String, step: Step)] = []
        for uid in Set(files.keys).union(records.keys).union(agreements.keys).sorted() {
            steps.append((uid, try step(uid)))
        }
        try checkLosses(steps, transaction)
        try take(steps.filter { $0.step == .take }.map(\.uid), in: transaction, reject)
        for (uid, step) in steps {
            try advance()
            switch step {
            case .take: break
            case .nothing: agreed[uid] = agreements[uid]
            case .agree:
                report.unchanged += 1
                try agree(uid)
            case .write: try write(uid)
            case .delete: try delete(uid, in: transaction, reject)
            case .remove:
                guard let file = files[uid]?.file else { continue }
                changes.append((file.name, .remove))
                report.removed += 1
            }
        }
    }

    private func step(_ uid: String) throws -> Step {
        let (file, record, former) = (files[uid], records[uid], agreements[uid])
        if let former, unreadable.contains(former.file) { return .nothing }
        guard let former else {
            guard let file else { return .write }
            guard let record else { return .take }
            return try settle(file, record)
        }
        // Records that the filter leaves out are nobody's business.
        if record == nil, try isElsewhere(uid) { return .nothing }
        let isFileChanged = file.map { $0.file.digest != former.fileDigest } ?? true
        let isRecordChanged = record.map { $0.digest != former.recordDigest } ?? true
        switch (file, record) {
        case (nil, nil): return .nothing
        case (nil, let record?):
            guard isRecordChanged else { return .delete }
            note(
                record,
                en: "was changed here and its file \(former.file) is gone: the file is written again",
                es: "se cambió aquí y su archivo \(former.file) ya no está: el archivo se escribe de nuevo"
            )
            return .write
        case (let file?, nil):
            guard isFileChanged else { return .remove }
            report.conflicts += 1
            told.append(
                Text(
                    en: "\(file.file.name) was changed and its event deleted here: the event is made again",
                    es: "\(file.file.name) se cambió y su evento se eliminó aquí: el evento se crea de nuevo"
                )
            )
            return .take
        case (let file?, let record?):
            switch (isFileChanged, isRecordChanged) {
            case (false, false): return .agree
            case (true, false): return .take
            case (false, true): return .write
            case (true, true): return try settle(file, record)
            }
        }
    }

    /// Both are there and have changed, or were never compared.
    private func settle(_ known: Known, _ record: Stored) throws -> Step {
        let file = try known.file.read()
        guard let found = try store.storedRecord(module, id: record.id), let series = file.component else {
            return .take
        }
        let theirs = WrittenEvent(components: [series] + file.occurrences, definitions: [])
        if try theirs.withoutStamps.components == components.written(found).withoutStamps.components { return .agree }
        let isFileLater = (file.revision ?? file.file.changed) > record.revision
        if isFileLater {
            note(
                record,
                en: "was changed here and in \(file.file.name): the file's state is later and was taken",
                es: "se cambió aquí y en \(file.file.name): el estado del archivo es posterior y se tomó"
            )
        } else {
            note(
                record,
                en: "was changed here and in \(file.file.name): the state here is later and was written",
                es: "se cambió aquí y en \(file.file.name): el estado de aquí es posterior y se escribió"
            )
        }
        return isFileLater ? .take : .write
    }

    private func note(_ record: Stored, en: String, es: String) {
        report.conflicts += 1
        told.append(
            Text(en: "\(module.called(record.id).en) \(en)", es: "\(module.called(record.id).es) \(es)")
        )
    }

    private func isElsewhere(_ uid: String) throws -> Bool {
        try lookup.find(uid) != nil
    }

    /// An empty folder, or an empty database, is rather one that is not there than one in which all was deleted.
    private func checkLosses(_ steps: [(uid: String, step: Step)], _ transaction: Transaction) throws {
        guard !transaction.isForced else { return }
        let (deleted, removed) = (steps.count { $0.step == .delete }, steps.count { $0.step == .remove })
        let known = agreements.count
        guard max(deleted, removed) * 2 > known, known > 1 || files.isEmpty else { return }
        let (count, place) =
            deleted >= removed
            ? (deleted, Text(en: "files are gone from the folder", es: "archivos ya no están en la carpeta"))
            : (removed, Text(en: "events are gone from the database", es: "eventos ya no están en la base de datos"))
        throw CRMError(
            .refused,
            Text(en: "\(count) of \(known) \(place.en)", es: "\(count) de \(known) \(place.es)"),
            hint: Text(
                en: "if they were deleted on purpose, repeat it with --force",
                es: "si se eliminaron a propósito, repetirlo con --force"
            ),
            module: module.name
        )
    }

    // MARK: - Doing

    private func take(
        _ uids: [String],
        in transaction: Transaction,
        _ reject: @escaping ([RowProblem]) throws -> Void
    ) throws {
        guard !uids.isEmpty else { return }
        var options = ImportOptions()
        options.match = [mapping.identifier]
        options.addsUnmatchable = true
        options.continuesOnError = true
        options.onRepeat = .last
        let sources = uids.compactMap { uid in files[uid]?.file }.map { file in
            NamedSource(name: file.name) { ByteSource(bytes: try file.bytes()) }
        }
        guard var rows = InputRows(calendars: sources, of: module, options: options, clock: store.clock) else { return }
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
        // What a file says beside its event stays in it.
        told += work.notices
        report.created += work.report.created
        report.updated += work.report.updated
        report.unchanged += work.report.unchanged + work.report.skipped
        report.failed += work.report.failed
        for uid in uids {
            guard let file = files[uid]?.file, !refused.contains(file.name) else {
                agreed[uid] = agreements[uid]
                continue
            }
            if let id = try matched(uid), let found = try store.storedRecord(module, id: id) { try look(at: found) }
            try agree(uid)
        }
    }

    private func matched(_ uid: String) throws -> Int64? {
        try records[uid]?.id ?? lookup.find(uid)
    }

    private func agree(_ uid: String) throws {
        guard let file = files[uid]?.file, let record = records[uid] else { return }
        agreed[uid] = Agreement(
            uid: uid,
            file: file.name,
            fileDigest: file.digest,
            recordDigest: record.digest
        )
    }

    private func write(_ uid: String) throws {
        guard let record = records[uid], let found = try store.storedRecord(module, id: record.id) else { return }
        var name =
            files[uid]?.file.name ?? agreements[uid]?.file
            ?? RecordFileName(uid, of: found, ending: ".ics").text
        if files[uid] == nil, taken.contains(name) { name = "\(module.name.noun)-\(found.id).ics" }
        changes.append((name, .write(record.id)))
        agreed[uid] = Agreement(uid: uid, file: name, fileDigest: "", recordDigest: record.digest)
        awaited[name] = uid
        report.written += 1
    }

    /// What is to be written to a file of which ``changes`` says so, with the first year that it tells of; what the file says
    /// beside the event is no record's, and stays.
    ///
    /// - Returns: `nil` for a record that has gone since.
    public func written(_ record: Int64, to file: String) throws
        -> (event: WrittenEvent, year: Int, beside: CalendarRest)?
    {
        guard let found = try store.storedRecord(module, id: record) else { return nil }
        let rest = try awaited[file].flatMap { files[$0] }.map { try $0.file.read().rest } ?? CalendarRest()
        return (try components.written(found), RecordComponent.firstYear(of: found, mapping), rest)
    }

    /// Notes what a file came to that was written.
    public func note(written file: String, digest: String) {
        guard let uid = awaited[file], let former = agreed[uid] else { return }
        agreed[uid] = Agreement(uid: uid, file: file, fileDigest: digest, recordDigest: former.recordDigest)
    }

    private func delete(
        _ uid: String,
        in transaction: Transaction,
        _ reject: ([RowProblem]) throws -> Void
    ) throws {
        guard let record = records[uid] else { return }
        do {
            try transaction.log.attempt { _ = try transaction.delete(module, id: record.id, reach: .links) }
            report.deleted += 1
        } catch let error as CRMError where error.concernsOneRow {
            report.failed += 1
            agreed[uid] = agreements[uid]
            var problem = RowProblem(row: 0, line: 0, field: nil, value: nil, error: error)
            problem.file = agreements[uid]?.file
            try reject([problem])
        }
    }
}
