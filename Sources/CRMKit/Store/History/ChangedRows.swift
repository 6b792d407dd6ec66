import SQLite

/// The rows that one change set has changed, deleted or brought back; those that it made are told elsewhere, as runs.
struct ChangedRows {
    private let changeSet: Int64
    private let actions: [String: Set<ChangeLog.Action>]

    /// Finds what was done in which tables, by one reading of all the changes of a change set.
    ///
    /// - Throws: what SQLite reports.
    init(of changeSet: Int64, in database: Database) throws {
        self.changeSet = changeSet
        let rows = try database.all(
            "SELECT DISTINCT \"table_name\", \"action\" FROM \"change\" WHERE \"change_set\" = ?",
            [.integer(changeSet)]
        )
        var actions: [String: Set<ChangeLog.Action>] = [:]
        for row in rows {
            guard let name = row[0].text, let action = row[1].text.flatMap(ChangeLog.Action.init) else { continue }
            actions[name, default: []].insert(action)
        }
        self.actions = actions
    }

    /// What an undo that is going on has done itself, which nobody has to look for.
    ///
    /// - Parameter changeSet: that of the log's transaction.
    init(of changeSet: Int64, by log: ChangeLog) {
        self.changeSet = changeSet
        actions = log.kept.mapValues(\.actions)
    }

    /// What was done with rows of a table; empty where nothing was.
    func actions(in table: String) -> Set<ChangeLog.Action> { actions[table] ?? [] }

    /// The tables, the settings among them, in which something was done with rows.
    func tables(with action: ChangeLog.Action) -> [String] { actions.filter { $0.value.contains(action) }.map(\.key) }

    /// The ids of the rows of a table with which something was done.
    func ids(of table: Table, _ actions: ChangeLog.Action...) -> RowSet {
        let kinds = actions.map { SQLFragment.bind(.text($0.rawValue)) }
        return .all(
            """
            SELECT "record" FROM "change" WHERE "change_set" = \(bind: .integer(changeSet)) \
            AND "table_name" = \(bind: .text(table.name)) AND "action" IN (\(kinds.joined(", ")))
            """
        )
    }
}
