import Glibc
import Localization
import SQLite

/// A whole copy of a database in a file that was not there before: complete and checked, or not there at all.
struct Backup {
    private let path: String
    /// Holds the copy until it is whole. It is in the same folder, so that renaming it cannot fail halfway.
    private let unfinished: String

    /// - Throws: ``CRMError`` `refused` where the file exists.
    init(to path: String) throws(CRMError) {
        var status = stat()
        guard lstat(path, &status) != 0 else {
            throw CRMError(
                .refused,
                Text(en: "\(path) exists already", es: "\(path) ya existe"),
                hint: Text(
                    en: "a copy is never written over a file: give another name",
                    es: "una copia nunca se escribe sobre un archivo: indicar otro nombre"
                )
            )
        }
        self.path = path
        unfinished = "\(path).\(getpid()).unfinished"
    }

    /// Copies a database, as it is now and whoever else uses it (https://sqlite.org/backup.html).
    func run(from database: Database) throws {
        do {
            try database.backup(to: unfinished)
            try check()
            guard rename(unfinished, path) == 0 else { throw Self.failure(path) }
            try syncFolder()
        } catch {
            // What SQLite may have left beside an unfinished copy goes with it.
            for suffix in ["", "-journal", "-wal", "-shm"] { unlink(unfinished + suffix) }
            throw error is SQLiteError ? CRMError(error, path: path) : error
        }
    }

    private func check() throws {
        // Nobody else knows of the file, and nothing is to appear beside it.
        let copy = try Database(path: unfinished, mode: .immutable, busyTimeout: 0)
        let result = try copy.scalar("PRAGMA quick_check(1)")?.text
        guard result == "ok" else {
            throw CRMError(
                .failed,
                Text(
                    en: "the copy is not sound: \(result ?? "")",
                    es: "la copia no está en buen estado: \(result ?? "")"
                ),
                hint: Text(
                    en: "look at the database with: \(ProgramName.placeholder) check",
                    es: "revisar la base de datos con: \(ProgramName.placeholder) check"
                )
            )
        }
    }

    /// A name is safe on the disk only when its folder is.
    private func syncFolder() throws {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure(folder) }
        defer { close(descriptor) }
        // Some file systems cannot sync a folder and say so by EINVAL; there is nothing more to do then.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw Self.failure(folder) }
    }

    private static func failure(_ path: String) -> CRMError {
        CRMError(.inputOutput, errno: errno, path: path)
    }
}

extension Store {
    /// Copies the whole database into a new file with permissions 0600, as it is now and whoever else uses it.
    ///
    /// - Throws: ``CRMError`` `refused` where the file exists; `inputOutput` where it cannot be written, which leaves
    ///   nothing behind.
    public func backup(to path: String) throws(CRMError) {
        try translating { try Backup(to: path).run(from: database) }
    }
}
