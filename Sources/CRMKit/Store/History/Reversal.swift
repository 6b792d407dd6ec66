import Localization
import SQLite

/// Takes the changes of a change set back, the newest first, so that the rows pass through the states they had.
struct Reversal {
    /// Rows of one table that were touched, by their ids.
    struct Touched {
        /// Rows that are other than before, or came back.
        var present: [Int64] = []
        /// Rows that are gone.
        var gone: [ClosedRange<Int64>] = []
    }

    private let transaction: Transaction
    private var store: Store { transaction.store }
    private let tables: [String: LoggedTable]
    /// What brings back a deleted row, by the table's name.
    private var inserts: [String: Statement] = [:]
    /// By the table's name.
    private(set) var touched: [String: Touched] = [:]

    init(_ transaction: Transaction) {
        self.transaction = transaction
        tables = LoggedTable.byName(in: transaction.store.registry)
    }

    /// - Parameter conflicts: gets every row that would break the uniqueness of another.
    mutating func run(_ changeSet: Int64, conflicts: inout UndoConflicts) throws {
        let made = try removeCreated(by: changeSet)
        let changes = try store.database.prepare(
            """
            SELECT "table_name", "record", "action", "before" FROM "change" WHERE "change_set" = ? ORDER BY "id" DESC
            """
        )
        try changes.bind(changeSet, at: 1)
        while try changes.step() {
            let id = changes.integer(at: 1)
            guard let table = tables[changes.text(at: 0)], made[table.name]?.contains(id) != true,
                let action = ChangeLog.Action(rawValue: changes.text(at: 2))
            else { continue }
            let before = changes.isNull(at: 3) ? RowImage() : try RowImage(json: changes.text(at: 3))
            do {
                try reverse(action, of: id, in: table, before: before)
            } catch let error as SQLiteError where error.code == .constraint(.unique) {
                let label = table.label(of: before, id: id, in: store.registry)
                conflicts.add {
                    Text(
                        en: "\(label.en) would share a value with a later one that must be its own: \(error.message)",
                        es: "\(label.es) compartiría un valor único con otro posterior: \(error.message)"
                    )
                }
            }
        }
    }

    /// Deletes the rows a change set made, each range of ids at once.
    ///
    /// - Returns: the ranges by their tables, rows that the change set itself deleted again included.
    private mutating func removeCreated(by changeSet: Int64) throws -> [String: ClosedRange<Int64>] {
        var made: [String: ClosedRange<Int64>] = [:]
        let rows = try store.database.all(
            "SELECT \"table_name\", \"first_id\", \"last_id\" FROM \"created\" WHERE \"change_set\" = ?",
            [.integer(changeSet)]
        )
        for row in rows {
            guard let table = row[0].text.flatMap({ tables[$0] }), let first = row[1].integer,
                let last = row[2].integer, first <= last
            else { continue }
            made[table.name] = first...last
            try transaction.log.keep(table.columns, of: first...last, in: table.name)
            try store.database.run(
                "DELETE FROM \(table.name.quotedIdentifier) WHERE \"id\" BETWEEN ? AND ?",
                [.integer(first), .integer(last)]
            )
            touched[table.name, default: Touched()].gone.append(first...last)
        }
        return made
    }

    private mutating func reverse(
        _ action: ChangeLog.Action,
        of id: Int64,
        in table: LoggedTable,
        before: RowImage
    ) throws {
        switch (action, table.subject) {
        case (_, .settings):
            for key in Settings.Key.allCases {
                if let value = before[key.rawValue] { try transaction.store(key, as: value.text) }
            }
        case (.update, _):
            try bringBack(before, to: id, in: table)
            touched[table.name, default: Touched()].present.append(id)
        case (.delete, _):
            try insert(before, into: table)
            try transaction.log.noteRestored(id, in: table.name)
            touched[table.name, default: Touched()].present.append(id)
        case (.restore, _):
            try transaction.log.keep(table.columns, of: id, in: table.name, action: .delete)
            try store.statement("DELETE FROM \(table.name.quotedIdentifier) WHERE \"id\" = ?").run([.integer(id)])
            touched[table.name, default: Touched()].gone.append(id...id)
        }
    }

    private func bringBack(_ before: RowImage, to id: Int64, in table: LoggedTable) throws {
        let fields = table.fields.filter { field in
            field.columns.contains { before[$0] != nil && !table.isDerived($0) }
        }
        guard !fields.isEmpty else { return }
        try transaction.log.keep(fields.flatMap(\.columns), of: id, in: table.name, action: .update)
        var (columns, values) = stored(before, fields)
        if table.module != nil {
            columns.append("updated_at")
            values.append(.text(transaction.now))
        }
        let assignments = columns.map { "\($0.quotedIdentifier) = ?" }.joined(separator: ", ")
        try store.statement("UPDATE \(table.name.quotedIdentifier) SET \(assignments) WHERE \"id\" = ?")
            .run(values + [.integer(id)])
    }

    private mutating func insert(_ before: RowImage, into table: LoggedTable) throws {
        let (columns, values) = stored(before, table.fields)
        let statement = try inserts[table.name] ?? prepareInsert(columns, into: table)
        inserts[table.name] = statement
        try statement.run(values)
    }

    private func prepareInsert(_ columns: [String], into table: LoggedTable) throws -> Statement {
        let parameters = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        let list = columns.map(\.quotedIdentifier).joined(separator: ", ")
        return try store.database.prepare(
            "INSERT INTO \(table.name.quotedIdentifier) (\(list)) VALUES (\(parameters))",
            persistent: true
        )
    }

    /// Columns and values of fields, the comparable forms made anew.
    private func stored(_ image: RowImage, _ fields: [Field]) -> (columns: [String], values: [Value]) {
        var columns: [String] = []
        var values: [Value] = []
        for field in fields {
            columns += field.columns + (field.matchColumn.map { [$0] } ?? [])
            let value = field.key == "updated_at" ? .text(transaction.now) : image.value(of: field) ?? .null
            values += RecordTable.stored(value, of: field, country: transaction.values.country)
        }
        return (columns, values)
    }
}
