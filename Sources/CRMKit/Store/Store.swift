import Localization
import SQLite

/// One open database: the definitions, the file, and the answers that stay the same while a command runs.
///
/// Every public method throws ``CRMError``; inside, the errors of SQLite travel as they are and are worded at
/// this boundary by ``translating(_:)``.
public final class Store {
    /// The modules, with what the file adds to them.
    public private(set) var registry: Registry
    /// What the file adds.
    public private(set) var definitions: Definitions
    /// The modules as they come with the program.
    let standard: Registry
    /// The present, fixed for the whole command; who runs several sets it between them.
    public var clock: Clock
    /// Where the file is.
    public let path: String
    /// What opening did with the file.
    public let opening: Opening
    let database: Database
    private var statements: StatementCache
    private var loadedSettings: Settings?
    private var recordTables: [ModuleName: RecordTable] = [:]
    /// Every table there is.
    private(set) lazy var tables = registry.tables
    /// What can point at the records of modules, kept since there is a table and a field for each.
    private var incomings: [ModuleName: [Incoming]] = [:]
    /// What reads rows, kept for the next ones by what it reads.
    private var readers: [AnyHashable: AnyObject] = [:]
    /// What is derived from what is stored.
    var followers: [Follower] = [.search]
    /// What can end a write, or a long reading, before it is done.
    public var stop: (any Stop)? {
        didSet {
            guard let stop else { return }
            database.interrupt { [weak stop] in stop?.isRequested ?? false }
        }
    }
    /// Whoever asks, whom filters call `me`.
    public var user: User?
    /// The newest change set that this store has committed.
    public internal(set) var savedChangeSet: Int64?
    /// Hears of references to records that have become one with others, of each once and of the first few alone.
    public var redirected: ((Redirection) throws -> Void)? { didSet { redirections = [] } }
    private var redirections: Set<Redirection> = []
    /// The write in progress, a ``Transaction``; another write that begins meanwhile is nested in it.
    var ongoing: AnyObject?
    /// What the file said of itself when the definitions were read; `nil` for a database in memory.
    private var header: FileHeader?

    init(
        database: Database,
        path: String,
        opening: Opening,
        modules: FileRegistry,
        header: FileHeader?,
        clock: Clock
    ) {
        self.database = database
        self.path = path
        self.opening = opening
        registry = modules.registry
        standard = modules.standard
        definitions = modules.definitions
        self.header = header
        self.clock = clock
        statements = StatementCache(database)
    }

    /// A prepared statement that is kept for the next call with the same SQL. It comes reset.
    func statement(_ sql: String) throws(SQLiteError) -> Statement {
        try statements.statement(sql)
    }

    /// The same for a fragment, whose values are bound.
    func statement(_ fragment: SQLFragment) throws(SQLiteError) -> Statement {
        try database.define(fragment.functions)
        let statement = try statement(fragment.sql)
        try statement.bind(all: fragment.bindings)
        return statement
    }

    /// Runs a statement that gives no rows and is kept for the next call.
    ///
    /// - Returns: the number of rows it inserted, updated or deleted.
    @discardableResult
    func run(_ fragment: SQLFragment) throws(SQLiteError) -> Int {
        try database.define(fragment.functions)
        return try statement(fragment.sql).run(fragment.bindings)
    }

    /// A statement that gives the id of a new row has given none.
    struct NoIdentifier: Error {}

    /// What a person's input needs to be understood: the present, the default currency, the country of phones, which
    /// decides between day and month as well.
    func valueContext() throws -> ValueContext {
        let settings = try settings()
        return ValueContext(
            clock: clock,
            currency: settings.currency,
            country: settings.country,
            dateOrder: CivilDate.Order(country: settings.country),
            user: user
        )
    }

    /// The settings kept in the database.
    func settings() throws -> Settings {
        if let loadedSettings { return loadedSettings }
        let settings = try Settings(reading: database)
        loadedSettings = settings
        return settings
    }

    /// The modules as the file has them, for who reads a command line.
    public var modules: FileRegistry { FileRegistry(standard, definitions, mark: header?.definitions) }

    /// How many readers are kept: who asks for ever other columns is not to fill the memory.
    private static let mostReaders = 64

    /// What reads some rows with statements that are kept ready, made when it is first asked for.
    ///
    /// - Parameter request: what it reads; no two kinds of reader have equal ones.
    func reader<Reader: AnyObject>(for request: some Hashable, make: () throws -> Reader) rethrows -> Reader {
        if let reader = readers[request] as? Reader { return reader }
        let reader = try make()
        if readers.count >= Self.mostReaders { readers.removeAll() }
        readers[request] = reader
        return reader
    }

    /// Lets go of every statement that is kept.
    func forgetStatements() {
        statements = StatementCache(database)
        (recordTables, readers) = ([:], [:])
    }

    /// Goes on by other definitions.
    func adopt(_ definitions: Definitions, _ header: FileHeader) {
        forgetStatements()
        self.definitions = definitions
        registry = standard.extended(by: definitions)
        self.header = header
        tables = registry.tables
        incomings = [:]
    }

    /// Everything that can point at the records of a module, in the order of the tables.
    func incoming(to module: ModuleName) -> [Incoming] {
        if let known = incomings[module] { return known }
        let incoming = registry.incoming(to: module)
        incomings[module] = incoming
        return incoming
    }

    /// Reads again what other processes may have changed since it was read: for who runs one command after the other.
    ///
    /// - Throws: ``CRMError`` `configuration` for a file that a newer version of the program has upgraded meanwhile.
    public func renew() throws(CRMError) {
        try translating {
            forgetSettings()
            try renewDefinitions()
        }
    }

    /// Reads the definitions again where they are not those of the file: another process has changed them, or a change of
    /// them was taken back.
    func renewDefinitions() throws {
        guard header != nil else { return }
        let present = try FileHeader(reading: database)
        try present.check(path: path)
        if present.definitions == header?.definitions { return }
        adopt(try Definitions(of: present, in: database), present)
    }

    /// Refuses to write by definitions that another process has changed meanwhile: what is to be written was read by
    /// the former ones.
    func checkDefinitions() throws {
        guard let header else { return }
        let present = try FileHeader(reading: database)
        guard present.definitions == header.definitions, present.version == header.version else {
            throw CRMError.definitionsHaveChanged
        }
    }

    /// Reads the settings again when they are next asked for.
    func forgetSettings() {
        loadedSettings = nil
    }

    /// The reading of a module's records, with its statement kept for the next time.
    func recordTable(of module: Module) -> RecordTable {
        if let table = recordTables[module.name] { return table }
        let table = RecordTable(module, in: database)
        recordTables[module.name] = table
        return table
    }

    /// A record as it is stored; `nil` where there is none.
    func storedRecord(_ module: Module, id: Int64) throws -> Record? {
        try recordTable(of: module).record(id)
    }

    /// What a record holds in a field; null where there is none.
    func storedValue(of key: String, in module: Module, id: Int64) throws -> Value {
        try recordTable(of: module).value(of: key, id: id)
    }

    /// Whether a table has any row at all.
    func hasRows(_ table: Table) throws -> Bool {
        let rows = try statement("SELECT 1 FROM \(name: table.name) LIMIT 1" as SQLFragment)
        defer { rows.reset() }
        return try rows.step()
    }

    /// How many redirections are told: rows of an input may name ever others.
    private static let mostRedirections = 20

    /// Tells that a reference names a record that has become one with another.
    func tell(_ redirection: Redirection) throws {
        guard redirections.count < Self.mostRedirections, redirections.insert(redirection).inserted else { return }
        try redirected?(redirection)
    }

    /// Lets a body see one state of the database, whatever others write meanwhile.
    func reading<T>(_ body: () throws -> T) throws -> T {
        if database.isInTransaction { return try body() }
        return try database.transaction(.deferred, body)
    }

    /// Runs a body and words whatever it throws as a ``CRMError`` about this file.
    func translating<T>(_ body: () throws -> T) throws(CRMError) -> T {
        do {
            return try body()
        } catch {
            throw CRMError(error, path: path)
        }
    }
}
