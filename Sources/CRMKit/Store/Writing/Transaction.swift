import Localization

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
    /// The maximum number of notices, since nobody reads more after a write of many records.
    private static let mostNotices = 20
    /// The records that may share a value with others and were not yet looked at.
    var touched = TouchedRecords()
    /// The values that records shared which were looked at already.
    var shared = SharedValues()
    /// The records whose derived values are out of date.
    var outdated = PendingRecords()
    /// The records whose rows changed, of which the moment of the last change is not yet set.
    var changedOwners = PendingRecords()
    /// The records whose rows hold amounts, of which the currency is not yet made sure.
    var amountOwners = PendingRecords()
    /// The rows that rules will compare with what became of them.
    var formerRows = FormerRows()
    /// The records that were given numbers by a pattern while the input may still contain these numbers; `nil` if numbers
    /// cannot change any more.
    var givenNumbers: GivenNumbers?
    /// The numbers that an input names, which are not free for its other documents.
    var namedNumbers: NamedNumbers?
    let log: ChangeLog
    private(set) var values: ValueContext
    private var writers: [String: TableWriter] = [:]
    private var recordWriters = ByModule<TableWriter>()
    private var linkWriters: [ModuleName: LinkWriter] = [:]
    var partWriters: [String: PartWriter] = [:]
    private var numberSources: [NumberSource] = []
    /// The fields by which merged records go on being named, of modules that have such records.
    private var formerKeys = ByModule<[(field: Field, position: Int)]>()
    /// What is derived from records.
    private var derivers = ByModule<[Deriver]>()
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

    /// Runs a body. If it throws, its changes are rolled back, with their notices and the derivations they are still to
    /// lead to. A derivation that was due before the body, and that the body did, is due again.
    func attempt<Result>(_ body: () throws -> Result) throws -> Result {
        let before = (notices, omittedNotices, touched, shared, outdated, changedOwners, amountOwners, formerRows)
        let mark = givenNumbers?.mark
        do {
            return try log.attempt(body)
        } catch {
            (notices, omittedNotices, touched, shared, outdated, changedOwners, amountOwners, formerRows) = before
            if let mark { givenNumbers?.rewind(to: mark) }
            throw error
        }
    }

    /// The error that ends a rehearsal, so that its changes are rolled back.
    private struct Rehearsed: Error {}

    /// Runs a body and rolls back its changes, as ``attempt(_:)`` does after an error.
    ///
    /// - Throws: the errors of the body.
    func rehearse<Result>(_ body: () throws -> Result) throws -> Result {
        var result: Result?
        do {
            try attempt {
                result = try body()
                throw Rehearsed()
            }
        } catch is Rehearsed {}
        guard let result else { throw Rehearsed() }
        return result
    }

    /// Returns the fields by which merged records can still be named, if there are such records. This is found out
    /// once, since imports have millions of rows.
    func formerKeys(of module: Module) throws -> [(field: Field, position: Int)] {
        if let known = formerKeys[module] { return known }
        let keys = try foundFormerKeys(of: module)
        formerKeys[module] = keys
        return keys
    }

    private func foundFormerKeys(of module: Module) throws -> [(field: Field, position: Int)] {
        try !store.hasMerged(module)
            ? []
            : module.formerKeys.compactMap { key in
                module.position(of: key.field.key).map { (key.field, $0) }
            }
    }

    /// Notes that a record of a module was merged into another.
    func noteMerged(_ module: Module) { formerKeys[module] = nil }

    /// Reads the settings again after they were changed.
    func renewValues() throws {
        values = try store.valueContext().ofFiles
        forgetWriters()
    }

    /// Goes on with other tables.
    func forgetWriters() {
        (writers, linkWriters, partWriters, numberSources) = ([:], [:], [:], [])
        (recordWriters, formerKeys, derivers) = (ByModule(), ByModule(), ByModule())
        (asked, askedValues) = ([], [])
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
        if let known = recordWriters[module] { return known }
        let writer = writer(of: Table(module))
        recordWriters[module] = writer
        return writer
    }

    /// Returns what computes the derived values of a module's records.
    func derivers(of module: Module) throws -> [Deriver] {
        if let known = derivers[module] { return known }
        let made = try module.derivingRules.compactMap { try Deriver($0, of: module, in: self) }
        derivers[module] = made
        return made
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

extension Transaction: RuleContext, RuleClock {}

extension Transaction: OngoingWrite {
    func flushCounters() throws { try log.counters.write(to: store) }
}
