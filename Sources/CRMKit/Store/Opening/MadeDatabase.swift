import Glibc
import SQLite

/// The file of a database that was made when it was opened, and in which nothing may have been saved since.
public struct MadeDatabase: Sendable {
    /// The path of the file itself.
    fileprivate let path: String

    /// Deletes the file, once it is closed, if nothing is saved in it and no other process uses it. One that opens it
    /// meanwhile waits for the lock, finds that its file has no name any more, and opens what is at the path by then.
    ///
    /// - Returns: whether the file is gone. One that cannot be read, locked or deleted stays.
    public func deleteIfEmpty() -> Bool {
        // Any failure means that another process has to do with the file.
        (try? isEmpty() && delete()) ?? false
    }

    /// Whether nothing is saved in the file.
    private func isEmpty() throws -> Bool {
        try Self.isEmpty(Database(path: path, mode: .readWrite, busyTimeout: 0))
    }

    private func delete() throws -> Bool {
        let database = try Database(path: path, mode: .readWrite, busyTimeout: 0)
        try database.execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT")
        guard !database.hasMoved, try Self.isEmpty(database) else { return false }
        // Without a log there is no file beside it, and the lock is on the file alone.
        try database.execute("PRAGMA journal_mode = DELETE")
        try database.execute("BEGIN EXCLUSIVE")
        return unlink(path) == 0
    }

    private static func isEmpty(_ database: Database) throws -> Bool {
        // Every database has an identity from its making.
        let tables = try database.all(
            "SELECT \"name\" FROM sqlite_schema WHERE \"type\" = 'table' AND \"name\" <> 'identity'"
        )
        return try tables.compactMap { $0[0].text }.allSatisfy { name in
            try database.all("SELECT 1 FROM \(name.quotedIdentifier) LIMIT 1").isEmpty
        }
    }
}

extension Store {
    /// The file, if opening made it; `nil` for one that was there.
    public var madeDatabase: MadeDatabase? { wasCreated ? MadeDatabase(path: place) : nil }
}
