import Localization
import SQLite

/// One open database: the definitions, the file, and the answers that stay the same while a command runs.
///
/// Every public method throws ``CRMError``; inside, the errors of SQLite travel as they are and are worded at
/// this boundary by ``translating(_:)``.
public final class Store {
    /// The modules, with what the file adds to them.
    public private(set) var registry: Registry
    /// The definitions that the file adds.
    public private(set) var definitions: Definitions
    /// The modules as they come with the program.
    let standard: Registry
    /// The present, fixed for the whole command; who runs several sets it between them.
    public var clock: Clock
    /// The path of the file as it was given: the one that messages show.
    public let path: String
    /// The path of the file itself, where a link leads to it.
    let place: String
    /// The effect of opening on the file.
    public let opening: Opening
    let database: Database
    private var statements: StatementCache
    private var loadedSettings: Settings?
    private var recordTables: [ModuleName: RecordTable] = [:]
    /// Every table there is.
    private(set) lazy var tables = registry.tables
    /// What can refer to the records of modules, cached since it takes a pass over all tables and fields.
    private var incomings: [ModuleName: [Incoming]] = [:]
    /// The readers of rows, cached by what they read.
    private var readers: [AnyHashable: AnyObject] = [:]
    /// The followers, which keep derived data up to date.
    var followers: [Follower] = [.search]
    /// The request to stop a write or a long reading before it is done.
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
    /// Called for references to merged records, once for each, and for the first few only.
    public var redirected: ((Redirection) throws -> Void)? { didSet { redirections = [] } }
    private var redirections: Set<Redirection> = []
    /// The write in progress, a ``Transaction``; another write that begins meanwhile is nested in it.
    var ongoing: AnyObject?
    /// The file's header when the definitions were read; `nil` for a database in memory.
    private var header: FileHeader?

    init(
        database: Database,
        path: String,
        place: String,
        opening: Opening,
        modules: FileRegistry,
        header: FileHeader?,
        clock: Clock
    ) {
        self.database = database
        self.path = path
        self.place = place
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

    /// Returns the statement of a fragment, with its values bound.
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

    /// Returns the context for reading a person's input: the present time, the default currency, and the country of
    /// telephone numbers, which also decides the order of day and month.
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

    /// The number of cached readers, limited because requests with ever different columns must not fill the memory.
    private static let mostReaders = 64

    /// Returns a cached reader of rows with prepared statements, created when first requested.
    ///
    /// - Parameter request: identifies the rows that the reader reads; requests of different kinds of readers are never
    ///   equal.
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

    /// Returns the value of a field of a record; null when there is no such record.
    func storedValue(of key: String, in module: Module, id: Int64) throws -> Value {
        try recordTable(of: module).value(of: key, id: id)
    }

    /// Whether a table has any row at all.
    func hasRows(_ table: Table) throws -> Bool {
        let rows = try statement("SELECT 1 FROM \(name: table.name) LIMIT 1" as SQLFragment)
        defer { rows.reset() }
        return try rows.step()
    }

    /// The maximum number of redirections reported: rows of an input may name ever different records.
    private static let mostRedirections = 20

    /// Reports that a reference names a merged record.
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
