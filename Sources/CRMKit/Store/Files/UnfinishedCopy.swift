import Formats
import Glibc
import Localization
import SQLite

/// A copy of a database under a temporary name. It gets its final name only when it is complete and checked.
struct UnfinishedCopy {
    private let draft: DraftFile
    private let place: String
    private var path: String { draft.path }

    /// - Parameter place: the future path of the copy.
    init(for place: String) throws(CRMError) {
        self.place = place
        draft = try DraftFile(for: place)
    }

    /// Copies the present state of a database, even while others use it (https://sqlite.org/backup.html), and checks
    /// the copy.
    ///
    /// - Parameter isStopped: called repeatedly to find out whether to stop.
    func make(from database: Database, unless isStopped: @escaping () -> Bool) throws {
        do throws(SQLiteError) {
            try database.backup(to: path, unless: isStopped)
        } catch {
            // The database is only read here, so the disk of the copy is the full one.
            guard error.isOfWriting else { throw error }
            throw CRMError(error, path: place)
        }
        try check(unless: isStopped)
    }

    /// Makes the copy one that is written by a log, whatever the database it was made from. Without one a connection
    /// has no lock between its transactions, and a restoration does not see it.
    func useLog() throws(SQLiteError) {
        try Database(path: path, mode: .readWrite, busyTimeout: 0).execute("PRAGMA journal_mode = WAL")
    }

    /// Gives the copy its final name.
    ///
    /// - Returns: `false` if a file has the name already.
    /// - Throws: ``CRMError`` `inputOutput`; no file has the name then.
    func become(_ name: String) throws(CRMError) -> Bool { try draft.publishUnlessTaken(at: name) }

    /// Gives the copy the owner and the permissions of a file, as far as the user may, so that whoever worked with that
    /// one can work with the copy.
    func takeAccess(of path: String) { draft.takeAccess(of: path) }

    /// Moves the copy to its final path, replacing any existing file.
    ///
    /// - Throws: ``CRMError`` `inputOutput`.
    func replace() throws(CRMError) { try draft.publish() }

    /// Whether another file has the same bytes.
    func holdsTheSame(as other: String) throws(CRMError) -> Bool {
        let first = try ReadFile(path)
        let second = try ReadFile(other)
        while true {
            let (one, two) = (try first.next(), try second.next())
            if one != two { return false }
            if one.isEmpty { return true }
        }
    }

    private func check(unless isStopped: @escaping () -> Bool) throws {
        // No other process uses the file, and SQLite is to create nothing beside it.
        let copy = try Database(path: path, mode: .immutable, busyTimeout: 0)
        copy.interrupt(when: isStopped)
        let result = try copy.scalar("PRAGMA quick_check(1)")?.text
        guard result == "ok" else {
            try copy.checkDisk()
            throw CRMError(
                .configuration,
                Text(
                    en: "no copy was made: the database is damaged",
                    es: "no se hizo la copia: la base de datos está dañada"
                ),
                hint: Text(
                    en: "look at it with \(ProgramName.placeholder) check, restore an earlier backup with "
                        + "\(ProgramName.placeholder) restore FILE, or read what can be read with "
                        + "\(ProgramName.placeholder) salvage FILE -o NEW",
                    es: "revisarla con \(ProgramName.placeholder) check, restaurar una copia anterior con "
                        + "\(ProgramName.placeholder) restore ARCHIVO o rescatar lo legible con "
                        + "\(ProgramName.placeholder) salvage ARCHIVO -o NUEVO"
                )
            )
        }
    }

    fileprivate static func failure(_ path: String) -> CRMError {
        CRMError(.inputOutput, errno: errno, path: path)
    }
}

/// Reads the bytes of a file in pieces.
private final class ReadFile {
    private let path: String
    private let descriptor: Int32

    init(_ path: String) throws(CRMError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw UnfinishedCopy.failure(path) }
    }

    deinit { close(descriptor) }

    /// Returns the next 64 KiB; fewer at the end, and none after it.
    func next() throws(CRMError) -> [UInt8] {
        var problem: CRMError?
        let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
            let count = SystemCall.fill(UnsafeMutableRawBufferPointer(buffer), from: descriptor)
            if count == nil { problem = UnfinishedCopy.failure(path) }
            filled = count ?? 0
        }
        if let problem { throw problem }
        return bytes
    }
}
