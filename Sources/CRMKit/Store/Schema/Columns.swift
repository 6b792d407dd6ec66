import SQLite

/// The SQL names of definitions. Names are always quoted, since `case`, `from` and `references` are keywords of SQL.
extension Field {
    /// The columns with the field's value, in the order they are read; none for a computed field.
    var columns: [String] {
        switch type {
        case _ where !isStored: []
        case .anyReference: ["\(key)_module", "\(key)_id"]
        default: [key]
        }
    }

    /// Whether the column is NOT NULL. A custom field's never is, since the field may become required or optional at
    /// any time.
    var isNeverNull: Bool {
        isRequired && !traits.contains(.custom) || key == "created_at" || key == "updated_at"
    }

    /// The form in which values are compared; `nil` when they are compared as stored, or not at all.
    var matching: FieldType.Matching? { traits.contains(.opaque) ? nil : type.matching }

    /// The column with the comparable form of the value; `nil` when values are compared as stored.
    var matchColumn: String? {
        matching == nil ? nil : Self.matchColumn(key)
    }

    /// Returns the name of the column with the comparable form of another column.
    static func matchColumn(_ column: String) -> String { "\(column)_match" }

    /// The column that equality, order and indexes use, for a value with a single column.
    var comparedColumn: String { matchColumn ?? key }

    /// The columns to compare for equality of values: two for a reference to any record, otherwise one.
    var comparedColumns: [String] { matchColumn.map { [$0] } ?? columns }
}

extension FieldType {
    /// The SQL type of the column in a STRICT table.
    var sqlType: String {
        form.isInteger ? "INTEGER" : "TEXT"
    }
}

extension Module {
    /// The name of the table with the module's records.
    var table: String { name.rawValue }
    /// The fields that have columns, hidden ones included.
    var storedFields: [Field] { allFields.filter(\.isStored) }
}

extension Database {
    /// Returns the columns of a table in the file; none if there is no such table.
    func columnNames(of table: String) throws(SQLiteError) -> Set<String> {
        Set(
            try all("SELECT \"name\" FROM pragma_table_info(?)", [.text(table)]).compactMap { $0[0].text }
        )
    }
}
