import SQLite

/// A table of a damaged file: its first page, and the layout of its rows.
struct SalvagedTable {
    let name: String
    /// The SQL statement that creates the table.
    let sql: String
    /// The number of the table's first page; `nil` if it is unknown.
    let root: Int?
    /// The columns in their order in rows.
    let columns: [Column]
    /// Whether it is a table WITHOUT ROWID.
    let isKeyed: Bool

    /// A column of the table.
    struct Column {
        let name: String
        let type: String
        let isNotNull: Bool
        /// Whether the column is an alias of the rowid, which rows then do not contain.
        let isNumber: Bool
        /// The only values that the column can hold; `nil` if every value of its type is possible.
        var choices: Set<String>?
        /// Whether the column holds the value of a field of the definitions.
        var isOfField = false
        /// Whether the column holds the comparable form of such a value, which is derived from it.
        var isComparable = false
    }

    /// - Parameters:
    ///   - model: a database that has the table.
    ///   - table: the same table in the definitions, if these have it.
    init(_ name: String, sql: String, root: Int?, in model: Database, _ table: Table?) throws {
        (self.name, self.sql, self.root) = (name, sql, root)
        let isKeyed =
            try model.scalar("SELECT \"wr\" FROM pragma_table_list WHERE \"name\" = ?", [.text(name)]) == .integer(1)
        self.isKeyed = isKeyed
        let rows = try model.all(
            "SELECT \"name\", \"type\", \"notnull\", \"pk\" FROM pragma_table_info(?) ORDER BY \"cid\"",
            [.text(name)]
        )
        let keys = rows.filter { $0[3].integer ?? 0 > 0 }
        let choices = Dictionary(
            table?.fields.filter { !$0.type.choices.isEmpty }.map { ($0.key, Set($0.type.choices.map(\.key))) } ?? []
        ) { first, _ in first }
        // In a table WITHOUT ROWID the columns of the key come first.
        let ordered =
            isKeyed
            ? keys.sorted { $0[3].integer ?? 0 < $1[3].integer ?? 0 } + rows.filter { $0[3] == .integer(0) } : rows
        let ofFields = Set(table?.fields.flatMap(\.columns) ?? [])
        let comparable = Set(rows.compactMap { $0[0].text.map(Field.matchColumn) })
        columns = ordered.map { row in
            let (name, type) = (row[0].text ?? "", row[1].text ?? "")
            return Column(
                name: name,
                type: type,
                isNotNull: row[2] == .integer(1) || isKeyed && row[3] != .integer(0),
                isNumber: !isKeyed && keys.count == 1 && row[3] == .integer(1) && type == "INTEGER",
                choices: choices[name],
                isOfField: ofFields.contains(name),
                isComparable: comparable.contains(name)
            )
        }
    }

    /// Whether a row may belong to the table, judging by its values. Rows written before a column was added end before
    /// it.
    func fits(_ values: [Value]) -> Bool {
        guard !values.isEmpty, values.count <= columns.count else { return false }
        return zip(values, columns).allSatisfy { value, column in
            switch value {
            case .null: return !column.isNotNull || column.isNumber
            case .integer: return column.type == "INTEGER" && !column.isNumber
            case .text(let text): return column.type == "TEXT" && column.choices?.contains(text) ?? true
            case .blob: return column.type == "BLOB"
            case .real: return false
            }
        }
    }
}
