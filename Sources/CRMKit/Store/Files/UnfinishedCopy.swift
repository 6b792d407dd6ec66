import Glibc
import Localization
import SQLite

/// A whole copy of a database under a passing name, until it is given its own: complete and checked, or not there at all.
///
/// The passing name is in the folder of the other, so that renaming the copy cannot fail halfway.
struct UnfinishedCopy {
    let path: String

    /// Copies a database, as it is now and whoever else uses it (https://sqlite.org/backup.html).
    func make(from database: Database) throws {
        do {
            try database.backup(to: path)
            try check()
        } catch {
            remove()
            throw error
        }
    }

    /// Gives the copy its name, for good.
    ///
    /// - Throws: ``CRMError`` `inputOutput`; nothing is left behind then.
    func become(_ name: String) throws(CRMError) {
        guard rename(path, name) == 0 else {
            let failure = Self.failure(name)
            remove()
            throw failure
        }
        try FilePath(name).syncFolder()
    }

    /// Takes the copy away, with what SQLite may have left beside one that was not finished.
    func remove() {
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(path + suffix) }
    }

    /// Whether a file is the same to the byte.
    func holdsTheSame(as other: String) throws(CRMError) -> Bool {
        let first = try ReadFile(path)
        let second = try ReadFile(other)
        while true {
            let (one, two) = (try first.next(), try second.next())
            if one != two { return false }
            if one.isEmpty { return true }
        }
    }

    private func check() throws {
        // Nobody else knows of the file, and nothing is to appear beside it.
        let copy = try Database(path: path, mode: .immutable, busyTimeout: 0)
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

    fileprivate static func failure(_ path: String) -> CRMError {
        CRMError(.inputOutput, errno: errno, path: path)
    }
}

/// The bytes of a file, a piece at a time.
private final class ReadFile {
    private let path: String
    private let descriptor: Int32

    init(_ path: String) throws(CRMError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw UnfinishedCopy.failure(path) }
    }

    deinit { close(descriptor) }

    /// The next 64 KiB, fewer at the end, none after it.
    func next() throws(CRMError) -> [UInt8] {
        let most = 1 << 16
        var count = 0
        var problem: CRMError?
        let bytes = [UInt8](unsafeUninitializedCapacity: most) { buffer, filled in
            while count < most {
                let got = read(descriptor, buffer.baseAddress.map { $0 + count }, most - count)
                if got < 0, errno == EINTR { continue }
                if got < 0 { problem = UnfinishedCopy.failure(path) }
                if got <= 0 { break }
                count += got
            }
            filled = count
        }
        if let problem { throw problem }
        return bytes
    }
}
