import SQLite

/// How the records of one module are written to and read from its table, with the statements kept ready.
final class RecordTable {
    let module: Module
    private let database: Database
    private let country: String?
    private let cells: [Cell]
    /// The column of each field, by its place in a record; `nil` for those that have none or more than one.
    private let columns: [Int?]
    private let selectSQL: String
    private let insertSQL: String
    private var preparedInsert: Statement?
    private var preparedSelect: Statement?
    private var row = RowParameters()

    /// What rows need to know of a field, without the field: they pass by in millions.
    private struct Cell {
        /// The field's place in a record.
        let position: Int
        let matching: FieldType.Matching?
        let isAnyReference: Bool
        /// How many columns it has.
        var width: Int { isAnyReference || matching != nil ? 2 : 1 }
    }

    /// - Parameter country: of telephone numbers without a country code.
    init(_ module: Module, in database: Database, country: String?) {
        self.module = module
        self.database = database
        self.country = country
        cells = module.fields.enumerated().filter { $0.element.isStored }.map { position, field in
            Cell(
                position: position,
                matching: field.type.matching,
                isAnyReference: field.type == .anyReference
            )
        }
        var places: [Int?] = Array(repeating: nil, count: module.fields.count)
        var next = 0
        for cell in cells {
            if !cell.isAnyReference { places[cell.position] = next }
            next += cell.width
        }
        columns = places
        let names = module.storedFields.flatMap { field in
            (field.columns + (field.matchColumn.map { [$0] } ?? [])).map(\.quotedIdentifier)
        }
        let parameters = Array(repeating: "?", count: names.count).joined(separator: ", ")
        let list = names.joined(separator: ", ")
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
        fill(&row, with: record)
        try row.bind(to: statement) { _ = try statement.step() }
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

    /// Whether a record holds values to the byte, told without reading the rest of it: of rows that come again and again,
    /// most change nothing.
    ///
    /// - Returns: `false` as well where only the whole record can tell.
    func holds(_ values: some Sequence<(position: Int, value: Value)>, id: Int64) throws -> Bool {
        let statement = try preparedSelect ?? database.prepare(selectSQL, persistent: true)
        preparedSelect = statement
        defer { statement.reset() }
        try statement.bind(id, at: 1)
        guard try statement.step() else { return false }
        return values.allSatisfy { position, value in
            columns[position].map { statement.holds(value, at: $0) } ?? false
        }
    }

    private func read(_ row: Statement) -> Record {
        var record = Record(module)
        var column = 0
        for cell in cells {
            if cell.isAnyReference {
                if !row.isNull(at: column) {
                    let reference = "\(row.text(at: column)):\(row.integer(at: column + 1))"
                    record.values[cell.position] = .text(reference)
                }
            } else {
                record.values[cell.position] = row.value(at: column)
            }
            column += cell.width
        }
        return record
    }

    /// What the columns of a record hold.
    private func fill(_ row: inout RowParameters, with record: Record) {
        row.removeAll()
        for cell in cells {
            let value = record.values[cell.position]
            if cell.isAnyReference {
                let (module, id) = Self.parts(of: value)
                row.append(module)
                row.append(id)
                continue
            }
            row.append(value)
            guard let matching = cell.matching else { continue }
            if case .text(let text) = value {
                row.appendText { matching.appendKey(for: text, country: country, to: &$0) }
            } else {
                row.append(.null)
            }
        }
    }

    /// The module and the id of a reference to any record.
    private static func parts(of value: Value) -> (module: Value, id: Value) {
        guard case .text(let reference) = value, let colon = reference.firstIndex(of: ":"),
            let id = Int64(reference[reference.index(after: colon)...])
        else { return (.null, .null) }
        return (.text(String(reference[..<colon])), .integer(id))
    }

    /// What a field's columns hold for a value: its own columns, then the comparable form.
    static func stored(_ value: Value, of field: Field, country: String?) -> [Value] {
        if field.type == .anyReference {
            let (module, id) = parts(of: value)
            return [module, id]
        }
        guard field.matchColumn != nil else { return [value] }
        guard case .text(let text) = value else { return [value, .null] }
        return [value, .text(field.type.matchKey(for: text, country: country))]
    }
}

extension Statement {
    /// Whether a column holds a value to the byte.
    fileprivate func holds(_ value: Value, at column: Int) -> Bool {
        switch value {
        case .null: return isNull(at: column)
        case .integer(let integer): return type(at: column) == .integer && self.integer(at: column) == integer
        case .text(var text):
            guard type(at: column) == .text else { return false }
            return text.withUTF8 { UnsafeRawBufferPointer($0).elementsEqual(textBytes(at: column)) }
        case .real, .blob: return self.value(at: column) == value
        }
    }
}
