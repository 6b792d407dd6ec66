/// The sums of the rows of an input so far, by which a row is known that only says what others come to.
struct TableSums {
    var ofTable = RunningSums()
    /// The sums of the lines of a document; `nil` if rows have no lines.
    var ofLines: LineTotals?
    /// The number of rows that only contain totals, among and after those of the last record.
    var passed = 0
}
