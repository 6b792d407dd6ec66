import CRMKit
import Formats

extension Session {
    /// Imports an input as a whole, in one transaction, and reports the result. If any row is rejected, nothing is
    /// saved.
    ///
    /// - Parameters:
    ///   - take: imports the input.
    ///   - tell: prints the result.
    /// - Throws: ``CommandFailure`` `rejected`, after the report, if a row was rejected.
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

    /// Reads an input as a whole, and reports every rejected row and the notices.
    ///
    /// - Parameter read: imports the rows, and calls its argument for every rejected one.
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

/// The error that rolls back an input with rejected rows.
private struct RefusedRows<Report: WholeInputReport>: Error {
    let report: Report
}
