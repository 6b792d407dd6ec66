import Formats
import Localization

/// What came of an input that is taken in as a whole: with any row refused nothing is to be committed.
public protocol WholeInputReport: Sendable {
    /// Rows refused.
    var refused: Int { get }
    /// What was passed over that a person should know of.
    var notices: [Text] { get }
}

extension InputRows {
    /// Gives every row of an input. A bad one is refused, and the next one given; where what the rows are called is bad,
    /// none is.
    ///
    /// - Parameters:
    ///   - dialect: of delimited text, where it is not the format's own.
    ///   - name: what the one cell of an ``InputFormat/id`` row is called.
    ///   - knows: whether some of the names that a table may begin with mean something.
    ///   - check: is given what all rows are called, where the format declares that before them.
    ///   - refuse: is given what is wrong with each bad row.
    ///   - take: is given each row; it throws a ``RowProblem`` for a bad one.
    /// - Returns: the rows read, and what of them a person should know; none where what they are called is bad.
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
