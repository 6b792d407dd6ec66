import SQLite

/// The SQL names of definitions. Every name is quoted where it is used, since `case`, `from` and `references` are words
/// of SQL.
extension Field {
    /// The columns that hold the field's value, in the order they are read; none for a computed field.
    var columns: [String] {
        switch type {
        case _ where !isStored: []
        case .anyReference: ["\(key)_module", "\(key)_id"]
        default: [key]
        }
    }

    /// Whether the column takes no null. A field of the file may come to be required, or not to be, at any time.
    var isNeverNull: Bool {
        isRequired && !traits.contains(.custom) || key == "created_at" || key == "updated_at"
    }

    /// The form in which values are compared; `nil` when they are compared as stored, or not at all.
    var matching: FieldType.Matching? { traits.contains(.opaque) ? nil : type.matching }

    /// The column that holds the comparable form of the value, where values are not compared as stored.
    var matchColumn: String? {
        matching == nil ? nil : Self.matchColumn(key)
    }

    /// Returns the name of the column with the comparable form, given that of the value.
    static func matchColumn(_ column: String) -> String { "\(column)_match" }

    /// The column that equality, order and indexes use, of a value that has one column.
    var comparedColumn: String { matchColumn ?? key }

    /// The columns to compare for equality of values: two for a reference to any record, else one.
    var comparedColumns: [String] { matchColumn.map { [$0] } ?? columns }
}

extension FieldType {
    /// The SQL type of the column in a STRICT table.
    var sqlType: String {
        form.isInteger ? "INTEGER" : "TEXT"
    }
}

extension Module {
    /// The table that holds the module's records.
    var table: String { name.rawValue }
    /// The fields that have columns, hidden ones included.
    var storedFields: [Field] { allFields.filter(\.isStored) }
}

extension Database {
    /// The columns that a table of the file has; none for a table that is not there.
    func columnNames(of table: String) throws(SQLiteError) -> Set<String> {
        Set(
            try all("SELECT \"name\" FROM pragma_table_info(?)", [.text(table)]).compactMap { $0[0].text }
        )
    }
}
