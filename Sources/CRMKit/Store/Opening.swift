import Glibc
import Localization
import SQLite

extension Store {
    /// What a command is going to do with the file.
    public enum Purpose: Sendable, Hashable {
        /// Read; the file must exist and nothing is written.
        case reading
        /// Write; a missing file is made only where that is allowed.
        case writing(creating: Bool)
    }

    /// Opens a database, making or upgrading it where the purpose allows.
    ///
    /// - Parameters:
    ///   - path: a file path, never a URI.
    ///   - timeout: milliseconds to wait for another process.
    /// - Throws: ``CRMError`` with `notFound` for a missing file, `configuration` for a file that is not a
    ///   database of this program or is newer than it, `busy`, `inputOutput`.
    public static func open(
        path: String,
        purpose: Purpose,
        timeout: Int32,
        registry: Registry,
        clock: Clock
    ) throws(CRMError) -> Store {
        do {
            try checkPath(path)
            try checkKind(path)
            switch purpose {
            case .reading:
                let database = try openForReading(path, timeout: timeout)
                if try Header(reading: database).isOlder {
                    return try open(
                        path: path,
                        purpose: .writing(creating: false),
                        timeout: timeout,
                        registry: registry,
                        clock: clock
                    )
                }
                return Store(database: database, path: path, wasCreated: false, registry: registry, clock: clock)
            case .writing(let creating):
                return try openForWriting(path, creating: creating, timeout: timeout, registry: registry, clock: clock)
            }
        } catch {
            throw CRMError(error, path: path)
        }
    }

    /// An empty database in memory, gone with the store: what a form works by before the file is made.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public static func inMemory(registry: Registry, clock: Clock) throws(CRMError) -> Store {
        let name = ":memory:"
        do {
            let database = try Database.inMemory()
            for statement in Schema(registry: registry).statements { try database.execute(statement) }
            return Store(database: database, path: name, wasCreated: false, registry: registry, clock: clock)
        } catch {
            throw CRMError(error, path: name)
        }
    }

    private static func checkPath(_ path: String) throws(CRMError) {
        if path.isEmpty {
            throw CRMError(
                .configuration,
                Text(en: "the path of the database is empty", es: "la ruta de la base de datos está vacía")
            )
        }
        if path == ":memory:" {
            throw CRMError(
                .configuration,
                Text(
                    en: "the database must be a file, not :memory:",
                    es: "la base de datos debe ser un archivo, no :memory:"
                )
            )
        }
    }

    private static func checkKind(_ path: String) throws(CRMError) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return }
        throw CRMError(
            .configuration,
            Text(en: "\(path) is a folder, not a database", es: "\(path) es una carpeta, no una base de datos")
        )
    }

    private static func missing(_ path: String) -> CRMError {
        CRMError(
            .notFound,
            Text(en: "there is no database at \(path)", es: "no hay una base de datos en \(path)"),
            hint: Text(
                en: "make it with: \(ProgramName.placeholder) init",
                es: "crearla con: \(ProgramName.placeholder) init"
            )
        )
    }

    private static func openForReading(_ path: String, timeout: Int32) throws -> Database {
        guard access(path, F_OK) == 0 else { throw missing(path) }
        do {
            let database = try Database(path: path, mode: .readOnly, busyTimeout: timeout)
            try checkHeader(of: database, path: path)
            return database
        } catch let error as SQLiteError where error.code == .cannotOpen || error.code == .readOnly {
            // A WAL file in a folder that cannot be written has no shared memory to read by. With nothing
            // waiting in a -wal the file alone is the whole database: https://www.sqlite.org/wal.html#readonly
            guard access(path, R_OK) == 0, !hasPendingLog(path) else { throw error }
            let database = try Database(path: path, mode: .immutable, busyTimeout: timeout)
            try checkHeader(of: database, path: path)
            return database
        }
    }

    private static func hasPendingLog(_ path: String) -> Bool {
        var status = stat()
        return stat("\(path)-wal", &status) == 0 && status.st_size > 0
    }

    private static func checkHeader(of database: Database, path: String) throws {
        let header = try Header(reading: database)
        if header.isBlank {
            throw CRMError(
                .configuration,
                Text(en: "\(path) is empty", es: "\(path) está vacío"),
                hint: Text(
                    en: "make it a database with: \(ProgramName.placeholder) init",
                    es: "convertirlo en base de datos con: \(ProgramName.placeholder) init"
                )
            )
        }
        try header.check(path: path)
    }

    private static func openForWriting(
        _ path: String,
        creating: Bool,
        timeout: Int32,
        registry: Registry,
        clock: Clock
    ) throws -> Store {
        let exists = access(path, F_OK) == 0
        guard exists || creating else { throw missing(path) }
        let database = try Database(path: path, mode: exists ? .readWrite : .create, busyTimeout: timeout)
        var wasCreated = false
        let header = try Header(reading: database)
        if header.isBlank {
            guard creating else { return try blank(path) }
            wasCreated = try create(database, path: path, registry: registry, timeout: timeout)
        } else {
            try header.check(path: path)
            if header.isOlder {
                try Migration(database: database, path: path, schema: Schema(registry: registry)).run()
            }
        }
        // A process of many rows may keep 16 MB of pages; SQLite allocates them as they are needed.
        try database.execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000")
        return Store(database: database, path: path, wasCreated: wasCreated, registry: registry, clock: clock)
    }

    private static func blank(_ path: String) throws(CRMError) -> Store {
        throw CRMError(
            .configuration,
            Text(en: "\(path) is empty", es: "\(path) está vacío"),
            hint: Text(
                en: "make it a database with: \(ProgramName.placeholder) init",
                es: "convertirlo en base de datos con: \(ProgramName.placeholder) init"
            )
        )
    }

    /// Makes the tables. Of several processes that come here at once, one makes them and the others find them.
    ///
    /// - Returns: whether it was this process.
    private static func create(
        _ database: Database,
        path: String,
        registry: Registry,
        timeout: Int32
    ) throws -> Bool {
        try switchToWAL(database, timeout: timeout)
        return try database.transaction(.immediate) {
            let header = try Header(reading: database)
            guard header.isBlank else {
                try header.check(path: path)
                return false
            }
            for statement in Schema(registry: registry).statements { try database.execute(statement) }
            try database.execute("PRAGMA application_id = \(Schema.applicationID)")
            try database.execute("PRAGMA user_version = \(Schema.version)")
            return true
        }
    }

    /// Changing the journal mode does not wait for other connections by itself.
    private static func switchToWAL(_ database: Database, timeout: Int32) throws {
        let pause: UInt32 = 10_000
        var waited: UInt32 = 0
        while true {
            do {
                try database.execute("PRAGMA journal_mode = WAL")
                return
            } catch {
                let isBusy = error.code == .busy || error.code == .locked
                guard isBusy, waited < UInt32(timeout) * 1000 else { throw error }
                usleep(pause)
                waited += pause
            }
        }
    }
}

/// What the first page of a file says about it.
struct Header {
    let applicationID: Int64
    let version: Int64
    /// Nothing was ever stored in the file.
    let isBlank: Bool

    /// Reads all of it at one moment: another process may just be making the file.
    init(reading database: Database) throws {
        self =
            try database.isInTransaction
            ? Header(readingWithin: database) : database.transaction(.deferred) { try Header(readingWithin: database) }
    }

    private init(readingWithin database: Database) throws(SQLiteError) {
        applicationID = try database.scalar("PRAGMA application_id")?.integer ?? 0
        version = try database.scalar("PRAGMA user_version")?.integer ?? 0
        let isUnmarked = applicationID == 0 && version == 0
        let isEmpty = isUnmarked ? try database.scalar("SELECT 1 FROM sqlite_schema LIMIT 1") == nil : false
        isBlank = isEmpty
    }

    /// Made by an earlier version of the program.
    var isOlder: Bool { version < Schema.version }

    /// Refuses files of other programs and of later versions.
    func check(path: String) throws(CRMError) {
        guard applicationID == Schema.applicationID else {
            throw CRMError(
                .configuration,
                Text(
                    en: "\(path) is a database of another program",
                    es: "\(path) es una base de datos de otro programa"
                ),
                hint: Text(en: "give another file with --db", es: "indicar otro archivo con --db")
            )
        }
        guard version <= Schema.version else {
            throw CRMError(
                .configuration,
                Text(
                    en:
                        "\(path) was made by a newer version of this program (format \(version), this one knows \(Schema.version))",
                    es:
                        "\(path) fue creado por una versión más nueva de este programa (formato \(version), este conoce \(Schema.version))"
                ),
                hint: Text(en: "install the newer version", es: "instalar la versión más nueva")
            )
        }
    }
}
