import SQLite

extension EventRow {
    /// Creates a row from the columns of a statement.
    ///
    /// - Returns: `nil` for a row without a start, which only another program can have written.
    init?(_ row: Statement) {
        func text(_ column: Int) -> String? { row.isNull(at: column) ? nil : row.text(at: column) }
        guard let start = Moment.seconds(stored: row.textBytes(at: 5)) else { return nil }
        id = row.integer(at: 0)
        subject = row.text(at: 1)
        kind = row.text(at: 2)
        status = text(3)
        location = text(4)
        self.start = start
        end = row.isNull(at: 6) ? nil : Moment.seconds(stored: row.textBytes(at: 6))
        isWholeDay = row.integer(at: 7) == 1
        zone = text(8)
        recurrence = text(9)
        further = row.value(at: 10)
        excluded = row.value(at: 11)
        assignedTo = text(12)
        reminders = row.value(at: 13)
    }
}
