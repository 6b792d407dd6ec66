import Glibc

/// A lock on a folder (flock(2)) for processes that read, change and write its files in turn. It ends with its process.
public final class FolderLock {
    private let descriptor: Int32

    /// The time between two attempts, in milliseconds.
    private static let pause: Int32 = 10

    /// Waits until no other process has the lock. A folder that cannot be locked is used without a lock: NFS locks only
    /// what is open for writing.
    ///
    /// - Parameters:
    ///   - path: the path of what is in use, for messages.
    ///   - timeout: the time to wait for another process, in milliseconds.
    ///   - isStopped: asked repeatedly whether to stop.
    /// - Throws: ``CRMError`` `inputOutput` for a folder that cannot be opened; `busy`; `interrupted`.
    public init(
        _ folder: String,
        for path: String,
        timeout: Int32,
        unless isStopped: () -> Bool = { false }
    ) throws(CRMError) {
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CRMError(.inputOutput, errno: errno, path: folder) }
        var waited: Int32 = 0
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK || errno == EINTR {
            if isStopped() { throw .interruptedUnsaved }
            guard waited < timeout else { throw .inUse(path) }
            usleep(UInt32(Self.pause) * 1000)
            waited += Self.pause
        }
    }

    deinit { close(descriptor) }
}
