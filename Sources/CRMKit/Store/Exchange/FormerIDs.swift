import SQLite

/// The ids with which records were made in the database they were copied from, where they have others here. By these ids
/// a second import of the same lines finds the records again, and an export tells other databases of them.
///
/// The history does not record them. Ids are never given twice, so the entry of a deleted record does no harm.
final class FormerIDs {
    private let module: Module
    private let store: Store
    /// Whether there are none, once that was looked up.
    private var isKnownEmpty: Bool?

    init(of module: Module, in store: Store) {
        self.module = module
        self.store = store
    }

    /// Whether no record has one, so that nothing need be looked up for each.
    var isEmpty: Bool {
        get throws {
            if let isKnownEmpty { return isKnownEmpty }
            let statement = try store.statement("SELECT 1 FROM \"former_id\" WHERE \"module\" = ? LIMIT 1")
            try statement.bind(all: [.text(module.name.rawValue)])
            defer { statement.reset() }
            let isEmpty = try !statement.step()
            isKnownEmpty = isEmpty
            return isEmpty
        }
    }

    /// Returns the id here of a record of another database; `nil` if it was not copied.
    func record(id: Int64, createdAt: Value) throws -> Int64? {
        if try isEmpty { return nil }
        let statement = try store.statement(
            "SELECT \"record\" FROM \"former_id\" WHERE \"module\" = ? AND \"id\" = ? AND \"created_at\" = ?"
        )
        try statement.bind(all: [.text(module.name.rawValue), .integer(id), createdAt])
        defer { statement.reset() }
        return try statement.step() ? statement.integer(at: 0) : nil
    }

    /// Returns the id with which a record here was made in another database; `nil` if it was made here, or has that id
    /// here too.
    func id(of record: Int64) throws -> Int64? {
        if try isEmpty { return nil }
        let statement = try store.statement("SELECT \"id\" FROM \"former_id\" WHERE \"module\" = ? AND \"record\" = ?")
        try statement.bind(all: [.text(module.name.rawValue), .integer(record)])
        defer { statement.reset() }
        return try statement.step() ? statement.integer(at: 0) : nil
    }

    /// Whether a record here was made in another database, with another id.
    func has(_ record: Int64) throws -> Bool { try id(of: record) != nil }

    /// Stores the id and creation time that a record had in the database it was copied from.
    func note(record: Int64, id: Int64, createdAt: Value) throws {
        isKnownEmpty = false
        try store.run(
            """
            INSERT OR REPLACE INTO "former_id" ("module", "record", "id", "created_at") \
            VALUES (\(bind: .text(module.name.rawValue)), \(bind: .integer(record)), \(bind: .integer(id)), \
            \(bind: createdAt))
            """
        )
    }
}
