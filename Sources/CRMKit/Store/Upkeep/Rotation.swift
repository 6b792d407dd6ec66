import Glibc
import Localization
import SQLite

/// The result of a rotation of backups.
public struct RotationReport: Sendable {
    /// The new backup.
    public let path: String
    /// Its size in bytes.
    public let size: Int64
    /// The backups that were removed.
    public let removed: [String]
    /// The number of backups of the database now in the folder.
    public let kept: Int
    /// The files that are named like backups of the database and are none: those of another database, and what is no
    /// database.
    public let others: [String]
}

extension Store {
    /// The time to wait for another rotation, in milliseconds.
    private static var longestRotation: Int32 { 60_000 }

    /// Copies the database into a folder under a name with the present moment, checks the copy, and only then removes
    /// outdated backups of this database from the folder. Rotations in one folder wait for each other.
    ///
    /// - Throws: ``CRMError`` `inputOutput`; `busy`; no backup is removed unless the new one is complete.
    public func rotateBackups(in folder: String, keeping retention: Retention) throws(CRMError) -> RotationReport {
        // Of two rotations at once one would remove what the other has just made.
        let lock = try FolderLock(folder, for: folder, timeout: Self.longestRotation) { stop?.isRequested ?? false }
        defer { withExtendedLifetime(lock) {} }
        // Removes the unfinished file of a rotation that was killed.
        DraftFile.sweep(folder)
        let name = try backup(into: folder)
        let place = "\(folder)/\(name)"
        let origin = try translating { try Origin(reading: database) }
        var (own, others): ([BackupName], [String]) = ([], [])
        for found in try backups(in: folder) {
            let path = "\(folder)/\(found)"
            if found == name || origin.isThat(of: path) { own.append(found) } else { others.append(path) }
        }
        // One of a moment in the future comes from a wrong clock. It stays until then, and takes the place of no other.
        let outdated = retention.outdated(among: own.filter { $0.moment <= name.moment }, in: clock.zone)
        var removed: [String] = []
        for backup in outdated.reversed() {
            let path = "\(folder)/\(backup)"
            guard unlink(path) == 0 || errno == ENOENT else {
                var failure = CRMError(.inputOutput, errno: errno, path: path)
                failure.hint = Text(
                    en: "the new backup is complete: \(place)",
                    es: "la copia nueva está completa: \(place)"
                )
                throw failure
            }
            removed.append(path)
        }
        if !removed.isEmpty { try FilePath(place).syncFolder() }
        var status = stat()
        guard stat(place, &status) == 0 else { throw CRMError(.inputOutput, errno: errno, path: place) }
        return RotationReport(
            path: place,
            size: Int64(status.st_size),
            removed: removed,
            kept: own.count - removed.count,
            others: others
        )
    }

    /// Returns the names in a folder that are those of backups of a database with this one's name.
    private func backups(in folder: String) throws(CRMError) -> [BackupName] {
        let stem = BackupName(of: path, at: clock.moment).stem
        return try FilePath.names(in: folder).compactMap { BackupName($0) }.filter { $0.stem == stem }
    }

    /// Copies the database into a folder under a name with the present moment. If another backup has that second, a
    /// later second is used, so that this one is the newest.
    private func backup(into folder: String) throws(CRMError) -> BackupName {
        var moment = clock.moment
        let last = try backups(in: folder).map(\.moment.secondsSinceEpoch).max() ?? 0
        // A backup far in the future comes from a wrong clock and is ignored.
        if (0..<Int64(Self.mostTaken)).contains(last - moment.secondsSinceEpoch) {
            moment = Moment(secondsSinceEpoch: last + 1) ?? moment
        }
        for _ in 0..<Self.mostTaken {
            let name = BackupName(of: path, at: moment)
            do throws(CRMError) {
                try backup(to: "\(folder)/\(name)")
                return name
            } catch {
                guard error.code == .refused, access("\(folder)/\(name)", F_OK) == 0,
                    let next = Moment(secondsSinceEpoch: moment.secondsSinceEpoch + 1)
                else { throw error }
                moment = next
            }
        }
        throw CRMError.taken("\(folder)/\(BackupName(of: path, at: clock.moment))")
    }

    /// The maximum number of seconds by which the name may be later, which is the maximum number of backups in one
    /// second.
    private static var mostTaken: Int { 60 }

    /// Whether a folder is recorded as one with backups, and the database has an identity.
    public func knowsBackups(in folder: String) throws(CRMError) -> Bool {
        try translating {
            try database.first(
                "SELECT 1 FROM \"identity\", \"backup_folder\" WHERE \"path\" = ?",
                [.text(folder)]
            ) != nil
        }
    }

    /// Records in the database that a folder has backups, so that an erasure can report them, and gives the database an
    /// identity if it has none, by which later rotations find its backups even if its history was shortened. If one of
    /// them has an identity, it is that one: the database was restored from a backup that an earlier version made.
    public func noteBackups(in folder: String) throws(CRMError) {
        let names = try backups(in: folder)
        try translating {
            let former = try identity() == nil ? Origin(reading: database).newestIdentity(of: names, in: folder) : nil
            try database.transaction {
                try database.run(
                    "INSERT OR IGNORE INTO \"backup_folder\" (\"path\", \"at\") VALUES (?, ?)",
                    [.text(folder), .text(clock.now)]
                )
                try ensureIdentity(former)
            }
        }
    }
}

/// The identity of a database among others with the same name: the one it was given or, in a file without one, entries
/// of its history.
private struct Origin {
    private let database: Database
    private let identity: Value?

    init(reading database: Database) throws {
        self.database = database
        // Earlier formats have no such table.
        let hasTable = try database.scalar("SELECT 1 FROM sqlite_schema WHERE \"name\" = 'identity'") != nil
        identity = hasTable ? try database.scalar("SELECT \"id\" FROM \"identity\"") : nil
    }

    /// Whether a file is a copy of the database.
    func isThat(of path: String) -> Bool { copy(at: path) != nil }

    /// Returns the identity that the newest copy of the database with one has.
    func newestIdentity(of names: [BackupName], in folder: String) -> String? {
        names.sorted { $0.moment > $1.moment }.lazy.compactMap { copy(at: "\(folder)/\($0)")?.identity?.text }.first
    }

    /// Returns the origin of a file that is a copy of the database. One that cannot be read never is, so that it is not
    /// removed.
    private func copy(at path: String) -> Origin? {
        // SQLite would wait for the other end of a pipe.
        guard FileIdentity(at: path)?.isRegular == true,
            let copy = try? Origin(reading: Database(path: path, mode: .immutable, busyTimeout: 0)),
            let isSame = try? isSame(as: copy), isSame
        else { return nil }
        return copy
    }

    private func isSame(as other: Origin) throws -> Bool {
        if let identity, let others = other.identity { return identity == others }
        // The present database may have lost its first entries since, and may have been restored to before its last.
        return try other.ends.contains(where: has) || ends.contains(where: other.has)
    }

    /// The first and the last entry of the history; none without any.
    private var ends: [[Value]] {
        get throws {
            try ["ASC", "DESC"].compactMap { order in
                try database.first(
                    "SELECT \"id\", \"at\", \"who\", \"command\" FROM \"change_set\" ORDER BY \"id\" \(order) LIMIT 1"
                )
            }
        }
    }

    private func has(_ entry: [Value]) throws -> Bool {
        try database.first(
            "SELECT 1 FROM \"change_set\" WHERE \"id\" = ? AND \"at\" = ? AND \"who\" IS ? AND \"command\" IS ?",
            entry
        ) != nil
    }
}
