import Formats
import Glibc

/// A file under a temporary name that takes its final place when it is complete.
///
/// The name is random, and an existing file or link with that name is never opened. While a draft is open its process
/// holds a lock on it (flock(2)). A draft without a lock was left by a killed process, and is deleted when the next
/// draft in the folder is created, since the next output may have another name. A draft that is not published deletes itself.
public final class DraftFile {
    /// The descriptor to write to; it is closed with the draft.
    public let descriptor: Int32
    /// The path of the draft until it is published.
    public let path: String
    private let place: FilePath
    private let target: String
    private var isPublished = false

    /// Creates an empty draft.
    ///
    /// - Parameters:
    ///   - target: the final path. Links are not followed.
    ///   - mode: the permissions, regardless of those of an existing file.
    ///   - isMasked: whether the umask of the process is applied to them.
    ///   - sweeps: whether abandoned drafts in the folder are deleted. A caller that creates many drafts in a
    ///     folder calls ``sweep(_:)`` once instead.
    /// - Throws: ``CRMError`` `inputOutput`.
    public init(
        for target: String,
        mode: mode_t = 0o600,
        isMasked: Bool = true,
        sweeps: Bool = true
    ) throws(CRMError) {
        self.target = target
        place = FilePath(target)
        if sweeps { Self.sweep(place.folder) }
        (descriptor, path) = try Self.make(place, target, mode)
        guard isMasked || fchmod(descriptor, mode) == 0 else { throw failure }
    }

    deinit {
        if !isPublished { Self.remove(path) }
        close(descriptor)
    }

    private static func make(
        _ place: FilePath,
        _ target: String,
        _ mode: mode_t
    ) throws(CRMError) -> (descriptor: Int32, path: String) {
        for _ in 0..<mostTries {
            let path = "\(place.folder)/\(Name(of: place.name).text)"
            let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
            guard descriptor >= 0 else {
                if errno == EEXIST { continue }
                throw CRMError(.inputOutput, errno: errno, path: target)
            }
            // Until it is locked, another process may take it for an abandoned draft.
            let failure = flock(descriptor, LOCK_EX | LOCK_NB) == 0 ? 0 : errno
            if failure == 0, FileIdentity.isNamed(path, descriptor) { return (descriptor, path) }
            close(descriptor)
            if failure == 0 || failure == EWOULDBLOCK { continue }
            // If locks are not supported, another attempt would fail too.
            unlink(path)
            throw CRMError(.inputOutput, errno: failure, path: target)
        }
        throw CRMError(.inputOutput, errno: EWOULDBLOCK, path: target)
    }

    /// The maximum number of attempts, since other processes may delete drafts before they are locked.
    private static let mostTries = 100

    /// Writes the contents to the disk (fsync(2)).
    ///
    /// - Throws: ``CRMError`` `inputOutput`.
    public func sync() throws(CRMError) {
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else { throw failure }
    }

    /// Gives the file the owner, the group and the readers and writers of another one, as far as the user may. Whoever
    /// could not open that one cannot open this one either. Its owner can always read and write it.
    func takeAccess(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return }
        let hasGroup =
            fchown(descriptor, status.st_uid, status.st_gid) == 0
            || fchown(descriptor, uid_t.max, status.st_gid) == 0
        // The file is private until here, and stays so where this fails.
        _ = fchmod(descriptor, 0o600 | status.st_mode & (hasGroup ? 0o066 : 0o006))
    }

    /// Moves the file to its final path, replacing any existing file.
    ///
    /// - Parameter isSynced: whether the name and the contents are on the disk when this returns. The caller may
    ///   synchronize many files at once instead.
    /// - Throws: ``CRMError`` `inputOutput`.
    public func publish(isSynced: Bool = true) throws(CRMError) {
        if isSynced { try sync() }
        guard rename(path, target) == 0 else { throw failure }
        isPublished = true
        if isSynced { try place.syncFolder() }
    }

    /// Moves the file to a path in the same folder if nothing exists there.
    ///
    /// - Returns: `false` if something exists there; the draft then remains one.
    /// - Throws: ``CRMError`` `inputOutput`; nothing exists at the path then.
    func publishUnlessTaken(at target: String) throws(CRMError) -> Bool {
        try sync()
        switch FilePath.give(target, to: path) {
        case .linked: unlink(path)
        case .renamed: break
        case .taken: return false
        case .failed: throw failure
        }
        isPublished = true
        do throws(CRMError) {
            try place.syncFolder()
        } catch {
            unlink(target)
            throw error
        }
        return true
    }

    private var failure: CRMError { CRMError(.inputOutput, errno: errno, path: target) }

    // MARK: - Abandoned drafts

    /// Whether a file's name is that of a draft, of whatever file.
    static func isDraft(_ name: String) -> Bool { Name.isDraft(name) }

    /// Deletes the abandoned drafts in a folder. Those that cannot be examined, or belong to another user, are left,
    /// since they do no harm.
    public static func sweep(_ folder: String) {
        // An unreadable folder is ignored for the same reason.
        _ = FilePath.forEachName(in: folder) { bytes in
            let found = String(decoding: bytes, as: UTF8.self)
            if Name.isDraft(found) { removeIfStale("\(folder)/\(found)") }
        }
    }

    private static func removeIfStale(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
            flock(descriptor, LOCK_EX | LOCK_NB) == 0, FileIdentity.isNamed(path, descriptor)
        else { return }
        remove(path)
    }

    /// Deletes a draft with the files that SQLite may have left beside an unfinished database.
    private static func remove(_ path: String) {
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(path + suffix) }
    }
}

extension DraftFile {
    /// The name of a draft: hidden, made from the name of the file it becomes and 64 random bits.
    private struct Name {
        let text: String

        private static let digits = 13
        private static let ending = ".draft"
        /// The maximum length of the stem in bytes; file names have at most 255 bytes.
        private static let longestStem = 200

        init(of name: String) {
            let random = UInt64.random(in: .min ... .max).digits(radix: 36, atLeast: Self.digits)
            var stem = ""
            for scalar in name.unicodeScalars {
                if stem.utf8.count + UTF8.width(scalar) > Self.longestStem { break }
                stem.unicodeScalars.append(scalar)
            }
            text = ".\(stem).\(random)\(Self.ending)"
        }

        /// Whether a file's name is that of a draft.
        static func isDraft(_ found: String) -> Bool {
            let bytes = Array(found.utf8)
            let end = bytes.count - ending.utf8.count
            return bytes.first == UInt8(ascii: ".") && end > digits + 1 && found.hasSuffix(ending)
                && bytes[end - digits - 1] == UInt8(ascii: ".") && bytes[(end - digits)..<end].allSatisfy(isDigit)
        }

        private static func isDigit(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
            default: false
            }
        }
    }
}
