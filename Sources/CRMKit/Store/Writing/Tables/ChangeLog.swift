import Formats
import SQLite

/// Writes the history of one transaction: who did what, and what each row was before.
///
/// A new row needs no history row: the change set only keeps the ranges of ids given out in each table. Updates and
/// deletions store the earlier values of what changed.
final class ChangeLog {
    /// The kind of change of a row.
    enum Action: String, CaseIterable {
        /// Some columns changed; their earlier values are kept.
        case update
        /// The row was deleted; all its values are kept.
        case delete
        /// A deleted row came back under its old id.
        case restore
        /// The row went for good, with all that was kept of it.
        case erase
    }

    /// What was done with the rows of one table.
    struct WrittenRows {
        private var counts: [Action: Int] = [:]
        /// The actions whose number of rows is not known and must be counted in the stored history.
        private var uncounted: Set<Action> = []
        /// The columns that updates have changed in any row.
        private(set) var columns: Set<String> = []

        /// The kinds of changes made.
        var actions: [Action] { Array(counts.keys) }

        /// The number of rows with which something was done; `nil` if that is not known.
        func rows(_ action: Action) -> Int? { uncounted.contains(action) ? nil : counts[action] ?? 0 }

        fileprivate mutating func note(_ action: Action, _ rows: Int, _ columns: some Sequence<String>) {
            // A row goes once, and comes back once, but it may change several times.
            if action == .update, counts[action] != nil { uncounted.insert(action) }
            counts[action, default: 0] += rows
            if action == .update { self.columns.formUnion(columns) }
        }

        /// Notes that some of the changes were rolled back, so that no number of rows is known any more.
        fileprivate mutating func retreat() { uncounted.formUnion(counts.keys) }
    }

    private let store: Store
    private let request: WriteRequest
    private let undoes: Int64?
    /// Whether the transaction is an undo.
    var isUndo: Bool { undoes != nil }
    private var created = CreatedRuns()
    /// Whether the definitions that the file holds have changed, and the tables have not yet been brought in line.
    var touchesDefinitions = false
    /// The change set, once something has changed.
    private(set) var identifier: Int64?
    /// The number of rows created or changed.
    private(set) var rowCount = 0
    /// The counters of numbers. The history does not contain them, but a rollback restores them.
    var counters = Counters()
    /// The tables whose rows have changed, and how.
    private var tables: [ChangedTable] = []
    /// The number of rollbacks.
    private var retreats = 0
    /// What an undo has done to existing rows, by table name: at its end it checks what it leaves behind.
    private(set) var kept: [String: WrittenRows] = [:]
    /// The earlier values of single rows that are still to be stored.
    private let waiting: KeptRows
    /// Whether these are stored several at once. Until ``flush()`` the history then lacks the last of them.
    private var isGathering = false

    init(store: Store, request: WriteRequest, undoes: Int64? = nil) {
        self.store = store
        self.request = request
        self.undoes = undoes
        waiting = KeptRows(store)
    }

    /// Notes that rows were given new ids.
    func noteCreated(_ ids: ClosedRange<Int64>, in table: String) throws {
        _ = try changeSet()
        created.add(ids, in: table)
        rowCount += ids.count
        noteDefinitions(table)
        // However the ids are scattered, they take no more memory than this.
        if created.count > CreatedRuns.most { try writeCreated() }
    }

    /// Notes that rows of a table hold something else now.
    func noteChanged(_ table: String) { changed(table).revision += 1 }

    /// Returns the entry of a table. There are few, so that a search is faster than a lookup by a hash.
    private func changed(_ name: String) -> ChangedTable {
        for table in tables where table.name == name { return table }
        let table = ChangedTable(name)
        tables.append(table)
        return table
    }

    /// Changes whenever what was read of a table's rows may no longer be what they hold.
    func revision(of table: String) -> TableRevision {
        TableRevision(changes: changed(table).revision, retreats: retreats)
    }

    /// Whether a row is known to be new, so that history need not keep what it was before.
    func hasCreated(_ id: Int64, in table: String) -> Bool { created.contains(id, in: table) }

    /// The condition that a row was not made in this change set, as far as that is written already. ``hasCreated`` tells
    /// of the others.
    func isFormer(_ id: SQLFragment, in table: String) -> SQLFragment {
        guard let identifier else { return "1" }
        return """
            NOT EXISTS (SELECT 1 FROM "created" AS "made" WHERE "made"."change_set" = \(bind: .integer(identifier)) \
            AND "made"."table_name" = \(bind: .text(table)) AND \(id) BETWEEN "made"."first_id" AND "made"."last_id")
            """
    }

    /// Notes what was done with rows. What is taken back again stays noted, which only has more looked at.
    private func note(_ action: Action, with rows: Int, in table: String, _ columns: some Sequence<String>) {
        rowCount += rows
        guard undoes != nil else { return }
        kept[table, default: WrittenRows()].note(action, rows, columns)
    }

    private func noteDefinitions(_ table: String) {
        if changed(table).isDefinition { touchesDefinitions = true }
    }

    /// Runs a body that changes row after row and does not look at their history, which is stored several rows at once.
    func gathering<Result>(_ body: () throws -> Result) throws -> Result {
        let before = isGathering
        isGathering = true
        defer { isGathering = before }
        let result = try body()
        if !before { try flush() }
        return result
    }

    /// Stores what is still waiting, before anything else is written to the history or it is looked at.
    func flush() throws {
        if !waiting.isEmpty { try waiting.store(in: changeSet()) }
    }

    /// Stores the present values of columns of rows, before the rows are changed or deleted.
    ///
    /// - Parameters:
    ///   - columns: the names of columns of the table; all of them before a deletion.
    ///   - action: the action about to be performed on the rows.
    func keep(_ columns: [String], of rows: RowSet, in table: String, action: Action) throws {
        try flush()
        noteDefinitions(table)
        let changeSet = try changeSet()
        let statement: SQLFragment = """
            INSERT INTO "change" ("change_set", "table_name", "record", "action", "before") \
            SELECT \(bind: .integer(changeSet)), \(bind: .text(table)), "id", \(bind: .text(action.rawValue)), \
            \(SQLFragment(definition: JSONFunctions.object(of: columns))) \
            FROM \(name: table) WHERE \(rows.condition(on: .name("id")))
            """
        note(action, with: try store.run(statement), in: table, columns)
    }

    /// Stores the present values of columns of rows before they are set to images. For each row only the columns in its
    /// image are stored.
    func keep(_ columns: [String], of images: RowImages, in table: Table) throws {
        try flush()
        noteDefinitions(table.name)
        let changeSet = try changeSet()
        let statement: SQLFragment = """
            INSERT INTO "change" ("change_set", "table_name", "record", "action", "before") \
            SELECT \(bind: .integer(changeSet)), \(bind: .text(table.name)), "id", \
            \(bind: .text(Action.update.rawValue)), "before" FROM (\(images.present(columns, in: table)))
            """
        note(.update, with: try store.run(statement), in: table.name, columns)
    }

    /// Stores known values of columns of one row, before they are changed.
    ///
    /// - Parameter before: the columns and their present values.
    func keep(_ before: [(column: String, value: Value)], of id: Int64, in table: String) throws {
        noteDefinitions(table)
        _ = try changeSet()
        // No field is stored as what JSON lacks: https://www.sqlite.org/stricttables.html
        guard try waiting.add(before, of: id, in: table) else {
            return try keep(before.map(\.column), of: .one(id), in: table, action: .update)
        }
        if !isGathering || waiting.isFull { try flush() }
        note(.update, with: 1, in: table, before.lazy.map(\.column))
    }

    /// Keeps a setting as it is now, before it changes. The settings are one row, whose columns are their keys.
    func keep(_ setting: Settings.Key, _ value: Value) throws {
        try keep([(setting.name, value)], of: 0, in: Settings.table)
    }

    /// Notes that rows were deleted for good, with nothing kept of them.
    ///
    /// - Parameter rows: a query whose one column has their ids.
    func noteErased(_ rows: SQLFragment, in table: String) throws {
        try flush()
        let changeSet = try changeSet()
        rowCount += try store.run(
            """
            INSERT INTO "change" ("change_set", "table_name", "record", "action") \
            SELECT \(bind: .integer(changeSet)), \(bind: .text(table)), *, \(bind: .text(Action.erase.rawValue)) \
            FROM (\(rows))
            """
        )
    }

    /// Notes that deleted rows have come back.
    ///
    /// - Parameter rows: a query whose one column has their ids.
    func noteRestored(_ rows: SQLFragment, in table: String) throws {
        try flush()
        let changeSet = try changeSet()
        let count = try store.run(
            """
            INSERT INTO "change" ("change_set", "table_name", "record", "action") \
            SELECT \(bind: .integer(changeSet)), \(bind: .text(table)), "record", \
            \(bind: .text(Action.restore.rawValue)) FROM (\(rows))
            """
        )
        note(.restore, with: count, in: table, [])
    }

    /// Runs a body whose changes are taken back when it throws, those of the history included.
    func attempt<Result>(_ body: () throws -> Result) throws -> Result {
        try flush()
        let before = (created, identifier, rowCount, touchesDefinitions, counters)
        do {
            return try store.database.savepoint("attempt", body)
        } catch {
            (created, identifier, rowCount, touchesDefinitions, counters) = before
            waiting.removeAll()
            for table in kept.keys { kept[table]?.retreat() }
            retreats += 1
            throw error
        }
    }

    /// Writes what is not yet written. Called once, last.
    func finish() throws {
        try flush()
        try writeCreated()
        try counters.write(to: store)
    }

    /// Writes which rows were made, so that the history tells of them before the end of the transaction.
    func writeCreated() throws {
        guard let identifier else { return }
        let statement = try store.statement(
            """
            INSERT INTO "created" ("change_set", "table_name", "first_id", "last_id") VALUES (?, ?, ?, ?)
            """
        )
        for (table, ids) in created.runs {
            try statement.run([.integer(identifier), .text(table), .integer(ids.lowerBound), .integer(ids.upperBound)])
        }
        created = CreatedRuns()
    }

    /// Returns the change set that this transaction continues; `nil` when it begins a new one. Derived data, such as
    /// the search index, is marked to look at the change set again.
    private func continued() throws -> Int64? {
        guard let last = request.continues,
            try store.database.scalar("SELECT max(\"id\") FROM \"change_set\"")?.integer == last
        else { return nil }
        try store.run(
            """
            UPDATE "follower" SET "change_set" = \(bind: .integer(last - 1)) WHERE "change_set" >= \(bind: .integer(last))
            """
        )
        return last
    }

    /// The change set of this transaction, made when it is first asked for.
    ///
    /// - Throws: ``CRMError`` `configuration` where no change can follow those of the history: SQLite would give it an
    ///   id before theirs.
    func changeSet() throws -> Int64 {
        if let identifier { return identifier }
        if let continued = try continued() {
            identifier = continued
            return continued
        }
        let statement = try store.statement(
            """
            INSERT INTO "change_set" ("at", "who", "command", "undoes") VALUES (?, ?, ?, ?) \
            RETURNING "id", (SELECT max("id") FROM "change")
            """
        )
        defer { statement.reset() }
        try statement.bind(all: [
            .text(store.clock.now), .text(request.who), .text(request.command), undoes.map(Value.integer) ?? .null,
        ])
        guard try statement.step() else { throw Store.NoIdentifier() }
        guard statement.integer(at: 1) < .max else { throw CRMError.outOfIDs("change") }
        let identifier = statement.integer(at: 0)
        self.identifier = identifier
        return identifier
    }
}

/// What a transaction keeps of a table whose rows it changes.
private final class ChangedTable {
    let name: String
    let isDefinition: Bool
    /// The number of changes to existing rows.
    var revision = 0

    init(_ name: String) {
        self.name = name
        isDefinition = Registry.isDefinition(table: name)
    }
}

/// A state of the rows of a table within a transaction: equal ones are the same.
struct TableRevision: Equatable {
    fileprivate let changes: Int
    fileprivate let retreats: Int
}
