import SQLite

/// Restores rows of one table. In tables with few indexes one statement inserts several rows, because starting and
/// ending a statement costs more than a row. Tables of records have so many indexes that SQLite would have to hold more
/// of their pages in memory than this gains.
struct RestoredRows {
    /// The error that a row cannot be restored because another row has its unique value.
    struct Taken: Error {
        let id: Int64
        let row: RowImage
        let table: Table
    }

    let table: Table
    private let writer: TableWriter
    private let most: Int
    private var waiting: [[Value]] = []

    init(of table: Table, by writer: TableWriter) {
        self.table = table
        self.writer = writer
        most =
            table.holdsRecords ? 1 : table.relation == nil ? TableWriter.mostTogether : TableWriter.mostLinksTogether
    }

    /// Restores a row, at the latest when ``insertWaiting()`` is called.
    ///
    /// - Parameter values: the values of the fields, each at the field's position.
    mutating func add(_ values: [Value]) throws {
        waiting.append(values)
        if waiting.count == most { try insertWaiting() }
    }

    /// Inserts the waiting rows.
    ///
    /// - Throws: ``Taken`` for the first row that cannot be restored.
    mutating func insertWaiting() throws {
        guard !waiting.isEmpty else { return }
        defer { waiting.removeAll(keepingCapacity: true) }
        do {
            try writer.restore(together: waiting)
        } catch let error as SQLiteError where error.code == .constraint(.unique) {
            for values in waiting { try insert(values) }
        }
    }

    private func insert(_ values: [Value]) throws {
        do {
            try writer.restore(together: CollectionOfOne(values))
        } catch let error as SQLiteError where error.code == .constraint(.unique) {
            var columns: [String: Value] = [:]
            for (position, field) in zip(table.positions, table.fields) {
                for (column, value) in zip(field.columns, field.plainlyStored(values[position])) {
                    columns[column] = value
                }
            }
            throw Taken(id: columns["id"]?.integer ?? 0, row: RowImage(columns), table: table)
        }
    }
}
