import SQLite

/// Adds the tables, columns and indexes that the definitions have and a file lacks. New columns get their defaults in
/// existing records.
struct Additions {
    let database: Database
    let schema: Schema
    /// The country assumed for telephone numbers without a country code.
    let country: String?

    /// Adds every missing table, column and index. Columns get their defaults; comparable columns get the comparable
    /// form of the stored values.
    func make() throws {
        for table in schema.tables { try addColumns(of: table) }
        let present = try database.schemaStatements()
        for object in schema.objects {
            let sql = present[object.name]
            // An index that differs from its definition is dropped and created anew, since it has no data of its own.
            if let sql, sql != object.sql, object.isIndex {
                try database.execute("DROP INDEX \(object.name.quotedIdentifier)")
            } else if sql != nil {
                continue
            }
            try database.execute(object.sql)
        }
    }

    private func addColumns(of table: Schema.TableColumns) throws {
        let present = try database.columnNames(of: table.name)
        guard !present.isEmpty else { return }
        for column in table.columns where !present.contains(column.name) {
            let value = initialValue(of: column)
            try add(column, holding: value, to: table.name)
            if column.isComparable {
                if present.contains(column.field.key) { try fillComparable(column.field, in: table.name) }
            } else {
                try database.addToHistory(column.name, value, of: table.name)
            }
        }
    }

    /// Returns the value of a new column in existing records.
    private func initialValue(of column: Schema.Column) -> Value {
        guard column.isComparable else { return column.field.defaultValue }
        return column.field.stored(column.field.defaultValue, country: country)[1]
    }

    /// Adds a column. A constant default gives every row its value without rewriting any:
    /// https://www.sqlite.org/lang_altertable.html#altertabaddcol
    private func add(_ column: Schema.Column, holding value: Value, to table: String) throws {
        let literal = value.literal.map { "\(column.isNotNull ? " NOT NULL" : "") DEFAULT \($0)" }
        try database.execute(
            "ALTER TABLE \(table.quotedIdentifier) ADD COLUMN \(column.declaration)\(literal ?? "")"
        )
    }

    private func fillComparable(_ field: Field, in table: String) throws {
        guard let column = field.matchColumn,
            let expression = field.matchExpression(country: country.map(Value.text) ?? .null)
        else { return }
        try database.run(
            fragment: RowStatements(table).update(
                ["\(name: column) = \(expression)"],
                where: "\(name: field.key) IS NOT NULL"
            )
        )
    }
}

extension Value {
    /// The SQL literal of the value; `nil` for null, and for floating-point numbers and bytes, which are never
    /// defaults.
    fileprivate var literal: String? {
        switch self {
        case .integer(let integer): "\(integer)"
        case .text(let text):
            "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
        case .null, .real, .blob: nil
        }
    }
}
