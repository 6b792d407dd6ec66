import Glibc
import Localization
import SQLite

/// A restoration of a database from a backup. The present database is kept beside it under another name.
public struct Restoration {
    private let path: String
    private let clock: Clock
    private let timeout: Int32

    /// - Parameters:
    ///   - path: the path of the database.
    ///   - timeout: milliseconds to wait for another process.
    public init(of path: String, clock: Clock, timeout: Int32) {
        self.path = path
        self.clock = clock
        self.timeout = timeout
    }

    /// Checks a backup and replaces the database by a copy of it, which the same people can open.
    ///
    /// - Returns: the path to which the previous database was moved; `nil` if there was none.
    /// - Throws: ``CRMError`` `notFound`; `configuration` for a backup that is not a sound database of this program;
    ///   `busy` while others have the database open; `inputOutput`. After an error the present files have their names
    ///   again, or the error says where they are.
    public func run(from backup: String, unless isStopped: @escaping () -> Bool) throws(CRMError) -> String? {
        do {
            let source = try openBackup(backup)
            source.interrupt(when: isStopped)
            try check(source, backup)
            let copy = try UnfinishedCopy(for: path)
            try copy.make(from: source, unless: isStopped)
            try copy.useLog()
            guard access(path, F_OK) == 0 else {
                try DatabaseFile(path: path, timeout: 0).refuseRemains()
                guard try copy.become(path) else { throw inUse }
                return nil
            }
            return try replace(by: copy)
        } catch let error as SQLiteError {
            // The backup is only read, so what is full is the disk of the copy.
            throw CRMError(error, path: [.busy, .locked, .full].contains(error.code) ? path : backup)
        } catch {
            throw CRMError(error, path: path)
        }
    }

    /// Opens a backup as a single file, so that SQLite creates nothing beside it. A database that was not closed is
    /// read together with its log or journal.
    private func openBackup(_ backup: String) throws -> Database {
        let file = DatabaseFile(path: backup, timeout: timeout)
        try file.checkPath()
        if file.hasPendingLog || file.hasPendingJournal { return try file.open(.reading).0 }
        let database = try Database(path: file.place, mode: .immutable, busyTimeout: timeout)
        let header = try FileHeader(reading: database)
        guard !header.isBlank else {
            throw CRMError(
                .configuration,
                Text(en: "\(backup) is empty: it is no backup", es: "\(backup) está vacío: no es una copia"),
                hint: Text(en: "restore another backup", es: "restaurar otra copia de seguridad")
            )
        }
        try header.check(path: backup)
        return database
    }

    private func check(_ database: Database, _ path: String) throws {
        let result = try database.scalar("PRAGMA integrity_check(1)")?.text
        guard result == "ok" else {
            try database.checkDisk()
            throw CRMError(
                .configuration,
                Text(en: "\(path) is damaged", es: "\(path) está dañado"),
                hint: Text(
                    en: "restore another backup",
                    es: "restaurar otra copia de seguridad"
                )
            )
        }
    }

    /// Replaces the database if nobody else has it open.
    private func replace(by copy: UnfinishedCopy) throws -> String {
        try DatabaseFile(path: path, timeout: timeout).checkPath()
        guard SQLiteLocks(of: path).areFree else { throw inUse }
        try DatabaseFile(path: path, timeout: timeout).removeReadersLog()
        // The lock is held until the copy is in place, so that no other process opens the database in between. One that
        // has opened the file and waits for its first lock finds afterwards that the file has lost its name.
        let database = try exclusively()
        let lock = database == nil ? SQLiteLocks(of: path) : nil
        defer { withExtendedLifetime((database, lock)) {} }
        if let lock, !lock.take() { throw inUse }
        let kept = try setAside()
        do throws(CRMError) {
            // The log was checkpointed, so its index contains nothing.
            if database != nil { try kept.removeLogIndex() }
            copy.takeAccess(of: kept.path)
            try copy.replace()
        } catch {
            throw kept.putBack(after: error)
        }
        return kept.path
    }

    /// Opens the database exclusively and moves everything into its file; `nil` if it cannot be read.
    private func exclusively() throws -> Database? {
        let database = try Database(path: path, mode: .readWrite, busyTimeout: timeout)
        do {
            try database.execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT")
            // If another restoration was faster, the log is that of another file by now and must not be moved into this.
            guard !database.hasMoved else { throw inUse }
            try database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            try database.execute("PRAGMA journal_mode = DELETE")
            try database.execute("BEGIN EXCLUSIVE")
            return database
        } catch let error as SQLiteError where error.code == .notADatabase || error.code == .corrupt {
            guard !database.hasMoved else { throw inUse }
            return nil
        }
    }

    /// Renames the present database to a free name with the present moment.
    private func setAside() throws(CRMError) -> SetAsideDatabase {
        var number = 1
        while true {
            let first = "\(path)\(DatabaseFile.formerMark)\(BackupName.stamp(clock.moment))"
            let place = first + (number == 1 ? "" : ".\(number)")
            if let kept = try SetAsideDatabase(path, as: place) { return kept }
            number += 1
        }
    }

    private var inUse: CRMError {
        CRMError(
            .busy,
            Text(en: "\(path) is in use by another process", es: "otro proceso está usando \(path)"),
            hint: Text(en: "end what uses it, then try again", es: "terminar lo que lo usa y volver a intentarlo")
        )
    }
}
