import SQLite

/// Reads some fields of the rows of one part, with a cached statement.
final class PartFieldReader {
    /// What to read.
    struct Request: Hashable {
        /// The part's table.
        let table: String
        /// The keys of the fields; `nil` for all.
        let keys: [String]?
    }

    private let layout: RowLayout
    private let select: Statement
    private let count: Int

    /// - Parameter keys: the keys of the fields to read; the values of others are null; `nil` for all.
    init(_ table: Table, reading keys: [String]?, in database: Database) throws {
        layout = RowLayout(table, reading: keys.map(Set.init), from: Table.fieldsBeforePart)
        count = table.fields.count - Table.fieldsBeforePart
        let list = layout.columns.map(\.quotedIdentifier).joined(separator: ", ")
        select = try database.prepare(
            "SELECT \(list) FROM \(table.name.quotedIdentifier) WHERE \(table.ownerColumn.quotedIdentifier) = ? "
                + "ORDER BY \(Part.positionKey.quotedIdentifier), \"id\"",
            persistent: true
        )
    }

    /// Calls a body with the values of the part's fields of each row of a record, in order.
    func forEachRow(of record: Int64, _ body: ([Value]) throws -> Void) throws {
        try select.bind(record, at: 1)
        defer { select.reset() }
        var values: [Value] = Array(repeating: .null, count: count)
        while try select.step() {
            layout.read(select, into: &values)
            try body(values)
        }
    }
}

extension Store {
    /// Returns the reader for the fields of a part's rows that a derivation needs.
    ///
    /// - Returns: `nil` for a part that the module does not have.
    func partFieldReader(for derivation: Derivation, of module: Module) throws -> PartFieldReader? {
        guard let part = module.part(named: derivation.part) else { return nil }
        let request = PartFieldReader.Request(table: Table.name(of: part, in: module), keys: derivation.reading)
        return try reader(for: request) {
            try PartFieldReader(Table(part, of: module), reading: derivation.reading, in: database)
        }
    }
}
