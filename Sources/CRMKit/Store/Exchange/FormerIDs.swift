import SQLite

/// The ids that records had in the database they were taken from, where they could not keep them: by these a second look
/// at the same lines knows the records again.
///
/// History need not keep them, since ids are never given twice: what is noted of a record that is gone means nothing.
struct FormerIDs {
    private let module: Module
    private let store: Store

    init(of module: Module, in store: Store) {
        self.module = module
        self.store = store
    }

    /// The id of the record here; `nil` where none was taken.
    func record(id: Int64, createdAt: Value) throws -> Int64? {
        let statement = try store.statement(
            "SELECT \"record\" FROM \"former_id\" WHERE \"module\" = ? AND \"id\" = ? AND \"created_at\" = ?"
        )
        try statement.bind(all: [.text(module.name.rawValue), .integer(id), createdAt])
        defer { statement.reset() }
        return try statement.step() ? statement.integer(at: 0) : nil
    }

    /// Whether a record here had another id.
    func has(_ record: Int64) throws -> Bool {
        let statement = try store.statement("SELECT 1 FROM \"former_id\" WHERE \"module\" = ? AND \"record\" = ?")
        try statement.bind(all: [.text(module.name.rawValue), .integer(record)])
        defer { statement.reset() }
        return try statement.step()
    }

    /// Notes the id and creation time in another database of the record from which a record was copied.
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
