import SQLite

/// The readers of rows that a store keeps ready, each with its prepared statements.
///
/// Most readers belong to folders above the store's own. It keeps those by what they were asked for and knows no more
/// of them than that.
///
/// They are few, and are searched in order: a dictionary of keys of any type would look up at run time how these are
/// hashed, which takes longer than all that a command does with one record.
final class PreparedReaders {
    /// A reader and what it was made for.
    private struct Entry {
        let hash: Int
        let request: Any
        let reader: AnyObject
    }

    private let database: Database
    private var records: [(name: ModuleName, table: RecordTable)] = []
    private var others: [Entry] = []

    /// The number of readers kept by request, limited because requests with ever different columns must not fill the
    /// memory.
    private static let most = 64

    init(_ database: Database) {
        self.database = database
    }

    /// Returns the reader of a module's records.
    func recordTable(of module: Module) -> RecordTable {
        let name = module.name
        for entry in records where entry.name == name { return entry.table }
        let table = RecordTable(module, in: database)
        records.append((name, table))
        return table
    }

    /// Returns the reader for a request, created when first asked for.
    func reader<Request: Hashable, Reader: AnyObject>(
        for request: Request,
        make: () throws -> Reader
    ) rethrows -> Reader {
        let hash = request.hashValue
        for entry in others where entry.hash == hash {
            guard let known = entry.request as? Request, known == request else { continue }
            if let reader = entry.reader as? Reader { return reader }
        }
        let reader = try make()
        if others.count >= Self.most { others.removeAll() }
        others.append(Entry(hash: hash, request: request, reader: reader))
        return reader
    }
}
