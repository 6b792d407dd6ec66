import SQLite

/// A value that could not be copied unchanged.
struct ChangedValue {
    let table: String
    let id: Int64
    let column: String
    /// The value in the damaged file, the bytes for a damaged text; `nil` if it could not be read.
    let former: Value?
    /// Whether the column requires a value, so that it has a stand-in.
    let isRequired: Bool
}

/// Writes rows of one table in their original layout. Values that do not fit their column are left out and reported.
final class SalvagedRowWriter {
    private let table: SalvagedTable
    private let database: Database
    private let number: Int?
    /// The statements, by the number of values that they write.
    private var statements: [Int: Statement] = [:]
    private(set) var written = 0
    /// The numbers of the rows that the table cannot hold.
    private(set) var refused: [Int64] = []
    private(set) var changed: [ChangedValue] = []

    init(_ table: SalvagedTable, in database: Database) {
        (self.table, self.database) = (table, database)
        number = table.columns.firstIndex(where: \.isNumber)
    }

    func write(_ number: Int64, _ values: [Value?]) throws {
        guard values.count <= table.columns.count, !values.isEmpty else { return refused.append(number) }
        var values = values
        if let place = self.number, place < values.count { values[place] = .integer(number) }
        if let whole = values.whole, try insert(whole) { return }
        guard let (fitting, changes) = fitted(number, values), try insert(fitting) else {
            return refused.append(number)
        }
        changed += changes
    }

    /// - Returns: `false` if a value does not fit its column.
    private func insert(_ values: [Value]) throws -> Bool {
        do {
            try statement(values.count).run(values)
            written += 1
            return true
        } catch let error as SQLiteError {
            guard case .constraint(let constraint) = error.code else { throw error }
            // A duplicate row is already in the table.
            return constraint == .primaryKey || constraint == .unique
        }
    }

    /// Returns the row's values that fit its columns, and the others as changes.
    ///
    /// - Returns: `nil` if the values that do not fit are more than those that do, so that the row is none of the
    ///   table; also for a row of a table for the program alone that lacks a required value.
    private func fitted(_ number: Int64, _ values: [Value?]) -> (values: [Value], changes: [ChangedValue])? {
        var fitting: [Value] = []
        var changes: [ChangedValue] = []
        for (value, column) in zip(values, table.columns) {
            if let value, column.takes(value) {
                fitting.append(value)
                continue
            }
            let rest = value.flatMap(column.rest)
            guard rest != nil || !column.isNotNull || column.isOfField else { return nil }
            fitting.append(rest ?? column.standIn)
            // A column derived from another one is computed anew.
            if column.isComparable { continue }
            changes.append(
                ChangedValue(
                    table: table.name,
                    id: number,
                    column: column.name,
                    former: value,
                    isRequired: rest == nil && column.isNotNull
                )
            )
        }
        let filled = fitting.indices.filter { $0 != self.number && !fitting[$0].isNull }.count
        // An unreadable value does not count, since it says nothing about the row.
        let misfits = changes.count { $0.former != nil }
        return misfits * 2 <= filled ? (fitting, changes) : nil
    }

    private func statement(_ count: Int) throws -> Statement {
        if let statement = statements[count] { return statement }
        let insert = RowStatements(table.name).insert(table.columns.prefix(count).map(\.name))
        let statement = try database.prepare(insert, persistent: true)
        statements[count] = statement
        return statement
    }
}

extension SalvagedTable.Column {
    /// Whether the column can hold a value: https://www.sqlite.org/stricttables.html
    fileprivate func takes(_ value: Value) -> Bool {
        switch value {
        case .null: !isNotNull || isNumber
        case .integer: type == "INTEGER" || type == "TEXT"
        case .text(let text): type == "TEXT" || type == "INTEGER" && Int64(text) != nil
        case .real(let number): type == "TEXT" || type == "INTEGER" && Int64(exactly: number) != nil
        case .blob: type == "BLOB"
        }
    }

    /// Returns the part of an unfit value that the column can hold: the readable characters of a damaged text.
    fileprivate func rest(_ value: Value) -> Value? {
        guard type == "TEXT", case .blob(let bytes) = value else { return nil }
        return .text(String(decoding: bytes, as: UTF8.self))
    }

    /// A value that the column's NOT NULL and type accept until the repair sets the real one.
    fileprivate var standIn: Value {
        guard isNotNull else { return .null }
        switch type {
        case "INTEGER": return .integer(0)
        case "TEXT": return .text("")
        default: return .blob([])
        }
    }
}
