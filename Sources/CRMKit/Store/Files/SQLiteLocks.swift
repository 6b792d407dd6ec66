import Glibc

/// The locks that SQLite takes on a file: https://www.sqlite.org/lockingv3.html
final class SQLiteLocks {
    private let path: String
    private let descriptor: Int32

    /// Opens a file that this process has no lock on: closing the descriptor would release it.
    init(of path: String) {
        self.path = path
        let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK)
        self.descriptor = descriptor >= 0 ? descriptor : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    }

    deinit { close(descriptor) }

    /// All of SQLite's locks: one byte for a pending lock, one for a reserved one, 510 for shared ones.
    private static var all: flock {
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = 0x4000_0000
        lock.l_len = 512
        return lock
    }

    /// Whether no other process has the file open as a database. A file that cannot be opened has no locks.
    var areFree: Bool {
        var lock = Self.all
        guard fcntl(descriptor, F_GETLK, &lock) == 0 else { return true }
        return lock.l_type == Int16(F_UNLCK)
    }

    /// Takes the locks as long as the object lives. A file that cannot be written or locked is taken without them.
    ///
    /// - Returns: `false` if another process has one, or has replaced the file.
    func take() -> Bool {
        var lock = Self.all
        let isTaken = fcntl(descriptor, F_SETLK, &lock) == 0 || errno != EACCES && errno != EAGAIN
        return isTaken && (descriptor < 0 || FileIdentity(of: descriptor) == FileIdentity(at: path))
    }
}
