import SQLite

/// Reads records of one module by their ids, with a cached statement.
final class RecordReader {
    /// What to read of each record.
    struct Request: Hashable {
        let module: ModuleName
        let columns: [String]?
        let withNames: Bool
        /// The day on which links count as open, `YYYY-MM-DD`.
        let today: String
        let parts: PartColumns
    }

    private let statement: Statement
    private let columns: [OutputColumn]
    private let parameter: Int
    private let path: String

    init(_ request: Request, in store: Store) throws {
        var query = try store.list(store.registry[request.module])
        query.columns = request.columns
        query.withNames = request.withNames
        query.parts = request.parts
        (statement, columns, parameter) = try query.record(in: store.database)
        path = store.path
    }

    /// Calls a body with the rows positioned at a record.
    ///
    /// - Returns: whether there is such a record.
    func read(_ id: Int64, _ body: (Rows) throws -> Void) throws -> Bool {
        try statement.bind(id, at: parameter)
        // An active statement would block the writes of others.
        defer { statement.reset() }
        let rows = Rows(statement, columns: columns, limit: nil, path: path)
        guard try rows.next() else { return false }
        try body(rows)
        return true
    }
}

extension Store {
    /// Calls a closure with a record as a list would return it.
    ///
    /// - Parameters:
    ///   - columns: as for ``ListQuery/columns``.
    ///   - withNames: as for ``ListQuery/withNames``.
    ///   - parts: as for ``ListQuery/parts``.
    ///   - body: receives the rows, positioned at the record and valid during the call.
    /// - Returns: whether there is such a record.
    /// - Throws: ``CRMError`` of code `usage` for unknown columns; what the body throws.
    public func read(
        _ id: Int64,
        of module: Module,
        columns: [String]?,
        withNames: Bool,
        parts: PartColumns = .none,
        _ body: (Rows) throws -> Void
    ) throws -> Bool {
        let request = RecordReader.Request(
            module: module.name,
            columns: columns,
            withNames: withNames,
            today: clock.today,
            parts: parts
        )
        let reader: RecordReader = try translating {
            try self.reader(for: request) { try RecordReader(request, in: self) }
        }
        return try reader.read(id, body)
    }
}
