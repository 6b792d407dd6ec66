import SQLite

/// Reads the rows of one part, with cached statements.
final class PartReader {
    private let table: Table
    private let layout: RowLayout
    private let select: Statement
    private var selectOne: LateStatement
    private var selectLast: LateStatement
    private var selectKey: LateStatement?
    private var selectID: LateStatement
    private var selectPlaces: LateStatement
    private let database: Database

    init(_ table: Table, in database: Database) throws {
        self.table = table
        layout = RowLayout(table)
        let list = layout.columns.map(\.quotedIdentifier).joined(separator: ", ")
        let owner = table.ownerColumn.quotedIdentifier
        let position = Part.positionKey.quotedIdentifier
        let rows = "FROM \(table.name.quotedIdentifier) WHERE \(owner) = ?"
        select = try database.prepare("SELECT \(list) \(rows) ORDER BY \(position), \"id\"", persistent: true)
        selectOne = LateStatement("SELECT \(list) \(rows) AND \(position) = ? ORDER BY \"id\" LIMIT 1")
        selectKey = table.part?.keyField.map { field in
            // Only the key is used for the search, since it has an index and few records share a key.
            LateStatement(
                """
                SELECT \(list) FROM \(table.name.quotedIdentifier) WHERE \(field.comparedColumn.quotedIdentifier) = ? \
                AND +\(owner) = ? LIMIT 1
                """
            )
        }
        selectID = LateStatement("SELECT \(list) FROM \(table.name.quotedIdentifier) WHERE \"id\" = ?")
        selectPlaces = LateStatement("SELECT \"id\", \(position) \(rows) ORDER BY \(position), \"id\"")
        selectLast = LateStatement("SELECT coalesce(max(\(position)), 0) \(rows)")
        self.database = database
    }

    /// Returns the rows of a record, in order.
    func rows(of record: Int64) throws -> [PartRow] {
        var rows: [PartRow] = []
        try select.bind(record, at: 1)
        defer { select.reset() }
        var values: [Value] = Array(repeating: .null, count: table.fields.count)
        while try select.step() {
            layout.read(select, into: &values)
            rows.append(Self.row(values))
        }
        return rows
    }

    /// Where a row stands among those of its record.
    struct Place {
        /// The row's id.
        let row: Int64
        /// Its position, from 1.
        let position: Int64
    }

    /// Returns the places of the rows of a record, in order, which take far less memory than the rows.
    func places(of record: Int64) throws -> [Place] {
        let select = try selectPlaces.prepared(in: database)
        try select.bind(record, at: 1)
        defer { select.reset() }
        var places: [Place] = []
        while try select.step() { places.append(Place(row: select.integer(at: 0), position: select.integer(at: 1))) }
        return places
    }

    /// Returns the row of a record at a position; `nil` if there is none.
    func row(of record: Int64, at position: Int64) throws -> PartRow? {
        let select = try selectOne.prepared(in: database)
        try select.bind(record, at: 1)
        try select.bind(position, at: 2)
        return try onlyRow(of: select)
    }

    /// Returns the row of a record with a key in its comparable form; `nil` if there is none, and for a part without
    /// keys.
    func row(of record: Int64, called key: Value) throws -> PartRow? {
        guard let select = try selectKey?.prepared(in: database) else { return nil }
        try select.bind(all: [key, .integer(record)])
        return try onlyRow(of: select)
    }

    /// Returns the row with an id; `nil` if there is none.
    func row(id: Int64) throws -> PartRow? {
        let select = try selectID.prepared(in: database)
        try select.bind(id, at: 1)
        return try onlyRow(of: select)
    }

    private func onlyRow(of select: Statement) throws -> PartRow? {
        defer { select.reset() }
        guard try select.step() else { return nil }
        var values: [Value] = Array(repeating: .null, count: table.fields.count)
        layout.read(select, into: &values)
        return Self.row(values)
    }

    /// Returns the last position of the rows of a record; zero if it has none.
    ///
    /// - Throws: ``CRMError`` `configuration` for a position out of range, after which no row can be added.
    func lastPosition(of record: Int64) throws -> Int64 {
        let select = try selectLast.prepared(in: database)
        try select.bind(record, at: 1)
        defer { select.reset() }
        let last = try select.step() ? select.integer(at: 0) : 0
        guard last <= Part.positions.upperBound else { throw CRMError.outOfPositions(table.name) }
        return last
    }

    private static func row(_ values: [Value]) -> PartRow {
        PartRow(
            id: values[0].integer ?? 0,
            position: values[2].integer ?? 0,
            values: Array(values[Table.fieldsBeforePart...])
        )
    }
}

extension Store {
    /// Returns the ids of the records that have rows in a table of a part, ascending.
    func owners(in table: Table) throws -> [Int64] {
        let owner = SQLFragment.name(table.ownerColumn)
        return try database.prepare(fragment: "SELECT DISTINCT \(owner) FROM \(name: table.name) ORDER BY 1").integers()
    }

    /// Returns the rows of a part of a record, in order.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func rows(of part: Part, in module: Module, record: Int64) throws(CRMError) -> [PartRow] {
        try translating { try partReader(of: part, in: module).rows(of: record) }
    }

    /// Returns the reader of a part's rows.
    func partReader(of part: Part, in module: Module) throws -> PartReader {
        try reader(for: Table.name(of: part, in: module)) { try PartReader(Table(part, of: module), in: database) }
    }

    func partReader(_ table: Table) throws -> PartReader {
        try reader(for: table.name) { try PartReader(table, in: database) }
    }
}
