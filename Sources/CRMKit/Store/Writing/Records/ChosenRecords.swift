import SQLite

/// The records that a bulk write applies to. Their ids are in a temporary table, which spills to disk.
///
/// A connection has one such choice at a time; a new choice replaces it.
public struct ChosenRecords: Sendable {
    /// The records' module.
    public let module: Module
    /// The number of records.
    public let count: Int

    /// The table of their ids.
    static let table = "chosen"
    /// Their ids, as a query that SQLite looks them up by.
    static let rows: RowSet = .all("SELECT \"id\" FROM \(name: table)")
}

extension Store {
    /// Chooses the records of a module that pass filters.
    ///
    /// - Parameter filters: by ``FilterParser/grammar``; all must hold.
    /// - Throws: ``CRMError`` `usage` for a filter that means nothing; what SQLite reports.
    public func choose(_ module: Module, where filters: [String]) throws(CRMError) -> ChosenRecords {
        var query = try list(module)
        query.filters = filters
        let ids = try query.ids()
        return try translating {
            try database.execute(
                """
                CREATE TEMP TABLE IF NOT EXISTS "chosen" ("id" INTEGER PRIMARY KEY); \
                DELETE FROM "chosen"
                """
            )
            let choice: SQLFragment = "INSERT INTO \(name: ChosenRecords.table) (\"id\") \(ids)"
            let count = try database.prepare(fragment: choice).run(choice.bindings)
            return ChosenRecords(module: module, count: count)
        }
    }
}

/// A position in the history, to tell later what was written since.
public struct ChangeMark: Sendable {
    /// The id of the last stored change of an existing row.
    let last: Int64
    /// The highest id ever given to a row of each table, by table name.
    let highest: [String: Int64]
}

extension Transaction {
    /// Returns the present position of the history, including what an enclosing write has written so far.
    public func changeMark() throws -> ChangeMark {
        let highest = try store.database.all("SELECT \"name\", \"seq\" FROM \"sqlite_sequence\"").compactMap { row in
            row[0].text.flatMap { name in row[1].integer.map { (name, $0) } }
        }
        return ChangeMark(
            last: try store.database.scalar("SELECT max(\"id\") FROM \"change\"")?.integer ?? 0,
            highest: Dictionary(highest) { max($0, $1) }
        )
    }

    /// Calls a body with each id of a table of ids, in order.
    ///
    /// - Parameter condition: over the table's columns.
    func forEachID(
        in table: String,
        where condition: SQLFragment = "1",
        _ body: (Int64) throws -> Void
    ) throws {
        let rows = try store.database.prepare(
            fragment: "SELECT \"id\" FROM \(name: table) WHERE \(condition) ORDER BY \"id\""
        )
        while try rows.step() { try body(rows.integer(at: 0)) }
    }

    /// Returns the ids of chosen records, in order.
    public func ids(of chosen: ChosenRecords) throws -> [Int64] {
        var ids: [Int64] = []
        ids.reserveCapacity(chosen.count)
        try forEachID(in: ChosenRecords.table) { ids.append($0) }
        return ids
    }

    /// Deletes chosen records, all of them or none.
    ///
    /// - Returns: the number of records deleted.
    /// - Throws: what deleting the first that cannot be deleted would throw.
    public func delete(_ chosen: ChosenRecords, reach: DeletionReach) throws -> Int {
        guard chosen.count > 0 else { return 0 }
        return try delete(
            chosen.module,
            all: "SELECT \"id\" FROM \(name: ChosenRecords.table)",
            reach: reach,
            advance: {}
        )
    }

    /// Performs an action of a module on all chosen records, or on none when one refuses. An action that only sets
    /// fields is performed on all together, another on one record after the other.
    ///
    /// - Returns: the number of records for which anything was written: to the record, to its rows, or elsewhere.
    /// - Throws: what ``perform(_:of:on:_:)`` throws for the first record that refuses, with what
    ///   ``tellingRefusals(among:of:_:)`` tells of the others.
    public func perform(_ action: Action, on chosen: ChosenRecords, _ inputs: [FieldInput]) throws -> Int {
        try tellingRefusals(among: chosen) {
            _ = try perform(action, of: chosen.module, on: $0, inputs)
        } _: {
            try attempt(on: chosen) { try performOnAll(action, chosen, inputs) }
        }
    }

    private func performOnAll(_ action: Action, _ chosen: ChosenRecords, _ inputs: [FieldInput]) throws -> Int {
        let edit = try BulkEdit(action, inputs, of: chosen.module, in: self)
        if let count = try edit?.runTogether() { return count }
        var count = 0
        try forEachID(in: ChosenRecords.table) { id in
            let written = log.rowCount
            _ = try perform(action, of: chosen.module, on: id, inputs)
            if log.rowCount > written { count += 1 }
        }
        return count
    }
}
