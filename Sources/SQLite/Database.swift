import CSQLite

/// A connection to one SQLite file, for use by one thread at a time.
///
/// Extended result codes are on. A word in double quotes is a name and never a string. The schema in the file is not
/// trusted (<https://sqlite.org/security.html>); the owner of the connection sets anything else. The connection is
/// closed when the database and its statements are gone.
public final class Database {
    let connection: Connection

    /// Opens the database in a file.
    ///
    /// `path` is always the name of a file: `:memory:` and `file:x?mode=memory` are files of that name. The content of
    /// the file is read by the first statement, so a file that is not a database is detected only then.
    ///
    /// - Parameters:
    ///   - path: absolute, or relative to the working directory.
    ///   - mode: whether to write, and whether to create a missing file.
    ///   - busyTimeout: milliseconds to wait for a lock that another connection holds; 0 does not wait.
    /// - Throws: `.cannotOpen` for a missing file, a folder, an empty path, a path with a NUL, missing permissions.
    public convenience init(path: String, mode: OpenMode, busyTimeout: Int32) throws(SQLiteError) {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw SQLiteError(extendedCode: SQLITE_CANTOPEN, message: "the path is empty or has a NUL in it", sql: nil)
        }
        if mode == .create { try createFile(at: path) }
        try self.init(fileName: mode.fileName(for: path), flags: mode.flags)
        setBusyTimeout(busyTimeout)
    }

    /// Opens a new database in memory, which is gone when it is closed.
    public static func inMemory() throws(SQLiteError) -> Database {
        try Database(fileName: ":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY)
    }

    /// Opens a new database that is gone when it is closed. It is in memory while it is small, and in a file without a
    /// name otherwise: https://www.sqlite.org/inmemorydb.html#temp_db
    public static func temporary() throws(SQLiteError) -> Database {
        try Database(fileName: "", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    }

    private init(fileName: String, flags: Int32) throws(SQLiteError) {
        Self.configureOnce()
        var handle: OpaquePointer?
        // One thread at a time uses a database, so the mutex around every call is not needed.
        let code = sqlite3_open_v2(fileName, &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let handle else {
            let error = SQLiteError(code, on: handle, sql: nil)
            sqlite3_close_v2(handle)  // A failed open leaves a handle to be closed, too.
            throw error
        }
        connection = Connection(owning: handle)
        try check(csqlite_refuse_double_quoted_strings(handle))
        try check(csqlite_distrust_file(handle))
    }

    /// Configures SQLite once per process, before its first use. Memory is not counted, since each allocation would
    /// take a lock. A statement journal stays in memory up to 127 KiB, which are 31 pages, and is then spilled in a
    /// single write: the `unix` VFS keeps only the low 17 bits of a write's size, so one of 128 KiB or more would be
    /// truncated.
    private static func configureOnce() { _ = isConfigured }

    private static let isConfigured: Bool = {
        csqlite_configure(0, 127 << 10)
        return true
    }()

    /// Sets how long a statement waits for a lock that another connection holds before it fails with `.busy`.
    ///
    /// - Parameter milliseconds: 0 or less does not wait.
    public func setBusyTimeout(_ milliseconds: Int32) {
        sqlite3_busy_timeout(connection.handle, milliseconds)
    }

    /// The rowid of the newest row that this connection has inserted; 0 before the first.
    public var lastInsertedRowID: Int64 { sqlite3_last_insert_rowid(connection.handle) }

    /// Whether the open file no longer has its name: another process has renamed or replaced it. In WAL mode a
    /// connection has a lock on the file from its first statement on, so that a file that has its name behind it keeps
    /// it as long as those who replace files take the lock, too.
    public var hasMoved: Bool { csqlite_has_moved(connection.handle) != 0 }

    /// Whether a transaction is open. Some errors end one: a full disk, no memory, an interrupted write.
    public var isInTransaction: Bool { sqlite3_get_autocommit(connection.handle) == 0 }

    /// Whether a deferred foreign key, one checked only at the end of the transaction, is violated now
    /// (<https://sqlite.org/c3ref/c_dbstatus_options.html>).
    ///
    /// - Throws: `.error` if the library does not answer.
    public var hasUnresolvedForeignKeys: Bool {
        get throws(SQLiteError) {
            var (current, highest): (Int32, Int32) = (0, 0)
            try check(sqlite3_db_status(connection.handle, SQLITE_DBSTATUS_DEFERRED_FKS, &current, &highest, 0))
            return current != 0
        }
    }

    /// Whether the file cannot be written; true too for a `.readWrite` database whose file only allows reading.
    public var isReadOnly: Bool { sqlite3_db_readonly(connection.handle, "main") == 1 }

    /// Runs a closure that may write to the schema table and to the shadow tables of virtual tables, so that damaged
    /// ones can be removed (<https://sqlite.org/c3ref/c_dbconfig_defensive.html>).
    ///
    /// - Throws: what `body` throws; else what SQLite reports where the defence cannot be changed.
    public func withoutDefence<T>(_ body: () throws -> T) throws -> T {
        try check(csqlite_defend(connection.handle, 0))
        let result = Result { try body() }
        let code = csqlite_defend(connection.handle, 1)
        let value = try result.get()
        try check(code)
        return value
    }

    /// Throws the error of a disk that could not be read, which an integrity check reports as damage: among its rows are
    /// pages that are sound and were not read.
    ///
    /// - Throws: `.ioError` if the last access to the file failed so.
    public func checkDisk() throws(SQLiteError) {
        if let number = SQLiteError.diskFailure(of: connection.handle) { throw SQLiteError(diskFailure: number) }
    }

    /// Throws the error that SQLite reports about this connection, unless the code is SQLITE_OK.
    func check(_ code: Int32) throws(SQLiteError) {
        guard code == SQLITE_OK else { throw SQLiteError(code, on: connection.handle, sql: nil) }
    }
}
