import SQLite

/// Earlier states of rows of a table, as the history stores them, in a temporary table: for each row its id and a JSON
/// object with columns.
struct RowImages {
    /// Whether every object has the same columns.
    let areAlike: Bool

    private static let table = "taken_back"
    private static let alias = "b"
    /// The column of the objects; no field has this name.
    private static let image = "what was"

    /// Gathers them.
    ///
    /// - Parameter query: gives the id of each row and its object.
    init(_ query: SQLFragment, areAlike: Bool, in store: Store) throws {
        self.areAlike = areAlike
        try store.database.execute(
            "CREATE TEMP TABLE IF NOT EXISTS \"taken_back\" (\"id\" INTEGER PRIMARY KEY, \"what was\" TEXT)"
        )
        try store.run("DELETE FROM \(name: Self.table)")
        try store.run("INSERT INTO \(name: Self.table) (\"id\", \(name: Self.image)) \(query)")
    }

    /// The rows.
    private var rows: RowSet { .all("SELECT \"id\" FROM \(name: Self.table)") }

    /// Returns the value that a column gets: the one in the image, else the present one.
    func value(of column: String, in rows: Table) -> SQLFragment {
        whereHeld(column, SQLFragment(definition: JSONFunctions.value(of: column, in: Self.image)), in: rows, column)
    }

    /// An expression where the image has a column, else what the row holds in one.
    private func whereHeld(
        _ column: String,
        _ expression: SQLFragment,
        in rows: Table,
        _ kept: String
    ) -> SQLFragment {
        if areAlike { return expression }
        let isHeld = SQLFragment(definition: JSONFunctions.hasMember(column, in: Self.image))
        return "CASE WHEN \(isHeld) THEN \(expression) ELSE \(column: kept, of: rows.name) END"
    }

    /// The comparable form of what a field is to hold, for the column of these.
    func form(of field: Field, country: SQLFragment, in rows: Table) -> (column: String, value: SQLFragment)? {
        let kept = SQLFragment(definition: JSONFunctions.value(of: field.key, in: Self.image))
        guard let column = field.matchColumn,
            let form = field.matchExpression(of: kept, beside: nil, country: country)
        else { return nil }
        return (column, whereHeld(field.key, form, in: rows, column))
    }

    /// Sets columns of the rows to expressions, which may refer to the images.
    ///
    /// - Returns: the number of rows.
    func assign(_ values: [(column: String, value: SQLFragment)], in rows: Table, of store: Store) throws -> Int {
        let assignment: SQLFragment = """
            (\(values.map { .name($0.column) }.joined(", "))) = \
            (SELECT \(values.map(\.value).joined(", ")) FROM \(name: Self.table) AS \(name: Self.alias) \
            WHERE \(column: "id", of: Self.alias) = \(column: "id", of: rows.name))
            """
        return try store.run(
            RowStatements(rows.name).update([assignment], where: self.rows.condition(on: .name("id")))
        )
    }

    /// A query for the id of each row and an object with what it holds now in columns that its image has.
    func present(_ columns: [String], in rows: Table) -> SQLFragment {
        let object = SQLFragment(
            definition: areAlike
                ? JSONFunctions.object(of: columns)
                : JSONFunctions.object(of: columns, in: rows.name, likeMembersOf: Self.image.quotedIdentifier)
        )
        return """
            SELECT \(column: "id", of: rows.name) AS "id", \(object) AS "before" FROM \(name: Self.table) \
            AS \(name: Self.alias) CROSS JOIN \(name: rows.name) \
            ON \(column: "id", of: rows.name) = \(column: "id", of: Self.alias)
            """
    }
}

extension TableWriter {
    /// Sets fields of many rows to the values in images of these rows, and stores the present values in the history. A
    /// field missing from an image stays unchanged; composed names are updated. None of the fields may determine how
    /// another one is compared.
    ///
    /// - Returns: the number of rows.
    @discardableResult
    func update(_ fields: [Field], to images: RowImages) throws -> Int {
        guard !fields.isEmpty else { return 0 }
        log.noteChanged(table.name)
        let country = SQLFragment.bind(self.country.map(Value.text) ?? .null)
        let name = name(after: fields, images)
        // The last change is kept last, as with rows that change one by one.
        let (last, others) = (
            fields.filter { $0.key == Table.lastChange }, fields.filter { $0.key != Table.lastChange }
        )
        let kept = others.flatMap(\.columns) + (name?.field.columns ?? []) + last.flatMap(\.columns)
        try log.keep(stamped(kept), of: images, in: table)
        var values = fields.flatMap { field in field.columns.map { ($0, images.value(of: $0, in: table)) } }
        values += fields.compactMap { images.form(of: $0, country: country, in: table) }
        if let name {
            values.append((name.field.key, name.value))
            if let column = name.field.matchColumn,
                let form = name.field.matchExpression(of: name.value, beside: nil, country: country)
            {
                values.append((column, form))
            }
        }
        return try images.assign(values, in: table, of: store)
    }

    /// Returns the new composed names of the records, when their names are composed of one of the fields; else `nil`.
    private func name(after fields: [Field], _ images: RowImages) -> (field: Field, value: SQLFragment)? {
        guard table.holdsRecords, let field = table.module.field(table.module.displayKey) else { return nil }
        let parts = table.module.composedPositions.map { table.module.fields[$0].key }
        let changed = Set(fields.map(\.key))
        guard parts.contains(where: changed.contains) else { return nil }
        let values = parts.map { part in
            changed.contains(part) ? images.value(of: part, in: table) : .column(part, of: table.name)
        }
        return (field, SQLFunctions.composedName(of: table.module, values))
    }
}
