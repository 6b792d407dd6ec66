import Glibc
import Localization

/// A database under another name beside its place, with what SQLite keeps beside it, until something else has the place.
struct SetAsideDatabase {
    /// Its name now.
    let path: String
    private let former: String

    /// Gives a database another name.
    ///
    /// - Returns: `nil` if something has the name already.
    /// - Throws: ``CRMError`` `inputOutput`; everything has its former name then, or the error says where it is.
    init?(_ former: String, as path: String) throws(CRMError) {
        (self.path, self.former) = (path, former)
        if link(former, path) != 0 {
            if errno == EEXIST { return nil }
            guard FilePath.refusesLinks(errno) else { throw CRMError(.inputOutput, errno: errno, path: path) }
            var status = stat()
            if lstat(path, &status) == 0 { return nil }
            guard rename(former, path) == 0 else { throw CRMError(.inputOutput, errno: errno, path: former) }
        }
        do throws(CRMError) {
            for suffix in Self.suffixes {
                if let failure = Self.move(former + suffix, to: path + suffix) {
                    throw CRMError(.inputOutput, errno: failure, path: former + suffix)
                }
            }
            try FilePath(former).syncFolder()
        } catch {
            throw putBack(after: error)
        }
    }

    /// What SQLite may have beside a database that holds something of it.
    private static let suffixes = ["-wal", "-shm"]

    /// Gives a file another name, if it is there.
    ///
    /// - Returns: why that failed.
    private static func move(_ path: String, to place: String) -> Int32? {
        rename(path, place) == 0 || errno == ENOENT ? nil : errno
    }

    /// Gives the database its former name again, whatever has that meanwhile.
    ///
    /// - Returns: the error to throw: one that says where the database is, if that failed too.
    func putBack(after error: CRMError) -> CRMError {
        // Of two names of one file rename(2) takes none away.
        let hasBoth = isNamedTwice
        guard hasBoth || rename(path, former) == 0,
            Self.suffixes.allSatisfy({ Self.move(path + $0, to: former + $0) == nil }), !hasBoth || unlink(path) == 0
        else {
            var error = error
            error.hint = Text(
                en: "what the database was is in \(path): give it and what is called after it their names again",
                es: "lo que era la base de datos está en \(path): devolver su nombre a ese archivo y a los que se "
                    + "llaman como él"
            )
            return error
        }
        // The first error is the cause to report; what a crash now undoes would have been lost by it before.
        try? FilePath(former).syncFolder()
        return error
    }

    private var isNamedTwice: Bool {
        var (one, other) = (stat(), stat())
        return lstat(path, &one) == 0 && lstat(former, &other) == 0 && one.st_ino == other.st_ino
            && one.st_dev == other.st_dev
    }

    /// Deletes the index of a log that is empty.
    ///
    /// - Throws: ``CRMError`` `inputOutput`.
    func removeLogIndex() throws(CRMError) {
        let index = path + "-shm"
        guard unlink(index) == 0 || errno == ENOENT else { throw CRMError(.inputOutput, errno: errno, path: index) }
    }
}
