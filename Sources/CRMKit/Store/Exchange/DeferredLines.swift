import SQLite

/// Lines that wait for others, as those that refer to records of later lines. They are stored in a temporary table, so
/// that there may be any number of them.
final class DeferredLines {
    /// A waiting line.
    struct Line {
        /// The place of the line in the input.
        let place: LinePlace
        /// The bytes of the line.
        let bytes: [UInt8]
        /// The name of what the line waits for, mostly of the record that it refers to.
        let awaited: String
        /// The name of the line's own record.
        let name: String?

        /// Returns the line, now waiting for another name.
        func awaiting(_ name: String) -> Line { Line(place: place, bytes: bytes, awaited: name, name: self.name) }
    }

    private let insert: Statement
    private let findByAwaited: Statement
    private let findByPlace: Statement
    private let findByName: Statement
    private let delete: Statement
    /// The number of waiting lines.
    private(set) var count = 0

    /// Creates an empty set of lines, replacing any of an earlier import on the connection.
    ///
    /// - Parameter table: the name of the temporary table.
    init(in database: Database, table name: String = "deferred_line") throws {
        let table = name.quotedIdentifier
        let indexes = ["awaited", "name"].map { "\"temp\".\("\(name)_\($0)".quotedIdentifier)" }
        try database.execute(
            """
            CREATE TEMP TABLE IF NOT EXISTS \(table) ("line" INTEGER PRIMARY KEY, "row" INTEGER NOT NULL, \
            "awaited" TEXT NOT NULL, "name" TEXT, "bytes" BLOB NOT NULL); \
            CREATE INDEX IF NOT EXISTS \(indexes[0]) ON \(table) ("awaited", "line"); \
            CREATE INDEX IF NOT EXISTS \(indexes[1]) ON \(table) ("name"); \
            DELETE FROM \(table)
            """
        )
        let select = "SELECT \"line\", \"row\", \"bytes\", \"awaited\", \"name\" FROM \(table)"
        insert = try database.prepare(
            "INSERT INTO \(table) (\"line\", \"row\", \"awaited\", \"name\", \"bytes\") VALUES (?, ?, ?, ?, ?)",
            persistent: true
        )
        findByAwaited = try database.prepare("\(select) WHERE \"awaited\" = ? ORDER BY \"line\" LIMIT 1")
        findByPlace = try database.prepare("\(select) WHERE \"line\" > ? ORDER BY \"line\" LIMIT 1")
        findByName = try database.prepare("SELECT 1 FROM \(table) WHERE \"name\" = ?")
        delete = try database.prepare("DELETE FROM \(table) WHERE \"line\" = ?")
    }

    /// Stores a line.
    func add(_ line: Line) throws {
        count += 1
        try insert.run([
            .integer(Int64(line.place.line)), .integer(Int64(line.place.row)), .text(line.awaited),
            line.name.map(Value.text) ?? .null, .blob(line.bytes),
        ])
    }

    /// Removes and returns the first line that waits for a name; `nil` when there is none.
    func take(awaiting name: String) throws -> Line? {
        guard count > 0 else { return nil }
        try findByAwaited.bind(name, at: 1)
        return try take(findByAwaited)
    }

    /// Removes and returns the first line after a line number; `nil` after the last.
    func take(after line: Int) throws -> Line? {
        guard count > 0 else { return nil }
        try findByPlace.bind(Int64(line), at: 1)
        return try take(findByPlace)
    }

    /// Whether the record of a waiting line has a name.
    func hasName(_ name: String) throws -> Bool {
        guard count > 0 else { return false }
        try findByName.bind(name, at: 1)
        defer { findByName.reset() }
        return try findByName.step()
    }

    private func take(_ find: Statement) throws -> Line? {
        defer { find.reset() }
        guard try find.step() else { return nil }
        let place = LinePlace(row: Int(find.integer(at: 1)), line: Int(find.integer(at: 0)))
        guard case .blob(let bytes) = find.value(at: 2) else { return nil }
        let line = Line(place: place, bytes: bytes, awaited: find.text(at: 3), name: find.value(at: 4).text)
        find.reset()
        count -= 1
        try delete.run([.integer(Int64(place.line))])
        return line
    }
}

/// The place of a line in an input.
struct LinePlace {
    /// The number of the row, from 1, not counting empty lines.
    let row: Int
    /// The number of the line, from 1.
    let line: Int
}
