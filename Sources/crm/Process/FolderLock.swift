import CRMKit
import Glibc

/// A lock on a folder for processes that read, change and write one of its files in turn. It ends with its process.
final class FolderLock {
    private let descriptor: Int32

    /// The time between two attempts, in milliseconds.
    private static let pause: Int32 = 10

    /// Waits until no other process has the lock.
    ///
    /// - Parameters:
    ///   - path: the path of the file, for messages.
    ///   - timeout: the time to wait for another process, in milliseconds.
    /// - Throws: ``CRMError`` `busy`; `inputOutput` for a folder that cannot be opened or locked.
    init(onFolderOf path: String, timeout: Int32) throws(CRMError) {
        descriptor = try Self.locked(path, timeout)
    }

    deinit { close(descriptor) }

    private static func locked(_ path: String, _ timeout: Int32) throws(CRMError) -> Int32 {
        let folder = FilePath(path).folder
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CRMError(.inputOutput, errno: errno, path: folder) }
        var waited: Int32 = 0
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let failure = errno
            if failure == EWOULDBLOCK, waited < timeout {
                usleep(UInt32(pause) * 1000)
                waited += pause
                continue
            }
            close(descriptor)
            throw failure == EWOULDBLOCK ? CRMError.inUse(path) : CRMError(.inputOutput, errno: failure, path: folder)
        }
        return descriptor
    }
}
