import Glibc
import Localization
import SQLite

/// The file of a database of this program, existing or to be created.
struct DatabaseFile {
    /// The path as given, for messages; never a URI.
    let path: String
    /// The path of the file itself, after following symbolic links. SQLite's own files are beside it.
    let place: String
    /// The time to wait for another process, in milliseconds.
    let timeout: Int32

    init(path: String, timeout: Int32) {
        self.path = path
        place = FilePath.followingLink(path)
        self.timeout = timeout
    }

    /// Refuses paths that cannot be a database file.
    func checkPath() throws(CRMError) {
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
        try Self.checkIsFile(path, besides: false)
        for suffix in ["-wal", "-shm", "-journal"] { try Self.checkIsFile(place + suffix, besides: true) }
    }

    /// Refuses anything but a regular file; SQLite would wait for the other end of a pipe.
    ///
    /// - Parameter isBesides: whether the path is that of a file which SQLite keeps beside the database.
    private static func checkIsFile(_ path: String, besides isBesides: Bool) throws(CRMError) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG else { return }
        let (en, es) =
            status.st_mode & S_IFMT == S_IFDIR
            ? ("a folder", "una carpeta") : ("a pipe or a device", "una tubería o un dispositivo")
        throw CRMError(
            .configuration,
            isBesides
                ? Text(en: "\(path) is \(en), not SQLite's file", es: "\(path) es \(es), no el archivo de SQLite")
                : Text(en: "\(path) is \(en), not a database", es: "\(path) es \(es), no una base de datos"),
            hint: isBesides ? Text(en: "take it away", es: "quitarlo") : nil
        )
    }

    /// Opens a connection to the file.
    ///
    /// - Returns: the connection and the header of the file: that of a database of this program in the present or an
    ///   earlier format, or a blank one if the purpose is to create a database.
    func open(_ purpose: Store.Purpose) throws -> (Database, FileHeader) {
        for _ in 0..<Self.mostReplacements {
            do { return try openNamed(purpose) } catch is Replaced {}
        }
        throw CRMError.replaced(path)
    }

    /// A restoration has replaced the file between the opening and the first lock.
    private struct Replaced: Error {}

    /// The maximum number of restorations that are waited for during one opening.
    private static let mostReplacements = 20

    private func openNamed(_ purpose: Store.Purpose) throws -> (Database, FileHeader) {
        let exists = access(place, F_OK) == 0
        // A file in a folder without search permission may exist.
        guard exists || errno != EACCES else { throw CRMError(.inputOutput, errno: EACCES, path: path) }
        guard exists || purpose == .writing(creating: true) else { throw missing }
        // On a read-only file system SQLite would report the files it cannot create beside the database instead.
        if exists, purpose != .reading, access(place, W_OK) != 0, errno == EROFS {
            throw CRMError(.inputOutput, errno: EROFS, path: path)
        }
        if exists, purpose != .reading {
            try refuseSeveralNames()
            try removeReadersLog()
        }
        let (database, header) =
            if purpose == .reading { try openForReading() } else {
                try read(Database(path: place, mode: exists ? .readWrite : .create, busyTimeout: timeout))
            }
        guard header.isBlank else {
            try header.check(path: path)
            return (database, header)
        }
        guard purpose == .writing(creating: true) else { throw blank }
        return (database, header)
    }

    /// Reads the header, which takes the lock that keeps others from replacing the file. Until then a restoration may
    /// have done so: the connection would have the former file, but the log of the new one, which it finds by name.
    private func read(_ database: Database) throws -> (Database, FileHeader) {
        let header = Result { try FileHeader(reading: database) }
        guard !database.hasMoved else { throw Replaced() }
        return (database, try header.get())
    }

    private func openForReading() throws -> (Database, FileHeader) {
        do {
            return try read(Database(path: place, mode: .readOnly, busyTimeout: timeout))
        } catch let error as SQLiteError where error.code == .cannotOpen || error.code == .readOnly {
            if hasPendingJournal { return try openAfterRollback() }
            // A WAL database in a folder that cannot be written has no shared memory for reading. If the `-wal` is
            // empty, the file alone is the whole database: https://www.sqlite.org/wal.html#readonly
            guard access(place, R_OK) == 0 else { throw error }
            guard !hasPendingLog else { throw unreadableLog }
            return try read(Database(path: place, mode: .immutable, busyTimeout: timeout))
        }
    }

    private var unreadableLog: CRMError {
        CRMError(
            .inputOutput,
            Text(
                en: """
                    \(place)-wal holds changes that are not in \(path) yet, and they cannot be read without writing beside it
                    """,
                es: """
                    \(place)-wal contiene cambios que aún no están en \(path), y no se pueden leer sin escribir junto a él
                    """
            ),
            hint: Text(
                en: """
                    run any command as a user who may write the folder, or copy the two files together to one that can be \
                    written
                    """,
                es: """
                    ejecutar cualquier comando como un usuario que pueda escribir en la carpeta, o copiar los dos archivos \
                    juntos a otra
                    """
            )
        )
    }

    /// Opens the file for writing to roll back an unfinished transaction of a killed writer, and then opens it as
    /// intended: https://www.sqlite.org/atomiccommit.html#_rollback
    private func openAfterRollback() throws -> (Database, FileHeader) {
        do {
            let writing = try Database(path: place, mode: .readWrite, busyTimeout: timeout)
            _ = try FileHeader(reading: writing)
        } catch let error as SQLiteError where error.code == .readOnly || error.code == .cannotOpen {
            throw CRMError(
                .inputOutput,
                Text(
                    en:
                        "\(path) holds a change that was cut short and has to be taken back, and the file cannot be written",
                    es:
                        "\(path) contiene un cambio interrumpido que hay que revertir, y el archivo no se puede escribir"
                ),
                hint: Text(
                    en: "run any command as a user who may write the file and its folder",
                    es: "ejecutar cualquier comando como un usuario que pueda escribir en el archivo y su carpeta"
                )
            )
        }
        return try read(Database(path: place, mode: .readOnly, busyTimeout: timeout))
    }

    /// Whether the `-wal` beside the file may have content that is not in the file yet.
    var hasPendingLog: Bool {
        var status = stat()
        return stat("\(place)-wal", &status) == 0 && status.st_size > 0
    }

    /// Whether a rollback journal beside the file may have to be rolled back. The journal of a completed transaction is
    /// empty or begins with a zero.
    var hasPendingJournal: Bool {
        let descriptor = Glibc.open("\(place)-journal", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var first: UInt8 = 0
        return Glibc.read(descriptor, &first, 1) == 1 && first != 0
    }

    /// Refuses to create a database where a file, or a log or journal of an earlier database, exists.
    ///
    /// - Throws: ``CRMError`` `refused`.
    func refuseTaken() throws(CRMError) {
        var status = stat()
        guard lstat(path, &status) != 0 else { throw CRMError.taken(path) }
        try refuseRemains()
    }

    /// Refuses to create a database where a log or journal of an earlier one exists, which SQLite would apply to it.
    ///
    /// - Throws: ``CRMError`` `refused`.
    func refuseRemains() throws(CRMError) {
        guard let suffix = hasPendingLog ? "-wal" : hasPendingJournal ? "-journal" : nil else { return }
        let remains = place + suffix
        throw CRMError(
            .refused,
            Text(
                en: "\(remains) is left of a database that is gone, and would be laid over the new one",
                es: "\(remains) quedó de una base de datos que ya no está, y se aplicaría sobre la nueva"
            ),
            hint: Text(en: "delete it, or give another name", es: "eliminarlo, o indicar otro nombre")
        )
    }

    /// Creates the tables. When several processes do this at once, one creates them and the others find them.
    ///
    /// - Returns: whether this process created them.
    func create(in database: Database, _ schema: Schema) throws -> Bool {
        try switchToWAL(database)
        return try database.transaction(.immediate) {
            guard !database.hasMoved else { throw CRMError.replaced(path) }
            let header = try FileHeader(reading: database)
            guard header.isBlank else {
                try header.check(path: path)
                return false
            }
            try Self.fill(database, schema)
            try database.giveIdentity()
            return true
        }
    }

    /// Makes the tables of an empty database, and its header.
    static func fill(_ database: Database, _ schema: Schema) throws(SQLiteError) {
        for statement in schema.statements { try database.execute(statement) }
        try database.execute("PRAGMA application_id = \(Schema.applicationID)")
        try FileHeader.write(version: Schema.version, to: database)
    }

    /// Configures a connection for writing.
    func prepareForWriting(_ database: Database) throws {
        // The cache limit is 16 MB of pages, for commands with many rows; SQLite allocates pages as they are needed.
        try database.execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000")
    }

    /// Switches to WAL mode, waiting for other connections. Changing the journal mode does not use the busy timeout.
    private func switchToWAL(_ database: Database) throws {
        let pause: UInt32 = 10_000
        let most = Int64(timeout) * 1000
        var waited: Int64 = 0
        while true {
            do {
                try database.execute("PRAGMA journal_mode = WAL")
                return
            } catch {
                let isBusy = error.code == .busy || error.code == .locked
                guard isBusy, waited < most else { throw error }
                usleep(pause)
                waited += Int64(pause)
            }
        }
    }

    private var missing: CRMError {
        CRMError(
            .notFound,
            Text(en: "there is no database at \(path)", es: "no hay una base de datos en \(path)"),
            hint: Text(
                en: "make it with: \(ProgramName.placeholder) init",
                es: "crearla con: \(ProgramName.placeholder) init"
            )
        )
    }

    private var blank: CRMError {
        CRMError(
            .configuration,
            Text(en: "\(path) is empty", es: "\(path) está vacío"),
            hint: Text(
                en: "make it a database with: \(ProgramName.placeholder) init",
                es: "convertirlo en base de datos con: \(ProgramName.placeholder) init"
            )
        )
    }
}
