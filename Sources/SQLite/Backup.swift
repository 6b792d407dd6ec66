import CSQLite

extension Database {
    /// Copies the present state of the whole database into another file, even while others use the database
    /// (<https://sqlite.org/backup.html>).
    ///
    /// The file is created with permissions 0600; the contents of an existing one are replaced. After an error the file
    /// remains, without a usable database in it.
    ///
    /// - Parameters:
    ///   - path: the path of the copy.
    ///   - pagesPerStep: the number of pages to copy at a time. A write by another connection between two steps makes
    ///     the copy start over. A transaction of this connection that has read prevents this: in WAL mode it sees a
    ///     single state.
    ///   - isStopped: called before each step; returns whether to give up.
    /// - Throws: `.cannotOpen`, `.full` or `.ioError` for the copy; `.busy` if a lock is not obtained within the busy
    ///   timeout, or at once within a transaction of this connection that has written; `.interrupted` if stopped.
    public func backup(
        to path: String,
        pagesPerStep: Int32 = 4096,
        unless isStopped: () -> Bool = { false }
    ) throws(SQLiteError) {
        try backup(
            to: Database(path: path, mode: .create, busyTimeout: 0),
            pagesPerStep: pagesPerStep,
            unless: isStopped
        )
    }

    /// Copies the whole database into another one, whose contents are replaced, as into a file.
    public func backup(
        to copy: Database,
        pagesPerStep: Int32 = 4096,
        unless isStopped: () -> Bool = { false }
    ) throws(SQLiteError) {
        guard let backup = sqlite3_backup_init(copy.connection.handle, "main", connection.handle, "main") else {
            throw SQLiteError(
                sqlite3_extended_errcode(copy.connection.handle),
                on: copy.connection.handle,
                sql: nil
            )
        }
        var code = SQLITE_OK
        while code == SQLITE_OK {
            code = isStopped() ? SQLITE_INTERRUPT : sqlite3_backup_step(backup, pagesPerStep)
        }
        let finished = sqlite3_backup_finish(backup)
        if code == SQLITE_DONE, finished == SQLITE_OK { return }
        // The caller may retry after BUSY and LOCKED, and finishing leaves no message for them.
        let failure = code == SQLITE_DONE ? finished : code
        if failure & 0xff == SQLITE_CORRUPT {
            try checkDisk()
            try copy.checkDisk()
        }
        let message = String(cString: sqlite3_errstr(failure))
        throw SQLiteError(extendedCode: failure, message: message, sql: nil)
    }
}
