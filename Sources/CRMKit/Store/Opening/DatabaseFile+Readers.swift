import Glibc

extension DatabaseFile {
    /// Deletes the empty log, and its index, that somebody who may only read the database has left beside it. They belong
    /// to that user, and SQLite would take the whole database for read-only because of them.
    ///
    /// SQLite locks a database before it opens its log, so nobody uses these files while all its locks are held here. It
    /// must be done before this process has a connection to the file, whose locks it would release.
    ///
    /// - Throws: ``CRMError`` `busy` while others have the database open; `inputOutput` for a file that cannot be deleted.
    func removeReadersLog() throws(CRMError) {
        var waited: Int64 = 0
        while hasReadersLog {
            let locks = SQLiteLocks(of: place)
            if locks.take(), !hasPendingLog {
                for path in Self.logSuffixes.map({ place + $0 }) {
                    guard unlink(path) == 0 || errno == ENOENT else {
                        throw CRMError(.inputOutput, errno: errno, path: path)
                    }
                }
            }
            withExtendedLifetime(locks) {}
            guard hasReadersLog else { return }
            guard !hasPendingLog, waited < Int64(timeout) * 1000 else { throw .inUse(path) }
            usleep(Self.readersPause)
            waited += Int64(Self.readersPause)
        }
    }

    /// The endings of the log and of its index.
    private static let logSuffixes = ["-wal", "-shm"]
    /// The time between two attempts, in microseconds.
    private static let readersPause: useconds_t = 10_000

    /// Whether a log or an index beside a file that can be written cannot be written itself, and the log is empty.
    private var hasReadersLog: Bool {
        Self.logSuffixes.contains { access(place + $0, W_OK) != 0 && errno == EACCES }
            && !hasPendingLog && access(place, W_OK) == 0
    }
}
