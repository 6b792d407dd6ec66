import SQLite

/// The readers of rows that a store keeps ready, each with its prepared statements.
///
/// Most readers belong to folders above the store's own. It keeps those by what they were asked for and knows no more
/// of them than that.
final class PreparedReaders {
    private let database: Database
    private var records: [ModuleName: RecordTable] = [:]
    private var others: [AnyHashable: AnyObject] = [:]

    /// The number of readers kept by request, limited because requests with ever different columns must not fill the
    /// memory.
    private static let most = 64

    init(_ database: Database) {
        self.database = database
    }

    /// Returns the reader of a module's records.
    func recordTable(of module: Module) -> RecordTable {
        if let table = records[module.name] { return table }
        let table = RecordTable(module, in: database)
        records[module.name] = table
        return table
    }

    /// Returns the reader for a request, created when first asked for.
    func reader<Reader: AnyObject>(for request: some Hashable, make: () throws -> Reader) rethrows -> Reader {
        if let reader = others[request] as? Reader { return reader }
        let reader = try make()
        if others.count >= Self.most { others.removeAll() }
        others[request] = reader
        return reader
    }
}
