import Localization
import SQLite

/// The progress of an import in several transactions.
///
/// The position is stored in the database, in the same transaction as the rows it counts, under a token that is in the
/// user's journal file. The file stores a position too, which is never ahead of the database. A database that is behind
/// the file was replaced. Thus, whatever interrupts the import, no row is imported twice or skipped.
public struct ImportJournal: Sendable, Hashable {
    /// A token that identifies the import.
    public let token: String
    /// The identity of the database of the import.
    public let database: String

    /// Creates a journal for a token and a database.
    public init(token: String, database: String) {
        self.token = token
        self.database = database
    }

    /// Creates a journal for an import that has not begun.
    public init(in transaction: Transaction) throws {
        token = UniqueName.make()
        database = try transaction.store.ensureIdentity()
    }

    /// The progress of an import.
    public struct State: Sendable, Hashable {
        /// The number of input rows read, and committed or rejected.
        public let rows: Int
        /// The hash of the input up to there.
        public let digest: String
        /// The length of the file of rejected rows then, in bytes.
        public let rejectedBytes: Int
        /// Whether the whole input was imported.
        public let isComplete: Bool

        /// Creates a state.
        public init(rows: Int, digest: String, rejectedBytes: Int, isComplete: Bool) {
            self.rows = rows
            self.digest = digest
            self.rejectedBytes = rejectedBytes
            self.isComplete = isComplete
        }
    }

    /// The reason why an import cannot continue in a database.
    public enum Obstacle: Sendable, Hashable {
        /// The import was begun in another database.
        case otherDatabase
        /// The journal file counts more rows than the database has, which was replaced by an earlier state.
        case earlierDatabase(rows: Int)
        /// Rows of the import have been undone.
        case undone(changeSet: Int64, by: Int64)
    }

    /// Returns the progress; `nil` when nothing was saved.
    public func state(in store: Store) throws(CRMError) -> State? {
        try store.translating {
            let rows = try store.database.all(
                """
                SELECT "rows", "digest", "rejected_bytes", "is_complete" FROM "import_journal" \
                WHERE "token" = ? ORDER BY "rows" DESC LIMIT 1
                """,
                [.text(token)]
            )
            return rows.first.map { row in
                State(
                    rows: Int(row[0].integer ?? 0),
                    digest: row[1].text ?? "",
                    rejectedBytes: Int(row[2].integer ?? 0),
                    isComplete: row[3].integer == 1
                )
            }
        }
    }

    /// Returns the reason why the import cannot continue; `nil` if it can.
    ///
    /// - Parameter known: the number of rows that are known to have been saved.
    public func obstacle(in store: Store, knownRows known: Int) throws(CRMError) -> Obstacle? {
        guard try store.translating({ try store.identity() }) == database else { return .otherDatabase }
        let saved = try state(in: store)?.rows ?? 0
        if saved < known { return .earlierDatabase(rows: saved) }
        return try store.translating {
            let undone = try store.database.all(
                """
                SELECT DISTINCT j."change_set" FROM "import_journal" AS j \
                JOIN "change_set" AS u ON u."undoes" = j."change_set" WHERE j."token" = ? ORDER BY 1 DESC
                """,
                [.text(token)]
            ).compactMap { $0[0].integer }
            for changeSet in undone {
                if let undo = try store.standingUndo(of: changeSet) { return .undone(changeSet: changeSet, by: undo) }
            }
            return nil
        }
    }

    /// Stores the state that the import has reached, in the transaction of its rows.
    ///
    /// - Parameter earlier: the state of the import when the rows were read; `nil` at its beginning.
    /// - Throws: ``CRMError`` `busy` if another process has imported rows in the meantime.
    public func note(_ state: State, after earlier: State?, in transaction: Transaction) throws {
        guard try self.state(in: transaction.store) == earlier else {
            throw CRMError(
                .busy,
                Text(
                    en: "another process goes on with this import",
                    es: "otro proceso continúa esta importación"
                )
            )
        }
        // The end may come after the same number of rows.
        try transaction.store.statement(
            """
            INSERT INTO "import_journal" \
            ("token", "rows", "digest", "rejected_bytes", "is_complete", "change_set") VALUES (?, ?, ?, ?, ?, ?) \
            ON CONFLICT ("token", "rows") DO UPDATE SET "digest" = excluded."digest", \
            "rejected_bytes" = excluded."rejected_bytes", "is_complete" = excluded."is_complete", \
            "change_set" = coalesce(excluded."change_set", "change_set")
            """
        ).run([
            .text(token), .integer(Int64(state.rows)), .text(state.digest), .integer(Int64(state.rejectedBytes)),
            .integer(state.isComplete ? 1 : 0), transaction.log.identifier.map(Value.integer) ?? .null,
        ])
    }

    /// Deletes the progress of the import, whose journal file no longer exists.
    public func forget(in transaction: Transaction) throws {
        try transaction.store.statement("DELETE FROM \"import_journal\" WHERE \"token\" = ?").run([.text(token)])
    }
}

extension Store {
    /// Whether a write is in progress, which further changes would be a part of.
    public var isWriting: Bool { ongoing != nil }
}
