import SQLite

/// The ids that records had in the database they were copied from, where they could not keep them. By these ids a
/// second import of the same lines finds the records again.
///
/// The history does not record them. Ids are never given twice, so the entry of a deleted record does no harm.
struct FormerIDs {
    private let module: Module
    private let store: Store

    init(of module: Module, in store: Store) {
        self.module = module
        self.store = store
    }

    /// Returns the id here of a record of another database; `nil` if it was not copied.
    func record(id: Int64, createdAt: Value) throws -> Int64? {
        let statement = try store.statement(
            "SELECT \"record\" FROM \"former_id\" WHERE \"module\" = ? AND \"id\" = ? AND \"created_at\" = ?"
        )
        try statement.bind(all: [.text(module.name.rawValue), .integer(id), createdAt])
        defer { statement.reset() }
        return try statement.step() ? statement.integer(at: 0) : nil
    }

    /// Whether a record here is stored with an id of another database.
    func has(_ record: Int64) throws -> Bool {
        let statement = try store.statement("SELECT 1 FROM \"former_id\" WHERE \"module\" = ? AND \"record\" = ?")
        try statement.bind(all: [.text(module.name.rawValue), .integer(record)])
        defer { statement.reset() }
        return try statement.step()
    }

    /// Stores the id and creation time that a record had in the database it was copied from.
    func note(record: Int64, id: Int64, createdAt: Value) throws {
        try store.run(
            """
            INSERT OR REPLACE INTO "former_id" ("module", "record", "id", "created_at") \
            VALUES (\(bind: .text(module.name.rawValue)), \(bind: .integer(record)), \(bind: .integer(id)), \
            \(bind: createdAt))
            """
        )
    }
}
