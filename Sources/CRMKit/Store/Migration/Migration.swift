import Localization
import SQLite

/// Brings a file of an earlier format up to the present definitions.
///
/// What the definitions only add, tables, columns and indexes, is found by comparing them with the file, and comes to
/// every record that exists. What changes more is a numbered step.
struct Migration {
    let database: Database
    let path: String
    let registry: Registry
    let clock: Clock
    /// What each format changes beyond adding, in order.
    let steps: [MigrationStep]

    /// Copies the file beside itself, then runs every step from the format of the file on, in one transaction: first
    /// what steps do to the tables as they stand, then what is only added, then what steps fill in.
    ///
    /// The lock is taken first: of several processes that come here at once, one does it and the others find it done.
    ///
    /// - Returns: what was done; `nil` where another process has done it.
    func run() throws -> Store.Opening? {
        try database.transaction(.immediate) {
            let header = try FileHeader(reading: database)
            guard header.isOlder else { return nil }
            let copy = try UpgradeCopy(of: path, format: header.version).make()
            return .upgraded(copy: copy, notes: try upgrade(from: header))
        }
    }

    /// Runs every step within a transaction.
    ///
    /// - Returns: what the user is told.
    func upgrade(from header: FileHeader) throws -> [Text] {
        let steps = steps.filter { $0.format >= header.version }
        for step in steps { try step.redefine(database) }
        let former = try Definitions(of: header, in: database)
        let notes = try Takeover(database: database, standard: registry).run(former)
        let store = Store(
            database: database,
            path: path,
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
