import Glibc

extension DatabaseFile {
    /// Deletes the empty log, and its index, that somebody who may only read the database has left beside it. They belong
    /// to that user, and SQLite would take the whole database for read-only because of them.
    ///
    /// SQLite locks a database before it opens its log, so nobody uses these files while all its locks are held here.
    /// While this process has a connection to the file, as where the database was read first, nothing is done: closing
    /// another descriptor would release the connection's locks, and it would go on with files that are gone.
    ///
    /// - Throws: ``CRMError`` `busy` while others have the database open; `inputOutput` for a file that cannot be deleted.
    func removeReadersLog() throws(CRMError) {
        guard hasReadersLog, !isOpenHere else { return }
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

    /// The number of descriptors among which those of this process are, which are given from the lowest on.
    private static let mostDescriptors: Int32 = 256

    /// Whether this process has the file open.
    private var isOpenHere: Bool {
        guard let file = FileIdentity(at: place) else { return false }
        return (0..<Self.mostDescriptors).contains { FileIdentity(of: $0) == file }
    }

    /// Whether a log or an index beside a file that can be written cannot be written itself, and the log is empty.
    private var hasReadersLog: Bool {
        Self.logSuffixes.contains { access(place + $0, W_OK) != 0 && errno == EACCES }
            && !hasPendingLog && access(place, W_OK) == 0
    }
}
