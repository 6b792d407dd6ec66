import Formats
import Localization

/// The report about an input that is imported as a whole: when any row is rejected, nothing may be committed.
public protocol WholeInputReport: Sendable {
    /// The number of rows refused.
    var refused: Int { get }
    /// Notices about skipped lines for the user.
    var notices: [Text] { get }
}

extension InputRows {
    /// Calls a closure with every row of an input. A bad row is rejected, and reading continues with the next one. If
    /// the column names are bad, no row is read.
    ///
    /// - Parameters:
    ///   - dialect: the dialect of delimited text, when it is not the format's default.
    ///   - name: the name of the single cell of an ``InputFormat/id`` row.
    ///   - knows: returns whether some of the names at a table's beginning are known.
    ///   - check: called with the column names, when the format declares them before the rows.
    ///   - refuse: called with the problem of each bad row.
    ///   - take: called with each row; throws a ``RowProblem`` for a bad one.
    /// - Returns: the number of rows read, and notices for the user; none when the column names are bad.
    static func forEachRow(
        of source: ByteSource,
        format: InputFormat,
        dialect: CSVDialect?,
        name: String,
        knowing knows: ([String]) -> Bool,
        checkingHeader check: (TableHead) throws -> Void,
        refuse: (RowProblem) throws -> Void,
        _ take: (InputRow) throws -> Void
    ) throws -> (count: Int, notices: [Text]) {
        do {
            var rows = try InputRows(
                source,
                format: format,
                dialect: dialect,
                name: name,
                knowing: knows,
                sampling: { _ in false }
            )
            if let head = rows.head { try check(head) }
            while !rows.stoppedEarly {
                do {
                    guard let row = try rows.next() else { break }
                    try take(row)
                } catch let problem as RowProblem {
                    try refuse(problem)
                }
            }
            return (rows.count, rows.notices)
        } catch let problem as RowProblem {
            try refuse(problem)
            return (0, [])
        }
    }
}
