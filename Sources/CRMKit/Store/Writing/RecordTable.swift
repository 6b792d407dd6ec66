import SQLite

/// How the records of one module are written to and read from its table.
struct RecordTable {
    let module: Module
    /// Every column a record fills, `id` first, as SQL identifiers.
    private let columns: [String]

    init(_ module: Module) {
        self.module = module
        columns = module.storedFields.flatMap { field in
            (field.columns + (field.matchColumn.map { [$0] } ?? [])).map(\.quotedIdentifier)
        }
    }

    /// Adds one record; parameters as ``bind(_:to:country:)`` gives them.
    var insertSQL: String {
        let parameters = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        return
            "INSERT INTO \(module.table.quotedIdentifier) (\(columns.joined(separator: ", "))) VALUES (\(parameters))"
    }

    /// Reads one record by its id.
    var selectSQL: String {
        "SELECT \(columns.joined(separator: ", ")) FROM \(module.table.quotedIdentifier) WHERE \"id\" = ?"
    }

    /// Binds a whole record to ``insertSQL``; a null id lets the database give one.
    func bind(_ record: Record, to statement: Statement, country: String?) throws {
        var parameter = 1
        for (field, value) in zip(module.fields, record.values) where field.isStored {
            for stored in Self.stored(value, of: field, country: country) {
                try statement.bind(stored, at: parameter)
                parameter += 1
            }
        }
    }

    /// The record in the current row of ``selectSQL``.
    func record(in row: Statement) -> Record {
        var record = Record(module)
        var column = 0
        for (position, field) in module.fields.enumerated() where field.isStored {
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
