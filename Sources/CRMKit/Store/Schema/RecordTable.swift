import SQLite

/// Reads the records of one module by their ids, with prepared statements that are reused.
final class RecordTable {
    let module: Module
    private let database: Database
    /// Only asked for when a record is read: many a command only looks whether there is one.
    private lazy var layout = RowLayout(Table(module))
    private lazy var select = LateStatement(
        "SELECT \(layout.columns.map(\.quotedIdentifier).joined(separator: ", ")) \(row)"
    )
    private lazy var isThere = LateStatement("SELECT 1 \(row)")
    private var preparedComparison: PreparedComparison?
    /// The number of successive comparisons in which the record did not have the values in question.
    private var misses = 0
    /// The number of misses after which each record is read whole at once, since hardly any will have the values.
    private static let mostMisses = 8

    /// A statement that reads the columns of the fields at some positions only.
    private struct PreparedComparison {
        let positions: [Int]
        let statement: Statement
    }

    init(_ module: Module, in database: Database) {
        self.module = module
        self.database = database
    }

    /// The row of a record, as statements ask for it.
    private var row: String { "FROM \(module.table.quotedIdentifier) WHERE \"id\" = ?" }

    /// Whether there is a record with an id.
    func exists(_ id: Int64) throws -> Bool {
        let statement = try isThere.prepared(in: database)
        defer { statement.reset() }
        try statement.bind(id, at: 1)
        return try statement.step()
    }

    /// Returns the record with an id; `nil` if there is none.
    func record(_ id: Int64) throws -> Record? {
        try found(id) { row in
            var record = Record(module)
            layout.read(row, into: &record.values)
            return record
        }
    }

    /// What a record has of some values.
    enum Comparison {
        /// All of them.
        case held
        /// The record, which has others.
        case other(Record)
    }

    /// Compares a record with some values, as ``holds(_:id:)`` does, and reads it if it has others. If it is read
    /// whole, fields of several columns alone do not count as equal.
    ///
    /// - Returns: `nil` if there is no such record.
    func compare(_ values: some Sequence<(position: Int, value: Value)>, id: Int64) throws -> Comparison? {
        if misses < Self.mostMisses {
            if try holds(values, id: id) {
                misses = 0
                return .held
            }
            misses += 1
            return try record(id).map { .other($0) }
        }
        guard let record = try record(id) else { return nil }
        let layout = layout
        guard values.allSatisfy({ layout.isWhole(at: $0.position) && record.values[$0.position] == $0.value }) else {
            return .other(record)
        }
        misses = 0
        return .held
    }

    /// Returns the value of one field of a record; null when there is no such record.
    func value(of key: String, id: Int64) throws -> Value {
        let position = module.position(required: key)
        return try found(id) { row in layout.value(row, at: position) } ?? .null
    }

    /// Whether a record has some values, byte for byte. The rest of the record is not read. It serves repeated imports,
    /// in which most rows change nothing.
    ///
    /// - Returns: `false` if there is no such record or any value differs.
    func holds(_ values: some Sequence<(position: Int, value: Value)>, id: Int64) throws -> Bool {
        guard let comparison = try comparison(of: values) else {
            let layout = layout
            return try found(id) { row in values.allSatisfy { layout.holds(row, $0.value, at: $0.position) } } ?? false
        }
        let row = comparison.statement
        defer { row.reset() }
        try row.bind(id, at: 1)
        guard try row.step() else { return false }
        var column = 0
        return values.allSatisfy { item in
            defer { column += 1 }
            return row.holds(item.value, at: column)
        }
    }

    /// Returns the statement that reads the columns of some fields. It is prepared for the first set of fields only,
    /// because the rows of one input mostly have the same fields.
    ///
    /// - Returns: `nil` for other fields, and for fields with more than one column.
    private func comparison(of values: some Sequence<(position: Int, value: Value)>) throws -> PreparedComparison? {
        if let prepared = preparedComparison {
            return prepared.positions.elementsEqual(values.lazy.map(\.position)) ? prepared : nil
        }
        let positions = values.map(\.position)
        let columns = positions.compactMap(layout.onlyColumn(at:))
        guard columns.count == positions.count, !columns.isEmpty else { return nil }
        let list = columns.map(\.quotedIdentifier).joined(separator: ", ")
        let sql = "SELECT \(list) \(row)"
        let statement = try database.prepare(sql, persistent: true)
        let comparison = PreparedComparison(positions: positions, statement: statement)
        preparedComparison = comparison
        return comparison
    }

    private func found<Result>(_ id: Int64, _ body: (Statement) -> Result) throws -> Result? {
        let statement = try select.prepared(in: database)
        defer { statement.reset() }
        try statement.bind(id, at: 1)
        return try statement.step() ? body(statement) : nil
    }
}
