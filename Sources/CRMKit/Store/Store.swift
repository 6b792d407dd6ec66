import SQLite

/// One open database: the definitions, the file, and the answers that stay the same while a command runs.
///
/// Every public method throws ``CRMError``, and one that takes a closure also whatever that throws; inside, the errors
/// of SQLite travel as they are and are worded at this boundary by ``translating(_:)``.
public final class Store {
    private var schema: StoreSchema
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
    private var readers: PreparedReaders
    /// The statement that reads a piece of a content, while no reader of contents uses it.
    var idlePieceRead: Statement?
    /// The followers, which keep derived data up to date.
    var followers: [Follower] = [.search]
    /// The request to stop a write or a long reading before it is done.
    public var stop: (any Stop)? {
        didSet {
            guard let stop else { return database.interrupt(when: nil) }
            database.interrupt { [weak stop] in stop?.isRequested ?? false }
        }
    }
    /// Whoever asks, whom filters call `me`.
    public var user: User?
    /// The newest change set that this store has committed.
    public internal(set) var savedChangeSet: Int64? {
        didSet {
            hasSaved = true
            if let savedChangeSet { committed?(savedChangeSet) }
        }
    }
    /// Whether the present command has committed a change set.
    private var hasSaved = false
    /// Called with each change set that was committed.
    public var committed: ((Int64) -> Void)?
    /// Called for references to merged records, once for each, and for the first few only.
    public var redirected: ((Redirection) throws -> Void)? { didSet { redirections = [] } }
    private var redirections: Set<Redirection> = []
    /// The write in progress; another write that begins meanwhile is nested in it.
    var ongoing: (any OngoingWrite)?

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
        schema = StoreSchema(modules, header: header)
        self.clock = clock
        statements = StatementCache(database)
        readers = PreparedReaders(database)
    }

    /// The modules, with what the file adds to them.
    public var registry: Registry { schema.registry }
    /// The definitions that the file adds.
    public var definitions: Definitions { schema.definitions }
    /// The modules as they come with the program.
    var standard: Registry { schema.standard }
    /// Every table there is.
    var tables: [Table] { schema.tables }

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
    public var modules: FileRegistry { schema.modules }

    /// Returns a cached reader of rows with prepared statements, created when first requested.
    ///
    /// - Parameter request: identifies the rows that the reader reads; requests of different kinds of readers are never
    ///   equal.
    func reader<Reader: AnyObject>(for request: some Hashable, make: () throws -> Reader) rethrows -> Reader {
        try readers.reader(for: request, make: make)
    }

    /// Lets go of every statement that is kept.
    func forgetStatements() {
        statements = StatementCache(database)
        readers = PreparedReaders(database)
        idlePieceRead = nil
    }

    /// Goes on by other definitions.
    func adopt(_ definitions: Definitions, _ header: FileHeader) {
        forgetStatements()
        schema.adopt(definitions, header)
    }

    /// Everything that can point at the records of a module, in the order of the tables.
    func incoming(to module: ModuleName) -> [Incoming] {
        schema.incoming(to: module)
    }

    /// Reads again what other processes may have changed since it was read: for who runs one command after the other.
    ///
    /// - Throws: ``CRMError`` `configuration` for a file that a newer version of the program has upgraded meanwhile.
    public func renew() throws(CRMError) {
        hasSaved = false
        try translating {
            forgetSettings()
            try renewDefinitions()
        }
    }

    /// Reads the definitions again if they differ from the file's: another process has changed them, or a change of
    /// them was rolled back.
    func renewDefinitions() throws {
        if let others = try schema.others(in: database, path: path) { adopt(others.definitions, others.header) }
    }

    /// Refuses to write by definitions that another process has changed meanwhile: what is to be written was read by
    /// the former ones.
    func checkDefinitions() throws {
        if try schema.isCurrent(in: database) { return }
        throw hasSaved ? CRMError.definitionsHaveChangedMidway : .definitionsHaveChanged
    }

    /// Reads the settings again when they are next asked for.
    func forgetSettings() {
        loadedSettings = nil
    }

    /// The reading of a module's records, with its statement kept for the next time.
    func recordTable(of module: Module) -> RecordTable {
        readers.recordTable(of: module)
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
    ///
    /// - Throws: what the body throws; ``CRMError`` for what SQLite reports.
    public func reading<T>(_ body: () throws -> T) throws -> T {
        do {
            if database.isInTransaction { return try body() }
            return try database.transaction(.deferred, body)
        } catch let error as SQLiteError {
            throw worded(error)
        }
    }

    /// Runs a body and words whatever it throws as a ``CRMError`` about this file.
    func translating<T>(_ body: () throws -> T) throws(CRMError) -> T {
        do {
            return try body()
        } catch {
            throw worded(error)
        }
    }

    /// Words an error as one about this file. SQLite says the same of a disk that is full as of ids that have run out.
    func worded(_ error: any Error) -> CRMError {
        if let error = error as? SQLiteError, error.code == .full, let table = tableWithoutIDs() {
            return .outOfIDs(table)
        }
        return CRMError(error, path: path)
    }

    /// The first table whose ids have run out: they are beyond half of all there are, where no counting comes.
    private func tableWithoutIDs() -> String? {
        let most: [Value] = [.integer(.max / 2)]
        return (["change_set"] + tables.map(\.name)).first { name in
            // If a full disk cannot be read either, it is reported as full.
            let row = try? database.all(
                """
                SELECT 1 WHERE (SELECT max("id") FROM \(name.quotedIdentifier)) > ?1 \
                OR EXISTS (SELECT 1 FROM sqlite_sequence WHERE "name" = ?2 AND "seq" > ?1)
                """,
                most + [.text(name)]
            ).first
            return row != nil
        }
    }
}
