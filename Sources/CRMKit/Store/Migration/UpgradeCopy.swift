import Glibc
import SQLite

/// The copy of a file that is about to be upgraded, beside it: `crm.db.format-1.backup`.
///
/// A copy is never written over. One that an interrupted upgrade has left is kept as it is where it holds the same;
/// else the new one takes the next number, `crm.db.format-1.2.backup`.
struct UpgradeCopy {
    private let path: String
    private let stem: String

    private static let mark = ".format-"
    private static let ending = ".backup"

    init(of path: String, format: Int64) {
        self.path = path
        stem = "\(path)\(Self.mark)\(format)"
    }

    /// Whether the name of a file is that of a copy of another one, by what follows the other one's name.
    static func isOne(_ rest: some StringProtocol) -> Bool { rest.hasPrefix(mark) && rest.hasSuffix(ending) }

    /// A copy that exists.
    struct Made {
        let path: String
        /// Whether the copy existed before.
        let isEarlier: Bool

        /// Deletes a copy that turned out not to be needed.
        func remove() {
            if !isEarlier { unlink(path) }
        }
    }

    /// Copies the last committed state of the file, for those who can open the file. The connection that holds the write
    /// lock cannot do this, so a second connection reads.
    ///
    /// - Parameter isStopped: asked now and then whether to give up.
    func make(unless isStopped: @escaping () -> Bool) throws -> Made {
        let first = "\(stem)\(Self.ending)"
        let copy = try UnfinishedCopy(for: first)
        do {
            try copy.make(from: Database(path: path, mode: .readOnly, busyTimeout: 0), unless: isStopped)
        } catch {
            throw CRMError(error, path: first)
        }
        copy.takeAccess(of: path)
        var number = 1
        while true {
            let name = number == 1 ? first : "\(stem).\(number)\(Self.ending)"
            if try copy.become(name) { return Made(path: name, isEarlier: false) }
            var status = stat()
            if lstat(name, &status) == 0, try isSame(copy, name, status) { return Made(path: name, isEarlier: true) }
            if isStopped() { throw CRMError.interruptedUnsaved }
            number += 1
        }
    }

    private func isSame(_ copy: UnfinishedCopy, _ name: String, _ status: stat) throws(CRMError) -> Bool {
        // A file that is not regular or cannot be read is not one of this program's copies.
        guard status.st_mode & S_IFMT == S_IFREG, access(name, R_OK) == 0 else { return false }
        return try copy.holdsTheSame(as: name)
    }
}
