import Formats
import SQLite

/// Earlier values of single rows that are to be stored in the history, several by one statement: to begin and to end a
/// statement costs about as much as a row of it.
final class KeptRows {
    /// The most rows that wait to be stored.
    private static let most = TableWriter.mostTogether

    /// A row: its table's name and what it held, in the bytes that ``bytes`` has of them.
    private struct Row {
        let table: Range<Int>
        let id: Int64
        let before: Range<Int>
    }

    private let store: Store
    private var rows: [Row] = []
    private let bytes = ByteSink.memory()
    /// The statements, by the number of their rows.
    private var statements: [Statement?] = Array(repeating: nil, count: most + 1)

    init(_ store: Store) { self.store = store }

    var isEmpty: Bool { rows.isEmpty }
    var isFull: Bool { rows.count == Self.most }
    private var end: Int { bytes.withUnsafeBytes { $0.count } }

    /// Forgets the rows that wait to be stored.
    func removeAll() {
        rows.removeAll(keepingCapacity: true)
        bytes.removeAll()
    }

    /// Adds the present values of columns of a row.
    ///
    /// - Precondition: they are not full.
    /// - Returns: `false` for a value that JSON lacks; then nothing is added.
    func add(_ values: [(column: String, value: Value)], of id: Int64, in table: String) throws -> Bool {
        let isWritable = values.allSatisfy { item in
            switch item.value {
            case .null, .integer, .text: true
            case .real, .blob: false
            }
        }
        guard isWritable else { return false }
        let start = end
        try bytes.append(table)
        let middle = end
        var json = JSONWriter(bytes)
        try json.beginObject()
        for (column, value) in values {
            try json.key(column)
            switch value {
            case .integer(let integer): try json.number(integer)
            case .text(let text): try json.string(text)
            case .null, .real, .blob: try json.null()
            }
        }
        try json.endObject()
        rows.append(Row(table: start..<middle, id: id, before: middle..<end))
        return true
    }

    /// Stores what waits, in its order.
    func store(in changeSet: Int64) throws {
        defer { removeAll() }
        let statement = try statement(rows.count)
        // The bound values are not copied, and are freed together with the rows.
        defer {
            statement.reset()
            statement.clearBindings()
        }
        try bytes.withUnsafeBytes { bytes in
            try statement.bind(changeSet, at: 1)
            var parameter = 1
            for row in rows {
                try statement.bindBorrowed(text: UnsafeRawBufferPointer(rebasing: bytes[row.table]), at: parameter + 1)
                try statement.bind(row.id, at: parameter + 2)
                try statement.bindBorrowed(text: UnsafeRawBufferPointer(rebasing: bytes[row.before]), at: parameter + 3)
                parameter += 3
            }
            _ = try statement.step()
        }
    }

    private func statement(_ count: Int) throws -> Statement {
        if let prepared = statements[count] { return prepared }
        let rows = (0..<count).map { row in
            let first = 2 + 3 * row
            return "(?1, ?\(first), ?\(first + 1), '\(ChangeLog.Action.update.rawValue)', ?\(first + 2))"
        }
        let statement = try store.database.prepare(
            """
            INSERT INTO "change" ("change_set", "table_name", "record", "action", "before") \
            VALUES \(rows.joined(separator: ", "))
            """,
            persistent: true
        )
        statements[count] = statement
        return statement
    }
}
