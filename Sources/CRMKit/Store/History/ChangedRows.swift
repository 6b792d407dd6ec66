import SQLite

/// The changes of one change set to rows that existed before it. Created rows are recorded elsewhere, as ranges of ids.
struct ChangedRows {
    /// The changes of one kind to rows of one table.
    struct Changes {
        let table: String
        let action: ChangeLog.Action
        /// The number of changes.
        fileprivate(set) var count = 0
        /// The number of rows changed; `nil` when it must be counted, see ``ChangedRows/rowCount(of:in:)``.
        fileprivate(set) var rows: Int? = 0
        /// The columns whose earlier values the updates stored, if they were read.
        fileprivate(set) var shapes = HistoryRowShapes()
        /// The ids of the first and the last change, with possibly others in between; `nil` when they are not known.
        fileprivate var places: (first: Int64, last: Int64)?
        /// The row that was changed last.
        private var lastRow: Int64 = .min

        fileprivate init(_ action: ChangeLog.Action, in table: String) {
            self.table = table
            self.action = action
        }

        /// Whether the change under the reading statement's cursor has the same table and action.
        fileprivate func contain(_ change: Statement) -> Bool {
            change.holds(.text(table), at: 1) && change.holds(.text(action.rawValue), at: 2)
        }

        /// Adds the change under the reading statement's cursor.
        fileprivate mutating func add(_ change: Statement, isRead: Bool) {
            let (id, row) = (change.integer(at: 0), change.integer(at: 3))
            count += 1
            places = (places?.first ?? id, id)
            // Bulk writes change rows in the order of their ids, so repeated changes of a row follow each other.
            if row < lastRow { rows = nil } else if row > lastRow { rows = rows.map { $0 + 1 } }
            lastRow = row
            if isRead, action == .update { shapes.note(change.textBytes(at: 4)) }
        }
    }

    private let changeSet: Int64
    /// The changes, one element for each table and action.
    let changes: [Changes]

    /// Reads all changes of a change set once and groups them by table and action.
    ///
    /// - Parameter readingShapes: whether to determine which columns the updates stored.
    /// - Throws: the errors that SQLite reports.
    init(of changeSet: Int64, readingShapes: Bool = false, in store: Store) throws {
        self.changeSet = changeSet
        let reading = try store.statement(
            """
            SELECT "id", "table_name", "action", "record", "before" FROM "change" WHERE "change_set" = ? ORDER BY "id"
            """
        )
        try reading.bind(changeSet, at: 1)
        defer { reading.reset() }
        var changes: [Changes] = []
        var place = 0
        while try reading.step() {
            // Most changes are of the same kind as the one before.
            if place == changes.count || !changes[place].contain(reading) {
                place = changes.firstIndex { $0.contain(reading) } ?? changes.count
            }
            if place == changes.count {
                guard let action = ChangeLog.Action(rawValue: reading.text(at: 2)) else { continue }
                changes.append(Changes(action, in: reading.text(at: 1)))
            }
            changes[place].add(reading, isRead: readingShapes)
        }
        self.changes = changes
    }

    /// Creates the changes that an undo in progress has made itself, from its log, without reading the history.
    ///
    /// - Parameter changeSet: the change set of the log's transaction.
    init(of changeSet: Int64, by log: ChangeLog) {
        self.changeSet = changeSet
        changes = log.kept.flatMap { table, kept in
            kept.actions.map { action in
                var changes = Changes(action, in: table)
                changes.rows = kept.rows(action)
                return changes
            }
        }
    }

    /// Returns the kinds of changes made to rows of a table.
    func actions(in table: String) -> Set<ChangeLog.Action> {
        Set(changes.lazy.filter { $0.table == table }.map(\.action))
    }

    /// Returns the names of the tables with an action on any row, including that of the settings.
    func tables(with action: ChangeLog.Action) -> [String] { changes.filter { $0.action == action }.map(\.table) }

    /// Returns the updates of rows of a table; `nil` if there are none.
    func updates(in table: String) -> Changes? { changes.first { $0.action == .update && $0.table == table } }

    /// Returns the number of rows that changes affected.
    func rowCount(of changes: Changes, in store: Store) throws -> Int {
        if let rows = changes.rows { return rows }
        let query: SQLFragment = """
            SELECT count(DISTINCT "record") FROM "change" WHERE \(condition(on: changes.action, in: changes.table))
            """
        return Int(try store.database.scalar(query.sql, query.bindings)?.integer ?? 0)
    }

    /// Returns the condition that a row of the table `change` is a change of one of some kinds.
    ///
    /// - Parameters:
    ///   - table: the name of the table whose rows changed; `nil` for all.
    ///   - alias: the SQL alias of the table `change`.
    func condition(
        on actions: ChangeLog.Action...,
        in table: String? = nil,
        as alias: String = "change"
    ) -> SQLFragment {
        condition(on: actions, in: table, as: alias)
    }

    /// Returns the same condition for a list of kinds.
    func condition(on actions: [ChangeLog.Action], in table: String?, as alias: String) -> SQLFragment {
        let kinds = actions.map { SQLFragment.bind(.text($0.rawValue)) }.joined(", ")
        let isOfKind: SQLFragment = "\(column: "action", of: alias) IN (\(kinds))"
        let isOfSet: SQLFragment = "\(column: "change_set", of: alias) = \(bind: .integer(changeSet))"
        let isOfTable = table.map { "\(column: "table_name", of: alias) = \(bind: .text($0))" as SQLFragment }
        let conditions = [isOfSet] + (isOfTable.map { [$0] } ?? [])
        let meant = changes.filter { actions.contains($0.action) && (table == nil || $0.table == table) }
        guard let first = meant.compactMap({ $0.places?.first }).min(),
            let last = meant.compactMap({ $0.places?.last }).max()
        else { return (conditions + [isOfKind]).conjunction }
        // The unary plus keeps SQLite to the range of ids, and away from its indexes:
        // https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_
        return """
            \(column: "id", of: alias) BETWEEN \(bind: .integer(first)) AND \(bind: .integer(last)) \
            AND \(conditions.map { "+\($0)" as SQLFragment }.joined(" AND ")) AND \(isOfKind)
            """
    }

    /// Returns the ids of the rows of a table that any of some actions affected.
    func ids(of table: Table, _ actions: ChangeLog.Action...) -> RowSet {
        .all("SELECT \"record\" FROM \"change\" WHERE \(condition(on: actions, in: table.name, as: "change"))")
    }
}
