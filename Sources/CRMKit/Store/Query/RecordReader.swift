import SQLite

/// Reads records of one module by their ids, with a statement that is prepared once.
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

    /// Lets a body see a record, on which the rows stand already.
    ///
    /// - Returns: whether there is such a record.
    func read(_ id: Int64, _ body: (Rows) throws -> Void) throws -> Bool {
        try statement.bind(id, at: parameter)
        // A statement left on its row would hold back what others write.
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
    ///   - body: is given the rows, which stand on the record and are valid during the call.
    /// - Returns: whether there is such a record.
    /// - Throws: ``CRMError`` of code `usage` for columns that mean nothing; what the body throws.
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
