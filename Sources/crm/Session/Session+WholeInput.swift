import CRMKit
import Formats

extension Session {
    /// Imports an input as a whole, in one transaction, and reports the result. When any row is rejected, nothing is
    /// saved.
    ///
    /// - Parameters:
    ///   - take: imports the input.
    ///   - tell: prints the result.
    /// - Throws: ``CommandFailure`` `rejected` when a row was rejected, after the report.
    func writeWhole<Report: WholeInputReport>(
        to store: Store,
        _ take: (Transaction) throws -> Report,
        tell: (_ report: Report, _ isCommitted: Bool) throws -> Void
    ) throws {
        do {
            let report = try store.write(writeRequest()) { transaction in
                let report = try take(transaction)
                guard report.refused == 0 else { throw RefusedRows(report: report) }
                return report
            }
            try tellOutcome { try tell(report, $0) }
        } catch let refused as RefusedRows<Report> {
            try tell(refused.report, false)
            throw CommandFailure(status: ExitStatus.rejected)
        }
    }

    /// Reads an input as a whole, and tells of every bad row and of what was passed over.
    ///
    /// - Parameter read: takes the rows in, and calls what it is given for every bad one.
    func readWhole<Report: WholeInputReport>(
        _ source: ByteSource,
        _ read: (_ reject: (RowProblem) -> Void) throws -> Report
    ) throws -> Report {
        let interruption = self.interruption
        interruption.hold(reading: source)
        var failure: (any Error)?
        let result = try read { problem in
            do { try report(problem) } catch { failure = error }
        }
        if let failure { throw failure }
        for notice in result.notices { try note(notice) }
        try interruption.check()
        return result
    }
}

/// Rows were refused, so that nothing is committed.
private struct RefusedRows<Report: WholeInputReport>: Error {
    let report: Report
}
