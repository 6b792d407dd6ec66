import SQLite

/// Tells whether rows refer to a record of one module, by statements that stay prepared. Few records are referred to,
/// and asking costs less than searching every table for rows to move.
final class ReferringRows {
    struct Request: Hashable {
        let module: ModuleName
    }

    private struct Place: Hashable {
        let table: String
        let field: String
    }

    private let module: ModuleName
    private let database: Database
    private var statements: [Place: Statement] = [:]

    init(_ module: ModuleName, in database: Database) { (self.module, self.database) = (module, database) }

    /// Whether any row refers to a record.
    func exist(_ incoming: Incoming, to id: Int64) throws -> Bool {
        let statement = try statement(incoming)
        defer { statement.reset() }
        if incoming.field.type == .anyReference {
            try statement.bind(all: [.text(module.rawValue), .integer(id)])
        } else {
            try statement.bind(id, at: 1)
        }
        return try statement.step()
    }

    private func statement(_ incoming: Incoming) throws -> Statement {
        let place = Place(table: incoming.table.name, field: incoming.field.key)
        if let kept = statements[place] { return kept }
        let condition = incoming.table.condition(that: incoming.field, names: .one(0), of: module)
        let found: SQLFragment = "SELECT 1 FROM \(name: incoming.table.name) WHERE \(condition) LIMIT 1"
        let statement = try database.prepare(found.sql, persistent: true)
        statements[place] = statement
        return statement
    }
}

extension Store {
    /// Returns what tells whether rows refer to records of a module.
    func referringRows(to module: ModuleName) -> ReferringRows {
        reader(for: ReferringRows.Request(module: module)) { ReferringRows(module, in: database) }
    }
}
