import Glibc
import SQLite

/// The copy of a file that is about to be upgraded, beside it: `crm.db.format-1.backup`.
///
/// A copy is never written over. One that an interrupted upgrade has left is kept as it is where it holds the same;
/// else the new one takes the next number, `crm.db.format-1.2.backup`.
struct UpgradeCopy {
    private let path: String
    private let stem: String
    /// Who upgrades is alone, so that what is found under its name was left by one that was interrupted.
    private let unfinished: UnfinishedCopy

    init(of path: String, format: Int64) {
        self.path = path
        stem = "\(path).format-\(format)"
        unfinished = UnfinishedCopy(path: FilePath(stem).hidden(".unfinished"))
    }

    /// Copies the file as it was committed last. The connection that holds the lock for writing cannot; another one reads
    /// beside it.
    ///
    /// - Returns: where the copy is.
    func make() throws -> String {
        unfinished.remove()
        do {
            try unfinished.make(from: Database(path: path, mode: .readOnly, busyTimeout: 0))
        } catch {
            throw CRMError(error, path: unfinished.path)
        }
        var number = 1
        while true {
            let name = number == 1 ? "\(stem).backup" : "\(stem).\(number).backup"
            var status = stat()
            guard lstat(name, &status) == 0 else {
                try unfinished.become(name)
                return name
            }
            if try isSame(name, status) {
                unfinished.remove()
                return name
            }
            number += 1
        }
    }

    private func isSame(_ name: String, _ status: stat) throws(CRMError) -> Bool {
        // What is no readable file is none of ours.
        guard status.st_mode & S_IFMT == S_IFREG, access(name, R_OK) == 0 else { return false }
        return try unfinished.holdsTheSame(as: name)
    }
}
