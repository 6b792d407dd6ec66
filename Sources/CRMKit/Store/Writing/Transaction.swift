import Localization
import SQLite

/// The circumstances of a write: who makes it, by which command, and with which options.
public struct WriteRequest: Sendable {
    /// The person or job, as history shows it.
    public let who: String
    /// The command line, as history shows it.
    public let command: String
    /// The user insists where a rule would refuse.
    public let isForced: Bool
    /// Do everything, then take it back.
    public let isDryRun: Bool
    /// Refuse what would give a record a value by which others are named already.
    public let refusesDuplicates: Bool
    /// The change set that the write continues, provided that it is still the last one: for a command that saves in
    /// several transactions.
    public var continues: Int64?

    /// The most bytes of a command line that history keeps.
    static let longestCommand = 4096

    /// Describes a write. Of a command line longer than 4 KiB the beginning is kept.
    public init(
        who: String,
        command: String,
        isForced: Bool = false,
        isDryRun: Bool = false,
        refusesDuplicates: Bool = false
    ) {
        self.who = who
        self.command = Self.shortened(command)
        self.isForced = isForced
        self.isDryRun = isDryRun
        self.refusesDuplicates = refusesDuplicates
    }

    /// The same, taken back at its end.
    public var trial: WriteRequest {
        WriteRequest(
            who: who,
            command: command,
            isForced: isForced,
            isDryRun: true,
            refusesDuplicates: refusesDuplicates
        )
    }

    private static func shortened(_ command: String) -> String {
        let mark = "…"
        guard command.utf8.count > longestCommand else { return command }
        var kept = command.utf8.prefix(longestCommand - mark.utf8.count)
        // Not within a character's bytes.
        while let last = kept.last, last & 0x80 != 0, String(kept) == nil { kept = kept.dropLast() }
        return (String(kept) ?? "") + mark
    }
}

/// A write in progress: every change between its begin and its commit is one change set.
public final class Transaction {
    /// The database written to.
    public let store: Store
    /// The circumstances of the write.
    public let request: WriteRequest
    /// Messages for the user about things done in addition to the request.
    public private(set) var notices: [Text] = []
    /// The number of further messages that ``notices`` leaves out.
    public private(set) var omittedNotices = 0
    /// The most things that are told: of a write of many records nobody reads more.
    private static let mostNotices = 20
    /// The records that may share a value with others and were not yet looked at.
    var touched = TouchedRecords()
    /// The values that records shared which were looked at already.
    var shared = SharedValues()
    /// The records of which what is derived is not yet brought up to date.
    var outdated = OutdatedDerivations()
    let log: ChangeLog
    private(set) var values: ValueContext
    private var writers: [String: TableWriter] = [:]
    private var recordWriters: [ModuleName: TableWriter] = [:]
    /// The one that was asked for last, mostly that of the next row too.
    private var lastWriter: (module: Module, writer: TableWriter)?
    private var linkWriters: [ModuleName: LinkWriter] = [:]
    var partWriters: [String: PartWriter] = [:]
    private var numberSources: [NumberSource] = []
    /// The fields by which merged records go on being named, of modules that have such records.
    private var formerKeys: [ModuleName: [(field: Field, position: Int)]] = [:]
    /// Those that were asked for last.
    private var lastFormerKeys: (module: Module, keys: [(field: Field, position: Int)])?
    /// What is derived from records, by their module, and that of the module that was asked for last.
    private var derivers: [ModuleName: [Deriver]] = [:]
    private var lastDerivers: (module: Module, derivers: [Deriver])?
    /// The records that rules have asked for: what a hundred lines sell is read once.
    private var asked: [EntryCache<Record>] = []
    /// The single values that rules have asked for, by module and field. They are few: a lookup by a hash is more.
    private var askedValues: [EntryCache<Value>] = []

    init(store: Store, request: WriteRequest, undoes: Int64? = nil) throws {
        self.store = store
        self.request = request
        log = ChangeLog(store: store, request: request, undoes: undoes)
        values = try store.valueContext().ofFiles
    }

    /// A part of another write, in whose change set it is.
    init(request: WriteRequest, within outer: Transaction) throws {
        store = outer.store
        self.request = request
        log = outer.log
        values = try store.valueContext().ofFiles
    }

    var clock: Clock { store.clock }
    var today: String { store.clock.today }
    var now: String { store.clock.now }
    var zoneName: String? { store.clock.zoneName }
    var isForced: Bool { request.isForced }

    func record(_ module: ModuleName, id: Int64) throws -> Record? {
        let revision = log.revision(of: module.rawValue)
        let known = asked.first { $0.module == module }
        if let known, let record = known.entry(of: id, at: revision) { return record }
        guard let record = try store.storedRecord(store.registry[module], id: id) else { return nil }
        let cache = known ?? EntryCache(of: "", in: module, most: EntryCache<Record>.mostRecords)
        if known == nil { asked.append(cache) }
        cache.keep(record, of: id, at: revision)
        return record
    }

    func value(of key: String, in module: ModuleName, id: Int64) throws -> Value {
        let revision = log.revision(of: module.rawValue)
        let known = askedValues.first { $0.key == key && $0.module == module }
        if let known, let value = known.entry(of: id, at: revision) { return value }
        let value = try store.storedValue(of: key, in: store.registry[module], id: id)
        let cache = known ?? EntryCache(of: key, in: module, most: EntryCache<Value>.mostValues)
        if known == nil { askedValues.append(cache) }
        cache.keep(value, of: id, at: revision)
        return value
    }

    func notice(_ text: Text) {
        if notices.contains(text) { return }
        if notices.count < Self.mostNotices { notices.append(text) } else { omittedNotices += 1 }
    }

    /// Runs a body whose changes are taken back when it throws, with the notices of them and what is yet to be done
    /// about them. What was due before it and the body did is due again.
    func attempt<Result>(_ body: () throws -> Result) throws -> Result {
        let before = (notices, omittedNotices, touched, shared, outdated)
        do {
            return try log.attempt(body)
        } catch {
            (notices, omittedNotices, touched, shared, outdated) = before
            throw error
        }
    }

    /// The fields of a module by which records that became one with others go on being named, where there are such
    /// records; rows come in millions, so that this is found out once.
    func formerKeys(of module: Module) throws -> [(field: Field, position: Int)] {
        if let lastFormerKeys, lastFormerKeys.module === module { return lastFormerKeys.keys }
        let keys = try formerKeys[module.name] ?? foundFormerKeys(of: module)
        formerKeys[module.name] = keys
        lastFormerKeys = (module, keys)
        return keys
    }

    private func foundFormerKeys(of module: Module) throws -> [(field: Field, position: Int)] {
        try !store.hasMerged(module)
            ? []
            : module.formerKeys.compactMap { key, _ in
                module.position(of: key.key).map { (key, $0) }
            }
    }

    /// Notes that a record of a module was merged into another.
    func noteMerged(_ module: Module) {
        formerKeys[module.name] = nil
        lastFormerKeys = nil
    }

    /// Reads the settings again after they were changed.
    func renewValues() throws {
        values = try store.valueContext().ofFiles
        forgetWriters()
    }

    /// Goes on with other tables.
    func forgetWriters() {
        (writers, recordWriters, linkWriters, partWriters, numberSources) = ([:], [:], [:], [:], [])
        (asked, askedValues, formerKeys, lastWriter, lastFormerKeys) = ([], [], [:], nil, nil)
        (derivers, lastDerivers) = ([:], nil)
    }

    /// Returns the writer of a table's rows.
    func writer(of table: Table) -> TableWriter {
        if let writer = writers[table.name] { return writer }
        let writer = TableWriter(table, store: store, log: log, country: values.country)
        writers[table.name] = writer
        return writer
    }

    /// Returns the writer of a module's records.
    func writer(of module: Module) -> TableWriter {
        if let lastWriter, lastWriter.module === module { return lastWriter.writer }
        let writer = recordWriters[module.name] ?? writer(of: Table(module))
        recordWriters[module.name] = writer
        lastWriter = (module, writer)
        return writer
    }

    /// Returns what computes the derived values of a module's records.
    func derivers(of module: Module) throws -> [Deriver] {
        if let lastDerivers, lastDerivers.module === module { return lastDerivers.derivers }
        let derivers =
            try self.derivers[module.name] ?? module.derivingRules.compactMap { try Deriver($0, of: module, in: self) }
        self.derivers[module.name] = derivers
        lastDerivers = (module, derivers)
        return derivers
    }

    /// Returns the source of numbers for a module's field.
    func numberSource(of module: Module, at position: Int) throws -> NumberSource {
        if let source = numberSources.first(where: { $0.module === module && $0.position == position }) {
            return source
        }
        let source = try NumberSource(module, position, in: store)
        numberSources.append(source)
        return source
    }

    /// Returns the writer that creates, changes and ends the links of a module's records.
    ///
    /// - Throws: ``CRMError`` `usage` for a module without links.
    func linkWriter(of module: Module) throws -> LinkWriter {
        if let writer = linkWriters[module.name] { return writer }
        let writer = try LinkWriter(Relation.required(of: module, in: store.registry), of: module, in: self)
        linkWriters[module.name] = writer
        return writer
    }
}

/// What records of a module hold while its table stays as it is: all of them, or one field.
private final class EntryCache<Entry> {
    /// The number of records kept: enough for those referred to most, and little memory.
    static var mostRecords: Int { 2048 }
    /// The number of values kept: a few megabytes.
    static var mostValues: Int { 65_536 }

    let key: String
    let module: ModuleName
    private let most: Int
    private var revision: TableRevision?
    private var entries: [Int64: Entry] = [:]

    init(of key: String, in module: ModuleName, most: Int) {
        self.key = key
        self.module = module
        self.most = most
    }

    func entry(of id: Int64, at revision: TableRevision) -> Entry? {
        self.revision == revision ? entries[id] : nil
    }

    func keep(_ entry: Entry, of id: Int64, at revision: TableRevision) {
        if self.revision != revision || entries.count >= most { entries = [:] }
        self.revision = revision
        entries[id] = entry
    }
}

extension Transaction: RuleContext, RuleClock {}

extension Transaction: OngoingWrite {
    func flushCounters() throws { try log.counters.write(to: store) }
}

extension Store {
    /// Runs a body as one transaction and one change set. When it throws, everything it wrote is rolled back.
    ///
    /// Within the body of another write it is nested: it is rolled back on its own when it throws, belongs to the same
    /// change set, and lasts only if the outer write does.
    ///
    /// - Parameters:
    ///   - undoes: the change set that the body undoes.
    /// - Returns: the result of the closure, also for a dry run, which is rolled back at its end.
    /// - Throws: ``CRMError`` for what SQLite reports; what the body itself throws.
    public func write<T>(
        _ request: WriteRequest,
        undoing undoes: Int64? = nil,
        _ body: (Transaction) throws -> T
    ) throws -> T {
        do {
            return try perform(request, undoing: undoes, body)
        } catch let error as SQLiteError {
            throw worded(error)
        } catch let error as ValueError {
            throw worded(error)
        }
    }

    private func perform<T>(
        _ request: WriteRequest,
        undoing undoes: Int64?,
        _ body: (Transaction) throws -> T
    ) throws -> T {
        if let ongoing {
            guard let outer = ongoing as? Transaction else { preconditionFailure("a write is a transaction") }
            return try join(outer, request, undoing: undoes, body)
        }
        try database.execute("BEGIN IMMEDIATE")
        stop?.hold()
        do {
            try checkDefinitions()
        } catch {
            database.rollBackAfterError()
            throw error
        }
        // Another process may have changed them until now, and this transaction may be taken back.
        forgetSettings()
        defer { forgetSettings() }
        defer { ongoing = nil }
        do {
            let transaction = try Transaction(store: self, request: request, undoes: undoes)
            ongoing = transaction
            let result = try body(transaction)
            try transaction.settleDerivations()
            if transaction.log.touchesDefinitions { try transaction.settleDefinitions() }
            try transaction.log.finish()
            if let changeSet = transaction.log.identifier {
                try followAtOnce(changeSet, rows: transaction.log.rowCount)
            }
            if stop?.isRequested == true { throw CRMError.interruptedUnsaved }
            try database.execute(request.isDryRun ? "ROLLBACK" : "COMMIT")
            stop?.pass()
            if request.isDryRun {
                try renewDefinitions()
            } else if let changeSet = transaction.log.identifier {
                savedChangeSet = changeSet
            }
            return result
        } catch {
            database.rollBackAfterError()
            // Where they cannot be read the cause is the first error, and the next write refuses to go by them.
            try? renewDefinitions()
            throw error
        }
    }

    private func join<T>(
        _ outer: Transaction,
        _ request: WriteRequest,
        undoing undoes: Int64?,
        _ body: (Transaction) throws -> T
    ) throws -> T {
        guard undoes == nil else {
            throw CRMError(
                .usage,
                Text(
                    en: "an undo is a change set of its own and cannot be part of another",
                    es: "deshacer es un conjunto de cambios propio y no puede ser parte de otro"
                )
            )
        }
        var result: T?
        do {
            try outer.attempt {
                let inner = try Transaction(request: request, within: outer)
                result = try body(inner)
                try inner.settleDerivations()
                if request.isDryRun { throw TakenBack() }
            }
        } catch {
            // Settings may have been among what is taken back.
            forgetSettings()
            guard error is TakenBack, let result else {
                try? renewDefinitions()
                throw error
            }
            try renewDefinitions()
            return result
        }
        guard let result else { throw TakenBack() }
        return result
    }

    /// A part of a transaction was a dry run.
    private struct TakenBack: Error {}
}
