import Localization
import SQLite

/// Brings a file of an earlier format up to the present definitions.
///
/// What the definitions only add, tables, columns and indexes, is found by comparing them with the file, and comes to
/// every record that exists. What changes more is a numbered step.
struct Migration {
    private(set) var database: Database
    /// The path that messages show.
    let path: String
    /// The path of the file itself, beside which its copy goes.
    let place: String
    let registry: Registry
    let clock: Clock
    /// The changes of each format beyond additions, in order.
    let steps: [MigrationStep]
    /// Tells the migration to stop before it is done, if set.
    var stop: (any Stop)?

    /// Copies the file beside itself, then runs every step from the format of the file on in one transaction: first the
    /// changes of steps to existing tables, then additions, then the values that steps fill in.
    ///
    /// The lock is taken first: when several processes do this at once, one upgrades the file and the others find it
    /// done.
    ///
    /// - Returns: the outcome, for the user; `nil` if another process has upgraded the file.
    /// - Throws: ``CRMError`` `interrupted`; the file is then unchanged, and nothing is left beside it.
    func run() throws -> Store.Opening? {
        let isStopped = { [stop] in stop?.isRequested ?? false }
        database.interrupt(when: isStopped)
        var copy: UpgradeCopy.Made?
        var isDone = false
        do {
            let opening: Store.Opening? = try database.transaction(.immediate) {
                let header = try FileHeader(reading: database)
                guard header.isOlder else { return nil }
                stop?.hold()
                let made = try UpgradeCopy(of: place, format: header.version).make(unless: isStopped)
                copy = made
                let notes = try upgrade(from: header)
                if isStopped() { throw CRMError.interruptedUnsaved }
                isDone = true
                return .upgraded(copy: made.path, notes: notes)
            }
            stop?.pass()
            return opening
        } catch {
            guard !isDone, isStopped() else { throw error }
            copy?.remove()
            throw CRMError.interruptedUnsaved
        }
    }

    /// Upgrades a temporary copy of the file, which is gone when it is closed. The lock is taken as by ``run()``, which
    /// fails where the upgrade would.
    ///
    /// - Returns: `nil` if another process has upgraded the file.
    func runOnCopy() throws -> Database? {
        try database.transaction(.immediate) {
            let header = try FileHeader(reading: database)
            guard header.isOlder else { return nil }
            var migration = self
            migration.database = try .temporary()
            // The connection with the lock cannot copy.
            try Database(path: place, mode: .readOnly, busyTimeout: 0).backup(to: migration.database)
            _ = try migration.database.transaction(.immediate) { try migration.upgrade(from: header) }
            return migration.database
        }
    }

    /// Runs every step within a transaction.
    ///
    /// - Returns: the messages for the user.
    func upgrade(from header: FileHeader) throws -> [Text] {
        let steps = steps.filter { $0.format >= header.version }
        for step in steps { try step.redefine(database) }
        let former = try Definitions(of: header, in: database)
        let notes = try Takeover(database: database, standard: registry).run(former)
        let store = Store(
            database: database,
            path: path,
            place: place,
            opening: .found,
            modules: try FileRegistry(registry).following(header, in: database),
            header: header,
            clock: clock
        )
        var upgrade = Upgrade(store: store, from: header.version)
        for step in steps { try step.prepare(&upgrade) }
        try Additions(
            database: database,
            schema: Schema(registry: store.registry),
            country: store.settings().country
        )
        .make()
        for step in steps { try step.fill(&upgrade) }
        try FileHeader.write(
            version: Schema.version,
            definitions: header.definitions + (notes.isEmpty ? 0 : 1),
            to: database
        )
        return notes + upgrade.notes
    }
}
