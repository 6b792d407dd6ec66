import SQLite

/// Updates single rows of a table when the changed fields vary so much that hardly two rows can share a statement:
/// preparing a statement costs many times what running it does.
///
/// SQLite rewrites an index when a statement names one of its columns, changed or not. Therefore there is a statement
/// for each set of indexed fields. It also names all other fields, which keep their value in rows that have no new one.
final class VariedUpdate {
    private let table: Table
    private let store: Store
    /// The fields that are in no index.
    private let free: [Field]
    /// The positions of these fields in `free`, by key.
    private let places: [String: Int]
    /// The statements, by the keys of the indexed fields they set, followed by the column for the last change, if they
    /// set that.
    private var statements: [[String]: Statement] = [:]
    private static let mostStatements = 64

    /// - Throws: what reading the indexes of the file throws.
    init(of table: Table, in store: Store) throws {
        self.table = table
        self.store = store
        let indexed = try store.database.all(
            fragment: """
                SELECT "c"."name" FROM pragma_index_list(\(bind: .text(table.name))) AS "i" \
                JOIN pragma_index_info("i"."name") AS "c"
                """
        ).compactMap { $0[0].text }
        free = table.fields.filter { field in
            field.type != .identifier && field.isStored && !field.allColumns.contains { indexed.contains($0) }
        }
        places = Dictionary(free.enumerated().map { ($1.key, $0) }) { first, _ in first }
    }

    /// Returns the statement that makes some changes. Its parameters are those that ``fill(_:with:country:)`` adds,
    /// then the time of the last change, if set, and the id.
    func statement(for changes: [TableWriter.Change], stamp: String?) throws -> Statement {
        let bound = changes.filter { places[$0.field.key] == nil }
        let key = bound.map(\.field.key) + [stamp ?? ""]
        if let kept = statements[key] { return kept }
        let columns = bound.flatMap(\.field.allColumns)
        let statement = try store.database.prepare(sql(setting: columns, stamp), persistent: true)
        if statements.count >= Self.mostStatements { statements.removeAll() }
        statements[key] = statement
        return statement
    }

    /// Adds what the changes give, and to each field of no index whether it gets that.
    func fill(_ row: inout RowParameters, with changes: [TableWriter.Change], country: String?) {
        var given = [TableWriter.Change?](repeating: nil, count: free.count)
        for change in changes {
            if let place = places[change.field.key] {
                given[place] = change
            } else {
                change.field.fill(&row, with: change.new, country: country)
            }
        }
        for (field, change) in zip(free, given) {
            if let change {
                row.append(.integer(1))
                field.fill(&row, with: change.new, country: country)
            } else {
                for _ in 0...field.allColumns.count { row.append(.null) }
            }
        }
    }

    private func sql(setting columns: [String], _ stamp: String?) -> String {
        var count = 0
        func next() -> SQLFragment {
            count += 1
            return SQLFragment(definition: "?\(count)")
        }
        var assignments = columns.map { "\(name: $0) = \(next())" as SQLFragment }
        for field in free {
            let isGiven = next()
            assignments += field.allColumns.map { column in
                "\(name: column) = CASE WHEN \(isGiven) THEN \(next()) ELSE \(name: column) END"
            }
        }
        if let stamp { assignments.append("\(name: stamp) = \(next())") }
        return RowStatements(table.name).update(assignments, where: "\"id\" = \(next())").sql
    }
}
