import Formats
import Glibc

/// A file under a passing name beside the place it is for, until it is whole and takes that place.
///
/// Nobody can have foreseen the name, and whatever has it already is left alone, a link included. While there is a
/// draft its process holds a lock on it (flock(2)): one without belongs to a process that was killed, and goes when the
/// next draft for that place is made. A draft that is given up takes itself away.
public final class DraftFile {
    /// The descriptor to write to; it is closed with the draft.
    public let descriptor: Int32
    /// The path of the draft until it is published.
    public let path: String
    private let place: FilePath
    private let target: String
    private var isPublished = false

    /// Makes an empty draft.
    ///
    /// - Parameters:
    ///   - target: the place it is for, taken as it is: where a link leads is for the caller to find out.
    ///   - mode: the permissions, whatever those of a file are that is there; the mask of the process is applied.
    ///   - sweeps: whether drafts for the same place go that nobody writes any more. Who makes many of a folder does
    ///     that once: ``sweep(_:)``.
    /// - Throws: ``CRMError`` `inputOutput`.
    public init(for target: String, mode: mode_t = 0o600, sweeps: Bool = true) throws(CRMError) {
        self.target = target
        place = FilePath(target)
        if sweeps { Self.sweep(place.folder, only: place.name) }
        (descriptor, path) = try Self.make(place, target, mode)
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
            // Until it is locked it may be taken for one that is left over.
            let failure = flock(descriptor, LOCK_EX | LOCK_NB) == 0 ? 0 : errno
            if failure == 0, isNamed(path, descriptor) { return (descriptor, path) }
            close(descriptor)
            if failure == 0 || failure == EWOULDBLOCK { continue }
            // Where nothing can be locked, another draft could not be either.
            unlink(path)
            throw CRMError(.inputOutput, errno: failure, path: target)
        }
        throw CRMError(.inputOutput, errno: EWOULDBLOCK, path: target)
    }

    /// More than others take away one after the other, before they are locked.
    private static let mostTries = 100

    /// Sees to it that what was written is on the disk.
    ///
    /// - Throws: ``CRMError`` `inputOutput`.
    public func sync() throws(CRMError) {
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else { throw failure }
    }

    /// Moves the file to its place for good, replacing what was there.
    ///
    /// - Parameter isSynced: whether name and contents are on the disk when this returns. The caller may do this for
    ///   many files at once instead.
    /// - Throws: ``CRMError`` `inputOutput`.
    public func publish(isSynced: Bool = true) throws(CRMError) {
        if isSynced { try sync() }
        guard rename(path, target) == 0 else { throw failure }
        isPublished = true
        if isSynced { try place.syncFolder() }
    }

    /// Moves the file to a path in the same folder where nothing exists yet.
    ///
    /// - Returns: false when something exists there; the draft then stays a draft.
    /// - Throws: ``CRMError`` `inputOutput`; nothing is there then.
    func publishUnlessTaken(at target: String) throws(CRMError) -> Bool {
        try sync()
        if link(path, target) == 0 {
            unlink(path)
        } else {
            if errno == EEXIST { return false }
            guard FilePath.refusesLinks(errno) else { throw failure }
            var status = stat()
            guard lstat(target, &status) != 0 else { return false }
            guard rename(path, target) == 0 else { throw failure }
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

    // MARK: - What others have left

    /// Deletes the drafts in a folder that nobody writes any more.
    public static func sweep(_ folder: String) { sweep(folder, only: nil) }

    /// Deletes abandoned drafts. Those that cannot be examined, or belong to another user, are left, since they do no
    /// harm.
    private static func sweep(_ folder: String, only name: String?) {
        // Nor does harm what is not listed.
        _ = FilePath.forEachName(in: folder) { bytes in
            let found = String(decoding: bytes, as: UTF8.self)
            if Name.isDraft(found, of: name) { removeIfStale("\(folder)/\(found)") }
        }
    }

    private static func removeIfStale(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
            flock(descriptor, LOCK_EX | LOCK_NB) == 0, isNamed(path, descriptor)
        else { return }
        remove(path)
    }

    /// Deletes a draft with the files that SQLite may have left beside an unfinished database.
    private static func remove(_ path: String) {
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(path + suffix) }
    }

    /// Whether a name leads to an open file.
    private static func isNamed(_ path: String, _ descriptor: Int32) -> Bool {
        var (opened, named) = (stat(), stat())
        return fstat(descriptor, &opened) == 0 && lstat(path, &named) == 0 && opened.st_ino == named.st_ino
            && opened.st_dev == named.st_dev
    }
}

extension DraftFile {
    /// The name of a draft: hidden, made from the name of the file it becomes and 64 random bits.
    private struct Name {
        let text: String

        private static let digits = 13
        private static let ending = ".draft"
        /// Names of files have at most 255 bytes.
        private static let longestStem = 200

        init(of name: String) {
            let random = UInt64.random(in: .min ... .max).digits(radix: 36, atLeast: Self.digits)
            text = Self.beginning(of: name) + random + Self.ending
        }

        private static func beginning(of name: String) -> String {
            var stem = ""
            for scalar in name.unicodeScalars {
                if stem.utf8.count + UTF8.width(scalar) > longestStem { break }
                stem.unicodeScalars.append(scalar)
            }
            return ".\(stem)."
        }

        /// Whether a file's name is one, of a draft for a name or for any.
        static func isDraft(_ found: String, of name: String?) -> Bool {
            let bytes = Array(found.utf8)
            let end = bytes.count - ending.utf8.count
            guard bytes.first == UInt8(ascii: "."), end > digits + 1, found.hasSuffix(ending),
                bytes[end - digits - 1] == UInt8(ascii: "."), bytes[(end - digits)..<end].allSatisfy(isDigit)
            else { return false }
            guard let name else { return true }
            return bytes[..<(end - digits)].elementsEqual(beginning(of: name).utf8)
        }

        private static func isDigit(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
            default: false
            }
        }
    }
}
