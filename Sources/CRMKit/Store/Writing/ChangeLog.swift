import SQLite

/// Writes the history of one transaction: who did what, and what each row was before.
///
/// A created row costs no second one: the change set keeps the range of ids it gave out in each table, which is
/// whole because a writing transaction is alone. Updates and deletes keep the earlier values of what changed.
final class ChangeLog {
    /// What happened to a row.
    enum Action: String {
        /// Some columns changed; their earlier values are kept.
        case update
        /// The row went; all of it is kept.
        case delete
        /// A deleted row came back under its old id.
        case restore
    }

    private let store: Store
    private let request: WriteRequest
    private let undoes: Int64?
    /// The ids given out in each table.
    ///
    /// An array, for most changes create rows in few tables, and in bulk one lookup a row by a hash is much.
    private var created: [(table: String, ids: ClosedRange<Int64>)] = []
    /// The change set, once something has changed.
    private(set) var identifier: Int64?

    init(store: Store, request: WriteRequest, undoes: Int64? = nil) {
        self.store = store
        self.request = request
        self.undoes = undoes
    }

    /// Notes that a row was given a new id.
    func noteCreated(_ id: Int64, in table: String) throws {
        _ = try changeSet()
        if let index = created.firstIndex(where: { $0.table == table }) {
            let ids = created[index].ids
            created[index].ids = min(ids.lowerBound, id)...max(ids.upperBound, id)
        } else {
            created.append((table, id...id))
        }
    }

    /// Keeps columns of a row as they are now, before they change.
    func keep(_ columns: [String], of id: Int64, in table: String, action: Action) throws {
        let changeSet = try changeSet()
        try store.statement(
            """
            INSERT INTO "change" ("change_set", "table_name", "record", "action", "before") \
            SELECT ?, ?, "id", ?, \(JSONFunctions.object(of: columns)) \
            FROM \(table.quotedIdentifier) WHERE "id" = ?
            """
        ).run([.integer(changeSet), .text(table), .text(action.rawValue), .integer(id)])
    }

    /// Keeps whole rows as they are now, before they are deleted together.
    func keep(_ columns: [String], of ids: ClosedRange<Int64>, in table: String) throws {
        let changeSet = try changeSet()
        try store.statement(
            """
            INSERT INTO "change" ("change_set", "table_name", "record", "action", "before") \
            SELECT ?, ?, "id", ?, \(JSONFunctions.object(of: columns)) \
            FROM \(table.quotedIdentifier) WHERE "id" BETWEEN ? AND ?
            """
        ).run([
            .integer(changeSet), .text(table), .text(Action.delete.rawValue), .integer(ids.lowerBound),
            .integer(ids.upperBound),
        ])
    }

    /// Keeps a setting as it is now, before it changes. The settings are one row, whose columns are their keys.
    func keep(_ setting: Settings.Key, _ value: Value) throws {
        let changeSet = try changeSet()
        try store.statement(
            """
            INSERT INTO "change" ("change_set", "table_name", "record", "action", "before") \
            VALUES (?, ?, 0, ?, \(JSONFunctions.boundPair))
            """
        ).run([
            .integer(changeSet), .text(Settings.table), .text(Action.update.rawValue), .text(setting.rawValue), value,
        ])
    }

    /// Notes that a deleted row has come back.
    func noteRestored(_ id: Int64, in table: String) throws {
        let changeSet = try changeSet()
        try store.statement(
            "INSERT INTO \"change\" (\"change_set\", \"table_name\", \"record\", \"action\") VALUES (?, ?, ?, ?)"
        ).run([.integer(changeSet), .text(table), .integer(id), .text(Action.restore.rawValue)])
    }

    /// Runs a body whose changes are taken back when it throws, those of the history included.
    func attempt<Result>(_ body: () throws -> Result) throws -> Result {
        let before = (created, identifier)
        do {
            return try store.database.savepoint("attempt", body)
        } catch {
            (created, identifier) = before
            throw error
        }
    }

    /// Writes the ranges of created ids. Called once, last.
    func finish() throws {
        guard let identifier else { return }
        for (table, range) in created.sorted(by: { $0.table < $1.table }) {
            try store.statement(
                """
                INSERT INTO "created" ("change_set", "table_name", "first_id", "last_id") VALUES (?, ?, ?, ?)
                """
            ).run([.integer(identifier), .text(table), .integer(range.lowerBound), .integer(range.upperBound)])
        }
    }

    /// The change set of this transaction, made when it is first asked for.
    func changeSet() throws -> Int64 {
        if let identifier { return identifier }
        try store.statement(
            "INSERT INTO \"change_set\" (\"at\", \"who\", \"command\", \"undoes\") VALUES (?, ?, ?, ?)"
        ).run([
            .text(store.clock.now), .text(request.who), .text(request.command), undoes.map(Value.integer) ?? .null,
        ])
        let identifier = store.database.lastInsertedRowID
        self.identifier = identifier
        return identifier
    }
}
