extension RecordImport {
    /// Returns the problems of a row that an error reports.
    ///
    /// - Throws: the error itself if the row is not its cause.
    static func problems(_ error: any Error, of row: InputRow?) throws -> [RowProblem] {
        let problems: [RowProblem]
        switch error {
        case let error as RowProblem: problems = [error]
        case let error as RowProblems: problems = error.problems
        default: throw error
        }
        guard let file = row?.file else { return problems }
        return problems.map { $0.inFile(file) }
    }
}

/// A rejected row.
public enum RejectedRow: Sendable {
    /// The header, which applies to every row.
    case header
    /// A row that was read, with its bytes as in ``raw(_:)``; they are empty if they were not requested.
    case row(InputRow, raw: [UInt8])
    /// A row that could not be read, in UTF-8.
    case raw([UInt8])
}
