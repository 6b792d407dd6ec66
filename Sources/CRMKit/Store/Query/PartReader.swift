import SQLite

/// Reads the rows of one part, with the statement kept ready.
final class PartReader {
    private let table: Table
    private let layout: RowLayout
    private let select: Statement

    init(_ table: Table, in database: Database) throws {
        self.table = table
        layout = RowLayout(table)
        let list = layout.columns.map(\.quotedIdentifier).joined(separator: ", ")
        let owner = table.owners[0].key.quotedIdentifier
        let position = Part.positionKey.quotedIdentifier
        select = try database.prepare(
            """
            SELECT \(list) FROM \(table.name.quotedIdentifier) WHERE \(owner) = ? ORDER BY \(position), "id"
            """,
            persistent: true
        )
    }

    /// The rows of a record, in order.
    func rows(of record: Int64) throws -> [PartRow] {
        try select.bind(record, at: 1)
        defer { select.reset() }
        var rows: [PartRow] = []
        var values: [Value] = Array(repeating: .null, count: table.fields.count)
        while try select.step() {
            layout.read(select, into: &values)
            rows.append(
                PartRow(
                    id: values[0].integer ?? 0,
                    position: values[2].integer ?? 0,
                    values: Array(values[Table.fieldsBeforePart...])
                )
            )
        }
        return rows
    }
}

extension Store {
    /// The rows of a part of a record, in order.
    ///
    /// - Throws: ``CRMError`` for what SQLite reports.
    public func rows(of part: Part, in module: Module, record: Int64) throws(CRMError) -> [PartRow] {
        try translating { try partReader(Table(part, of: module)).rows(of: record) }
    }

    func partReader(_ table: Table) throws -> PartReader {
        try reader(for: table.name) { try PartReader(table, in: database) }
    }
}
