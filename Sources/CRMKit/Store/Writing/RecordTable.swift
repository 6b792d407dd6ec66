import SQLite

/// How the records of one module are written to and read from its table, with the statements kept ready.
final class RecordTable {
    let module: Module
    private let database: Database
    private let country: String?
    /// The fields that have columns, by their places in a record.
    private let stored: [(position: Int, field: Field)]
    private let selectSQL: String
    private let insertSQL: String
    private var preparedInsert: Statement?
    private var preparedSelect: Statement?

    /// - Parameter country: of telephone numbers without a country code.
    init(_ module: Module, in database: Database, country: String?) {
        self.module = module
        self.database = database
        self.country = country
        stored = module.fields.enumerated().filter { $0.element.isStored }.map { ($0.offset, $0.element) }
        let columns = stored.flatMap { _, field in
            (field.columns + (field.matchColumn.map { [$0] } ?? [])).map(\.quotedIdentifier)
        }
        let parameters = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        let list = columns.joined(separator: ", ")
        insertSQL = "INSERT INTO \(module.table.quotedIdentifier) (\(list)) VALUES (\(parameters))"
        selectSQL = "SELECT \(list) FROM \(module.table.quotedIdentifier) WHERE \"id\" = ?"
    }

    /// Adds a record; a null id lets the database give one.
    ///
    /// - Returns: its id.
    func insert(_ record: Record) throws -> Int64 {
        let statement = try preparedInsert ?? database.prepare(insertSQL, persistent: true)
        preparedInsert = statement
        defer { statement.reset() }
        var parameter = 1
        for (position, field) in stored {
            try bind(record.values[position], of: field, to: statement, at: &parameter)
        }
        _ = try statement.step()
        return database.lastInsertedRowID
    }

    /// The record with an id; `nil` where there is none.
    func record(_ id: Int64) throws -> Record? {
        let statement = try preparedSelect ?? database.prepare(selectSQL, persistent: true)
        preparedSelect = statement
        defer { statement.reset() }
        try statement.bind(id, at: 1)
        return try statement.step() ? read(statement) : nil
    }

    private func read(_ row: Statement) -> Record {
        var record = Record(module)
        var column = 0
        for (position, field) in stored {
            if field.type == .anyReference {
                if !row.isNull(at: column) {
                    record.values[position] = .text("\(row.text(at: column)):\(row.integer(at: column + 1))")
                }
                column += 2
            } else {
                record.values[position] = row.value(at: column)
                column += field.matchColumn == nil ? 1 : 2
            }
        }
        return record
    }

    private func bind(
        _ value: Value,
        of field: Field,
        to statement: Statement,
        at parameter: inout Int
    ) throws {
        if field.type == .anyReference {
            for stored in Self.stored(value, of: field, country: country) {
                try statement.bind(stored, at: parameter)
                parameter += 1
            }
            return
        }
        try statement.bind(value, at: parameter)
        parameter += 1
        guard field.type.matching != nil else { return }
        if case .text(let text) = value {
            try statement.bind(field.type.matchKey(for: text, country: country), at: parameter)
        } else {
            try statement.bindNull(at: parameter)
        }
        parameter += 1
    }

    /// What a field's columns hold for a value: its own columns, then the comparable form.
    static func stored(_ value: Value, of field: Field, country: String?) -> [Value] {
        if field.type == .anyReference {
            guard case .text(let reference) = value, let colon = reference.firstIndex(of: ":"),
                let id = Int64(reference[reference.index(after: colon)...])
            else { return [.null, .null] }
            return [.text(String(reference[..<colon])), .integer(id)]
        }
        guard field.matchColumn != nil else { return [value] }
        guard case .text(let text) = value else { return [value, .null] }
        return [value, .text(field.type.matchKey(for: text, country: country))]
    }
}
