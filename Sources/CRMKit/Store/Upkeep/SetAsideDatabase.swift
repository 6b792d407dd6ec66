import Glibc
import Localization

/// A database, with SQLite's files beside it, that has another name until something else has taken its place.
struct SetAsideDatabase {
    /// The present path.
    let path: String
    private let former: String

    /// Renames a database.
    ///
    /// - Returns: `nil` if there is a file with the new name.
    /// - Throws: ``CRMError`` `inputOutput`. All files have their former names then, or the error says where they are.
    init?(_ former: String, as path: String) throws(CRMError) {
        (self.path, self.former) = (path, former)
        switch FilePath.give(path, to: former) {
        case .linked, .renamed: break
        case .taken: return nil
        case .failed: throw CRMError(.inputOutput, errno: errno, path: path)
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

    /// The suffixes of the files beside a database that belong to it.
    private static let suffixes = ["-wal", "-shm"]

    /// Renames a file if it exists.
    ///
    /// - Returns: the number of the error; `nil` if there was none.
    private static func move(_ path: String, to place: String) -> Int32? {
        rename(path, place) == 0 || errno == ENOENT ? nil : errno
    }

    /// Renames the database back, replacing any file that has its former name by now.
    ///
    /// - Returns: the error to throw: the given one, with a hint where the database is if that failed too.
    func putBack(after error: CRMError) -> CRMError {
        // When both names are of the same file, rename(2) leaves both.
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
        // The first error is the cause to report. If the folder is not synchronized, a crash brings back a state that
        // also has the database under its other name.
        try? FilePath(former).syncFolder()
        return error
    }

    private var isNamedTwice: Bool {
        FileIdentity(named: path).map { $0 == FileIdentity(named: former) } ?? false
    }

    /// Deletes the index of an empty write-ahead log.
    ///
    /// - Throws: ``CRMError`` `inputOutput`.
    func removeLogIndex() throws(CRMError) {
        let index = path + "-shm"
        guard unlink(index) == 0 || errno == ENOENT else { throw CRMError(.inputOutput, errno: errno, path: index) }
    }
}
